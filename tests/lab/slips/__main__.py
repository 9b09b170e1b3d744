"""Slips kept by the lab, looked at by readers and parsers of others; one line a sheet.

    python -m tests.lab.slips FOLDER...     each FOLDER a scenario of var/lab, or all of var/lab

Ends with 1 when anything is wrong, or when no sheet was found in a folder.
"""

import sys
from pathlib import Path

from tests.lab.slips import looks, readers


def main(folders: list[Path]) -> int:
    """0 when every sheet holds. SystemExit names the readers that are lacking."""
    if not folders:
        raise SystemExit(__doc__)
    if lacking := readers.missing():
        said = "\n".join(f"  {name}: {why}" for name, why in lacking.items())
        raise SystemExit(f"these readers cannot be had; run `.ci/setup lab`:\n{said}")
    wrong = 0
    for folder in folders:
        seen = list(looks.folder(folder))
        for look in seen:
            sys.stdout.write(f"{look}\n")
            sys.stdout.flush()
        wrong += sum(bool(look.faults) for look in seen)
        if not seen:
            wrong += 1
            sys.stdout.write(f"✗ no slip in {folder}\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main([Path(one) for one in sys.argv[1:]]))
