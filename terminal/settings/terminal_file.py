"""terminal.toml -> what one unit is and has."""

import re
from decimal import Decimal
from pathlib import Path

from msgspec import Struct

from terminal.core.day import Drawer
from terminal.core.rules import OverrideReason, Policy, Reason, Rules
from terminal.core.sale import Currency
from terminal.core.words import CHINESE, ENGLISH, sentence
from terminal.scans import CodePatterns, InStoreTemplate
from terminal.settings import devices, import_table, retention_file, uplink_table
from terminal.settings.pieces import PIECES
from terminal.settings.reading import Table
from terminal.settings.values import (
    ImportSettings,
    KeypadSettings,
    PrinterSettings,
    Retention,
    ScannerSettings,
    ScreenSettings,
    Settings,
    Shop,
    UplinkSettings,
)
from terminal.spoken.system_words import foreign

GROUPS = ("number", "business_unit", "workstation", "day", "sequence")
_ID = sentence("must be capital letters or digits")


class Unit(Struct, frozen=True):
    """Who this terminal is."""

    business_unit: str
    workstation: str
    training: bool
    language: str
    idle_lock_seconds: int
    data: Path
    takes_back: tuple[str, ...]


class Coins(Struct, frozen=True):
    """The currency and what the drawer can pay of it: `coin` minor units at least.

    `pieces` are the notes and coins that a drawer is counted in, largest first.
    """

    currency: Currency
    symbol: str
    coin: int
    pieces: tuple[int, ...]


class Slips(Struct, frozen=True):
    url: str
    days: int


class TerminalFile(Struct, frozen=True):
    """All that terminal.toml says."""

    unit: Unit
    shop: Shop
    currency: Coins
    drawer: Drawer
    slips: Slips
    scanner: ScannerSettings
    keypad: KeypadSettings
    screen: ScreenSettings
    printer: PrinterSettings
    imports: ImportSettings
    patterns: CodePatterns
    retention: Retention
    uplink: UplinkSettings

    def settings(
        self,
        folder: Path,
        policy: Policy,
        reasons: tuple[Reason, ...],
        override_reasons: tuple[OverrideReason, ...],
    ) -> Settings:
        currency = self.currency.currency
        rules = Rules(
            *(policy, reasons, override_reasons, currency, self.currency.coin, self.slips.days),
            *(self.unit.business_unit, self.unit.takes_back, self.drawer),
        )
        return Settings(
            folder=folder,
            business_unit=self.unit.business_unit,
            workstation=self.unit.workstation,
            training=self.unit.training,
            shop=self.shop,
            language=self.unit.language,
            currency=currency,
            currency_symbol=self.currency.symbol,
            data=self.unit.data,
            idle_lock_seconds=self.unit.idle_lock_seconds,
            slip_url=self.slips.url,
            scanner=self.scanner,
            keypad=self.keypad,
            screen=self.screen,
            printer=self.printer,
            imports=self.imports,
            patterns=self.patterns,
            rules=rules,
            retention=self.retention,
            uplink=self.uplink,
        )


def read(top: Table, folder: Path) -> TerminalFile:
    coins = _coins(top.table("currency"))
    slips = _slips(top.table("slip"))
    found = TerminalFile(
        unit=_unit(top.table("terminal")),
        shop=_shop(top.table("shop")),
        currency=coins,
        drawer=_drawer(top.table("shift"), coins),
        slips=slips,
        scanner=devices.scanner(top.table("scanner"), folder),
        keypad=devices.keypad(top.table("keypad"), folder),
        screen=devices.screen(top.table("screen")),
        printer=devices.printer(top.table("printer"), folder),
        imports=import_table.read(top.table("import")),
        patterns=_codes(top.table("codes"), slips.url, coins.currency.digits),
        retention=retention_file.read(top.table("retention")),
        uplink=uplink_table.read(top.table("uplink")),
    )
    top.close()
    return found


def _unit(table: Table) -> Unit:
    workstation = table.text("workstation", shape=r"[0-9A-Z]{1,8}", allowed=_ID)
    unit = Unit(
        business_unit=table.text("business_unit", shape=r"[0-9A-Z]{1,12}", allowed=_ID),
        workstation=workstation,
        training=table.flag("training", default=False),
        language=table.choice("language", {CHINESE: CHINESE, ENGLISH: ENGLISH}),
        idle_lock_seconds=table.whole("idle_lock_seconds", 30, 7200, 300),
        data=Path(table.text("data")),
        takes_back=table.texts("takes_back") or (workstation,),
    )
    table.close()
    return unit


