"""What may be asked about the shop: its sales, prices, days, rules and people."""

from argparse import ArgumentParser, RawDescriptionHelpFormatter
from pathlib import Path

from terminal.arguments.page import Add, examples, prose
from terminal.ui.words import Words

ROLES = ("cashier", "shift_leader", "manager", "trainer", "engineer")


def shop(command: Add, common: ArgumentParser, words: Words) -> None:
    _import_sales(command, words)
    _import_prices(command, words)
    _report(command, words)
    _policy(command, common, words)
    _staff(command, common, words)


def _import_sales(command: Add, words: Words) -> None:
    told = words(
        "The whole file is taken, or nothing of it. Taking it in twice changes nothing; a sale on"
        " file is never overwritten. Every row is counted: taken, left out by the map, or refused"
        " with its reason. Meanwhile the terminal must be stopped (systemctl stop"
        " returns-terminal), unless it watches a folder ([import] watch in terminal.toml): then"
        " the file is handed to it, its report will be there."
    )
    calls = examples(
        words("examples:"),
        (
            ("import-sales sales.jsonl", ""),
            ("import-sales 2026-11-20.xml", "ARTS POSLog"),
            ("import-sales 2026-11-20.csv.gz --map online-retail --report rows.csv", ""),
            (
                "import-sales sales.jsonl --keep-going",
                words("the good sales; the bad are reported"),
            ),
        ),
    )
    line = words("take in sales, so that their receipts can be returned")
    parser = command("import-sales", line, prose(told) + calls)
    parser.add_argument(
        "file",
        type=Path,
        metavar=words("FILE"),
        help=words(".jsonl (one sale a line), .csv or .xml (POSLog), also .gz"),
    )
    _import_options(parser, "import", words)


def _import_prices(command: Add, words: Words) -> None:
    told = words(
        "One price a line: sku, gtin, name, unit, price, currency, tax_rate, category, valid_from"
        " (a day; a price without one holds from today). A price of a later day takes over on"
        " that day; another one of the same day takes the place of the one on file. Taking a file"
        " in twice changes nothing, and no sale's price changes ever. The terminal must be stopped"
        " meanwhile, or watch a folder."
    )
    calls = examples(
        words("examples:"),
        (
            ("import-prices prices.jsonl", ""),
            ("import-prices prices.csv.gz --map mine --report rows.csv", ""),
        ),
    )
    parser = command(
        "import-prices", words("take in a price list, for exchanges"), prose(told) + calls
    )
    parser.add_argument(
        "file",
        type=Path,
        metavar=words("FILE"),
        help=words(".jsonl (one price a line) or .csv, also .gz"),
    )
    _import_options(parser, "prices", words)


def _import_options(parser: ArgumentParser, folder: str, words: Words) -> None:
    parser.add_argument(
        "--map",
        metavar=words("NAME"),
        help=words("column map: config/{folder}/NAME.toml", folder=folder),
    )
    parser.add_argument(
        "--keep-going", action="store_true", help=words("take the good, report the bad")
    )
    parser.add_argument(
        "--report", type=Path, metavar=words("FILE"), help=words("CSV of all rows not taken")
    )


def _report(command: Add, words: Words) -> None:
    told = words(
        "By status, tender, reason, cashier and approver; voids apart; each shift with its count;"
        " what stands out, with its returns ([watch] in policy.toml). The journal's head is at its"
        " end: kept on paper, it proves later that no record was taken away. It may run beside the"
        " terminal."
    )
    calls = examples(
        words("examples:"),
        (("report --day today", ""), ("report --day 2026-11-20 --csv day.csv", "")),
    )
    parser = command("report", words("what one day's returns came to"), prose(told) + calls)
    parser.add_argument(
        "--day", default="today", metavar=words("DAY"), help=words("today, or 2026-11-20")
    )
    parser.add_argument(
        "--csv", type=Path, metavar=words("FILE"), help=words("the same figures for a sheet")
    )


