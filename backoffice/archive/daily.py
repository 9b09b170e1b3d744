"""Once a night, while the shops are closed: what is old is erased, the coming months are made.

Law of the file: a fault ends a night's run and never the process; the next night goes on with it.
"""

import logging
from datetime import UTC, datetime, timedelta
from threading import Event

from backoffice.archive.retention import sweep
from backoffice.archive.terms import Erased
from backoffice.audit import audit
from backoffice.db.migrate import coming_months
from backoffice.db.tidy import forget
from backoffice.office import Office

LOG = logging.getLogger(__name__)
PAUSE_S = 0.05  # between two steps: terminals and customers come first
LOOK_S = 600.0  # a clock that is set is noticed within that


def daily(office: Office, stop: Event) -> None:
    """At the start, then every night at the hour of the settings, until `stop`."""
    while not stop.is_set():
        try:
            run(office, stop)
        except Exception:  # the edge of a thread: told in the log, tried again the next night
            LOG.exception("the night's upkeep was not done")
        _sleep(office, stop)


def run(office: Office, stop: Event) -> Erased:
    """One night's work; cut short where it has to stop."""
    coming_months(office.engine, datetime.fromtimestamp(office.clock() / 1000, UTC).date())
    erased = Erased()
    for step in sweep(office):
        erased = step
        if stop.wait(PAUSE_S):
            break
    if erased.any:
        told = erased.told()
        office.write(lambda tx: audit(tx, "retention", "old_erased", "", told))
        if not forget(office.engine):
            LOG.warning("a reader stands in the way: the log is emptied the next night")
    return erased


def _sleep(office: Office, stop: Event) -> None:
    until = next_night(office.clock(), office.settings.retention.hour)
    while (left := (until - office.clock()) / 1000) > 0:
        if stop.wait(min(left, LOOK_S)):
            return


def next_night(now_ms: int, hour: int) -> int:
    """When that hour of this machine's day comes next, in ms."""
    now = datetime.fromtimestamp(now_ms / 1000).astimezone()
    then = now.replace(hour=hour, minute=0, second=0, microsecond=0, tzinfo=None)
    if then <= now.replace(tzinfo=None):
        then += timedelta(days=1)
    return int(then.astimezone().timestamp() * 1000)
