"""`policy check`: a policy in words, tried on cases, and searched for rules without use.

Law of the file: nothing is changed and nothing put into force; what was read is told by its hash.
"""

from argparse import Namespace
from collections.abc import Iterable, Iterator
from pathlib import Path

from storage.store import open_reader
from terminal.app import database_of
from terminal.commands import LOOK, OK
from terminal.core.rules import Rules, short_digest
from terminal.core.words import NOTHING, Told, row, sentence
from terminal.policies.cases import Case, Trial, case_of, read_cases, tried
from terminal.policies.explaining import OUTCOMES, explain
from terminal.policies.findings import Finding, example_of, findings
from terminal.settings import POLICY, load_settings, office_files
from terminal.settings.values import Settings
from terminal.spoken.spoken import config_folder, give

CASES = "policy-cases.toml"


def serve(args: Namespace) -> int:
    """Raises SettingsFault (policy, reasons or cases are wrong) and StorageFault."""
    folder = config_folder(args.config)
    overrides = {"terminal.data": str(args.data.absolute())} if args.data is not None else {}
    settings = load_settings(folder, overrides, args.file)
    file = args.file or office_files.sent(settings.data, POLICY) or folder / POLICY
    known = next((one / CASES for one in (file.parent, folder) if (one / CASES).exists()), None)
    trials = tuple(tried(one, settings.rules) for one in _cases(args, known, settings.rules))
    found = tuple(findings(settings.rules, _sold(settings)))
    for line in text(settings.rules, file, trials, found):
        give(line)
    grave = any(one.grave for one in found) or not all(one.right for one in trials)
    return LOOK if grave else OK


def _cases(args: Namespace, known: Path | None, rules: Rules) -> Iterator[Case]:
    """Those asked for; without any, the cases that lie beside the policy, or the unit's."""
    if args.cases is not None:
        yield from read_cases(args.cases, rules)
    elif not args.case and known is not None:
        yield from read_cases(known, rules)
    for one in args.case:
        yield case_of(one, rules)


def _sold(settings: Settings) -> frozenset[str] | None:
    """The categories of this unit's sales; None where it has no database yet."""
    file = database_of(settings)
    if not file.exists():
        return None
    with open_reader(file) as reader:
        return reader.categories() or None


def text(
    rules: Rules, file: Path, trials: Iterable[Trial], found: Iterable[Finding]
) -> Iterator[Told]:
    """Everything there is to say, line by line."""
    policy = rules.policy
    digest = short_digest(policy.digest)
    yield sentence("Return policy {version} · {digest}", version=policy.version, digest=digest)
    yield f"  {file}"
    for heading, sentences in explain(rules):
        yield ""
        yield heading
        yield from (_indented(one) for one in sentences)
    tries = tuple(trials)
    if tries:
        yield ""
        yield sentence("Cases")
    for trial in tries:
        yield from _trial(trial, rules)
    yield ""
    yield sentence("Findings")
    told = tuple(found)
    for finding in told:
        mark = "✗" if finding.grave else "·"
        part, words = finding.part, finding.words
        yield sentence("  {mark} {part}: {words}", mark=mark, part=part, words=words)
    if not any(one.grave for one in told):
        yield sentence("  ✓ every rule can decide something")


def _trial(trial: Trial, rules: Rules) -> Iterator[Told]:
    case, said = trial.case, trial.decision
    what, then = example_of(case.facts, rules), OUTCOMES[said.outcome]
    yield f"  {'✓' if trial.right else '✗'} {case.name}"
    yield sentence("    {what} → {then} ({why})", what=what, then=then, why=said.why)
    if not trial.right:
        yield sentence(
            "    expected: {wanted}{rule}; got: {rulings}",
            wanted=OUTCOMES[case.expect or said.outcome],
            rule=f" {case.rule}" if case.rule else "",
            rulings=", ".join(one.rule for one in said.rulings),
        )


def _indented(told: Told) -> Told:
    return row(("  ", told), NOTHING)
