"""config/*.toml -> one frozen Settings.

Law of the package: either everything in every file is sound, or SettingsFault tells all of it.
"""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from msgspec.structs import replace

from terminal.settings import policy_file, reasons_file, retention_file, rules_file, terminal_file
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

TERMINAL, POLICY, REASONS = "terminal.toml", "policy.toml", "reasons.toml"


def load_settings(
    folder: Path, overrides: Mapping[str, object] | None = None, policy_at: Path | None = None
) -> Settings:
    """The settings of a unit from terminal.toml, policy.toml, reasons.toml and the profiles named.

    `overrides` are dotted keys of terminal.toml (`printer.host`), or of policy.toml with `policy.`
    before them; they are checked like what is in the files. `policy_at` is read in the place of the
    folder's policy.toml. Raises SettingsFault.
    """
    findings = Findings()
    places = {name: folder / name for name in (TERMINAL, POLICY, REASONS)}
    places[POLICY] = policy_at or places[POLICY]
    tables = {name: open_table(place, findings) for name, place in places.items()}
    for dotted, value in (overrides or {}).items():
        file = POLICY if dotted.startswith("policy.") else TERMINAL
        tables[file].override(dotted.removeprefix("policy."), value)
    unit = terminal_file.read(tables[TERMINAL], folder)
    digits = unit.currency.currency.digits
    policy = policy_file.read(tables[POLICY], digits)
    reasons, override_reasons = reasons_file.read(tables[REASONS])
    rules_file.check_reasons(tables[POLICY], policy.rules, tuple(one.code for one in reasons))
    retention_file.check(tables[TERMINAL], unit.retention, policy)
    if findings.problems:
        raise SettingsFault(tuple(findings.problems))
    digest = sha256(tables[POLICY].source + tables[REASONS].source).hexdigest()
    policy = replace(policy, digest=digest)
    return unit.settings(folder, policy, reasons, override_reasons)
