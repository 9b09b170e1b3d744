"""A return as a slip: the words on the paper and the QR that leads the customer on.

Law of the file: no full card or account number, no name of a customer, no PIN is printed; a tender
shows the tail it was kept with and no more. Nothing says refunded before it is.
"""

from datetime import date

from printer.slip import (
    Align,
    Columns,
    Cut,
    Mark,
    Part,
    Qr,
    Rule,
    SignatureLine,
    Size,
    Slip,
    Text,
)
from terminal.core.exchange import number_of
from terminal.core.print_jobs import PrintJob, SlipKind
from terminal.core.returns import Return, Status
from terminal.core.rules import short_digest
from terminal.core.short_code import grouped
from terminal.core.words import Worded
from terminal.paper import credit_slip, day_slip, notice_slip, result_slip
from terminal.paper.labels import labels, pieces
from terminal.settings.values import Settings
from terminal.slip_code import SlipCodes
from terminal.ui import formats
from terminal.ui.screens.customer import returned
from terminal.ui.screens.draft import coupon_words, kept_of, tender_name
from terminal.ui.screens.kinds import mark
from terminal.ui.words import N_, Words

NOT_VALID = N_("TRAINING · not valid")


def build(
    job: PrintJob, ret: Return | None, settings: Settings, words: Words, codes: SlipCodes
) -> Slip:
    """The slip of a job, the same for the same return: every copy says what the first one said.

    A training slip says so at both ends of every piece of its paper, and all across it.
    """
    slip = _built(job, ret, settings, words, codes)
    if not settings.training:
        return slip
    mark = Mark(words(NOT_VALID))
    return Slip(
        tuple(
            one
            for part in slip.parts
            for one in ((mark, part) if isinstance(part, Cut) else (part,))
        ),
        across=words(NOT_VALID),
    )


def _built(
    job: PrintJob, ret: Return | None, settings: Settings, words: Words, codes: SlipCodes
) -> Slip:
    match job.kind:
        case SlipKind.RETURN:
            assert ret is not None
            return _return_slip(job, ret, settings, words, codes)
        case SlipKind.RESULT:
            assert ret is not None
            arrival = settings.rules.policy.arrival
            result = (*_head(words(N_("RESULT OF RETURN")), job, settings, words, ret),
                      *_result(ret, arrival, words), Cut())  # fmt: skip
            credit = credit_slip.parts(job, ret, settings, words, _head)
            return Slip((*result, *credit, *_labels(job, ret, settings, words)))
        case SlipKind.NOTICE:
            policy = settings.rules.policy
            judged_by = _judged_by(policy.version, policy.digest, words)
            head = _head(words(N_("RETURN POLICY")), job, settings, words)
            return Slip((*head, *notice_slip.policy_body(settings, words, judged_by), Cut()))
        case SlipKind.HOWTO:
            head = _head(words(N_("HOW TO RETURN")), job, settings, words)
            return Slip((*head, *notice_slip.how_to_body(settings, words), Cut()))
        case SlipKind.DAY | SlipKind.SHIFT:
            assert job.about is not None
            title = N_("DAY REPORT") if job.kind is SlipKind.DAY else N_("SHIFT REPORT")
            head = _head(words(title), job, settings, words)
            return Slip((*head, *day_slip.body(job.about, settings, words), Cut()))


def _return_slip(
    job: PrintJob, ret: Return, settings: Settings, words: Words, codes: SlipCodes
) -> Slip:
    head = _head(words(N_("RETURN")), job, settings, words, ret)
    body = (*_facts(ret, words), Rule(), *_goods(ret, words), Rule(), *_money(ret, words), Rule())
    code = (
        Qr(codes.of(ret)),
        Text(words(N_("Scan with your phone, check goods and amount, submit")), Align.CENTRE),
        Text(words(N_("Short code {code}"), code=grouped(ret.short_code)), Align.CENTRE, bold=True),
        Text(
            words(N_("Valid until {day}"), day=formats.day(date.fromisoformat(ret.expires_on))),
            Align.CENTRE,
        ),
        Rule(),
    )
    policy = (
        Text(ret.policy_words.say(words.language), size=Size.SMALL),
        Text(_judged_by(ret.policy_version, ret.policy_hash, words), size=Size.SMALL),
    )
    customer = (*head, *body, *code, *policy, Text(words(N_("Customer's copy"))), Cut())
    shop = (
        *head,
        *body,
        SignatureLine(words(N_("No phone? Sign here"))),
        *policy,
        Text(words(N_("Shop's copy"))),
        Cut(),
    )
    return Slip((*customer, *(shop * (settings.printer.copies - 1))))


