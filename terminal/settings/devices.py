"""The device tables of terminal.toml and the profiles they name."""

from pathlib import Path

from drivers.input_nodes import NodeMatch
from drivers.key_map import KeyMap, KeyMapFaults, read_key_map
from drivers.profile import SHORTEST_GAP, Aim, Framing, Layout, ScannerProfile
from printer.models import Model, ModelError, load_model
from terminal.core.words import sentence
from terminal.settings.files import Findings
from terminal.settings.problems import Problem
from terminal.settings.reading import Table, open_table
from terminal.settings.values import (
    KeypadKind,
    KeypadSettings,
    LinkKind,
    PrinterSettings,
    ScannerKind,
    ScannerSettings,
    ScreenKind,
    ScreenSettings,
)

LAYOUTS: dict[str, Layout] = {"us": "us", "de": "de", "fr": "fr"}
AIMS: dict[str, Aim] = {"auto": "auto", "required": "required", "none": "none"}
BAUDS = (1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200)
_NAME = sentence("must be the name of a file there, without .toml")
_SHAPE = r"[A-Za-z0-9._-]{1,64}"
_PATH = sentence("must be an absolute path, like /dev/usb/lp0")
_HOST = sentence("must be a host name or an IP address")


def scanner(table: Table, folder: Path) -> ScannerSettings:
    kind = table.choice("kind", {one.value: one for one in ScannerKind})
    name = table.text("profile", "default", shape=_SHAPE, allowed=_NAME)
    match = _match(table, needed=kind is ScannerKind.HID)
    if kind is ScannerKind.SERIAL and table.blank("path"):
        table.problem("path", _PATH)
    profile = ScannerProfile()
    if (
        kind is not ScannerKind.NONE
        and name
        and _exists(table, folder / "scanners" / f"{name}.toml")
    ):
        profile = scanner_profile(folder / "scanners" / f"{name}.toml", table.findings)
    others = table.flag("others", default=True)
    table.close()
    return ScannerSettings(kind, match.path if match else "", match, name, profile, others)


def keypad(table: Table, folder: Path) -> KeypadSettings:
    kind = table.choice("kind", {one.value: one for one in KeypadKind})
    name = table.text("keymap", "default", shape=_SHAPE, allowed=_NAME)
    file = folder / "keymaps" / f"{name}.toml"
    keymap = None
    if kind is KeypadKind.EVDEV and name and _exists(table, file, "keymap"):
        keymap = _key_map(file, table.findings)
    match = _match(table, needed=kind is KeypadKind.EVDEV)
    settings = KeypadSettings(kind, match, file, keymap)
    table.close()
    return settings


def screen(table: Table) -> ScreenSettings:
    settings = ScreenSettings(
        kind=table.choice("kind", {one.value: one for one in ScreenKind}),
        path=table.text("path", "/dev/fb0", shape=r"/.{1,200}", allowed=_PATH),
        width=table.whole("width", 640, 3840, 1024),
        height=table.whole("height", 480, 2160, 600),
    )
    table.close()
    return settings


def printer(table: Table, folder: Path) -> PrinterSettings:
    link = table.choice("link", {one.value: one for one in LinkKind})
    tcp = link is LinkKind.TCP
    name = table.text("profile", shape=_SHAPE, allowed=_NAME)
    settings = PrinterSettings(
        link=link,
        path=table.text("path", "" if tcp else None, shape=r"/.{1,200}", allowed=_PATH),
        host=_host(table, needed=tcp),
        port=table.whole("port", 1, 65535, 9100),
        baud=_baud(table),
        profile_name=name,
        model=_model(table, folder / "printers", name),
        copies=table.whole("copies", 1, 3, 2),
        labels=table.flag("labels", default=True),
    )
    table.close()
    return settings


def _host(table: Table, *, needed: bool) -> str:
    """A colon stands in addresses of IPv6 alone: the port has a key of its own."""
    host = table.text("host", None if needed else "", shape=r"[A-Za-z0-9.:-]{1,253}", allowed=_HOST)
    if ":" in host:
        from ipaddress import IPv6Address  # noqa: PLC0415 - seldom needed

        try:
            IPv6Address(host)
        except ValueError:
            table.problem("host", _HOST)
    return host


