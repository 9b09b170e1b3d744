"""The device tables of terminal.toml and the profiles they name."""

from pathlib import Path

from drivers.profile import Framing, ScannerProfile
from printer.models import Model, ModelError, load_model
from terminal.core.words import Worded
from terminal.settings.files import Findings
from terminal.settings.reading import Table, open_table
from terminal.settings.values import (
    KeypadKind,
    KeypadSettings,
    LinkKind,
    Match,
    PrinterSettings,
    ScannerKind,
    ScannerSettings,
    ScreenKind,
    ScreenSettings,
)

BAUDS = (1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200)
_NAME = Worded("须为文件名，不含 .toml", "must be the name of a file there, without .toml")
_SHAPE = r"[A-Za-z0-9._-]{1,64}"
_PATH = Worded("须为绝对路径，如 /dev/usb/lp0", "must be an absolute path, like /dev/usb/lp0")
_HOST = Worded("须为主机名或 IP", "must be a host name or an IP address")


def scanner(table: Table, folder: Path) -> ScannerSettings:
    kind = table.choice("kind", {one.value: one for one in ScannerKind})
    name = table.text("profile", "generic", shape=_SHAPE, allowed=_NAME)
    match = _match(table)
    if kind is ScannerKind.SERIAL and not match.path:
        table.problem("path", _PATH)
    profile = ScannerProfile()
    if kind is not ScannerKind.NONE and _exists(table, folder / "scanners" / f"{name}.toml"):
        profile = scanner_profile(folder / "scanners" / f"{name}.toml", table.findings)
    table.close()
    return ScannerSettings(kind, match, name, profile)


def keypad(table: Table, folder: Path) -> KeypadSettings:
    kind = table.choice("kind", {one.value: one for one in KeypadKind})
    name = table.text("keymap", "numpad", shape=_SHAPE, allowed=_NAME)
    keymap = folder / "keymaps" / f"{name}.toml"
    if kind is KeypadKind.EVDEV:
        _exists(table, keymap, "keymap")
    settings = KeypadSettings(kind, _match(table), keymap)
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
        host=table.text("host", None if tcp else "", shape=r"[A-Za-z0-9.:-]{1,253}", allowed=_HOST),
        port=table.whole("port", 1, 65535, 9100),
        baud=_baud(table),
        profile_name=name,
        model=_model(table, folder / "printers" / f"{name}.toml"),
        copies=table.whole("copies", 1, 3, 2),
    )
    table.close()
    return settings


def scanner_profile(path: Path, findings: Findings) -> ScannerProfile:
    """config/scanners/*.toml: the fields of ScannerProfile and of its Framing, all in one table."""
    table = open_table(path, findings, f"scanners/{path.name}")
    table.text("title", "")
    framing = table.raw(*Framing.__dataclass_fields__)
    rest = table.raw("baud", "layout", "caps_lock", "alt_codes", "gs_keys")
    table.close()
    return _built(table, framing, rest)


def _built(table: Table, framing: dict[str, object], rest: dict[str, object]) -> ScannerProfile:
    if "gap" in framing:
        framing["gap"] = float(str(framing["gap"]))
    if isinstance(rest.get("gs_keys"), list):
        rest["gs_keys"] = table.texts("gs_keys")
    try:
        return ScannerProfile(framing=Framing(**framing), **rest)  # type: ignore[arg-type]  # checked there
    except (ValueError, TypeError) as fault:
        table.findings.of_file(table.file, Worded(f"{fault}", f"{fault}"))
        return ScannerProfile()


def _match(table: Table) -> Match:
    return Match(
        path=table.text("path", "", shape=r"/.{1,200}", allowed=_PATH),
        vendor=_hex(table, "vendor"),
        product=_hex(table, "product"),
        name=table.text("name", "", shape=r".{1,80}"),
    )


def _hex(table: Table, key: str) -> int:
    allowed = Worded('须为 4 位十六进制，如 "0c2e"', 'must be 4 hexadecimal digits, like "0c2e"')
    text = table.text(key, "", shape=r"[0-9a-fA-F]{4}", allowed=allowed)
    try:
        return int(text or "0", 16)
    except ValueError:
        return 0  # the wrong text is noted already


def _baud(table: Table) -> int:
    baud = table.whole("baud", BAUDS[0], BAUDS[-1], 9600)
    if baud not in BAUDS:
        listed = ", ".join(map(str, BAUDS))
        table.problem("baud", Worded(f"须为 {listed}", f"must be one of {listed}"))
    return baud


def _exists(table: Table, path: Path, key: str = "profile") -> bool:
    if path.is_file():
        return True
    there = ", ".join(sorted(one.stem for one in path.parent.glob("*.toml"))) or "-"
    table.problem(
        key,
        Worded(
            f"找不到 {path}；现有：{there}", f"names {path}, which is not there; there are: {there}"
        ),
    )
    return False


def _model(table: Table, path: Path) -> Model:
    nothing = Model("", 576, 48)
    if not table.has("profile") or not _exists(table, path):
        return nothing
    try:
        return load_model(path)
    except ModelError as fault:
        for one in fault.faults:
            table.findings.of_file(f"printers/{path.name}", Worded(one, one))
        return nothing
