"""Files of rules that the back office sends: checked with the settings' own checker, then kept.

Law of the file: a file is kept only where the unit would start with it; what it replaces stays
until then. Two files that need each other may come in any order: the first waits for the second.
"""

import json
import logging
import os
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from terminal.core.words import Told, ToldFault
from terminal.settings import POLICY, REASONS, SettingsFault, load_settings
from terminal.settings.office_files import OFFICE, RECALL, sent
from terminal.settings.values import Settings

log = logging.getLogger("terminal")
OFFERED = ".offered"
NAMED_MAX = 20_000  # skus or batches of one list of recalls


class Unfit(ToldFault):
    """The file was not taken, and why: the office is told in both languages."""


class Rulebook:
    """The office's files of one unit, in `<data>/office`."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._folder = settings.data / OFFICE

    def take(self, body: Mapping[str, Any]) -> None:
        """A `policy` item of the feed. Raises Unfit, and OSError when it cannot be written."""
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
        log.info("rules: %s of the office is in force from the next start", name)

    def _wrong(self, places: Mapping[str, Path]) -> Told:
        """What the settings' checker says of these files; empty where they are sound."""
        data = {"terminal.data": str(self._settings.data)}
        try:
            load_settings(self._settings.folder, data, places[POLICY], places[REASONS])
        except SettingsFault as fault:
            return fault.told
        return ""

    def recall(self, body: Mapping[str, Any]) -> None:
        """The whole list of recalls. Raises Unfit, and OSError when it cannot be written."""
        lists = [body.get("skus"), body.get("batches")]
        for one in lists:
            good = isinstance(one, list) and all(isinstance(it, str) and it for it in one)
            if not good or len(one or ()) > NAMED_MAX:
                raise Unfit("no list of recalls")
        self._written(RECALL + OFFERED, json.dumps(dict(body), ensure_ascii=False))
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