def _head(
    title: str, job: PrintJob, settings: Settings, words: Words, ret: Return | None = None
) -> tuple[Part, ...]:
    shop = settings.shop.name.say(words.language)
    parts: tuple[Part, ...] = (
        Text(shop, Align.CENTRE),
        Text(title, Align.CENTRE, Size.LARGE, bold=True),
    )
    if settings.training:
        parts = (Mark(words(NOT_VALID)), *parts)
    kind = mark(ret.kind, words) if ret else ""
    if kind:
        parts = (*parts, Mark(kind))
    if job.copy:
        parts = (*parts, Mark(words(N_("COPY {n}"), n=job.copy)))
    return parts


def _labels(job: PrintJob, ret: Return, settings: Settings, words: Words) -> tuple[Part, ...]:
    """With the original of a result that took the goods in; a copy is for the customer."""
    taken = ret.handed_on and not job.copy
    wanted = settings.printer.labels and not settings.training  # training moves no stock
    return labels(ret, words) if wanted and taken else ()


def _facts(ret: Return, words: Words) -> tuple[Part, ...]:
    corrects = (Columns(words(N_("Corrects")), ret.replaces),) if ret.replaces else ()
    return (
        Columns(words(N_("Return")), ret.number),
        *corrects,
        Columns(words(N_("Receipt")), ret.receipt_no),
        Columns(words(N_("Time")), ret.recorded_at[:16].replace("T", " ")),
        Columns(words(N_("Cashier")), ret.cashier),
    )


def _goods(ret: Return, words: Words) -> tuple[Part, ...]:
    parts: list[Part] = []
    for one in ret.settlement.lines:
        parts.append(Text(words(N_("Gift: {name}"), name=one.name) if one.gift else one.name))
        goods = returned(one, words)
        left = words(N_("  × {n}"), n=goods) if one.quantity else f"  {goods}"
        parts.append(Columns(left, formats.amount(one.amount, ret.currency)))
        parts += pieces(one, words)
    return (*parts, *_new_goods(ret, words))


def _new_goods(ret: Return, words: Words) -> tuple[Part, ...]:
    """What was taken in exchange, and the number by which it can come back."""
    if not ret.settlement.bought:
        return ()
    parts: list[Part] = [Columns(words(N_("New goods, receipt")), number_of(ret))]
    for new in ret.settlement.bought:
        parts.append(Text(words(N_("New: {name}"), name=new.name)))
        left = words(N_("  × {n}"), n=formats.quantity(new.quantity, new.unit))
        parts.append(Columns(left, formats.amount(-new.net, ret.currency)))
    return tuple(parts)


def _money(ret: Return, words: Words) -> tuple[Part, ...]:
    it, currency = ret.settlement, ret.currency
    kept = tuple(
        Columns(words(label), formats.amount(-minor, currency)) for label, minor in kept_of(it)
    )
    label, minor = N_("Refund in all"), it.refund
    if it.to_pay:  # once it is handed on it was taken, and is not to be asked for again
        label, minor = N_("Paid by the customer") if ret.handed_on else N_("To pay"), it.to_pay
    total = Columns(words(label), formats.with_symbol(minor, currency), Size.LARGE, bold=True)
    owed = sum(one.owed for one in it.refunds)
    rest = (
        (Columns(words(N_("Owed, too small for coins")), formats.amount(owed, currency)),)
        if owed
        else ()
    )
    coupons = (Text(coupon_words(one, currency, words)) for one in ret.coupons)
    return (*kept, total, *_tenders(ret, words), *rest, *coupons)


def _tenders(ret: Return, words: Words) -> tuple[Part, ...]:
    return tuple(
        Columns(tender_name(one.kind, one.masked, words), formats.amount(one.amount, ret.currency))
        for one in ret.settlement.refunds
        if one.amount
    )


def _result(ret: Return, arrival: Worded, words: Words) -> tuple[Part, ...]:
    start = (*_facts(ret, words), Rule(), *result_slip.ended(ret, words), Rule())
    if ret.status is Status.VOIDED:
        return (*start, *result_slip.no_refund(ret, words))
    paid = (*_new_goods(ret, words), *_money(ret, words))
    help_line = Text(words(N_("Questions: show this slip in the shop.")), size=Size.SMALL)
    return (*start, *paid, *result_slip.outcome(ret, arrival, words), Rule(), help_line)


def _judged_by(version: str, digest: str, words: Words) -> str:
    """The version that the shop gave, and the files' hash, which nobody can forget to change."""
    sentence = words(N_("Return policy, version {version}"), version=version)
    return f"{sentence} · {short_digest(digest)}" if digest else sentence
