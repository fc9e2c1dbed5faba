"""`python -m evenhand`: the same door as the `evenhand` command."""

import sys

from evenhand.site.cli import main

if __name__ == "__main__":
    sys.exit(main())
