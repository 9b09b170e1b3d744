"""Two years on: nobody is in the records any more, and every return is as right as it was."""

from datetime import timedelta

from drivers.values import Key
from storage.database import beside
from storage.retention import SPAN
from storage.store import open_reader
from terminal.core import states
from terminal.core.returns import Status
from terminal.ledger.apart import whole
from terminal.ledger.stored import stored_sale
from terminal.settings.values import Retention
from terminal.upkeep import Upkeep, terms_of
from tests.fakes.moments import TODAY
from tests.flows.cashier import Till
from tests.flows.conftest import MakeTill
from tests.flows.shelf import RECEIPT, groceries, one_oil

TERM = Retention(personal_days=400, sales_days=800)
OTHER = one_oil(number=2)


def quiet_hour(till: Till, days: int) -> Upkeep:
    """So many days later: what the terminal does once a day."""
    later = (TODAY + timedelta(days=days)).date()
    return Upkeep(TERM, lambda: till.moments.ids(1)[0], till.moments.stamp, lambda: later)


def passes(till: Till, days: int) -> Upkeep:
    """So many days later, in a quiet hour, all of it."""
    upkeep = quiet_hour(till, days)
    while upkeep.due:
        upkeep.work(till.store)
    return upkeep


def finishes(till: Till) -> None:
    """All of the groceries back, signed for, paid."""
    till.returns_all(RECEIPT)
    till.confirms()
    till.presses(Key.F2, Key.CONFIRM, Key.CONFIRM)
    till.is_at(states.Ready)


def everything_kept(till: Till) -> str:
    """Every record, return and sale with its personal part."""
    rows = "".join(whole(row.body, row.personal) for row in till.store.journal())
    return rows + "".join(map(repr, till.returns)) + repr(till.store.sale(groceries().id))


def test_after_the_term_nobody_is_in_the_records_and_the_goods_are_still_refused(
    make_till: MakeTill,
) -> None:
    till = make_till(groceries(), OTHER)
    finishes(till)
    before = till.returns[0]
    secrets = ("王芳", before.short_code, "零钱")
    assert all(one in everything_kept(till) for one in secrets)
    passes(till, 900)
    assert not [one for one in secrets if one in everything_kept(till)]
    after = till.returns[0]
    assert (after.number, after.status) == (before.number, Status.ACCEPTED)
    assert after.settlement.refund == before.settlement.refund
    till.scans(RECEIPT)
    till.is_at(states.NothingLeft)
    till.confirms()
    till.scans(before.number)
    till.sees(before.number)
    assert till.store.verify_chain() is None
    assert till.journal[-1] == "OldErased"


def test_a_sale_without_a_return_is_unknown_after_its_term(make_till: MakeTill) -> None:
    till = make_till(groceries(), OTHER)
    finishes(till)
    passes(till, 790)
    assert till.store.sale(OTHER.id) is not None
    passes(till, 900)
    till.scans(OTHER.receipt_no)
    till.is_at(states.ReceiptUnknown)


def test_a_return_that_waits_for_its_customer_keeps_its_short_code(till: Till) -> None:
    till.returns_all(RECEIPT)
    till.confirms()
    code = till.returns[0].short_code
    passes(till, 900)
    assert till.returns[0].short_code == code
    till.types(f"{code}⏎")
    till.is_at(states.PayingCash)


def test_goods_on_the_counter_keep_their_sale(till: Till) -> None:
    """The unit was off for years with a draft on the screen: it comes back to it."""
    till.scans(RECEIPT)
    passes(till, 900)
    till.power_cut()
    till.is_at(states.ChoosingGoods)
    till.sees("金龙鱼 大豆油 5L")


def test_it_is_done_once_a_day_and_says_nothing_when_nothing_went(till: Till) -> None:
    upkeep = passes(till, 10)
    assert not upkeep.due
    assert till.journal == ["SignedOn"]


def bytes_kept(till: Till) -> str:
    """All of the database and its log, as they lie on the disk."""
    files = (till.store.file, beside(till.store.file, "-wal"))
    return b"".join(one.read_bytes() for one in files).decode(errors="replace")


def test_what_a_reader_kept_in_the_log_goes_once_the_reader_has_gone(till: Till) -> None:
    """A backup or report of that hour: the log cannot be emptied under it."""
    finishes(till)
    till.counter.idle()  # a state may show the last return
    short_code = till.returns[0].short_code
    with open_reader(till.store.file) as reader:
        reader._db.execute("BEGIN")
        reader.load_state()
        upkeep = quiet_hour(till, 900)
        while not upkeep.waits:
            upkeep.work(till.store)
        assert short_code in bytes_kept(till)
        assert upkeep.due
    while upkeep.due:
        upkeep.work(till.store)
    assert short_code not in bytes_kept(till)
    assert till.journal.count("OldErased") == 1


def test_what_a_cut_left_in_the_log_goes_with_the_next_day(till: Till) -> None:
    finishes(till)
    till.counter.idle()  # a state may show the last return
    short_code = till.returns[0].short_code
    later = (TODAY + timedelta(days=900)).date()
    for _ in till.store.retention.sweep(terms_of(TERM, later)):
        continue
    assert short_code in bytes_kept(till)
    passes(till, 901)
    assert short_code not in bytes_kept(till)


def test_a_power_cut_in_the_middle_is_taken_up_where_it_was(make_till: MakeTill) -> None:
    many = [one_oil(number=number) for number in range(10, 10 + 2 * SPAN)]
    till = make_till(groceries())
    till.store.add_sales(map(stored_sale, many))
    later = (TODAY + timedelta(days=900)).date()
    steps = till.store.retention.sweep(terms_of(TERM, later))
    for swept in steps:
        if swept.pruned:
            break
    till.power_cut()
    passes(till, 900)
    assert till.store.sale(many[-1].id) is None
    assert till.store.sale(groceries().id) is None
    assert till.store.verify_chain() is None


def test_the_result_slip_of_an_old_return_is_still_printed(till: Till) -> None:
    finishes(till)
    passes(till, 900)
    till.scans(till.returns[0].number)
    till.is_at(states.ShowingReturn)
    till.presses(Key.F3)
    assert "已受理" in till.paper
    assert "补打" in till.paper
