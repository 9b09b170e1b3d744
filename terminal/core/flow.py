"""THE TABLE: a return from scan to result slip, and every way it can go.

Law of the table: nothing happens that is not a row of one of its phases. Cancel before the record
leaves nothing behind; after it the way out is a void, which is recorded too. What a state does not
hear is answered with a beep. `Restarted` comes once, at start, to the state that the last run
committed.
"""

from terminal.core.everywhere import EVERYWHERE
from terminal.core.machine import Flow
from terminal.core.phases import (
    customer,
    day,
    declared,
    exchange,
    goods,
    lookback,
    notice,
    office,
    policy,
    receipt,
    signing_on,
    slips,
)

RETURN = Flow(
    (
        signing_on.PHASE,  # a PIN or a badge
        receipt.PHASE,  # scanned, typed, or found by what the customer knows
        declared.PHASE,  # a receipt whose sale is not on file, or none: goods are written down
        goods.PHASE,  # what comes back, why, and in which condition
        exchange.PHASE,  # new goods for those that come back, in one settlement
        policy.PHASE,  # no, something to see, somebody else's PIN, or yes: then it is recorded
        slips.PHASE,  # once on paper, or a person says what became of it
        customer.PHASE,  # signs, reads out the short code, or comes back later; then the cash
        day.PHASE,  # figures and patterns; a shift opened and closed by counting the drawer
        notice.PHASE,  # the policy and the how-to, to read out or to print
        lookback.PHASE,  # a return slip scanned again
        office.PHASE,  # who may sign on, and the training room
    ),
    EVERYWHERE,
)