def scanner_profile(path: Path, findings: Findings) -> ScannerProfile:
    """config/scanners/*.toml, read key by key with the values of ScannerProfile as defaults."""
    table = open_table(path, findings, f"scanners/{path.name}")
    usual = ScannerProfile()
    profile = ScannerProfile(
        framing=_framing(table.table("framing"), usual.framing),
        baud=_baud(table),
        layout=table.choice("layout", LAYOUTS, usual.layout),
        caps_lock=table.flag("caps_lock", default=usual.caps_lock),
        alt_codes=table.flag("alt_codes", default=usual.alt_codes),
        gs_keys=table.texts("gs_keys"),
    )
    table.close()
    return profile


def _framing(table: Table, usual: Framing) -> Framing:
    ends = sentence('must be some of "\\r" "\\n" "\\t" "\\u0003"')
    framing = Framing(
        terminators=table.raw_text("terminators", usual.terminators, "[\r\n\t\x03]+", ends),
        prefix=table.raw_text("prefix", usual.prefix),
        suffix=table.raw_text("suffix", usual.suffix),
        max_length=table.whole("max_length", 1, 65536, usual.max_length),
        gap=table.seconds("gap", SHORTEST_GAP, 10, usual.gap),
        aim=table.choice("aim", AIMS, usual.aim),
        gs_substitute=table.raw_text("gs_substitute", usual.gs_substitute),
    )
    table.close()
    return framing


def _key_map(path: Path, findings: Findings) -> KeyMap | None:
    try:
        return read_key_map(path)
    except KeyMapFaults as fault:
        for one in fault.problems:
            wanted = sentence(one.wanted, **one.values)
            problem = Problem(f"keymaps/{path.name}", one.key, one.value, wanted)
            findings.problems.append(problem)
        return None


def _match(table: Table, *, needed: bool) -> NodeMatch | None:
    """How to know a device; one that is looked for under /dev/input must be known by something."""
    path = table.text("path", "", shape=r"/.{1,200}", allowed=_PATH)
    vendor, product = _hex(table, "vendor"), _hex(table, "product")
    name = table.text("name", "", shape=r".{1,80}")
    if path or vendor or product or name:
        return NodeMatch(path, vendor, product, name)
    if needed and all(map(table.blank, ("path", "vendor", "product", "name"))):
        wanted = sentence("must say which device: path (best), vendor and product, or name")
        table.problem("path", wanted)
    return None


def _hex(table: Table, key: str) -> int:
    allowed = sentence('must be 4 hexadecimal digits, like "0c2e"')
    text = table.text(key, "", shape=r"[0-9a-fA-F]{4}", allowed=allowed)
    try:
        return int(text or "0", 16)
    except ValueError:
        return 0  # the wrong text is noted already


def _baud(table: Table) -> int:
    baud = table.whole("baud", BAUDS[0], BAUDS[-1], 9600)
    if baud not in BAUDS:
        listed = ", ".join(map(str, BAUDS))
        table.problem("baud", sentence("must be one of {listed}", listed=listed))
    return baud


def _exists(table: Table, path: Path, key: str = "profile") -> bool:
    if path.is_file():
        return True
    there = ", ".join(sorted(one.stem for one in path.parent.glob("*.toml"))) or "-"
    table.problem(
        key,
        sentence("names {path}, which is not there; there are: {there}", path=path, there=there),
    )
    return False


def _model(table: Table, folder: Path, name: str) -> Model:
    path = folder / f"{name}.toml"
    nothing = Model("", 576, 48)
    if not name or not _exists(table, path):
        return nothing
    try:
        return load_model(path)
    except ModelError as fault:
        for one in fault.faults:
            wanted = sentence(one.wanted, **one.values)
            table.findings.problems.append(
                Problem(f"printers/{path.name}", one.key, one.value, wanted)
            )
        return nothing
