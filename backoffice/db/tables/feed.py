"""What comes down to the terminals."""

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from backoffice.db.base import Base, Ms


class FeedItem(Base):
    """One item for everybody (`scope` all, `target` empty), a store or a terminal.

    `about` names its subject: a newer item about the same takes the older one's place, so that a
    new terminal reads how things stand and not all that ever was. Cursors are given in the order
    of commits (backoffice/feed.py).
    """

    __tablename__ = "feed"
    __table_args__ = (
        Index("feed_by_target", "scope", "target", "cursor"),
        UniqueConstraint("scope", "target", "what", "about"),
    )

    cursor: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    scope: Mapped[str]  # all | store | terminal
    target: Mapped[str]
    what: Mapped[str]
    about: Mapped[str] = mapped_column(index=True)
    body: Mapped[str]
    at_ms: Mapped[Ms]


class FeedHead(Base):
    """The highest cursor given: one row, whose lock is held until the commit that gave it."""

    __tablename__ = "feed_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # 1
    cursor: Mapped[int]
