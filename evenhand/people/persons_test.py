"""Persons: kept, masked, revealed with a trace, erased."""

import logging

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError, ProgrammingError

from evenhand.people import look, persons, queries, vault

AT = 1_774_000_000_000_000
WANG = persons.Person("王小明", "13812341234", "11010519491231002X")
ANNA = persons.Person("Anna Lee", "+86 139-0000 1111", lang="en")

pytestmark = pytest.mark.django_db


@pytest.fixture
def wang() -> int:
    return persons.enrol([WANG], at=AT)[0]


def test_ids_are_numbers_in_order_and_say_nothing() -> None:
    first, second = persons.enrol([WANG, ANNA], at=AT)
    assert 0 < first < second
    assert "王" not in repr(WANG) and "138" not in repr(WANG)


def test_lists_show_masked_persons(wang: int) -> None:
    shown = persons.masked([wang, 1])[wang]
    assert (shown.name, shown.phone, shown.identity) == ("王**", "138****1234", "****002X")
    assert (shown.lang, shown.zone, shown.erased) == ("zh-hans", "Asia/Shanghai", False)
    assert 1 not in persons.masked([wang, 1])


def test_a_reveal_states_a_purpose_and_leaves_a_line(wang: int) -> None:
    assert persons.reveal(wang, "phone", purpose="call_back", by=7, at=AT) == "13812341234"
    assert look.looks(wang) == [look.Look(wang, AT, 7, "phone", "call_back")]


def test_a_reveal_without_a_known_purpose_shows_nothing(wang: int) -> None:
    with pytest.raises(AssertionError):
        persons.reveal(wang, "phone", purpose="curiosity", by=7, at=AT)
    assert look.looks(wang) == []


