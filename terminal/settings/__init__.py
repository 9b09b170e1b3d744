"""config/*.toml -> one frozen Settings.

Law of the package: either everything in every file is sound, or SettingsFault tells all of it.
"""

from collections.abc import Mapping
from pathlib import Path

from terminal.settings import policy_file, reasons_file, terminal_file
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


def load_settings(folder: Path, overrides: Mapping[str, object] | None = None) -> Settings:
    """The settings of a unit from terminal.toml, policy.toml, reasons.toml and the profiles named.

    `overrides` are dotted keys of terminal.toml (`printer.host`), or of policy.toml with `policy.`
    before them; they are checked like what is in the files. Raises SettingsFault.
    """
    findings = Findings()
    tables = {name: open_table(folder / name, findings) for name in (TERMINAL, POLICY, REASONS)}
    for dotted, value in (overrides or {}).items():
        file = POLICY if dotted.startswith("policy.") else TERMINAL
        tables[file].override(dotted.removeprefix("policy."), value)
    unit = terminal_file.read(tables[TERMINAL], folder)
    digits = unit.currency.currency.digits
    policy = policy_file.read(tables[POLICY], digits)
    reasons, override_reasons = reasons_file.read(tables[REASONS])
    if findings.problems:
        raise SettingsFault(tuple(findings.problems))
    return unit.settings(folder, policy, reasons, override_reasons)
