"""`erase-old`: what is older than its term goes now; the terminal does the same once a day."""

from argparse import Namespace
from datetime import datetime

from storage.retention import Swept
from terminal.commands import OK
from terminal.commands.places import settings_of, writer_of
from terminal.core.words import sentence
from terminal.moments import Moments
from terminal.spoken.spoken import give
from terminal.upkeep import fact_of, note, terms_of


def serve(args: Namespace) -> int:
    settings = settings_of(args)
    terms = terms_of(settings.retention, datetime.now().astimezone().date())
    with writer_of(settings) as store:
        *_, swept = (Swept(), *store.retention.sweep(terms))
        if swept.any:
            moments = Moments("", store.next_return_sequence)
            note(store, fact_of(terms, swept), moments.ids(1)[0], moments.stamp())
        store.retention.forget_log()
        seq, head = store.journal_head()
    give(
        sentence(
            "personal data before {personal_before}: {records} records, {returns} returns,"
            " {sales} sales; sales before {sales_before}: {pruned} deleted. The journal stands"
            " at {seq}, {head}.",
            personal_before=terms.personal_before,
            records=swept.records,
            returns=swept.returns,
            sales=swept.sales,
            sales_before=terms.sales_before,
            pruned=swept.pruned,
            seq=seq,
            head=head[:12],
        )
    )
    return OK
