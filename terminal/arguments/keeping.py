"""What may be asked about the data that the unit keeps: out of it, beside it, away."""

import argparse
from argparse import ArgumentParser
from pathlib import Path

from terminal.arguments.page import Add, examples, prose
from terminal.spoken.spoken import spoken
from terminal.ui.words import Words


def keeping(command: Add, words: Words) -> None:
    for one in (_export_returns, _export_stock, _support_bundle, _backup, _restore, _erase_old):
        one(command, words)


def _export_returns(command: Add, words: Words) -> None:
    told = words(
        "Oldest first, one record a line, each with its hash and the one before it. No names are"
        " in it: staff go by number, cards by their last four. It may run beside the terminal."
    )
    calls = examples(
        words("examples:"),
        (
            ("export-returns --out returns.jsonl", ""),
            ("export-returns --since 4711 | jq .kind", ""),
        ),
    )
    parser = command("export-returns", words("the journal as JSON Lines"), prose(told) + calls)
    _since(parser, words)
    parser.add_argument(
        "--out", type=Path, metavar=words("FILE"), help=words("in place of standard output")
    )


def _export_stock(command: Add, words: Words) -> None:
    told = words(
        "One line a returned article, with its reason, condition and disposition; a voided return"
        " is reversed by a move of its own. It says up to which record it went. It may run beside"
        " the terminal."
    )
    calls = examples(
        words("examples:"),
        (
            ("export-stock --day today --out stock.csv", ""),
            ("export-stock --since 4711 --format poslog --out stock.xml", ""),
        ),
    )
    line = words("what returns moved in the stock, as CSV or ARTS POSLog XML")
    parser = command("export-stock", line, prose(told) + calls)
    _since(parser, words)
    parser.add_argument(
        "--day", metavar=words("DAY"), help=words("of one day: today, or 2026-11-20")
    )
    parser.add_argument("--format", choices=("csv", "poslog"), default="csv")
    parser.add_argument(
        "--out", type=Path, metavar=words("FILE"), required=True, help=words("the new file")
    )


def _since(parser: ArgumentParser, words: Words) -> None:
    parser.add_argument(
        "--since", type=seq, default=0, metavar=words("SEQ"), help=words("records after SEQ")
    )


def _support_bundle(command: Add, words: Words) -> None:
    told = words(
        "Versions, settings without texts, what is in the store in counts, schema and head, disk,"
        " the checks, and the log's last lines in this program's own words. No name, number, card,"
        " code or message of anybody. It may run beside the terminal; nothing is overwritten."
    )
    line = words("one file for whoever helps from afar, nobody's data in it")
    calls = examples(words("examples:"), (("support-bundle unit.zip", ""),))
    parser = command("support-bundle", line, prose(told) + calls)
    _new_file(parser, words)
    parser.add_argument(
        "--log", type=Path, metavar=words("FILE"), help=words("in place of journald's")
    )


def _backup(command: Add, words: Words) -> None:
    told = words(
        "It may run beside the terminal. The copy is read back, page by page and the journal's"
        " chain, before it bears its name; nothing is overwritten; only you may read it, for it"
        " holds personal data. The key of the PINs (returns.db.pepper) is not in it, so that the"
        " copy alone opens nothing."
    )
    calls = examples(words("examples:"), (("backup /media/stick/returns-2026-11-23.db", ""),))
    line = words("copy the database into one file, proved whole")
    _new_file(command("backup", line, prose(told) + calls), words)


def _new_file(parser: ArgumentParser, words: Words) -> None:
    parser.add_argument("file", type=Path, metavar=words("FILE"), help=words("the new file"))


def _restore(command: Add, words: Words) -> None:
    told = words(
        "The terminal must be stopped. The backup is proved first; the database that was there"
        " stays beside it as .before-restore-1, -2 ... A power cut on the way leaves the old or the"
        " restored one, whole. Return numbers go on above the highest known: the backup's, the old"
        " database's, and --last-number."
    )
    calls = examples(
        words("examples:"),
        (
            ("restore /media/stick/returns-2026-11-23.db", ""),
            (
                "restore backup.db --last-number R-0571-03-000425",
                words("as the newest slip says"),
            ),
        ),
    )
    line = words("put a backup in the place of the database")
    parser = command("restore", line, prose(told) + calls)
    parser.add_argument("file", type=Path, metavar=words("FILE"), help=words("made by backup"))
    parser.add_argument(
        "--last-number",
        metavar=words("RETURN-NUMBER"),
        help=words(
            "the newest return number anybody has; needed where the old database cannot be read"
        ),
    )
    parser.add_argument(
        "--drop-newer",
        action="store_true",
        help=words("though the database there is sound and has returns that the backup has not"),
    )


def _erase_old(command: Add, words: Words) -> None:
    told = words(
        "The terms are [retention] of terminal.toml. The terminal does the same by itself once a"
        " day, while nobody is served; this is for a unit that is never quiet. The terminal must be"
        " stopped meanwhile. A sale with a return is kept with it; an open return keeps what is"
        " personal until it is finished."
    )
    calls = examples(words("examples:"), (("erase-old", ""),))
    command("erase-old", words("erase now what is older than its term"), prose(told) + calls)


def seq(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        words = spoken()
        raise argparse.ArgumentTypeError(words("{text!r} must be a whole number from 0", text=text))
    return int(text)
