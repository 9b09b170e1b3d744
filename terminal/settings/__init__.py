"""config/*.toml -> one frozen Settings.

Law of the package: either everything in every file is sound, or SettingsFault tells all of it.
"""

import logging
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from msgspec.structs import replace

from terminal.settings import (
    office_files,
    policy_file,
    reasons_file,
    retention_file,
    rules_file,
    terminal_file,
)
from terminal.settings.files import Findings
from terminal.settings.problems import Problem, SettingsFault
from terminal.settings.reading import open_table
from terminal.settings.values import (
    KeypadKind,
    KeypadSettings,
    LinkKind,
    PrinterSettings,
    ScannerKind,
    ScannerSettings,
    ScreenKind,
    ScreenSettings,
    Settings,
    Shop,
)

__all__ = [
    "KeypadKind",
    "KeypadSettings",
    "LinkKind",
    "PrinterSettings",
    "Problem",
    "ScannerKind",
    "ScannerSettings",
    "ScreenKind",
    "ScreenSettings",
    "Settings",
    "SettingsFault",
    "Shop",
    "load_settings",
]

log = logging.getLogger("terminal")
TERMINAL, POLICY, REASONS = "terminal.toml", "policy.toml", "reasons.toml"


def load_settings(
    folder: Path,
    overrides: Mapping[str, object] | None = None,
    policy_at: Path | None = None,
    reasons_at: Path | None = None,
) -> Settings:
    """The settings of a unit from terminal.toml, policy.toml, reasons.toml and the profiles named.

    `overrides` are dotted keys of terminal.toml (`printer.host`), or of policy.toml with `policy.`
    before them; they are checked like what is in the files. The two `at` are read in the place of
    what is in force: the back office's files, where it sent some, or the folder's. Raises
    SettingsFault.
    """
    given = {POLICY: policy_at, REASONS: reasons_at}
    named = {name: place for name, place in given.items() if place is not None}
    try:
        return _load(folder, overrides or {}, named, office=True)
    except SettingsFault:
        log.debug("without the office's files", exc_info=True)
    return _load(folder, overrides or {}, named, office=False)


def _load(
    folder: Path, overrides: Mapping[str, object], named: Mapping[str, Path], *, office: bool
) -> Settings:
    findings = Findings()
    tables = {TERMINAL: open_table(folder / TERMINAL, findings)}
    for dotted, value in overrides.items():
        if not dotted.startswith("policy."):
            tables[TERMINAL].override(dotted, value)
    unit = terminal_file.read(tables[TERMINAL], folder)
    for name in (POLICY, REASONS):
        theirs = office_files.sent(unit.unit.data, name) if office else None
        place = named.get(name) or theirs or folder / name
        tables[name] = open_table(place, findings)
    for dotted, value in overrides.items():
        if dotted.startswith("policy."):
            tables[POLICY].override(dotted.removeprefix("policy."), value)
    digits = unit.currency.currency.digits
    policy = policy_file.read(tables[POLICY], digits)
    reasons, override_reasons = reasons_file.read(tables[REASONS])
    rules_file.check_reasons(tables[POLICY], policy.rules, tuple(one.code for one in reasons))
    retention_file.check(tables[TERMINAL], unit.retention, policy)
    if findings.problems:
        raise SettingsFault(tuple(findings.problems))
    digest = sha256(tables[POLICY].source + tables[REASONS].source).hexdigest()
    recall = office_files.with_recalls(unit.unit.data, policy.recall) if office else policy.recall
    policy = replace(policy, digest=digest, recall=recall)
    return unit.settings(folder, policy, reasons, override_reasons)
