"""`python -m dev.words`: two made-up hands adopt the words that ship, in a database for tests."""

from datetime import date
from typing import Final

import django

LONG_AGO: Final = date(2020, 1, 1)
"""Before anything that tests live through."""


def main() -> None:
    """From now on messages may leave there."""
    django.setup()
    from evenhand.outbound.contact import made_up

    made_up.adopt(LONG_AGO)


if __name__ == "__main__":
    main()
