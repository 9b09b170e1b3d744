"""Partitions of `records` on PostgreSQL: one a month, by the time within a UUIDv7 (RFC 9562).

A UUIDv7 begins with 48 bits of milliseconds since 1970, so a range of ids is a range of time. What
fits no month (a clock far off) goes to the default partition; nothing is ever turned away.
"""

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Connection, text

AHEAD = 3  # months that are there before they begin
_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(hashtext('make_months'))")


def month_start(day: date, months: int = 0) -> date:
    """The first day of the month so many months after that of `day`."""
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def first_id(day: date) -> str:
    """The lowest UUID of a day's first millisecond, UTC."""
    since_1970 = datetime.combine(day, time(), UTC) - datetime(1970, 1, 1, tzinfo=UTC)
    stamp = f"{since_1970 // timedelta(milliseconds=1):012x}"
    return f"{stamp[:8]}-{stamp[8:]}-0000-0000-000000000000"


def make_months(connection: Connection, today: date, ahead: int = AHEAD) -> tuple[str, ...]:
    """Make the partitions of this month and the coming ones; the names of those that are new.

    A month whose records already lie in the default partition is left there.
    """
    if connection.dialect.name != "postgresql":
        return ()
    connection.execute(_ONE_AT_A_TIME)
    made = []
    for offset in range(ahead + 1):
        start, end = month_start(today, offset), month_start(today, offset + 1)
        name = f"records_{start:%Y_%m}"
        if connection.scalar(text("SELECT to_regclass(:name)"), {"name": name}) is not None:
            continue
        bounds = {"low": first_id(start), "high": first_id(end)}
        early = "SELECT 1 FROM records_default WHERE id >= :low AND id < :high LIMIT 1"
        if connection.scalar(text(early), bounds) is not None:
            continue
        connection.execute(
            text(
                f"CREATE TABLE {name} PARTITION OF records"
                f" FOR VALUES FROM ('{bounds['low']}') TO ('{bounds['high']}')"
            )
        )
        made.append(name)
    return tuple(made)
