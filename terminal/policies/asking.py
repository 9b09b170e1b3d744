"""What a rule asks of a return, as one clause in both languages."""

from collections.abc import Iterable, Iterator

from terminal.core.limits import KIND_NAMES
from terminal.core.money import decimal_text
from terminal.core.rules import CONDITION_WORDS, Rules
from terminal.core.when import EVERY, Earlier, Range, When
from terminal.core.words import Worded

_PAYERS = {
    "": Worded("同一卡号或手机尾号", "the same card or phone"),
    "card": Worded("同一卡号尾号", "the same card"),
    "phone": Worded("同一手机尾号", "the same phone"),
}


def listed(names: Iterable[str], last: str = "") -> str:
    """a, b or c; with `last` empty the Chinese a、b、c."""
    found = tuple(names)
    if not last:
        return "、".join(found)
    head, tail = found[:-1], found[-1]
    return f"{', '.join(head)} {last} {tail}" if head else tail


def asked(when: When, rules: Rules) -> Worded:
    """What a rule asks, as one clause."""
    found = tuple(_questions(when, rules))
    return Worded(
        f"当{'，且'.join(one.zh for one in found)}时",
        f"when {' and '.join(one.en for one in found)}",
    )


def _questions(when: When, rules: Rules) -> Iterator[Worded]:
    names = {one.code: one.words for one in rules.reasons}
    if when.kinds:
        yield _one_of("退货种类为", "the kind is", (KIND_NAMES[one] for one in when.kinds))
    if when.categories:
        yield _one_of("类别为", "the category is", (Worded(one, one) for one in when.categories))
    if when.reasons:
        words = (names.get(one, Worded(one, one)) for one in when.reasons)
        yield _one_of("原因为", "the reason is", words)
    if when.conditions:
        words = (CONDITION_WORDS[one] for one in when.conditions)
        yield _one_of("商品", "the goods are", words)
    if when.tenders:
        words = (Worded(one, one) for one in when.tenders)
        yield _one_of("退回方式含", "money goes back to", words)
    if when.amount != EVERY:
        what = Worded("本单累计退货", "returns of the sale come to")
        yield _within(when.amount, what, rules.currency.digits)
    if when.days != EVERY:
        yield _within(when.days, Worded("购买后天数", "days since the sale are"), 0)
    if when.earlier is not None:
        yield _often(when.earlier)


def _one_of(zh: str, en: str, words: Iterable[Worded]) -> Worded:
    found = tuple(words)
    return Worded(
        f"{zh}{listed(one.zh for one in found)}", f"{en} {listed((one.en for one in found), 'or')}"
    )


def _within(span: Range, what: Worded, digits: int) -> Worded:
    more, most = Worded("超过 {}", "more than {}"), Worded("不超过 {}", "at most {}")
    said = tuple(
        Worded(words.zh.format(shown), words.en.format(shown))
        for words, end in ((more, span.above), (most, span.to))
        if end is not None and (shown := decimal_text(end, digits))
    )
    return Worded(
        f"{what.zh}{'且'.join(one.zh for one in said)}",
        f"{what.en} {' and '.join(one.en for one in said)}",
    )


def _often(earlier: Earlier) -> Worded:
    who = _PAYERS[earlier.by]
    return Worded(
        f"{who.zh} {earlier.days} 天内已退 {earlier.above} 次以上",
        f"{who.en} came back more than {earlier.above} times in {earlier.days} days",
    )
