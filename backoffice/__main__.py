"""`python -m backoffice`: the same as returns-backoffice."""

import sys

from backoffice.cli import main

if __name__ == "__main__":
    sys.exit(main())
