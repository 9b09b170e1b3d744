"""Random returns and voids against a model of the caps: what is kept never exceeds the sale."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from msgspec.structs import replace

from storage.store import open_store
from storage.values import VOIDED, CapExceeded, NewReturn, ReturnChange
from tests.storage.samples import cash, line, new_return, sale, sale_id, step

LINES = st.lists(
    st.tuples(
        st.sampled_from([1, 2]), st.integers(0, 1500), st.integers(1, 2400), st.integers(0, 1)
    ),
    min_size=1,
    max_size=3,
)
KEPT = st.integers(-9, 9)
TENDERS = st.lists(st.tuples(st.sampled_from([0, 1]), st.integers(0, 1800)), max_size=3)
NEAR = st.integers(-1, 1)


class Counter(RuleBasedStateMachine):
    """The store on one side; a list of the returns that stand on the other."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.store = open_store(Path(self.folder.name) / "terminal.db", quick_check=False)
        self.sale = sale(1)
        self.store.add_sales([self.sale])
        self.standing: dict[str, NewReturn] = {}
        self.steps = 0

    def teardown(self) -> None:
        assert self.store.verify_chain() is None
        self.store.close()
        self.folder.cleanup()

    def fits(self, standing: list[NewReturn]) -> bool:
        """The caps, written another way: over the whole list at once."""
        lines = [one for new in standing for one in new.lines]
        tenders = [one for new in standing for one in new.tenders]

        for sold in self.sale.lines:
            ours = [one for one in lines if one.line == sold.line]
            if sum(one.quantity for one in ours) > sold.quantity:
                return False
            if sum(one.amount for one in ours) > sold.paid:
                return False
            if sum(one.tax for one in ours) > sold.tax:
                return False
        for position, tender in enumerate(self.sale.tenders):
            if sum(one.amount for one in tenders if one.position == position) > tender.amount:
                return False
        goods = sum(one.amount for one in lines)
        fees = sum(new.fee for new in standing)
        shortfall = max(0, sum(new.shortfall for new in standing))
        shortfall += max(0, sum(new.gifts for new in standing))
        money = sum(one.amount for one in tenders)
        pays = any(one.amount for one in standing[-1].tenders)  # what pays nothing takes nothing
        return goods <= self.sale.total and (not pays or money + fees + shortfall <= goods)

    @rule(lines=LINES, tenders=TENDERS, fee=st.integers(0, 3), shortfall=KEPT, gifts=KEPT)
    def take_back(
        self,
        lines: list[tuple[int, int, int, int]],
        tenders: list[tuple[int, int]],
        fee: int,
        shortfall: int,
        gifts: int,
    ) -> None:
        self.steps += 1
        new = new_return(
            self.store.next_return_sequence(),
            tuple(line(*one) for one in lines),
            tuple(cash(amount, position) for position, amount in tenders),
        )
        new = replace(new, fee=min(fee, new.amount), shortfall=shortfall, gifts=gifts)
        if self.fits([*self.standing.values(), new]):
            self.store.commit(step(self.steps, new))
            self.standing[new.id] = new
        else:
            with pytest.raises(CapExceeded) as refusal:
                self.store.commit(step(self.steps, new))
            assert refusal.value.wanted > refusal.value.left

    @rule(line_=st.sampled_from([(1, 1000, 331), (2, 309, 1101)]), gifts=KEPT, near=NEAR)
    def take_back_for_all_that_is_left(
        self, line_: tuple[int, int, int], gifts: int, near: int
    ) -> None:
        """As the counter does: the goods less what is kept, or a fen more or less."""
        number, quantity, amount = line_
        before = self.store.returned(sale_id(1))
        kept = before.fees + max(0, before.shortfall) + max(0, before.gifts + gifts)
        goods = sum(one.amount for one in before.lines) + amount
        money = max(goods - kept - sum(one.amount for one in before.tenders) + near, 0)
        self.take_back([(number, quantity, amount, 0)], [(0, money)], 0, 0, gifts)

    @precondition(lambda self: self.standing)
    @rule(data=st.data())
    def void(self, data: st.DataObject) -> None:
        chosen = data.draw(st.sampled_from(sorted(self.standing)))
        after = [new for name, new in self.standing.items() if name != chosen]
        self.steps += 1
        self.store.commit(replace(step(self.steps), changes=(ReturnChange(chosen, VOIDED, "{}"),)))
        self.standing = {new.id: new for new in after}

    @invariant()
    def the_sums_are_those_of_the_standing_returns(self) -> None:
        back = self.store.returned(sale_id(1))
        lines = [one for new in self.standing.values() for one in new.lines]
        tenders = [one for new in self.standing.values() for one in new.tenders]
        assert sum(one.quantity for one in back.lines) == sum(one.quantity for one in lines)
        assert sum(one.amount for one in back.lines) == sum(one.amount for one in lines)
        assert sum(one.amount for one in back.tenders) == sum(one.amount for one in tenders)
        assert back.fees == sum(new.fee for new in self.standing.values())
        assert back.shortfall == sum(new.shortfall for new in self.standing.values())
        assert back.gifts == sum(new.gifts for new in self.standing.values())


TestCounter = Counter.TestCase
TestCounter.settings = settings(max_examples=15, stateful_step_count=25, deadline=None)
