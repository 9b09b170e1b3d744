"""What may be asked of `returns-terminal` about the data it keeps: out of it, beside it, away."""

import argparse
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path

PROGRAM = "returns-terminal"
Add = Callable[[str, str, str], ArgumentParser]


def keeping(command: Add) -> None:
    for one in (_export_returns, _export_stock, _support_bundle, _backup, _restore, _erase_old):
        one(command)


def _export_returns(command: Add) -> None:
    parser = command(
        "export-returns",
        "the journal as JSON Lines 导出退货记录",
        f"""
Oldest first, one record a line, each with its hash and the one before it. No names are in it:
staff go by number, cards by their last four. It may run beside the terminal.

examples:
  {PROGRAM} export-returns --out returns.jsonl
  {PROGRAM} export-returns --since 4711 | jq .kind
""",
    )
    parser.add_argument("--since", type=seq, default=0, metavar="SEQ", help="records after SEQ")
    parser.add_argument("--out", type=Path, metavar="FILE", help="in place of standard output")


def _export_stock(command: Add) -> None:
    parser = command(
        "export-stock",
        "what returns moved in the stock, as CSV or ARTS POSLog XML 导出库存变动",
        f"""
One line a returned article, with its reason, condition and disposition; a voided return is reversed
by a move of its own. It says up to which record it went. It may run beside the terminal.

examples:
  {PROGRAM} export-stock --day today --out stock.csv
  {PROGRAM} export-stock --since 4711 --format poslog --out stock.xml
""",
    )
    parser.add_argument("--since", type=seq, default=0, metavar="SEQ", help="records after SEQ")
    parser.add_argument("--day", metavar="DAY", help="of one day: today, or 2026-11-20")
    parser.add_argument("--format", choices=("csv", "poslog"), default="csv")
    parser.add_argument("--out", type=Path, metavar="FILE", required=True, help="the new file")


def _support_bundle(command: Add) -> None:
    parser = command(
        "support-bundle",
        "one file for whoever helps from afar, nobody's data in it 支持包",
        f"""
Versions, settings without texts, what is in the store in counts, schema and head, disk, the checks,
and the log's last lines in this program's own words. No name, number, card, code or message of
anybody. It may run beside the terminal; nothing is overwritten.

examples:
  {PROGRAM} support-bundle unit.zip
""",
    )
    parser.add_argument("file", type=Path, help="the new file")
    parser.add_argument("--log", type=Path, metavar="FILE", help="in place of journald's")


def _backup(command: Add) -> None:
    parser = command(
        "backup",
        "copy the database into one file, proved whole 备份数据库",
        f"""
It may run beside the terminal. The copy is read back, page by page and the journal's chain, before
it bears its name; nothing is overwritten; only you may read it, for it holds personal data. The key
of the PINs (returns.db.pepper) is not in it, so that the copy alone opens nothing.

examples:
  {PROGRAM} backup /media/stick/returns-2026-11-23.db
""",
    )
    parser.add_argument("file", type=Path, help="the new file")


def _restore(command: Add) -> None:
    parser = command(
        "restore",
        "put a backup in the place of the database 恢复备份",
        f"""
The terminal must be stopped. The backup is proved first; the database that was there stays beside
it as .before-restore-1, -2 ... A power cut on the way leaves the old or the restored one, whole.
Return numbers go on above the highest known: the backup's, the old database's, and --last-number.

examples:
  {PROGRAM} restore /media/stick/returns-2026-11-23.db
  {PROGRAM} restore backup.db --last-number R-0571-03-000425     as the newest slip says
""",
    )
    parser.add_argument("file", type=Path, help="made by backup")
    parser.add_argument(
        "--last-number",
        metavar="NUMBER",
        help="the newest return number anybody has; needed where the old database cannot be read",
    )
    parser.add_argument(
        "--drop-newer",
        action="store_true",
        help="though the database there is sound and has returns that the backup has not",
    )


def _erase_old(command: Add) -> None:
    command(
        "erase-old",
        "erase now what is older than its term 清除过期数据",
        f"""
The terms are [retention] of terminal.toml. The terminal does the same by itself once a day, while
nobody is served; this is for a unit that is never quiet. The terminal must be stopped meanwhile.
A sale with a return is kept with it; an open return keeps what is personal until it is finished.

examples:
  {PROGRAM} erase-old
""",
    )


def seq(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise argparse.ArgumentTypeError(f"{text!r} must be a whole number from 0")
    return int(text)
