"""Between the core's nouns and what storage keeps: sales, returns, records and the state.

Law of the file: one step is one commit; a refusal of the database becomes a Refusal, never a guess.
"""

import logging
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

import msgspec
from msgspec.structs import replace

from storage import values as kept
from storage.faults import SaleDamaged
from storage.office import OfficeState
from storage.payer_values import Payer
from storage.store import Reader, Store
from terminal.core import effects, print_jobs
from terminal.core.case import Case, EarlierReturn
from terminal.core.draft import Draft
from terminal.core.refusals import Refusal, Why
from terminal.core.returns import Chosen, Return, ReturnKind, Status
from terminal.core.rules import Rules
from terminal.core.sale import Sale, SaleSummary
from terminal.core.settlement import must_end_first
from terminal.core.shop import ShopState
from terminal.core.short_code import read_short_code
from terminal.core.states import (
    ChoosingGoods,
    DeclaredState,
    DraftState,
    Ready,
    ShowingReturn,
    SignedOff,
    State,
)
from terminal.ledger.apart import whole
from terminal.ledger.codec import Codec, Reference, Unreadable
from terminal.ledger.filed import Records, filed
from terminal.ledger.known import Known
from terminal.ledger.refused import NotWritten
from terminal.ledger.stamp import Stamp
from terminal.ledger.stored import (
    core_sale,
    name_on_file,
    payers_of,
    stored_return,
    summary_of,
    summary_of_head,
)

log = logging.getLogger("terminal")
SEQUENCE_DIGITS_MAX = 9
FOUND_MAX = 50  # sales shown for one search; more are narrowed by typing more


