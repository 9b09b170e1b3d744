"""Where a unit may be after it was killed, and where it must be once it runs again.

The law: read from THE TABLE itself. A state that does not hear `Restarted` is taken up unchanged.
"""

import json
from typing import Any

from terminal.core import events
from terminal.core.flow import RETURN

_NEXT: dict[str, set[str]] = {}
for (_source, _event), _row in RETURN.rows.items():
    _NEXT.setdefault(_source.__name__, set()).update(one.__name__ for one in _row.targets)
_RESTARTS = {
    source.__name__: {one.__name__ for one in row.targets}
    for (source, event), row in RETURN.rows.items()
    if event is events.Restarted
}
# Answered at once: the first screen shows the answer.
_LOOKED_UP = {"LookingUp", "FindingReturn", "AskingShop"}
SIGNED_OFF = '{"$": "SignedOff"}'


def without_rules(state: str) -> str:
    """The state, whatever name the rules in force have in it: that name is the ledger's affair."""

    def hook(part: dict[str, Any]) -> dict[str, Any]:
        return {"$": "Rules"} if part.get("$") == "Rules" else part

    return json.dumps(json.loads(state, object_hook=hook), ensure_ascii=False, sort_keys=True)


def could_follow(seen: str, kept: str, *, steps: int) -> bool:
    """Whether the state in the file may stand `steps` rows of the table after the one last seen."""
    if seen == kept:
        return True
    names, wanted = {json.loads(seen)["$"]}, json.loads(kept)["$"]
    for _ in range(steps):
        names = set().union(*(_NEXT.get(name, set()) for name in names)) | names
    return steps > 0 and wanted in names


def wrong_start(kept: str, shown: str) -> str:
    """What is wrong with the first screen after a restart from a kept state; empty if nothing."""
    before, after = json.loads(kept), json.loads(shown)
    name = before["$"]
    targets = _RESTARTS.get(name, {name})
    if name in _LOOKED_UP:
        answers = _NEXT[name]
        good = after["$"] in answers and _cashier(after) == _cashier(before)
    elif name == "CheckingStaff":
        good = after == json.loads(SIGNED_OFF)
    else:
        good = after["$"] in targets and all(
            before.get(key) == value for key, value in after.items() if key not in ("$", "ask")
        )
        good = good and (name in _RESTARTS or before == after)
    return "" if good else f"killed in {kept}, started in {shown}"


def _cashier(state: dict[str, Any]) -> Any:
    return state.get("cashier") or state["draft"]["cashier"]
