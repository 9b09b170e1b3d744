"""What a terminal says of itself: by which rules it works, and which it cannot work by."""

from backoffice.db.tables import Terminal
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
