"""Who came back before: counted by a keyed hash, and readable by nobody without its key."""

from pathlib import Path

from msgspec.structs import replace

from storage.payer_values import EarlierReturn, Payer
from storage.pins import pepper_file
from storage.store import Store, open_store
from storage.values import NewReturn, ReturnChange
from tests.storage.samples import CHEAP, DAY, big_sale, one_screw, step

CARD, PHONE = Payer("card", "card 6868"), Payer("phone", "5678")


def of(sequence: int, *payers: Payer, day: str = DAY) -> NewReturn:
    return replace(one_screw(sequence), payers=payers, day=day)


def numbers(store: Store, *payers: Payer, since: str = DAY) -> list[str]:
    return [one.number for one in store.payers.earlier(payers, since)]


def test_a_payer_s_returns_are_found_again_and_nobody_else_s(store: Store) -> None:
    store.add_sales([big_sale()])
    store.commit(step(1, of(1, CARD), of(2, PHONE), of(3, CARD, PHONE), of(4)))
    assert numbers(store, CARD) == ["R-0571-03-000003", "R-0571-03-000001"]
    assert store.payers.earlier((PHONE,), DAY) == (
        EarlierReturn("R-0571-03-000003", DAY, "phone"),
        EarlierReturn("R-0571-03-000002", DAY, "phone"),
    )
    assert numbers(store, Payer("phone", "card 6868")) == []
    assert numbers(store, Payer("card", "card 6869")) == []


def test_days_before_are_not_looked_at(store: Store) -> None:
    store.add_sales([big_sale()])
    store.commit(step(1, of(1, CARD, day="2026-10-01"), of(2, CARD)))
    assert numbers(store, CARD, since="2026-10-02") == ["R-0571-03-000002"]
    assert len(numbers(store, CARD, since="2026-10-01")) == 2


def test_a_voided_return_does_not_count(store: Store) -> None:
    store.add_sales([big_sale()])
    store.commit(step(1, of(1, CARD)))
    store.commit(replace(step(2), changes=(ReturnChange("return-1", "voided", "{}"),)))
    assert numbers(store, CARD) == []


def test_the_same_card_twice_in_one_sale_is_one_payer(store: Store) -> None:
    store.add_sales([big_sale()])
    store.commit(step(1, of(1, CARD, CARD)))
    assert numbers(store, CARD) == ["R-0571-03-000001"]


def test_the_hash_is_bound_to_the_pepper(file: Path, store: Store) -> None:
    """Ten thousand tails are tried in no time: without the key's file they say nothing."""
    store.add_sales([big_sale()])
    store.commit(step(1, of(1, CARD)))
    store.close()
    assert b"6868" not in file.read_bytes()
    pepper_file(file).write_bytes(b"another key, also thirty-two byt")
    with open_store(file, cost=CHEAP) as again:
        assert numbers(again, CARD) == []