@pytest.mark.parametrize(
    "statement",
    [
        "update people_look set purpose = 'audit'",
        "delete from people_look",
        "truncate people_look",
        "truncate people_look_3",
        "update people_look_3 set purpose = 'audit'",
    ],
)
def test_the_log_of_looks_is_never_changed(wang: int, statement: str) -> None:
    persons.reveal(wang, "name", purpose="audit", by=7, at=AT)
    with (
        pytest.raises((IntegrityError, ProgrammingError)),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert len(look.looks(wang)) == 1


def test_after_erasure_nothing_opens_and_nobody_is_found(wang: int) -> None:
    commitment = persons.seal_text(wang, "我上周住院了")
    persons.erase(wang, purpose="legal_request", by=7, at=AT)
    assert persons.masked([wang])[wang].erased
    assert persons.find("phone", "13812341234") == []
    assert persons.addresses_for_sending([p.point for p in persons.points([wang])]) == {}
    with pytest.raises(persons.Erased):
        persons.reveal(wang, "name", purpose="audit", by=7, at=AT)
    with pytest.raises(persons.Erased):
        persons.reveal_text(wang, commitment, purpose="audit", by=7, at=AT)
    with pytest.raises(persons.Erased):
        persons.seal_text(wang, "again")


def test_looks_are_kept_when_the_person_is_erased(wang: int) -> None:
    persons.reveal(wang, "name", purpose="audit", by=7, at=AT)
    persons.erase(wang, purpose="legal_request", by=7, at=AT)
    assert [line.field for line in look.looks(wang)] == ["erased", "name"]
    assert look.looks(wang)[0] == look.Look(wang, AT, 7, "erased", "legal_request")


def test_who_is_found_by_a_number_has_it_in_the_log(wang: int) -> None:
    assert persons.look_up("138-1234 1234", by=7, at=AT) == [wang]
    assert persons.look_up("11010519491231002x", by=7, at=AT + 1) == [wang]
    assert persons.look_up("13900000000", by=7, at=AT) == []
    looks = [
        look.Look(wang, AT + 1, 7, "identity", "find"),
        look.Look(wang, AT, 7, "phone", "find"),
    ]
    assert look.looks(wang) == looks


@pytest.mark.parametrize("purpose", ["find", "curiosity"])
def test_nobody_reveals_or_erases_for_a_purpose_not_his_to_state(wang: int, purpose: str) -> None:
    with pytest.raises(AssertionError):
        persons.reveal(wang, "phone", purpose=purpose, by=7, at=AT)
    with pytest.raises(AssertionError):
        persons.erase(wang, purpose=purpose, by=7, at=AT)
    assert look.looks(wang) == [] and not persons.masked([wang])[wang].erased


def test_a_look_up_finds_any_spelling_of_a_number(wang: int) -> None:
    (anna,) = persons.enrol([ANNA], at=AT)
    assert persons.find("phone", "139 0000-1111") == [persons.Found(anna, 0)]
    assert persons.find("identity", "11010519491231002x") == [persons.Found(wang, 0)]
    assert persons.find("phone", "13900000000") == []


SPELLINGS = (
    "13812341234",
    "+8613812341234",
    "008613812341234",
    "8613812341234",
    "+86 138-1234-1234",
    "１３８１２３４１２３４",
    "＋８６　１３８　１２３４　１２３４",
    "138\u20131234\u22121234",
    "\u202a+86 138\u00a01234\u20111234\u202c",
)


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_every_spelling_is_the_same_mainland_number(wang: int, spelling: str) -> None:
    assert persons.normal("phone", spelling) == "13812341234"
    assert persons.dialled("phone", spelling) == "+8613812341234"
    (other,) = persons.enrol([persons.Person("李", spelling)], at=AT)
    for asked in SPELLINGS:
        assert persons.find("phone", asked) == [persons.Found(wang, 0), persons.Found(other, 0)]


@pytest.mark.parametrize("number", ["+886912345678", "+85291234567", "8612345678", "01062345678"])
def test_other_numbers_keep_their_beginning(number: str) -> None:
    assert persons.normal("phone", number) == number


@pytest.mark.parametrize("before", ["8613812341234", "008613812341234", "１３８１２３４１２３４"])
def test_what_was_indexed_by_another_spelling_is_still_found(before: str) -> None:
    (person,) = persons.enrol([persons.Person("李", "")], at=AT)
    with connection.cursor() as cursor, cursor.copy(queries.COPY_INDEX) as copy:
        copy.write_row((vault.index_digest("phone", before), person, 0))
    asked = {before, *SPELLINGS} if before.isascii() else {before}
    found = persons.find_many("phone", sorted(asked))
    assert found == {value: [persons.Found(person, 0)] for value in asked}


def test_a_loan_is_found_by_the_lenders_reference(wang: int) -> None:
    persons.index_loans([("HT-2026-0001", wang, 55)])
    found = persons.find_many("loan", ["HT-2026-0001", "HT-2026-0002"])
    assert found == {"HT-2026-0001": [persons.Found(wang, 55)]}


def test_a_contact_point_gives_its_address_for_sending(wang: int) -> None:
    (point,) = persons.points([wang])
    assert (point.person, point.kind) == (wang, "phone")
    assert persons.addresses_for_sending([point.point, 1]) == {point.point: "+8613812341234"}


def test_only_contact_points_are_addresses(wang: int) -> None:
    items = [opened.item for opened in vault.of_persons([wang], ["name", "identity"])]
    assert len(items) == 2 and persons.addresses_for_sending(items) == {}


def test_a_text_is_kept_under_its_commitment(wang: int) -> None:
    first, second = persons.seal_texts([(wang, "同一句话"), (wang, "同一句话")])
    assert first != second and len(first) == 32
    assert persons.reveal_text(wang, first, purpose="complaint", by=7, at=AT) == "同一句话"
    assert look.looks(wang)[0].field == "text"


def test_the_tables_hold_no_clear_text(wang: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select box from people_item where person = %s", [wang])
        boxes = b"".join(bytes(row[0]) for row in cursor.fetchall())
    assert "王".encode() not in boxes and b"1381234" not in boxes


def test_a_box_moved_to_another_kind_does_not_open(wang: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("update people_item set kind = 'text' where kind = 'name'")
    with pytest.raises(Exception, match=r"^$"):  # InvalidTag says nothing, as it should
        vault.of_persons([wang], ["text"])


def test_enrolling_logs_nothing(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        (person,) = persons.enrol([WANG], at=AT)
        persons.reveal(person, "phone", purpose="audit", by=7, at=AT)
        persons.masked([person])
    assert "13812341234" not in caplog.text and "王小明" not in caplog.text


def test_many_persons_at_once() -> None:
    crowd = [persons.Person(f"张{n}", f"1370000{n:04d}") for n in range(3_000)]
    ids = persons.enrol(crowd, at=AT)
    assert len(set(ids)) == 3_000
    assert persons.masked(ids[-1:])[ids[-1]].phone == "137****2999"
