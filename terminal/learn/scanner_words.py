"""What the search for the scanner says, on the unit's screen and at the shell."""

from drivers.learned_scanner import profile_of
from drivers.profile import ScannerProfile
from drivers.scanner_verdict import Found, Missed, Source, Why
from terminal.ui.words import N_, Words

KINDS = {
    "hid": N_("keyboard-like (hid)"),
    "hid-pos": N_("whole reports (hid-pos)"),
    "serial": N_("serial line (serial)"),
}
LAYOUTS = {"us": N_("US"), "de": N_("German"), "fr": N_("French")}
_ENDS = {"\r": "CR", "\n": "LF", "\t": "TAB", "\x03": "ETX"}
_WHY = {
    Why.TYPED: N_("That was typed by hand: scan the code."),
    Why.NO_END: N_(
        "The code came, but nothing that ends it: set the scanner to send Enter after each code."
    ),
    Why.UNFIT: N_(
        "More came than the code, which no profile can take off: set the scanner to send"
        " nothing before and only Enter after each code."
    ),
    Why.CASE: N_("Small letters came for capitals: set the scanner to change no letters."),
    Why.PARTIAL: N_("Only a part of the code came: scan it again."),
    Why.OTHER: N_("This is not the code shown: {got}"),
    Why.NOISE: N_("Nobody can read what came: set the scanner to a US keyboard and scan again."),
}
OF_THE_SPEED = frozenset({Why.NOISE, Why.OTHER})  # at a wrong speed a serial line says anything
CHECKS = (
    N_("Does the scanner light up and beep? If not: cable, charge, pairing."),
    N_("It beeps, and nothing comes: scan its manual's code for USB keyboard or USB HID POS."),
    N_("A serial scanner: its line must show under /dev/serial/by-id."),
    N_("Another program may hold it: systemctl stop returns-terminal."),
)


def missed(words: Words, verdict: Missed, speed: int | None) -> str:
    """Why the last scan was not it; `speed` is the one that a serial line is heard at from now."""
    if speed is not None and verdict.why in OF_THE_SPEED:
        said = words(N_("Not readable at this speed; now at {baud} baud."), baud=speed)
        return f"{said} {words(N_('Scan it again.'))}"
    said = words(_WHY[verdict.why], got=verdict.got)
    return f"{named(verdict.source)}: {said}"


def named(source: Source) -> str:
    """The device, as its maker names it, or its place."""
    return source.name or source.path or source.node


def facts(words: Words, found: Found) -> list[tuple[str, str]]:
    """Label and value of what matters at the unit; what is as usual is left out."""
    source = found.source
    pairs = [
        (N_("Device"), named(source)),
        (N_("Kind"), words(KINDS[source.kind])),
        (N_("Speed"), f"{source.baud} baud" if source.baud else ""),
        (N_("Ends with"), " ".join(_ENDS[one] for one in found.ends)),
        (N_("Prefix"), found.prefix),
        (N_("Suffix"), found.suffix),
        (N_("Layout"), words(LAYOUTS[found.layout]) if found.layout != "us" else ""),
    ]
    return [(words(label), value) for label, value in pairs if value]


def more_facts(words: Words, found: Found) -> list[tuple[str, str]]:
    """Likewise, what only the installer wants to know."""
    source = found.source
    usb = f"{source.vendor:04x}:{source.product:04x}" if source.vendor or source.product else ""
    pairs = [
        (N_("Path"), source.path or source.node),
        (N_("USB numbers"), usb),
        (N_("AIM identifier"), found.aim),
        (N_("Caps Lock"), words(N_("counts")) if found.caps_lock else ""),
    ]
    return [(words(label), value) for label, value in pairs if value]


def advice(words: Words, found: Found) -> list[str]:
    """What is better set at the scanner than put up with."""
    said = []
    if found.layout != "us":
        said.append(
            words(
                N_("It types for a {layout} keyboard. Better: set it to a US keyboard."),
                layout=words(LAYOUTS[found.layout]),
            )
        )
    if found.prefix or found.suffix:
        said.append(
            words(
                N_(
                    "Scan an article's bar code too: a prefix or suffix that differs from kind to"
                    " kind of code (code ID) must be switched off at the scanner."
                )
            )
        )
    if profile_of(found) == ScannerProfile():
        said.append(words(N_("The default profile fits.")))
    return said
