"""Files of rules that the back office sends: checked with the settings' own checker, then kept.

Law of the file: a file is kept only where the unit would start with it, or what it replaces stays.
Two files that need each other may come in any order: the first waits for the second. What is kept
is worked by from the next idle screen on: a return ends by the rules that it began with.
"""

import json
import logging
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from terminal.core.rules import Rules
from terminal.core.upkeep import RulesChanged, RulesRefused, UpkeepRecord
from terminal.core.words import Told, ToldFault
from terminal.settings import POLICY, REASONS, SettingsFault, load_settings
from terminal.settings.office_files import OFFICE, RECALL, sent
from terminal.settings.values import Settings
from terminal.ui.words import in_both
from terminal.uplink.values import RulesStand

log = logging.getLogger("terminal")
OFFERED = ".offered"
WHY_MAX = 2_000  # characters
NAMED_MAX = 20_000  # skus or batches of one list of recalls


class Unfit(ToldFault):
    """The file was not taken, and why: the office is told in both languages."""


class Rulebook:
    """The office's files of one unit, in `<data>/office`."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._folder = settings.data / OFFICE
        self.changed = False  # something was kept that the unit does not work by yet
        self.refused: list[RulesRefused] = []  # not recorded yet
        self._wrong_files: set[str] = set()  # whose last one was refused

    @property
    def news(self) -> bool:
        """Whether `heed` has something to do."""
        return self.changed or bool(self.refused)

    def heed(
        self,
        now: Rules,
        keep: Callable[[UpkeepRecord], None],
        tell: Callable[[RulesStand], None],
    ) -> Rules | None:
        """The rules to work by from now on, recorded; None where they are what they were. To be
        called between two customers. Raises StorageFault: it may be tried again.
        """
        while self.refused:
            keep(self.refused[0])
            del self.refused[0]
        found = self._in_force_now(now) if self.changed else now
        if found != now:
            keep(RulesChanged(found.policy.version, found.policy.digest))
            log.info("rules: version %s is in force", found.policy.version)
        self.changed = False
        tell(RulesStand(bool(self._wrong_files)))
        return found if found != now else None

    def take(self, body: Mapping[str, Any]) -> None:
        """A `policy` item of the feed. Raises Unfit, and OSError when it cannot be written."""
        with self._refusing(body):
            self._take(body)

    @contextmanager
    def _refusing(self, body: Mapping[str, Any]) -> Iterator[None]:
        """What is not taken is told to the office, but for what it did not say well itself."""
        try:
            yield
        except Unfit as fault:
            name, digest = body.get("file", RECALL), body.get("sha256", "")
            known = name if name in (POLICY, REASONS, RECALL) else ""
            why = " / ".join(in_both(fault.told))[:WHY_MAX]
            self.refused.append(RulesRefused(known, _hex(digest), why))
            self._wrong_files.add(known)
            raise

    def _in_force_now(self, now: Rules) -> Rules:
        """By what is kept. What else terminal.toml says is of the next start."""
        data = {"terminal.data": str(self._settings.data)}
        try:
            found = load_settings(self._settings.folder, data).rules
        except SettingsFault as fault:  # somebody is at work on the unit's own files
            log.error("rules: the unit's own files are not sound: %s", fault)  # noqa: TRY400
            return now
        return replace(
            now,
            policy=found.policy,
            reasons=found.reasons,
            override_reasons=found.override_reasons,
        )

    def _take(self, body: Mapping[str, Any]) -> None:
        name, text = body.get("file"), body.get("text")
        if name not in (POLICY, REASONS) or not isinstance(text, str):
            raise Unfit("no file of rules")
        if sha256(text.encode()).hexdigest() != body.get("sha256"):
            raise Unfit("{name}: not as it was sent", name=name)
        offered = self._written(name + OFFERED, text)
        other = REASONS if name == POLICY else POLICY
        waiting = self._folder / (other + OFFERED)
        partner = sent(self._settings.data, other) or self._settings.folder / other
        wrong = self._wrong({name: offered, other: partner})
        if wrong and waiting.is_file() and not self._wrong({name: offered, other: waiting}):
            wrong = ""
            self._in_force(other)
        if wrong:
            raise Unfit("{why}", why=wrong)
        self._in_force(name)
        log.info("rules: %s of the office is kept", name)

    def _wrong(self, places: Mapping[str, Path]) -> Told:
        """What the settings' checker says of these files; empty where they are sound."""
        data = {"terminal.data": str(self._settings.data)}
        try:
            load_settings(self._settings.folder, data, places[POLICY], places[REASONS])
        except SettingsFault as fault:
            return fault.told
        except RecursionError:  # tomllib's word for it
            return Unfit("nested without end").told
        return ""

    def recall(self, body: Mapping[str, Any]) -> None:
        """The whole list of recalls. Raises Unfit, and OSError when it cannot be written."""
        with self._refusing(body):
            self._recall(body)

    def _recall(self, body: Mapping[str, Any]) -> None:
        lists = [body.get("skus"), body.get("batches")]
        for one in lists:
            good = isinstance(one, list) and all(isinstance(it, str) and it for it in one)
            if not good or len(one or ()) > NAMED_MAX:
                raise Unfit("no list of recalls")
        try:
            text = json.dumps(dict(body), ensure_ascii=False)
        except RecursionError as fault:
            raise Unfit("nested without end") from fault
        self._written(RECALL + OFFERED, text)
        self._in_force(RECALL)

    def _written(self, name: str, text: str) -> Path:
        self._folder.mkdir(mode=0o700, exist_ok=True)
        draft, place = self._folder / (name + ".part"), self._folder / name
        with draft.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(place)
        return place

    def _in_force(self, name: str) -> None:
        (self._folder / (name + OFFERED)).replace(self._folder / name)
        folder = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
        self.changed = True
        self._wrong_files.discard(name)


def _hex(digest: object) -> str:
    """A digest as it was given; nothing else is passed on."""
    good = isinstance(digest, str) and len(digest) == 64 and digest.isalnum()
    return str(digest) if good else ""
