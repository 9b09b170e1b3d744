"""What kind of code is this? Told by what it is, never by which screen is showing.

Law of the file: a scan is hostile until it has passed here (BadBarcode). Control characters, codes
too long and codes of no printable shape become CodeRefused; nothing of them goes further. A scan
becomes one of the scanned kinds below and never a quantity, a key or a command.
"""

import re

from msgspec import Struct

from drivers.values import Scan
from terminal.cards import luhn
from terminal.slip_code import UNSIGNED, SlipCodes

SCAN_LENGTH_MAX = (
    512  # characters; a GS1 Digital Link or a shop's receipt URL fits, a novel does not
)
GS = "\x1d"
GS1_AIMS = ("]C1", "]d2", "]Q3", "]e0")
WALLET_DIGITS = 18
WALLET_PREFIXES = frozenset({*map(str, range(10, 16)), *map(str, range(25, 31))})


class InStoreTemplate(Struct, frozen=True):
    """店内码: a 13-digit in-store code `prefix + item + value + check digit`.

    `decimals` tells the value's scale: a weight in kg, or a price in the currency's main unit.
    `inner_check` is a digit between item and value that some scales print; it is passed over.
    """

    prefix: str
    item_digits: int
    value_digits: int
    holds: str  # weight | price
    decimals: int
    inner_check: bool = False


class CodePatterns(Struct, frozen=True):
    """What the shop's codes look like (config/terminal.toml)."""

    receipts: tuple[re.Pattern[str], ...]  # named group `number` or the whole match
    slip_url: str  # HTTPS://R.EXAMPLE.CN/
    badge_prefix: str
    voucher_prefix: str
    in_store: tuple[InStoreTemplate, ...]
    currency_digits: int


class Badge(Struct, frozen=True):
    token: str


class Receipt(Struct, frozen=True):
    number: str


class ReturnSlip(Struct, frozen=True):
    number: str
    short_code: str


class SignedSlip(Struct, frozen=True):
    """A slip whose code a terminal signed: ours, or one whose key is not known here."""

    return_id: str


class FalseSlip(Struct, frozen=True):
    """It names our own key, and our key did not sign it."""


class Goods(Struct, frozen=True):
    """`code` is a GTIN-13 (UPC-A and GTIN-14 of a single piece brought to 13 digits)."""

    code: str


class Weighed(Struct, frozen=True):
    item: str
    weight: int
    price: int
    stem: str  # prefix and item


class Voucher(Struct, frozen=True):
    number: str


class Other(Struct, frozen=True):
    text: str


class CodeRefused(Struct, frozen=True):
    """Not a code that may come in: `shown` is what may safely be shown of it."""

    shown: str


Code = (
    Badge | Receipt | ReturnSlip | SignedSlip | FalseSlip | Goods | Weighed | Voucher | Other
    | CodeRefused
)  # fmt: skip

_RETURN_NUMBER = re.compile(r"[RT]-[0-9A-Z]{1,12}-[0-9A-Z]{1,8}-[0-9]{6,9}")
_SLIP_PATH = re.compile(rf"R/({_RETURN_NUMBER.pattern})/([0-9A-Z*~$=]{{11}})")


def recognise(scan: Scan, patterns: CodePatterns, codes: SlipCodes = UNSIGNED) -> Code:
    """The kind of a scanned code. Pure; never raises on any text."""
    text = scan.text.strip(" ")
    if not text or len(text) > SCAN_LENGTH_MAX:
        return CodeRefused(_showable(text))
    if not text.replace(GS, "").isprintable():
        return CodeRefused(_showable(text))
    return (
        _slip(text, patterns)
        or _signed(text, codes)
        or _private(text, patterns)
        or _receipt(text, patterns)
        or _number(text, patterns)
        or _gs1(scan.aim, text)
        or _other(text)
    )


def gtin_checks(digits: str) -> bool:
    """Whether the GS1 check digit fits; a lost digit fails nine times out of ten."""
    weights = (3 if place % 2 else 1 for place in range(len(digits)))
    total = sum(int(one) * weight for one, weight in zip(reversed(digits), weights, strict=False))
    return total % 10 == 0


