"""`erase-old`: what is older than its term goes now; the terminal does the same once a day."""

from argparse import Namespace
from datetime import datetime

from storage.retention import Swept
from terminal.commands import OK
from terminal.commands.places import give, settings_of, writer_of
from terminal.moments import Moments
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
        f"personal data before {terms.personal_before}: {swept.records} records, {swept.returns}"
        f" returns, {swept.sales} sales; sales before {terms.sales_before}: {swept.pruned} deleted."
        f" The journal stands at {seq}, {head[:12]}."
        f" / 已清除个人信息：记录 {swept.records}、退货 {swept.returns}、原单 {swept.sales}；"
        f"已删除过期原单 {swept.pruned}。"
    )
    return OK
