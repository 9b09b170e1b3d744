"""What an answer of a rail means for a refund, and what comes next: a pure table.

Law of the file: money is asked for (`Todo.ASK`) only where the rail said that it knows nothing of
the number. A number is given up (`renewed`) only where a person wanted it and the rail agrees.
"""

from msgspec import Struct

from backoffice.db.tables.rails import Todo
from backoffice.rails.rail import (
    Abnormal,
    Accepted,
    Answer,
    Closed,
    Failed,
    Missing,
    Processing,
    Rail,
    Success,
    Unknown,
)
from backoffice.states import RefundState
from backoffice.words import NOTHING, Worded

SECOND_MS = 1_000
MINUTE_MS = 60 * SECOND_MS
SILENT_MS = 10 * SECOND_MS  # Alipay: no query within ten seconds of the request
MOST_SILENT_MS = 30 * MINUTE_MS
QUIET_MS = 10 * MINUTE_MS  # after the last asking, before a number may be given up or is over
ABNORMAL_MS = 60 * MINUTE_MS  # a person has to act first
REFUSED = Worded(
    "渠道已最终拒绝该退款，且查无此单，款项未动。请换新单号重退或人工付款。",
    "The rail refused for good and knows nothing of this number; nothing moved. Go on under a new "
    "number, or pay this refund by hand.",
)
PATIENCE = 3  # answers missing in a row before the office reads of it


class Outcome(Struct, frozen=True):
    """How the refund stands, and what comes next after `wait_ms` (None: nothing by itself).

    `state` None: as it stood.
    """

    state: RefundState | None
    todo: Todo
    wait_ms: int | None
    why: Worded = NOTHING
    actual: int | None = None
    at_ms: int | None = None
    where: str = ""
    silences: int = 0
    renewed: bool = False


def outcome(
    rail: Rail, did: Todo, answer: Answer, *, age_ms: int, silences: int, asks: int
) -> Outcome:
    """What `answer` to `did` means. `age_ms` since the money was last asked for, `silences` the
    answers missing in a row before this one, `asks` how often it was asked for.
    """
    match answer:
        case Accepted() | Processing():
            return Outcome(RefundState.PROCESSING, Todo.QUERY, rail.poll_ms(age_ms))
        case Success(actual, at_ms, where):
            return Outcome(
                RefundState.SUCCESS, Todo.NOTHING, None, actual=actual, at_ms=at_ms, where=where
            )
        case Abnormal(why):
            return Outcome(RefundState.ABNORMAL, Todo.QUERY, ABNORMAL_MS, why)
        case Closed() | Missing() if did is Todo.RENEW:
            return Outcome(RefundState.PROCESSING, Todo.NOTHING, 0, renewed=True)
        case Missing() if did is Todo.CLOSE:
            return Outcome(RefundState.CLOSED, Todo.NOTHING, None, REFUSED)
        case Closed(why) | Failed(why) if did is Todo.ASK and asks > 1:
            # an earlier request of it may still be under way, and is perhaps not refused
            return Outcome(RefundState.PROCESSING, Todo.CLOSE, QUIET_MS, why)
        case Closed(why) | Failed(why):
            return Outcome(RefundState.CLOSED, Todo.NOTHING, None, why)
        case Missing():
            return Outcome(None, Todo.ASK, SILENT_MS)
        case Unknown(why):
            return _unknown(did, why, silences)


def _unknown(did: Todo, why: Worded, silences: int) -> Outcome:
    """Asked without an answer: it may have moved. Queried without one: as it stood."""
    return Outcome(
        RefundState.PROCESSING if did is Todo.ASK else None,
        did if did in (Todo.RENEW, Todo.CLOSE) else Todo.QUERY,
        min(SILENT_MS << min(silences, 10), MOST_SILENT_MS),
        why if silences + 1 >= PATIENCE else NOTHING,
        silences=silences + 1,
    )
