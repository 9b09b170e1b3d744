"""What the rows of one receipt say of each other: which were one bundle, which a gift for which.

Law of the file: a row names what it belongs to by a text of the shop's own; nothing is guessed from
names or prices.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from terminal.core.sale import Bundle, Currency, Gift, SaleLine
from terminal.interchange import shapes
from terminal.interchange.decimals import not_below_zero, scaled, shown
from terminal.interchange.fields import clean_text
from terminal.interchange.values import BadSale

_YES_OR_NO = {
    **dict.fromkeys(("", "0", "no", "false"), False),
    **dict.fromkeys(("1", "yes", "true"), True),
}
Said = Mapping[str, str]  # a row by field names; a field that the map does not give is missing


def bundles(goods: Iterable[tuple[Said, SaleLine]]) -> tuple[Bundle, ...]:
    """Rows with the same `bundle` were sold as one; `whole` on one of them marks them all."""
    found: dict[str, list[tuple[Said, SaleLine]]] = {}
    for said, line in goods:
        sku = clean_text(said.get("bundle", ""), shapes.WORD, "bundle")
        if sku:
            found.setdefault(sku, []).append((said, line))
    return tuple(_bundle(sku, parts) for sku, parts in found.items())


def gifts(goods: Iterable[tuple[Said, SaleLine]], currency: Currency) -> tuple[Gift, ...]:
    """`gift_of` is "1" or "1 2", the numbers of the lines that earned it, or "all"."""
    return tuple(
        Gift(
            line.line,
            _numbers(said.get("gift_of", "")),
            not_below_zero(
                scaled(text or "0", currency.digits, "gift_threshold"), text, "gift_threshold"
            ),
        )
        for said, line in goods
        if (text := said.get("gift_threshold", "")) or said.get("gift_of")
    )


def serials(text: str) -> tuple[str, ...]:
    """One for each piece, with spaces, commas or semicolons between them."""
    found = (one for one in re.split(r"[\s,;]+", text) if one)
    return tuple(clean_text(one, shapes.SERIAL, "serials") for one in found)


def _numbers(text: str) -> tuple[int, ...]:
    if text.lower() in ("", "all"):
        return ()
    if not re.fullmatch(r"[0-9]{1,5}([ ;/,]+[0-9]{1,5})*", text):
        raise BadSale(
            "gift_of = {text} must be numbers of lines like 1 2, or all", text=shown(text)
        )
    return tuple(dict.fromkeys(int(one) for one in re.findall(r"[0-9]+", text)))


def _bundle(sku: str, parts: Sequence[tuple[Said, SaleLine]]) -> Bundle:
    whole = {_yes(said.get("whole", ""), "whole") for said, _ in parts}  # every one of them read
    return Bundle(sku, sku, tuple(line.line for _, line in parts), True in whole)


def _yes(text: str, what: str) -> bool:
    known = _YES_OR_NO.get(text.lower())
    if known is None:
        raise BadSale("{what} = {text} must be yes or no, or be empty", what=what, text=shown(text))
    return known
