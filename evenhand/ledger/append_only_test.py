"""Facts stay: whoever tries, in whatever part, by whatever word."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from evenhand.ledger import made_up as m
from evenhand.ledger.check import check
from evenhand.ledger.columns import rows, run
from evenhand.ledger.parts import PARTS, part_of, table_of
from evenhand.ledger.streams import Append, append_many

D = date(2026, 3, 1)
NOW = m.noon(D)
TABLES = ["ledger_fact", *(table_of("ledger_fact", part) for part in range(PARTS))]
WAYS = ("update {} set amount = 1", "delete from {}", "truncate {}")


def _one_in_every_part() -> list[int]:
    found: dict[int, int] = {}
    borrower = 100
    while len(found) < PARTS:
        found.setdefault(part_of(borrower), borrower)
        borrower += 1
    return sorted(found.values())


@pytest.fixture
def facts_everywhere(db: None) -> None:
    """A fact in each of the 32 parts."""
    append_many([Append(b, 0, [m.enrolled(D)]) for b in _one_in_every_part()], at=m.noon(D))


@pytest.fixture
def as_owner(facts_everywhere: None) -> Iterator[None]:
    """The owner's own powers, for a while."""
    run("set role none")
    yield
    run("set role evenhand_serving")


@pytest.mark.parametrize("way", WAYS)
def test_the_serving_role_may_not(facts_everywhere: None, way: str) -> None:
    for table in TABLES:
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            run(way.format(table))


@pytest.mark.parametrize("way", WAYS)
def test_the_owner_is_refused_by_the_triggers(as_owner: None, way: str) -> None:
    for table in TABLES:
        with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
            run(way.format(table))
    assert rows("select count(*) from ledger_fact where borrower > 0") == [(PARTS,)]


def test_a_head_cannot_be_taken_away(facts_everywhere: None) -> None:
    for way in ("delete from ledger_stream", "truncate ledger_stream"):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            run(way)


BACK = (
    "update {} set seq = seq, at = at + interval '1 day'",
    "update {} set seq = 1, link = sha256(link)",
    "update {} set seq = seq + 1, borrower = borrower + 1000000",
    "delete from {}",
    "truncate {}",
)


@pytest.mark.parametrize("way", BACK)
def test_a_head_only_moves_forward_whoever_moves_it(as_owner: None, way: str) -> None:
    stood = rows("select borrower, seq, at, link from ledger_stream order by borrower")
    for table in ("ledger_stream", *(table_of("ledger_stream", part) for part in range(PARTS))):
        with pytest.raises(IntegrityError, match="only moves forward"), transaction.atomic():
            run(way.format(table))
    assert rows("select borrower, seq, at, link from ledger_stream order by borrower") == stood


@pytest.mark.parametrize("way", BACK[:3])
def test_the_serving_role_moves_no_head_back(facts_everywhere: None, way: str) -> None:
    with pytest.raises(IntegrityError, match="only moves forward"), transaction.atomic():
        run(way.format("ledger_stream"))


def test_check_finds_nothing_but_the_owners_session(facts_everywhere: None) -> None:
    findings = check(NOW)
    assert [finding for finding in findings if finding.fails] == []
    assert all("logged in as" in finding.what for finding in findings)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        ("grant update on ledger_fact_p07 to evenhand_serving", "may UPDATE ledger_fact_p07"),
        ("grant delete on ledger_fact to evenhand_serving", "may DELETE ledger_fact"),
        ("grant truncate on ledger_fact_p31 to evenhand_serving", "may TRUNCATE ledger_fact_p31"),
        ("alter table ledger_fact_p03 owner to evenhand_serving", "owns ledger_fact_p03"),
        (
            "alter table ledger_fact_p05 disable trigger ledger_fact_row_stays",
            "ledger_fact_p05: the trigger against UPDATE and DELETE is missing or off",
        ),
        (
            "drop trigger ledger_fact_table_stays on ledger_fact_p06",
            "ledger_fact_p06: the trigger against TRUNCATE is missing or off",
        ),
        (
            "alter table ledger_fact_p05 disable trigger ledger_contact_judged",
            "ledger_fact_p05: the trigger against contacts nobody judged is missing or off",
        ),
        ("grant delete on ledger_stream_p07 to evenhand_serving", "may DELETE ledger_stream_p07"),
        ("alter table ledger_stream_p03 owner to evenhand_serving", "owns ledger_stream_p03"),
        (
            "alter table ledger_stream_p05 disable trigger ledger_head_forward",
            "ledger_stream_p05: the trigger against going back is missing or off",
        ),
        (
            "drop trigger ledger_head_table_stays on ledger_stream_p06",
            "ledger_stream_p06: the trigger against TRUNCATE is missing or off",
        ),
        ("alter table ledger_fact detach partition ledger_fact_p09", "32 tables of facts instead"),
    ],
)
def test_check_fails_where_the_house_is_spoilt(as_owner: None, spoil: str, told: str) -> None:
    run(spoil)
    run("set role evenhand_serving")
    assert any(finding.fails and told in finding.what for finding in check(NOW))


def test_check_fails_as_the_owner(as_owner: None) -> None:
    found = {finding.what for finding in check(NOW) if finding.fails}
    assert any("is a superuser" in what for what in found)
    assert any("owns ledger_fact" in what for what in found)


def test_the_session_that_can_step_back_is_a_warning(db: None) -> None:
    if connection.settings_dict["USER"] != "evenhand":
        pytest.skip("this database's session is not the owner's")
    assert [f.fails for f in check(NOW) if "logged in as" in f.what] == [False]


def test_the_owner_is_the_session_itself(as_owner: None) -> None:
    assert rows("select current_user = session_user") == [(True,)]
