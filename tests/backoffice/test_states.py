"""The state of a return is read off its facts, in whatever order they came."""

import pytest

from backoffice.states import Decision, Facts, RefundState, State, state_of

OK, ON_ITS_WAY, BROKEN = RefundState.SUCCESS, RefundState.PROCESSING, RefundState.ABNORMAL


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        (Facts(), State.WAITING),
        (Facts(submitted=True), State.SUBMITTED),
        (Facts(submitted=True, decision=Decision.APPROVED), State.APPROVED),
        (Facts(decision=Decision.DECLINED), State.DECLINED),
        (Facts(in_conflict=True, confirmed=True, refunds=(OK,)), State.CONFLICT),
        (Facts(submitted=True, confirmed=True), State.CONFIRMED),
        (Facts(confirmed=True, refunds=(OK,)), State.REFUNDING),  # its terminal may name another
        (Facts(confirmed=True, finished=True, refunds=(OK, ON_ITS_WAY)), State.REFUNDING),
        (Facts(confirmed=True, finished=True, refunds=(OK, OK)), State.REFUNDED),
        (Facts(finished=True), State.REFUNDED),  # an exchange that came out even
        (Facts(finished=True, owed=True), State.REFUNDING),  # the record of a tender is parked
        (Facts(finished=True, owed=True, refunds=(OK,)), State.REFUNDING),
        (Facts(finished=True, refunds=(OK, BROKEN)), State.PROBLEM),
        (Facts(finished=True, refunds=(RefundState.CLOSED,)), State.PROBLEM),
        (Facts(voided=True, decision=Decision.APPROVED, in_conflict=True), State.VOIDED),
    ],
)
def test_the_facts_make_the_state(facts: Facts, state: State) -> None:
    assert state_of(facts) is state
