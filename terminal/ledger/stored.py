"""A sale and a return as the core knows them, and as storage keeps them."""

from datetime import date, datetime

from storage import values as kept
from storage.drawer import KeptShift
from storage.kind_values import KindCaps
from storage.payer_values import Payer
from storage.prices import StoredPrice
from storage.sale_ties import StoredBundle, StoredGift, StoredMark, StoredTies
from terminal.cards import masked, tail_of
from terminal.core.day import Shift
from terminal.core.declared import Article
from terminal.core.effects import JobChanged
from terminal.core.kinds import Limits
from terminal.core.returns import Return
from terminal.core.sale import (
    Bundle,
    Currency,
    Gift,
    ReceiptRef,
    Reduction,
    Sale,
    SaleLine,
    SaleSummary,
    SaleTender,
    Unit,
)
from terminal.ledger.apart import parted


def core_sale(one: kept.StoredSale) -> Sale:
    """A stored sale as the core knows it."""
    return Sale(
        receipt=ReceiptRef(
            one.business_unit,
            one.workstation,
            date.fromisoformat(one.business_day),
            one.sequence,
        ),
        receipt_no=one.receipt_no,
        sold_at=datetime.fromisoformat(one.sold_at),
        cashier=one.cashier,
        currency=Currency(one.currency, one.digits),
        lines=tuple(
            SaleLine(
                line=it.line,
                sku=it.sku,
                gtin=it.gtin,
                name=it.name,
                unit=Unit(it.unit),
                quantity=it.quantity,
                list_price=it.list_price,
                net=it.net,
                paid=it.paid,
                tax_rate=it.tax_rate,
                tax=it.tax,
                category=it.category,
                serials=tuple(on.number for on in one.ties.serials if on.line == it.line),
                batch=next((on.number for on in one.ties.batches if on.line == it.line), ""),
            )
            for it in one.lines
        ),
        reductions=tuple(Reduction(it.kind, it.amount, it.threshold) for it in one.reductions),
        tenders=tuple(
            SaleTender(it.kind, it.amount, it.reference, masked(it.masked)) for it in one.tenders
        ),
        total=one.total,
        phone_tail=one.phone_tail,
        bundles=tuple(Bundle(it.sku, it.name, it.lines, it.whole) for it in one.ties.bundles),
        gifts=tuple(Gift(it.line, it.earned_by, it.threshold) for it in one.ties.gifts),
        declared="" if one.workstation else one.id,
    )


def stored_sale(sale: Sale) -> kept.StoredSale:
    """A sale of the core as storage keeps it."""
    return kept.StoredSale(
        id=sale.id,
        business_unit=sale.receipt.business_unit,
        workstation=sale.receipt.workstation,
        business_day=sale.receipt.business_day.isoformat(),
        sequence=sale.receipt.sequence,
        receipt_no=sale.receipt_no,
        sold_at=sale.sold_at.isoformat(),
        cashier=sale.cashier,
        currency=sale.currency.code,
        digits=sale.currency.digits,
        total=sale.total,
        lines=tuple(
            kept.StoredLine(
                it.line,
                it.sku,
                it.gtin,
                it.name,
                it.unit.value,
                it.quantity,
                it.list_price,
                it.net,
                it.paid,
                it.tax_rate,
                it.tax,
                it.category,
            )
            for it in sale.lines
        ),
        reductions=tuple(
            kept.StoredReduction(it.kind, it.amount, it.threshold) for it in sale.reductions
        ),
        tenders=tuple(
            kept.StoredTender(it.kind, it.amount, it.reference, masked(it.masked))
            for it in sale.tenders
        ),
        phone_tail=sale.phone_tail,
        ties=StoredTies(
            tuple(StoredBundle(it.sku, it.name, it.lines, it.whole) for it in sale.bundles),
            tuple(StoredGift(it.line, it.earned_by, it.threshold) for it in sale.gifts),
            tuple(StoredMark(it.line, it.batch) for it in sale.lines if it.batch),
            tuple(StoredMark(it.line, serial) for it in sale.lines for serial in it.serials),
        ),
    )


def payers_of(sale: Sale) -> tuple[Payer, ...]:
    """The cards that paid it and the customer's phone, by their tails."""
    cards = ((one.kind, tail_of(one.masked)) for one in sale.tenders)
    known = tuple(Payer("card", f"{kind} {tail}") for kind, tail in cards if tail)
    return (*known, Payer("phone", sale.phone_tail)) if sale.phone_tail else known


def stored_return(
    ret: Return, sequence: int, body: str, limits: Limits, payers: tuple[Payer, ...]
) -> kept.NewReturn:
    """A return as storage records it, with the caps of its kind."""
    it = ret.settlement
    body, personal = parted(body)
    return kept.NewReturn(
        kind=ret.kind.value,
        caps=KindCaps(limits.amount, limits.day_amount, limits.day_count),
        id=ret.id,
        number=ret.number,
        sequence=sequence,
        sale_id=ret.sale_id,
        day=ret.recorded_at[:10],
        short_code=ret.short_code,
        currency=ret.currency.code,
        amount=it.this,
        fee=it.fee + it.covered,
        shortfall=it.shortfall,
        gifts=it.gifts,
        lines=tuple(
            kept.NewReturnLine(
                line=one.line,
                quantity=one.quantity,
                amount=one.amount,
                tax=one.tax,
                sku=one.sku,
                reason=one.reason,
                condition=one.condition.value,
                disposition=one.disposition.value,
                serials=one.serials,
            )
            for one in it.lines
        ),
        tenders=tuple(
            kept.NewReturnTender(one.position, one.kind, one.amount, one.owed) for one in it.refunds
        ),
        body=body,
        personal=personal,
        payers=payers,
    )


def summary_of(sale: Sale) -> SaleSummary:
    return SaleSummary(
        id=sale.id,
        receipt=sale.receipt,
        receipt_no=sale.receipt_no,
        sold_at=sale.sold_at,
        currency=sale.currency,
        total=sale.total,
        line_count=len(sale.lines),
        first_goods=sale.lines[0].name if sale.lines else "",
    )


def summary_of_head(head: kept.SaleHead) -> SaleSummary:
    return SaleSummary(
        id=head.id,
        receipt=ReceiptRef(
            head.business_unit,
            head.workstation,
            date.fromisoformat(head.business_day),
            head.sequence,
        ),
        receipt_no=head.receipt_no,
        sold_at=datetime.fromisoformat(head.sold_at),
        currency=Currency(head.currency, head.digits),
        total=head.total,
        line_count=head.line_count,
        first_goods=head.first_goods,
    )


def kept_shift(shift: Shift, body: str) -> KeptShift:
    """A shift as storage keeps it, with its JSON."""
    end = shift.closing
    day = shift.opened_at[:10]
    return KeptShift(shift.id, day, end is not None, end.paid if end else 0, *parted(body))


def kept_job(record: JobChanged) -> kept.PrintJobChange:
    """A print job as storage keeps it."""
    job = record.job
    return kept.PrintJobChange(
        job.id, record.return_id or None, job.kind.value, job.copy, record.status.value
    )


def article_of(one: StoredPrice) -> Article:
    """Goods of the price list."""
    return Article(
        *(one.sku, one.sku, one.gtin, one.name, Unit(one.unit)),
        price=one.price,
        tax_rate=one.tax_rate,
        category=one.category,
    )


def name_on_file(sale: Sale) -> str:
    """One that is written down for a return is on file with it, and not before."""
    return "" if sale.declared else sale.id
