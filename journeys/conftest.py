"""A served house with a small book, and a browser to walk through it."""

import os
from collections.abc import Iterator

import pytest

from dev import testbases
from journeys import browsing
from journeys.browsing import House


@pytest.fixture(scope="package")
def house() -> Iterator[House]:
    """A house of its own database, with its book; both go behind the journeys."""
    if not browsing.CHROMIUM.exists():
        pytest.skip(f"no {browsing.CHROMIUM}: install Debian's chromium to run the journeys")
    bases = testbases.Bases(os.environ["EVENHAND_TEST_SERVER"], worker="journeys")
    bases.template()
    bases.clone(bases.own)
    try:
        with browsing.served(bases.url(bases.own)) as served:
            yield served
    finally:
        bases.drop(bases.own)


@pytest.fixture(scope="module")
def browser(house: House) -> Iterator[browsing.Browser]:
    """Chromium, closed behind the module: while it runs, this process may not ask a database."""
    with browsing.chromium() as browser:
        yield browser