class Ledger(Known):
    """Reads and writes of one terminal. `rules` are those in force now."""

    def __init__(self, store: Reader, rules: Rules) -> None:
        self._store = store
        self._codec = Codec(
            {
                Sale: Reference(name_on_file, self._sale_of_state),
                Rules: Reference(lambda _: self._rules_name, self._rules_of_state),
            }
        )
        whole = Codec().encode(rules)
        self._rules = rules
        self._rules_name = f"{rules.policy.version}:{sha256(whole.encode()).hexdigest()[:12]}"
        self._other_rules = False
        self._paid_by: tuple[str, tuple[Payer, ...]] = ("", ())

    # Reading.

    def state(self) -> State:
        """The committed state; SignedOff on a new unit. Raises Unreadable for a strange one.

        A draft begun under other rules keeps its goods; reason and condition are asked for again.
        Where the new rules want an open return finished first, that one is shown. What is being
        written down is dropped where they do not do that kind of return any more.
        """
        text = self._store.load_state()
        if text is None:
            return SignedOff()
        self._other_rules = False
        state: State = self._codec.decode(text)
        if isinstance(state, DraftState) and self._other_rules:
            old = state.draft
            waiting = old.open_return
            if waiting is not None and must_end_first(self._rules, old.case.sale, waiting):
                return ShowingReturn(old.cashier, waiting)
            goods = tuple(Chosen(one.line, one.quantity) for one in old.chosen)
            draft = Draft(
                *(old.cashier, old.case, self._rules, goods),
                open_return=waiting,
                kind=old.kind,
                replaces=old.replaces,
            )
            return ChoosingGoods(draft, 0)
        if isinstance(state, DeclaredState) and self._other_rules:
            kind = state.declared.kind
            return state if self._rules.policy.limits_of(kind).allowed else Ready(state.cashier)
        return state

    def case(self, sale_id: str, day: date | None = None, *, settled: bool = False) -> Case | None:
        """A sale and what went back of it; with `day`, what else the policy asks of that day.

        `settled`: the back office has just said what came back of it elsewhere.
        """
        sale = self.sale(sale_id)
        if sale is None:
            return None
        kind = self.kind_of(sale)
        if settled and kind is ReturnKind.OFFLINE:
            kind = ReturnKind.VERIFIED
        if day is None:
            return Case(sale, self._returned(sale_id), kind)
        so_far = self.so_far(kind, sale.receipt_no, day)
        return Case(sale, self._returned(sale_id), kind, so_far, self._earlier(sale, day))

    def sale(self, sale_id: str) -> Sale | None:
        found = self._store.sale(sale_id)
        if found is None:
            return None
        sale = core_sale(found)
        self._paid_by = (sale_id, payers_of(sale))
        return sale

    def look_up(self, query: effects.Query) -> tuple[SaleSummary, ...]:
        """Sales that fit, newest first; a sale named by its id alone. Raises SaleDamaged."""
        if query.sale_id:
            sale = self.sale(query.sale_id)
            return (summary_of(sale),) if sale else ()
        day = query.day.isoformat() if query.day else ""
        if query.tail:
            heads = self._store.heads_by_tail(query.tail, day, FOUND_MAX)
        elif query.goods:
            heads = self._store.heads_by_goods(query.goods, day, FOUND_MAX)
        elif query.day is not None:
            heads = self._store.heads_by_day_and_total(day, query.amount, FOUND_MAX)
        else:
            heads = self._store.heads_by_receipt_no(query.receipt_no)
        try:
            return tuple(summary_of_head(head) for head in heads[:FOUND_MAX])
        except ValueError as fault:  # a day or a time that is none any more
            raise SaleDamaged(
                self._store.file, "a sale that was found cannot be read: {why}", why=fault
            ) from fault

    def find_return(self, code: str) -> Return | None:
        """By number, id, short code as people write it, bare number, or its credit's code."""
        found = self._store.return_by_number(code.upper()) or self._store.return_by_id(code)
        if found is None:
            short = read_short_code(code)
            found = self._store.return_by_short_code(short) if short else None
        if found is None and code.isascii() and code.isdigit() and len(code) <= SEQUENCE_DIGITS_MAX:
            found = self._store.return_by_sequence(int(code))
        if found is None:
            given = self._store.credit(read_short_code(code) or "")
            found = self._store.return_by_id(given.return_id) if given else None
        return self._return(found) if found else None

    def open_return(self, sale_id: str) -> Return | None:
        """The newest return of this sale that waits for its customer or its cash."""
        waiting = (Status.RECORDED.value, Status.CONFIRMED.value)
        found = [one for one in self._store.returns_of_sale(sale_id) if one.status in waiting]
        return self._return(found[-1]) if found else None

    def _return(self, found: kept.StoredReturn) -> Return:
        ret: Return = self._codec.decode(whole(found.body, found.personal))
        kind = (
            print_jobs.SlipKind.RETURN
            if ret.status in (Status.RECORDED, Status.CONFIRMED)
            else print_jobs.SlipKind.RESULT
        )
        jobs = self._store.copies_of(ret.id, kind.value)  # the original is one of them
        return replace(ret, copies=max(jobs - 1, 0), shop=self.shop_state(ret.id))

    def shop_state(self, return_id: str) -> ShopState | None:
        """What the shop said of a return last."""
        found = self._store.office_state(return_id)
        return self._said(found) if found else None

    def shop_states(self) -> tuple[ShopState, ...]:
        """Of every return that is not at its end."""
        found = (self._said(one) for one in self._store.office_states())
        return tuple(one for one in found if one is not None)

    def _said(self, found: OfficeState) -> ShopState | None:
        """One that this version cannot read is as if it had not come: the next one will."""
        try:
            said = msgspec.json.decode(found.body, type=ShopState)
        except msgspec.DecodeError as fault:
            log.error("what the shop said of %s: %s", found.return_id, fault)  # noqa: TRY400
            return None
        return said

    @property
    def store(self) -> Reader:
        """For who reads what no step of the flow asks for."""
        return self._store

    def read(self, body: str, personal: str) -> Any:
        """A return or a shift as it was kept. Raises Unreadable."""
        return self._codec.decode(whole(body, personal))

    def tidy(self) -> None:
        """Move the write-ahead log into the database when it has grown. Raises StorageFault."""
        if isinstance(self._store, Store):
            self._store.checkpoint_if_due()

    def next_return_sequence(self) -> int:
        return self._store.next_return_sequence()

    # Writing.

    def keep(self, record: effects.Record, record_id: str, stamp: Stamp) -> None:
        """One fact beside the flow: what a command did. The state stays as it was."""
        self.keep_all((record,), (record_id,), stamp)

    def keep_all(self, records: Records, ids: tuple[str, ...], stamp: Stamp) -> None:
        """Facts beside the flow, one transaction."""
        assert isinstance(self._store, Store), "a reader writes nothing"
        encode = self._codec.encode
        self._store.commit(filed(None, records, ids, stamp, encode, self._new_return))

    def commit(
        self,
        state: State,
        records: Records,
        ids: tuple[str, ...],
        stamp: Stamp,
        left: State | None = None,
    ) -> None:
        """One step, one transaction, one sync. `ids` has one UUIDv7 for each record.

        `left` is the state before it, as the cashier saw it. Raises NotWritten when a cap would be
        passed or that is out of date, StorageFault when it could not be written.
        """
        assert isinstance(self._store, Store), "a reader writes nothing"
        encode = self._codec.encode
        text = encode(state)
        step = kept.Commit(text, stamp.at_ms, stamp.boot, stamp.uptime_ms)
        if records:  # seldom, and a key should not wait
            self.check_seen(left)
            step = filed(text, records, ids, stamp, encode, self._new_return)
        try:
            self._store.commit(step)
        except kept.CapExceeded as fault:
            of_kind = fault.what.value.startswith("kind")
            why = Why.KIND_LIMIT if of_kind else Why.CAP_REACHED
            raise NotWritten(Refusal(why)) from fault
        except kept.NumberTaken as fault:
            raise NotWritten(Refusal(Why.CAP_REACHED)) from fault

    @property
    def writer(self) -> Store:
        """The store itself, for what is no step of the flow: sales and prices taken in."""
        assert isinstance(self._store, Store), "a reader writes nothing"
        return self._store

    def _new_return(self, record: effects.ReturnRecorded) -> kept.NewReturn:
        ret = record.ret
        limits = self._rules.policy.limits_of(ret.kind)
        body = self._codec.encode(ret)
        return stored_return(ret, record.sequence, body, limits, self._payers(ret.sale_id))

    def _payers(self, sale_id: str) -> tuple[Payer, ...]:
        """Whose return it is, as far as the policy counts returns. The sale was read before."""
        if not self._rules.policy.horizon:
            return ()
        if self._paid_by[0] != sale_id:
            self.sale(sale_id)
        return self._paid_by[1] if self._paid_by[0] == sale_id else ()

    def _earlier(self, sale: Sale, day: date) -> tuple[EarlierReturn, ...]:
        """Nothing is looked for where the policy counts nothing."""
        horizon, payers = self._rules.policy.horizon, payers_of(sale)
        if not horizon or not payers:
            return ()
        since = (day - timedelta(days=horizon)).isoformat()
        return tuple(
            EarlierReturn(one.number, date.fromisoformat(one.day), one.kind)
            for one in self._store.payers.earlier(payers, since)
        )

    def _rules_of_state(self, name: str) -> Rules:
        self._other_rules = name != self._rules_name
        return self._rules

    def _sale_of_state(self, sale_id: str) -> Sale:
        try:
            sale = self.sale(sale_id)
        except SaleDamaged as fault:
            raise Unreadable("sale {sale} is damaged", sale=sale_id) from fault
        if sale is None:
            raise Unreadable("the state speaks of sale {sale}, which is not on file", sale=sale_id)
        return sale