def _shop(table: Table) -> Shop:
    shop = Shop(table.worded("name"), table.worded("address"), table.text("phone", ""))
    table.close()
    return shop


def _coins(table: Table) -> Coins:
    capitals = sentence("must be three capital letters, like CNY")
    code = table.text("code", shape=r"[A-Z]{3}", allowed=capitals)
    digits = table.whole("digits", 0, 3)
    coins = Coins(
        currency=Currency(code, digits),
        symbol=table.text("symbol", code, shape=r"\S{1,4}"),
        coin=table.amount("coin", digits, least=1),
        pieces=_pieces(table, code, digits),
    )
    table.close()
    return coins


def _pieces(table: Table, code: str, digits: int) -> tuple[int, ...]:
    """The notes and coins, largest first: those of the file, or those of the currency."""
    usual = (Decimal(one).scaleb(digits) for one in PIECES.get(code, ()))
    known = tuple(int(one) for one in usual if one == int(one))
    return tuple(sorted(set(table.amounts("pieces", digits, known)), reverse=True))


def _drawer(table: Table, coins: Coins) -> Drawer:
    by_piece = table.choice("count", {"pieces": True, "total": False}, "pieces")
    drawer = Drawer(
        pieces=coins.pieces,
        by_piece=by_piece and bool(coins.pieces),
        shift_needed=table.flag("required", default=False),
    )
    table.close()
    return drawer


def _slips(table: Table) -> Slips:
    allowed = sentence(
        "must be an https address in capitals ending in /, like HTTPS://R.EXAMPLE.CN/ (capitals"
        " make the QR code smaller)"
    )
    slips = Slips(
        url=table.text("url", shape=r"HTTPS://[A-Z0-9.:-]+/([A-Z0-9._-]+/)*", allowed=allowed),
        days=table.whole("valid_days", 1, 365, 7),
    )
    table.close()
    return slips


def _codes(table: Table, slip_url: str, digits: int) -> CodePatterns:
    prefix = sentence("must be 1 to 8 printable ASCII characters")
    codes = CodePatterns(
        receipts=_receipts(table),
        slip_url=slip_url,
        badge_prefix=table.text("badge_prefix", shape=r"[!-~]{1,8}", allowed=prefix),
        voucher_prefix=table.text("voucher_prefix", "", shape=r"[!-~]{1,8}", allowed=prefix),
        in_store=tuple(_in_store(one) for one in table.tables("in_store")),
        currency_digits=digits,
    )
    if codes.badge_prefix and codes.badge_prefix == codes.voucher_prefix:
        table.problem("voucher_prefix", sentence("must differ from badge_prefix"))
    table.close()
    return codes


def _receipts(table: Table) -> tuple[re.Pattern[str], ...]:
    found = []
    patterns = table.texts("receipts")
    for pattern in patterns:
        try:
            compiled = re.compile(pattern)
        except re.error as fault:
            wrong = sentence("is no regular expression: {fault}", fault=foreign(str(fault)))
            table.problem("receipts", wrong)
            continue
        unknown = set(compiled.groupindex) - set(GROUPS)
        if unknown:
            names = ", ".join(GROUPS)
            table.problem("receipts", sentence("may name only {names}", names=names))
        if compiled.fullmatch(""):
            table.problem("receipts", sentence("must not match an empty code"))
        found.append(compiled)
    if not patterns:
        table.problem("receipts", sentence("needs at least one pattern"))
    return tuple(found)


def _in_store(table: Table) -> InStoreTemplate:
    two = sentence("must be 2 to 7 digits from 2, 02 or 04 on")
    template = InStoreTemplate(
        prefix=table.text("prefix", shape=r"(2[0-9]|02|04)[0-9]{0,5}", allowed=two),
        item_digits=table.whole("item_digits", 1, 10),
        value_digits=table.whole("value_digits", 1, 7),
        holds=table.choice("holds", {"weight": "weight", "price": "price"}),
        decimals=table.whole("decimals", 0, 3),
        inner_check=table.flag("inner_check", default=False),
    )
    used = len(template.prefix) + template.item_digits + template.value_digits
    used += template.inner_check + 1
    if template.prefix and used != 13:
        wrong = sentence(
            "prefix, item, inner check, value and check digit must be 13 digits, they are {used}",
            used=used,
        )
        table.problem("item_digits", wrong)
    table.close()
    return template
