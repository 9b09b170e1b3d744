"""Every table of the back office, by who it is about."""

from backoffice.db.base import Base
from backoffice.db.tables.feed import FeedHead, FeedItem
from backoffice.db.tables.office import AuditEntry, OfficeSession, OfficeUser, WrongTries
from backoffice.db.tables.rails import RefundMove, Todo
from backoffice.db.tables.records import Branch, ParkedRecord, Record, RecordPart, RefusedRecord
from backoffice.db.tables.returns import ConflictCase, HistoryEntry, Refund, Return, ReturnLine
from backoffice.db.tables.sales import Sale, SaleBook, SaleClue, SaleLine, SaleTender
from backoffice.db.tables.terminals import (
    Certificate,
    EnrolmentCode,
    Terminal,
    TerminalKey,
    UnitClock,
)

__all__ = [
    "AuditEntry",
    "Base",
    "Branch",
    "Certificate",
    "ConflictCase",
    "EnrolmentCode",
    "FeedHead",
    "FeedItem",
    "HistoryEntry",
    "OfficeSession",
    "OfficeUser",
    "ParkedRecord",
    "Record",
    "RecordPart",
    "Refund",
    "RefundMove",
    "RefusedRecord",
    "Return",
    "ReturnLine",
    "Sale",
    "SaleBook",
    "SaleClue",
    "SaleLine",
    "SaleTender",
    "Terminal",
    "TerminalKey",
    "Todo",
    "UnitClock",
    "WrongTries",
]