def _policy(command: Add, common: ArgumentParser, words: Words) -> None:
    calls = examples(
        words("examples:"),
        (
            ("policy check", words("the policy in force")),
            ("policy check new.toml", words("another, before it is put into force")),
            ('policy check --case "reason=QUALITY days=10 category=fresh condition=SPOILED"', ""),
        ),
    )
    parser = command("policy", words("the return policy in words, and tried on cases"), calls)
    actions = parser.add_subparsers(dest="action", required=True, metavar=words("ACTION"))
    told = words(
        "a case is written as in policy-cases.toml: reason=CODE, and where they matter days=10"
        " category=fresh condition=OPENED kind=BLIND amount=120.00 tenders=card,cash earlier=6"
        " by=phone expect=deny rule=window.refused. Without --case and --cases those of"
        " policy-cases.toml beside the policy, or of the unit, are tried. 1 is the exit code where"
        " a rule is of no use or a case gets another answer."
    )
    line = words("say it in words, try it, find rules that can never decide")
    check: ArgumentParser = actions.add_parser(
        "check",
        help=line,
        description=line,
        parents=[common],
        formatter_class=RawDescriptionHelpFormatter,
        epilog=prose(told),
    )
    check.add_argument(
        "file",
        type=Path,
        nargs="?",
        metavar=words("FILE"),
        help=words("in place of the unit's policy.toml"),
    )
    check.add_argument(
        "--case", action="append", default=[], metavar=words("CASE"), help=words("try this one")
    )
    check.add_argument(
        "--cases", type=Path, metavar=words("FILE"), help=words("try every [[case]] in it")
    )


def _staff(command: Add, common: ArgumentParser, words: Words) -> None:
    told = words(
        "A PIN (4 to 12 digits) is typed unseen, or piped with --pin-stdin; it is never an"
        " argument. The terminal must be stopped meanwhile; while it runs, a manager does the same"
        " at its own screen (F4 Office, Staff). Each change is kept in the journal with the login"
        " that made it."
    )
    roles = words(
        "roles: cashier takes returns; shift_leader also approves; manager also staff and"
        " training; trainer takes returns and trains; engineer trains only."
    )
    calls = examples(
        words("examples:"),
        (
            ("staff add 1007 Li --role manager", ""),
            ("staff set-badge 1007", words("then scan the badge")),
            ("staff unlock 1007", words("after too many wrong PINs")),
        ),
    )
    parser = command(
        "staff", words("who may sign on at this unit"), prose(told) + "\n" + prose(roles) + calls
    )
    actions = parser.add_subparsers(dest="action", required=True, metavar=words("ACTION"))

    def action(name: str, line: str) -> ArgumentParser:
        found: ArgumentParser = actions.add_parser(
            name, help=line, description=line, parents=[common]
        )
        return found

    action("list", words("everybody, by number"))
    _staff_add(action("add", words("a new person")), words)
    for name, line in (
        ("set-pin", words("a new PIN; ends a lock, too")),
        ("set-badge", words("a new badge, scanned or piped")),
        ("unlock", words("ends the wait after wrong PINs")),
        ("leave", words("has left the company: signs on no more, stays on record")),
        ("rejoin", words("has come back, with a new PIN")),
    ):
        one = action(name, line)
        one.add_argument("number", metavar=words("NUMBER"))
        if name in {"set-pin", "rejoin"}:
            _pin_from_pipe(one, words)
        if name == "set-badge":
            one.add_argument(
                "--none", action="store_true", help=words("the badge was lost: no badge")
            )


def _staff_add(add: ArgumentParser, words: Words) -> None:
    add.add_argument("number", metavar=words("NUMBER"))
    add.add_argument("name", metavar=words("NAME"))
    add.add_argument("--role", choices=ROLES, default=ROLES[0])
    _pin_from_pipe(add, words)


def _pin_from_pipe(parser: ArgumentParser, words: Words) -> None:
    parser.add_argument("--pin-stdin", action="store_true", help=words("read the PIN from a pipe"))
