"""What somebody of the office did, kept with the act itself in one transaction."""

from backoffice.db.tables import AuditEntry
from backoffice.office import Transaction


def audit(tx: Transaction, who: str, what: str, about: str, detail: str = "") -> None:
    """Write down an act. Never a password, token, code or tail."""
    tx.session.add(AuditEntry(at_ms=tx.now, who=who, what=what, about=about, detail=detail))
