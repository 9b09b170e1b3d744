"""The catalogues' workshop: collect the sentences, compile the translations, say what is missing.

Law of the file: for people who build the terminal, never run on it; the only place that uses Babel.
Run `python -m terminal.ui.catalogue update | compile | check`.
"""

import argparse
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from terminal.ui.words import DOMAIN, LANGUAGES, LOCALE

PACKAGES = ("terminal", "drivers", "printer", "storage")
SOURCES = Path(__file__).parents[2]
FAULTS = (
    *("CommandFault", "BadSale", "UnreadableFile", "Unreadable"),
    *("SlipError", "FontMissing", "Wrong", "Unfit", "EnrolFault"),
)
KEYWORDS = {
    **dict.fromkeys(("words", "N_", "sentence")),
    **dict.fromkeys((*FAULTS, "_BadLine", "_Refused")),  # told by what they say
    **dict.fromkeys(("Damaged", "SaleDamaged", "CannotOpen"), (2,)),  # of a file
    "Problem": (4,),  # of a key in a file
    "plural": (1, 2),
}
FIRST = datetime(2026, 11, 23, tzinfo=UTC)  # dates in the head would be changes without a change
TRANSLATED = tuple(language for language in LANGUAGES if language != "en")


def collected(sources: Path = SOURCES) -> Catalog:
    """Every sentence marked in the packages under `sources`, with the files it stands in."""
    catalogue = Catalog(charset="utf-8")
    packages = (sources / name for name in PACKAGES)
    for path in sorted(path for one in packages for path in one.rglob("*.py")):
        place = path.relative_to(sources).as_posix()
        with path.open("rb") as file:
            for _, message, _, _ in extract("python", file, KEYWORDS):
                catalogue.add(message, locations=[(place, 0)])
    return catalogue


def po_path(language: str, locale: Path = LOCALE) -> Path:
    """Where the translations of `language` are kept."""
    return locale / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def read(path: Path, language: str) -> Catalog:
    """The catalogue in a .po file; an empty one when there is none yet."""
    if not path.exists():
        return Catalog(
            locale=language,
            header_comment="# Every sentence a cashier or customer sees.",
            project="returns-terminal",
            version="1",
            msgid_bugs_address="see README.md",
            last_translator="the authors",
            language_team=language,
            revision_date=FIRST,
            creation_date=FIRST,
            charset="utf-8",
            fuzzy=False,
        )
    with path.open("rb") as file:
        return read_po(file, locale=language, charset="utf-8")


def compiled(catalogue: Catalog) -> bytes:
    """The .mo file of a catalogue: the same catalogue, the same bytes."""
    made = BytesIO()
    write_mo(made, catalogue)
    return made.getvalue()


def update(path: Path, language: str, template: Catalog, *, drop: bool = False) -> None:
    """Take new sentences into the .po file; keep those no longer used unless `drop`."""
    catalogue = read(path, language)
    template.creation_date = catalogue.creation_date  # a date is no change
    catalogue.update(template, no_fuzzy_matching=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    made = BytesIO()
    write_po(
        made, catalogue, width=100, sort_output=True, include_lineno=False, ignore_obsolete=drop
    )
    path.write_bytes(made.getvalue())


def faults(path: Path, language: str, template: Catalog) -> list[str]:
    """What keeps a catalogue from being whole, a sentence each; none is well."""
    catalogue = read(path, language)
    found = list(_message_faults(catalogue, template))
    found.extend(f"no longer used: {message.id!r}" for message in catalogue.obsolete.values())
    mo_path = path.with_suffix(".mo")
    if not mo_path.exists() or mo_path.read_bytes() != compiled(catalogue):
        found.append(f"{mo_path.name} is not compiled from {path.name}: run `compile`")
    return [f"{language}: {each}" for each in found]


def _message_faults(catalogue: Catalog, template: Catalog) -> Iterator[str]:
    for wanted in template:
        if not wanted.id:
            continue
        held = catalogue.get(wanted.id)
        if held is None:
            yield f"not taken in yet: {wanted.id!r}: run `update`"
        elif held.fuzzy:
            yield f"fuzzy: {wanted.id!r}"
        elif not all(_texts(held.string)):
            yield f"not translated: {wanted.id!r}"
        elif held.pluralizable != wanted.pluralizable:
            yield f"plural on one side only: {wanted.id!r}"
        else:
            yield from _field_faults(held)
    for held in catalogue:
        if held.id and template.get(held.id) is None:
            yield f"no longer used: {held.id!r}: run `update`"


def _texts(string: object) -> tuple[str, ...]:
    return tuple(map(str, string)) if isinstance(string, (tuple, list)) else (str(string or ""),)


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def _field_faults(message: Message) -> Iterator[str]:
    """A translation names exactly the values its sentence names (of a plural: its second form)."""
    wanted = _fields(_texts(message.id)[-1])
    for text in _texts(message.string):
        try:
            named = _fields(text)
        except ValueError as fault:
            yield f"braces do not pair ({fault}): {text!r}"
            continue
        if named != wanted:
            yield f"names {sorted(named)} where {sorted(wanted)} are given: {text!r}"


def main(arguments: list[str] | None = None) -> int:
    """0 when all is well, 1 when `check` found faults."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("task", choices=("update", "compile", "check"))
    parser.add_argument("--drop", action="store_true", help="update: forget what is not used")
    asked = parser.parse_args(arguments)
    found: list[str] = []
    for language in TRANSLATED:
        path = po_path(language)
        if asked.task == "update":
            update(path, language, collected(), drop=asked.drop)
        elif asked.task == "compile":
            path.with_suffix(".mo").write_bytes(compiled(read(path, language)))
        else:
            found.extend(faults(path, language, collected()))
    for each in found:
        sys.stdout.write(each + "\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
