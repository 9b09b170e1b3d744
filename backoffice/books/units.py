"""What a terminal says of itself: its rules, which it cannot work by, and how its clock stood."""

from backoffice.db.tables import Terminal, UnitClock
from backoffice.office import Transaction
from backoffice.wire import bodies
from backoffice.wire.event import Event


def told(tx: Transaction, event: Event, body: bodies.AboutUnit) -> None:
    """A refusal stands until other rules are in force."""
    unit = tx.session.get_one(Terminal, event.terminal)
    match body:
        case bodies.RulesChanged():
            unit.rules, unit.rules_refused, unit.rules_refused_at = body.version, None, None
        case bodies.RulesRefused():
            unit.rules_refused = f"{body.file}: {body.why}" if body.file else body.why
            unit.rules_refused_at = event.atms
        case bodies.ClockCompared(office_ms=ours, uptime_ms=ran):
            clock = UnitClock(terminal=unit.name, boot=event.boot, uptime_ms=ran, office_ms=ours)
            tx.session.merge(clock)
