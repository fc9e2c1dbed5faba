"""Tests run on a database of their own, as the serving role, and never wait for migrations.

1. PostgreSQL: the one DATABASE_URL names, else this checkout's fast server is started for as
   long as any test run uses it.
2. A template database is migrated once per state of the migrations and kept.
3. Every test process works on a clone of it. `db` rolls back behind each test; what needs
   several processes, commits or kill -9 asks for `own_database` and gets a clone for itself.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from dev import catalogues, postgres, testbases

_open = ExitStack()
_bases = pytest.StashKey[testbases.Bases]()


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Name the database before Django reads its settings (pytest-django does that next)."""
    server = os.environ.get("EVENHAND_TEST_SERVER") or os.environ.get("DATABASE_URL")
    if not server:
        server = _open.enter_context(postgres.using(postgres.server(fast=True)))
    catalogues.compile_all()
    bases = testbases.Bases(server, worker=os.environ.get("PYTEST_XDIST_WORKER", "main"))
    config.stash[_bases] = bases
    os.environ["EVENHAND_TEST_SERVER"] = server  # for the workers of xdist
    os.environ["DATABASE_URL"] = bases.url(bases.own)
    os.environ.update(testbases.ENVIRONMENT)
    os.environ["DJANGO_SETTINGS_MODULE"] = "evenhand.site.settings"
    import django

    django.setup()
    if config.getoption("numprocesses", None):
        # xdist's workers inherit this environment and must not read settings before this hook.
        del os.environ["DJANGO_SETTINGS_MODULE"]


def pytest_unconfigure() -> None:
    _open.close()


@pytest.fixture(scope="session")
def _template(pytestconfig: pytest.Config) -> str:
    return pytestconfig.stash[_bases].template()


@pytest.fixture(scope="session")
def django_db_setup(
    pytestconfig: pytest.Config,
    django_test_environment: None,
    django_db_blocker: "pytest_django.DjangoDbBlocker",  # type: ignore[name-defined]  # noqa: F821
    _template: str,
) -> Iterator[None]:
    """In place of pytest-django's own: this process's clone of the template."""
    from django.db import connection

    bases = pytestconfig.stash[_bases]
    bases.clone(bases.own)
    yield
    with django_db_blocker.unblock():
        connection.close()
        connection.close_pool()  # type: ignore[attr-defined]
    bases.drop(bases.own)


@pytest.fixture
def transactional_db() -> None:
    """Refused: it would empty the tables, which facts do not allow."""
    pytest.fail("use `own_database`: facts cannot be truncated", pytrace=False)


@pytest.fixture
def move_clock(db: None) -> Callable[[int], None]:
    """Moves the house clock, as pages see it, to a moment (microseconds UTC).

    For rooms below the site, whose tests must not import it.
    """
    from evenhand.site import clock

    return clock.set_demo


@pytest.fixture
def own_database(pytestconfig: pytest.Config, _template: str) -> Iterator[str]:
    """A DATABASE_URL of a fresh clone, for other processes; dropped behind the test.

    Run programs with `env={**os.environ, "DATABASE_URL": own_database}`; they act as the
    serving role unless EVENHAND_AS_OWNER=1.
    """
    bases = pytestconfig.stash[_bases]
    name = bases.another()
    bases.clone(name)
    yield bases.url(name)
    bases.drop(name)
