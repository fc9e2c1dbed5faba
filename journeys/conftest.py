"""A served house with a small book, and a browser to walk through it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from dev import testbases
from journeys import browsing
from journeys.browsing import House


@pytest.fixture(scope="package")
def house() -> Iterator[House]:
    """The house of most journeys, with the demo's first days as its book."""
    with _house("journeys", browsing.DAYS, "demo") as served:
        yield served


@pytest.fixture(scope="module")
def late_house() -> Iterator[House]:
    """A house where some fall behind today and others did long ago; its clock is its module's."""
    from journeys import late

    with _house("late", late.DAYS, "late") as served:
        yield served


@contextmanager
def _house(name: str, days: int, lives: str) -> Iterator[House]:
    """A house of its own database, with its book; both go behind it."""
    _need_chromium()
    bases = testbases.Bases(os.environ["EVENHAND_TEST_SERVER"], worker=name)
    bases.template()
    bases.clone(bases.own)
    try:
        with browsing.served(bases.url(bases.own), days, lives) as served:
            yield served
    finally:
        bases.drop(bases.own)


@pytest.fixture(scope="module")
def browser() -> Iterator[browsing.Browser]:
    """Chromium, closed behind the module: while it runs, this process may not ask a database."""
    _need_chromium()
    with browsing.chromium() as browser:
        yield browser


def _need_chromium() -> None:
    if not browsing.CHROMIUM.exists():
        pytest.skip("no chromium-headless-shell or chromium of Debian: no journeys")
