"""Why a step was not written, as the exception of the ledger and as the event of the flow."""

from terminal.core.events import Moment, RecordRefused, SumsChanged
from terminal.core.refusals import Refusal, Why
from terminal.core.returns import Returned


class NotWritten(Exception):  # noqa: N818 - named for what happened
    """The transaction found a cap exceeded or the number taken."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.why.name)
        self.refusal = refusal

    def event(self, moment: Moment) -> RecordRefused | SumsChanged:
        return RecordRefused(self.refusal, moment=moment)


class Outdated(NotWritten):
    """The amounts were reckoned on other sums than these."""

    def __init__(self, returned: Returned) -> None:
        super().__init__(Refusal(Why.SUMS_CHANGED))
        self._returned = returned

    def event(self, moment: Moment) -> RecordRefused | SumsChanged:
        return SumsChanged(self._returned, moment=moment)
