"""Words: translated, filled in, checked before they reach anybody."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.catalog import Catalog
from babel.numbers import format_decimal, get_currency_precision, get_currency_symbol
from hypothesis import given
from hypothesis import strategies as st

from terminal.core.sale import Currency, Unit
from terminal.interchange.decimals import currency_of
from terminal.ui import catalogue
from terminal.ui.formats import amount, clock, day, moment, quantity, with_symbol
from terminal.ui.words import LanguageUnknown, Words, pseudo

CNY, JPY, KWD = Currency("CNY", 2), Currency("JPY", 0), Currency("KWD", 3)


def test_english_is_the_sentence_itself_with_its_values() -> None:
    words = Words("en")
    assert words("Receipt {number}", number="12") == "Receipt 12"
    assert words.plural("{n} line", "{n} lines", n=1) == "1 line"
    assert words.plural("{n} line", "{n} lines", n=3) == "3 lines"


def test_braces_in_a_value_are_only_text() -> None:
    assert Words("en")("Receipt {number}", number="{0}{x}") == "Receipt {0}{x}"


def test_chinese_is_found_without_any_other_file() -> None:
    assert Words("zh_CN")("Scan the receipt") == "请扫描小票"
    assert Words("zh_CN")("") == ""


def test_an_unknown_language_says_which_there_are() -> None:
    with pytest.raises(LanguageUnknown, match="zh_CN, en"):
        Words("fr")


def test_the_made_up_language_is_longer_and_keeps_its_values() -> None:
    assert "7" in Words("xx")("{n} left", n=7)
    assert len(pseudo("Scan the receipt")) > len("Scan the receipt")


def test_the_chinese_catalogue_is_whole() -> None:
    """Untranslated, fuzzy, obsolete, stale .mo, other placeholders: each is named here."""
    path = catalogue.po_path("zh_CN")
    assert catalogue.faults(path, "zh_CN", catalogue.collected()) == []


SOURCE = """
def show(words, n):
    words("One {a}")
    words.plural("{n} line", "{n} lines", n=n)
    return N_("Two")
"""


@pytest.fixture(name="shop")
def _shop(tmp_path: Path) -> Path:
    (tmp_path / "terminal").mkdir()
    (tmp_path / "terminal" / "a.py").write_text(SOURCE)
    catalogue.update(tmp_path / "x.po", "zh_CN", _template(tmp_path))
    return tmp_path


def _template(shop: Path) -> Catalog:
    return catalogue.collected(shop)


def _faults(shop: Path, old: str = "", new: str = "", *, build: bool = True) -> str:
    """What `check` says after the .po file's `old` was made `new`."""
    path = shop / "x.po"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    if build:
        made = catalogue.compiled(catalogue.read(path, "zh_CN"))
        path.with_suffix(".mo").write_bytes(made)
    return "\n".join(catalogue.faults(path, "zh_CN", _template(shop)))


def _translate(shop: Path) -> None:
    assert "not translated: 'One {a}'" in _faults(shop)
    _faults(shop, 'msgid "One {a}"\nmsgstr ""', 'msgid "One {a}"\nmsgstr "一 {a}"')
    _faults(shop, 'msgid "Two"\nmsgstr ""', 'msgid "Two"\nmsgstr "二"')
    assert _faults(shop, 'msgstr[0] ""', 'msgstr[0] "{n} 行"') == ""


def test_collecting_finds_calls_plurals_and_marks(shop: Path) -> None:
    ids = {str(message.id) for message in _template(shop) if message.id}
    assert ids == {"One {a}", "Two", "('{n} line', '{n} lines')"}


def test_a_translation_with_other_placeholders_is_a_fault(shop: Path) -> None:
    _translate(shop)
    assert "names ['b'] where ['a'] are given" in _faults(shop, "一 {a}", "一 {b}")
    assert "braces do not pair" in _faults(shop, "一 {b}", "一 {b")