def _slip(text: str, patterns: CodePatterns) -> ReturnSlip | None:
    upper = text.upper()
    if _RETURN_NUMBER.fullmatch(upper):
        return ReturnSlip(upper, "")
    base = patterns.slip_url.upper()
    if base and upper.startswith(base):
        found = _SLIP_PATH.fullmatch(upper[len(base) :])
        if found:
            return ReturnSlip(found[1], found[2])
    return None


def _signed(text: str, codes: SlipCodes) -> SignedSlip | FalseSlip | None:
    token = codes.read(text)
    if token is None:
        return None
    return FalseSlip() if token.ours is False else SignedSlip(token.return_id)


def _private(text: str, patterns: CodePatterns) -> Badge | Voucher | None:
    if patterns.badge_prefix and text.startswith(patterns.badge_prefix):
        return Badge(text[len(patterns.badge_prefix) :])
    if patterns.voucher_prefix and text.startswith(patterns.voucher_prefix):
        return Voucher(text[len(patterns.voucher_prefix) :])
    return None


def _receipt(text: str, patterns: CodePatterns) -> Receipt | None:
    for pattern in patterns.receipts:
        found = pattern.fullmatch(text)
        if found:
            number = found.groupdict().get("number")
            return Receipt(number or text)
    return None


def _number(text: str, patterns: CodePatterns) -> Goods | Weighed | None:
    if not (text.isascii() and text.isdigit()) or len(text) not in (8, 12, 13, 14):
        return None
    if not gtin_checks(text):
        return None
    code = text.zfill(13) if len(text) != 14 else text
    if len(code) == 13:
        for template in patterns.in_store:
            if code.startswith(template.prefix):
                return _in_store(code, template, patterns.currency_digits)
    if len(text) == 8:
        return Goods(text.zfill(13))
    return Goods(code[1:] if len(code) == 14 and code[0] == "0" else code)


def _in_store(code: str, template: InStoreTemplate, currency_digits: int) -> Weighed:
    start = len(template.prefix)
    item = code[start : start + template.item_digits]
    stem = template.prefix + item
    start += template.item_digits + template.inner_check
    value = int(code[start : start + template.value_digits])
    scale = 3 if template.holds == "weight" else currency_digits
    shift = scale - template.decimals
    value = value * 10**shift if shift >= 0 else value // 10**-shift
    weight, price = (value, 0) if template.holds == "weight" else (0, value)
    return Weighed(item, weight, price, stem)


def _gs1(aim: str, text: str) -> Goods | None:
    """GS1-128, DataMatrix, QR element strings and GS1 Digital Link URLs, read by `biip`."""
    marked = aim in GS1_AIMS
    link = text.lower().startswith(("http://", "https://")) and "/01/" in text
    if not (marked or link):
        return None
    import biip  # noqa: PLC0415 - 40 ms that the first screen does not need

    try:
        found = biip.parse(f"{aim if marked else ''}{text}")
    except (biip.BiipException, ValueError):  # a URL that is none is a ValueError
        return None
    if found.gtin is None or not gtin_checks(found.gtin.value):
        return None
    digits = found.gtin.value.zfill(14)
    if not int(digits):
        return None
    return Goods(digits if digits[0] != "0" else digits[1:])  # a carton keeps its own GTIN-14


def looks_secret(text: str) -> bool:
    """A card number (13 to 19 digits, Luhn) or a wallet's payment code (18 digits, 10-15, 25-30).

    Neither belongs on a screen, in a file or in a log (PCI DSS 3.3); a receipt of the shop's own
    pattern was recognised before.
    """
    digits = text.replace(" ", "").replace("-", "")
    if not (digits.isascii() and digits.isdigit()):
        return False
    if len(digits) == WALLET_DIGITS and digits[:2] in WALLET_PREFIXES:
        return True
    return 13 <= len(digits) <= 19 and luhn(digits)


def _other(text: str) -> Other | CodeRefused:
    if looks_secret(text):
        return CodeRefused("****")
    return CodeRefused(_showable(text)) if GS in text else Other(text)


def _showable(text: str) -> str:
    """At most 24 characters, each of them harmless on a screen."""
    return "".join(char if char.isprintable() else "·" for char in text[:24])
