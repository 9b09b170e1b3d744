"""`policy check`: a policy in words, tried on cases, and searched for rules without use.

Law of the file: nothing is changed and nothing put into force; what was read is told by its hash.
"""

from argparse import Namespace
from collections.abc import Iterable, Iterator
from pathlib import Path

from storage.store import open_reader
from terminal.app import database_of
from terminal.commands import LOOK, OK
from terminal.commands.places import config_folder, give
from terminal.core.rules import Rules, short_digest
from terminal.policies.cases import Case, Trial, case_of, read_cases, tried
from terminal.policies.explaining import OUTCOMES, explain
from terminal.policies.findings import Finding, example_of, findings
from terminal.settings import POLICY, load_settings, office_files
from terminal.settings.values import Settings

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
) -> Iterator[str]:
    """Everything there is to say, Chinese and English one below the other."""
    policy = rules.policy
    yield f"退货政策 Return policy {policy.version} · {short_digest(policy.digest)}"
    yield f"  {file}"
    for heading, sentences in explain(rules):
        yield ""
        yield f"{heading.zh} {heading.en}"
        for one in sentences:
            yield f"  {one.zh}"
            yield f"  {one.en}"
    tries = tuple(trials)
    if tries:
        yield ""
        yield "试例 Cases"
    for trial in tries:
        yield from _trial(trial, rules)
    yield ""
    yield "检查 Findings"
    told = tuple(found)
    for finding in told:
        mark = "✗" if finding.grave else "·"
        yield f"  {mark} {finding.part}：{finding.words.zh}"
        yield f"    {finding.part}: {finding.words.en}"
    if not any(one.grave for one in told):
        yield "  ✓ 每条规则都有作用 every rule can decide something"


def _trial(trial: Trial, rules: Rules) -> Iterator[str]:
    case, said = trial.case, trial.decision
    what, then = example_of(case.facts, rules), OUTCOMES[said.outcome]
    yield f"  {'✓' if trial.right else '✗'} {case.name}"
    yield f"    {what.zh} → {then.zh}（{said.why.zh}）"
    yield f"    {what.en} → {then.en} ({said.why.en})"
    if not trial.right:
        wanted = OUTCOMES[case.expect or said.outcome]
        rule = f" {case.rule}" if case.rule else ""
        rulings = ", ".join(one.rule for one in said.rulings)
        yield f"    应为 expected: {wanted.zh} / {wanted.en}{rule}；实为 got: {rulings}"
