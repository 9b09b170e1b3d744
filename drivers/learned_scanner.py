"""A scanner that was found -> its profile file and its lines in terminal.toml. Pure."""

import json

from drivers.profile import Framing, ScannerProfile
from drivers.scanner_verdict import Found

HEAD = "# Learned at the unit."
_USUAL = ScannerProfile()


def profile_of(found: Found) -> ScannerProfile:
    """What this scanner needs. It equals ScannerProfile() where the default profile will do."""
    return ScannerProfile(
        framing=Framing(prefix=found.prefix, suffix=found.suffix, gap=found.gap),
        baud=found.source.baud or _USUAL.baud,
        layout=found.layout,
        caps_lock=found.caps_lock,
    )


def profile_toml(profile: ScannerProfile) -> str:
    """Only what differs from the default; empty where nothing does."""
    top, inner, usual = profile, profile.framing, _USUAL.framing
    lines = [
        f"baud = {top.baud}" if top.baud != _USUAL.baud else "",
        f"layout = {_text(top.layout)}" if top.layout != _USUAL.layout else "",
        "caps_lock = true" if top.caps_lock else "",
    ]
    framing = [
        f"prefix = {_text(inner.prefix)}" if inner.prefix else "",
        f"suffix = {_text(inner.suffix)}" if inner.suffix else "",
        f"gap = {inner.gap}" if inner.gap != usual.gap else "",
    ]
    said, around = [one for one in lines if one], [one for one in framing if one]
    if not said and not around:
        return ""
    table = ["[framing]", *around] if around else []
    return "\n".join([HEAD, *said, *table, ""])


def scanner_table(found: Found, profile: str) -> str:
    """The table [scanner] of terminal.toml: `profile` is the name of the profile's file.

    Known by its lasting path, else by its USB numbers, else by its name, else by its node.
    """
    source = found.source
    if source.path:
        known = [f"path = {_text(source.path)}"]
    elif source.vendor or source.product:
        known = [f'vendor = "{source.vendor:04x}"', f'product = "{source.product:04x}"']
    elif source.name:
        known = [f"name = {_text(source.name[:80])}"]
    else:
        known = [f"path = {_text(source.node)}"]
    head = ["[scanner]", f"kind = {_text(source.kind)}", f"profile = {_text(profile)}"]
    return "\n".join([*head, *known, ""])


def _text(text: str) -> str:
    """A basic string of TOML: JSON's escapes are all among TOML's."""
    return json.dumps(text, ensure_ascii=False)
