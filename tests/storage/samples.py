"""Small sound values for the storage tests: a sale of two lines, returns of it, steps."""

from storage.pins import HashCost
from storage.records import JournalEntry
from storage.values import (
    Commit,
    NewReturn,
    NewReturnLine,
    NewReturnTender,
    StoredLine,
    StoredReduction,
    StoredSale,
    StoredTender,
)

CHEAP = HashCost(memory_kib=8, passes=1)  # PIN tests are about counting, not about cost
DAY = "2026-11-20"
WATER = StoredLine(
    *(1, "100234", "6901234567892", "矿泉水 550ml", "each", 3000),
    *(334, 1000, 995, 130_000, 114, "beverage"),
)
PORK = StoredLine(
    *(2, "200011", "2200011044256", "猪肉", "kg", 1236),
    *(3580, 4425, 4405, 90_000, 364, "fresh"),
)


def sale_id(sequence: int) -> str:
    return f"0571-03-20261120-{sequence:07d}"


def sale(sequence: int = 1, receipt_no: str | None = None) -> StoredSale:
    """Water 9.95 and pork 44.05, after 0.25 of rounding; paid 30.00 in cash, 24.00 by card."""
    return StoredSale(
        id=sale_id(sequence),
        business_unit="0571",
        workstation="03",
        business_day=DAY,
        sequence=sequence,
        receipt_no=receipt_no or f"057103261120{sequence:07d}",
        sold_at="2026-11-20T14:03:22+08:00",
        cashier="1007",
        currency="CNY",
        digits=2,
        total=5400,
        lines=(WATER, PORK),
        reductions=(StoredReduction("rounding", 25),),
        tenders=(
            StoredTender("cash", 3000, "", ""),
            StoredTender("card", 2400, "4200002026", "1234"),
        ),
    )


def big_sale(quantity: int = 1_000_000) -> StoredSale:
    """One line that can be returned `quantity` times, a fen each."""
    line = StoredLine(
        *(1, "9", "", "螺丝", "each", quantity, 1, quantity, quantity, 0, 0, "hardware"),
    )
    return StoredSale(
        *("big", "0571", "03", DAY, 9, "BIG", f"{DAY}T09:00:00+08:00", "1007", "CNY", 2, quantity),
        *((line,), (), (StoredTender("cash", quantity, "", ""),)),
    )


def new_return(
    sequence: int,
    lines: tuple[NewReturnLine, ...],
    tenders: tuple[NewReturnTender, ...] = (),
    fee: int = 0,
    of: str = "",
) -> NewReturn:
    return NewReturn(
        id=f"return-{sequence}",
        number=f"R-0571-03-{sequence:06d}",
        sequence=sequence,
        sale_id=of or sale_id(1),
        day=DAY,
        short_code=f"SC{sequence:09d}",
        currency="CNY",
        amount=sum(line.amount for line in lines),
        fee=fee,
        lines=lines,
        tenders=tenders,
        body=f'{{"number":{sequence}}}',
    )


def line(number: int, quantity: int, amount: int, tax: int = 0) -> NewReturnLine:
    return NewReturnLine(number, quantity, amount, tax, "100234", "QUALITY", "OPENED", "WRITE_OFF")


def cash(amount: int, position: int = 0) -> NewReturnTender:
    return NewReturnTender(position, "cash", amount)


def one_screw(sequence: int) -> NewReturn:
    """The smallest return of `big_sale`."""
    return new_return(sequence, (line(1, 1, 1),), (cash(1),), of="big")


def step(
    number: int,
    *returns: NewReturn,
    state: str | None = None,
    body: str = "{}",
    personal: str = "",
) -> Commit:
    """One step with one journal entry."""
    return Commit(
        state=state,
        at_ms=1_795_000_000_000 + number,
        boot="b1f8a6",
        uptime_ms=number,
        entries=(JournalEntry(f"entry-{number}", "return.recorded", body, personal),),
        returns=returns,
    )
