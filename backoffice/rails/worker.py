"""Who takes refunds that are due to their rails, one at a time. Any number of them may run.

Three steps, and a crash may come between any two: `claim` commits what is about to be asked, the
rail is asked, `settle` commits what it answered.
"""

import logging
from threading import Event

from backoffice.db.tables import Todo
from backoffice.office import Office
from backoffice.rails.book import LEASE_MS, Task, claim, settle
from backoffice.rails.chosen import Rails
from backoffice.rails.rail import Answer

IDLE_S = 1.0

log = logging.getLogger(__name__)


class Worker:
    """One worker over one office's database."""

    def __init__(self, office: Office, rails: Rails) -> None:
        self._office = office
        self._rails = rails

    def run_once(self) -> bool:
        """Take one refund one step further; False where none is due."""
        task = self.claim()
        if task is None:
            return False
        answer = self.ask(task)
        if answer is not None:
            self.settle(task, answer)
        return True

    def run(self, stop: Event) -> None:
        """Work until `stop`. A fault ends neither the worker nor what other refunds wait for: the
        refund that it met stays leased, and is found as unknown after that.
        """
        while not stop.is_set():
            try:
                busy = self.run_once()
            except Exception:  # the edge of a thread: told in the log, tried again
                log.exception("a refund could not be taken a step further")
                busy = False
            if not busy:
                stop.wait(IDLE_S)

    def claim(self) -> Task | None:
        return self._office.write(lambda tx: claim(tx, self._rails))

    def ask(self, task: Task) -> Answer | None:
        """Call the rail, outside of any transaction. None, and nothing asked, where this worker
        hung until its lease was half over: by then the refund may go another way.
        """
        rail, now = self._rails.by_name[task.rail], self._office.clock()
        if not 0 <= now - task.claimed_at < LEASE_MS // 2:
            log.warning("refund %s: taken too long ago to ask", task.request.refund_no)
            return None
        if task.did is Todo.ASK:
            return rail.refund(task.request, now)
        return rail.query(task.request, now)

    def settle(self, task: Task, answer: Answer) -> bool:
        return self._office.write(lambda tx: settle(tx, self._rails, task, answer))