def test_a_fuzzy_translation_is_a_fault(shop: Path) -> None:
    _translate(shop)
    assert "fuzzy: 'Two'" in _faults(shop, 'msgid "Two"', '#, fuzzy\nmsgid "Two"')


def test_a_stale_compiled_file_is_a_fault(shop: Path) -> None:
    _translate(shop)
    assert "not compiled" in _faults(shop, "二", "贰", build=False)


def test_a_sentence_no_longer_used_is_a_fault_until_it_is_dropped(shop: Path) -> None:
    _translate(shop)
    (shop / "terminal" / "a.py").write_text(SOURCE.replace('N_("Two")', "None"))
    assert "no longer used: 'Two'" in _faults(shop)
    catalogue.update(shop / "x.po", "zh_CN", _template(shop))
    assert "no longer used: 'Two'" in _faults(shop)
    catalogue.update(shop / "x.po", "zh_CN", _template(shop), drop=True)
    assert _faults(shop) == ""


def test_updating_twice_changes_nothing(shop: Path) -> None:
    _translate(shop)
    catalogue.update(shop / "x.po", "zh_CN", _template(shop))
    once = (shop / "x.po").read_bytes()
    catalogue.update(shop / "x.po", "zh_CN", _template(shop))
    assert (shop / "x.po").read_bytes() == once


def test_amounts_have_as_many_digits_as_their_currency() -> None:
    assert amount(8054, CNY) == "80.54"
    assert amount(5, CNY) == "0.05"
    assert amount(-5, CNY) == "-0.05"
    assert amount(8054, JPY) == "8054"
    assert amount(1250, KWD) == "1.250"
    assert with_symbol(8054, CNY) == "￥ 80.54"
    assert with_symbol(8054, Currency("GBP", 2)) == "£ 80.54"
    assert with_symbol(1250, KWD) == "KWD 1.250"


@given(st.integers(-(10**12), 10**12), st.sampled_from((CNY, JPY, KWD)))
def test_an_amount_reads_back_to_the_same_integer(minor: int, currency: Currency) -> None:
    assert int(amount(minor, currency).replace(".", "")) == minor


def test_quantities_are_pieces_or_kilograms() -> None:
    assert quantity(3000, Unit.EACH) == "3"
    assert quantity(412, Unit.WEIGHT) == "0.412"
    assert quantity(1000, Unit.WEIGHT) == "1.000"
    assert quantity(0, Unit.WEIGHT) == "0"
    assert quantity(1500, Unit.EACH) == "1.500"


def test_days_and_times() -> None:
    when = datetime(2026, 11, 20, 14, 3, 59, tzinfo=UTC)
    assert (day(date(2026, 1, 2)), clock(when), moment(when)) == (
        "2026-01-02",
        "14:03",
        "2026-11-20 14:03",
    )


@pytest.mark.parametrize("code", ["CNY", "GBP", "JPY", "KWD"])
def test_currencies_have_the_digits_and_signs_that_unicode_knows(code: str) -> None:
    """Babel carries CLDR: an oracle that nobody here wrote."""
    currency = currency_of(code)
    assert currency.digits == get_currency_precision(code)
    sign = with_symbol(1, currency).split()[0]
    known = {get_currency_symbol(code, locale) for locale in ("zh_CN", "en_GB")} | {code}
    assert sign.replace("￥", "¥") in known
    plain = format_decimal(Decimal(1_234_567).scaleb(-currency.digits), locale="en_GB")
    assert amount(1_234_567, currency) == plain.replace(",", "")


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_plurals_follow_the_language(language: str) -> None:
    """One form in Chinese, two in English, as CLDR has it."""
    forms = {
        Words(language).plural("{n} line chosen", "{n} lines chosen", n=n).replace(str(n), "#")
        for n in range(12)
    }
    assert len(forms) == len(Locale.parse(language).plural_form.tags | {"other"})
