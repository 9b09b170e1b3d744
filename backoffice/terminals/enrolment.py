"""Letting a unit in, once, and shutting it out: codes, certificates, keys.

Law of the file: a code is kept as a keyed hash, works once and for an hour; whoever enrols under a
name shuts out whoever had it, so that a stolen unit is replaced by enrolling its successor.
"""

import base64
import binascii
import re
import secrets
from dataclasses import dataclass

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from backoffice.audit import audit
from backoffice.db.tables import Branch, Certificate, EnrolmentCode, Terminal, TerminalKey
from backoffice.office import Transaction
from backoffice.terminals.authority import Authority, expiry_ms, fingerprint
from backoffice.terminals.numbers import aside_numbers, tell_numbers
from backoffice.wire.short_code import BITS, read_short_code, short_code
from backoffice.words import Refused

HOUR_MS = 3_600_000
KEY_MAX = (1 << 24) - 1  # it has three bytes in the QR code
KEY_BYTES = 32
NAME = re.compile(r"[0-9A-Za-z_]{1,32}-[0-9A-Za-z_]{1,16}")


@dataclass(frozen=True)
class Enrolled:
    """`acked` and `acked_hash` are the end of the terminal's newest branch; 0 and empty: none."""

    certificate: str
    key: int
    numbers_after: int
    acked: int
    acked_hash: str


def make_code(tx: Transaction, authority: Authority, terminal: str, who: str) -> str:
    """A one-time code for the terminal of this name, which may be new. Raises Refused."""
    if not NAME.fullmatch(terminal):
        raise Refused(
            "终端名称应为“门店-款台”，如 0571-03", "A terminal is named store-till, like 0571-03"
        )
    if tx.session.get(Terminal, terminal) is None:
        store = terminal.rpartition("-")[0]
        tx.session.add(Terminal(name=terminal, store=store, made_at=tx.now))
        tx.session.flush()
    code = short_code(secrets.randbits(BITS))
    tx.session.add(
        EnrolmentCode(
            code_hash=tx.pepper.of("enrolment", code),
            terminal=terminal,
            made_by=who,
            made_at=tx.now,
            expires_at=tx.now + HOUR_MS,
        )
    )
    audit(tx, who, "enrolment_code", terminal)
    return f"{code}.{authority.mark}"


def enrol(
    tx: Transaction, authority: Authority, code: str, terminal: str, csr: str, token_key: str
) -> Enrolled:
    """Use up the code: a certificate, and the number of the unit's key. Raises Refused."""
    typed = read_short_code(code.partition(".")[0])
    found = None
    if typed is not None:
        found = tx.session.get(
            EnrolmentCode, tx.pepper.of("enrolment", typed), with_for_update=True
        )
    if (
        found is None
        or found.terminal != terminal
        or found.used_at is not None
        or found.expires_at < tx.now
    ):
        raise Refused(
            "登记码无效、已用过或已过期，请向后台索取新码",
            "The code is wrong, used or over: ask the office for a new one",
        )
    found.used_at = tx.now
    unit = tx.session.get_one(Terminal, terminal, with_for_update=True)
    shut_out(tx, terminal)
    unit.revoked_at = None
    unit.enrolments += 1
    certificate = certify(tx, authority, terminal, csr)
    key = register_key(tx, terminal, token_key)
    audit(tx, terminal, "enrolled", terminal)
    unit.numbers_after = max(unit.numbers_after, aside_numbers(tx.session, terminal))
    tell_numbers(tx, unit)
    newest = select(Branch).where(Branch.terminal == terminal).order_by(Branch.number.desc())
    end = tx.session.scalars(newest.limit(1)).one_or_none()
    acked, digest = (end.acked, end.head_hash.hex()) if end is not None and end.acked else (0, "")
    return Enrolled(certificate, key, unit.numbers_after, acked, digest)


def certify(tx: Transaction, authority: Authority, terminal: str, csr: str) -> str:
    """A certificate for the request's key; those before stay good until they expire."""
    days = tx.settings.terminals.certificate_days
    pem = authority.sign_terminal(csr, terminal, tx.now, days)
    tx.session.add(
        Certificate(
            fingerprint=fingerprint(pem),
            terminal=terminal,
            issued_at=tx.now,
            expires_at=expiry_ms(pem),
        )
    )
    tx.session.flush()
    return pem


def register_key(tx: Transaction, terminal: str, token_key: str) -> int:
    """The number of this Ed25519 public key (base64); the same key again has its old one."""
    try:
        raw = base64.b64decode(token_key, validate=True)
    except (binascii.Error, ValueError) as fault:
        raise _no_key() from fault
    if len(raw) != KEY_BYTES:
        raise _no_key()
    same = select(TerminalKey).where(
        TerminalKey.terminal == terminal,
        TerminalKey.public_key == raw,
        TerminalKey.revoked_at.is_(None),
    )
    here = tx.session.scalars(same).first()
    if here is not None:
        return here.key
    key = TerminalKey(terminal=terminal, public_key=raw, made_at=tx.now)
    tx.session.add(key)
    tx.session.flush()
    if key.key > KEY_MAX:
        raise Refused("密钥编号已用尽", "The numbers of keys are used up")
    return key.key


def revoke(tx: Transaction, terminal: str, who: str) -> None:
    """Shut a terminal out: its certificates at once, its keys for every slip, and whoever has a
    code that was made before. Raises Refused.
    """
    unit = tx.session.get(Terminal, terminal, with_for_update=True)
    if unit is None:
        raise Refused("没有这个终端", "There is no terminal of this name")
    unit.revoked_at = tx.now
    shut_out(tx, terminal)
    tx.session.execute(
        update(TerminalKey)
        .where(TerminalKey.terminal == terminal, TerminalKey.revoked_at.is_(None))
        .values(revoked_at=tx.now)
    )
    tx.session.execute(
        update(EnrolmentCode)
        .where(EnrolmentCode.terminal == terminal, EnrolmentCode.used_at.is_(None))
        .values(used_at=tx.now)
    )
    audit(tx, who, "revoked", terminal)


def shut_out(tx: Transaction, terminal: str) -> None:
    """No certificate of this terminal is good any more."""
    tx.session.execute(
        update(Certificate)
        .where(Certificate.terminal == terminal, Certificate.revoked_at.is_(None))
        .values(revoked_at=tx.now)
    )


def known_terminals(session: Session) -> int:
    """How many terminals may deliver."""
    live = select(func.count()).where(Terminal.revoked_at.is_(None), Terminal.enrolments > 0)
    return session.scalars(live).one()


def _no_key() -> Refused:
    return Refused("不是 Ed25519 公钥", "It is no Ed25519 public key in base64")
