"""China's time, in which Alipay writes moments; ours are milliseconds since 1970 in UTC."""

from datetime import UTC, datetime, timedelta, timezone

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
CHINA = timezone(timedelta(hours=8))


def to_ms(moment: datetime) -> int:
    """An aware moment in milliseconds."""
    return (moment - EPOCH) // timedelta(milliseconds=1)


def in_china(ms: int) -> str:
    """`2026-11-27 15:45:57`, as Alipay writes moments, always in China's time."""
    return (EPOCH + timedelta(milliseconds=ms)).astimezone(CHINA).strftime("%Y-%m-%d %H:%M:%S")


def of_china(text: str) -> int:
    """The moment that Alipay wrote. Raises ValueError."""
    return to_ms(datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=CHINA))
