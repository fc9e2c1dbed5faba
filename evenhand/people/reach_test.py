"""Numbers, accounts, names: kept, masked, changed, kept out of sight."""

import pytest

from evenhand.people import finding, holders, naming, persons, points, staff

AT = 1_774_000_000_000_000
NUMBER = "11010519491231002X"
CARD = "6222020200112230001"

pytestmark = pytest.mark.django_db


@pytest.fixture
def wang() -> int:
    return persons.enrol([persons.Person("王小明", "13812341234", NUMBER)], at=AT)[0]


def phone_of(person: int) -> int:
    return next(p.point for p in persons.points([person]) if p.kind == "phone")


def test_an_account_shows_its_last_four_and_opens_for_a_transfer(wang: int) -> None:
    item = persons.add_account(wang, CARD, "ICBC")
    assert persons.accounts(wang) == [persons.MaskedAccount(item, "ICBC", "**** 0001")]
    opened = persons.account_for_transfer(item)
    assert opened == persons.Account("王小明", CARD, "ICBC")
    assert CARD not in repr(opened)


def test_only_an_account_opens_as_one(wang: int) -> None:
    with pytest.raises(persons.Erased):
        persons.account_for_transfer(phone_of(wang))


def test_a_retired_account_is_listed_no_more_and_still_opens(wang: int) -> None:
    item = persons.add_account(wang, CARD, "ICBC")
    points.retire(wang, item)
    assert persons.accounts(wang) == []
    assert persons.account_for_transfer(item).number == CARD


def test_an_enquiry_gets_all_that_was_given(wang: int) -> None:
    assert persons.identity_for_enquiry(wang) == persons.Identity(
        "王小明", NUMBER, "+8613812341234"
    )


def test_what_an_erased_person_gave_opens_for_nobody(wang: int) -> None:
    item = persons.add_account(wang, CARD, "ICBC")
    persons.erase(wang, purpose="legal_request", by=7, at=AT)
    with pytest.raises(persons.Erased):
        persons.account_for_transfer(item)
    with pytest.raises(persons.Erased):
        persons.identity_for_enquiry(wang)
    with pytest.raises(persons.Erased):
        persons.add_account(wang, CARD, "ICBC")
    assert persons.accounts(wang) == []


def test_bytes_are_kept_for_their_person_only(wang: int) -> None:
    (anna,) = persons.enrol([persons.Person("Anna Lee", "13900001111")], at=AT)
    item = persons.seal_bytes(wang, "contract", b"%PDF-2.0")
    assert persons.open_bytes(wang, item) == b"%PDF-2.0"
    with pytest.raises(KeyError):
        persons.open_bytes(anna, item)


def test_a_name_given_again_takes_the_place_of_the_first(wang: int) -> None:
    naming.name_person(wang, "王晓明", "110101199001010007")
    assert persons.find("identity", NUMBER) == []
    assert persons.find("identity", "110101199001010007") == [persons.Found(wang, 0)]
    assert naming.is_called(wang, " 王 晓明", "110101199001010007")
    assert not naming.is_called(wang, "王小明", "110101199001010007")


def test_nobody_is_called_nothing() -> None:
    (person,) = persons.enrol([persons.Person("", "13900001111")], at=AT)
    assert not naming.is_called(person, "", "")
    assert not naming.is_named(person) and not naming.has_name(person)


def test_the_holder_of_a_number_is_enrolled_once() -> None:
    first, new = holders.enrol_holder("+86 139 0000 1111", "en", "Asia/Shanghai", at=AT)
    assert new and holders.holder("13900001111") == first
    again = holders.enrol_holder("139-0000-1111", "en", "Asia/Shanghai", at=AT)
    assert again == (first, False)
    assert holders.number_for_code(first) == "13900001111"


def test_a_changed_number_is_found_and_reached_and_the_old_one_is_not(wang: int) -> None:
    old = phone_of(wang)
    new = holders.change_number(wang, "+86 139 0000 2222")
    assert phone_of(wang) == new != old
    assert (holders.holder("13900002222"), holders.holder("13812341234")) == (wang, 0)
    assert persons.masked([wang])[wang].phone == "139****2222"
    assert persons.addresses_for_sending([old]) == {old: "+8613812341234"}
    assert persons.identity_for_enquiry(wang).phone == "+8613900002222"


def test_a_number_of_somebody_else_is_not_taken(wang: int) -> None:
    (anna,) = persons.enrol([persons.Person("Anna Lee", "13900001111")], at=AT)
    assert holders.change_number(wang, "13900001111") == 0
    assert (holders.holder("13900001111"), holders.holder("13812341234")) == (anna, wang)


def test_a_changed_number_may_go_back(wang: int) -> None:
    holders.change_number(wang, "13900002222")
    holders.change_number(wang, "13812341234")
    assert holders.holder("13812341234") == wang
    assert persons.masked([wang])[wang].phone == "138****1234"


def test_a_confidential_number_is_not_shown_even_masked(wang: int) -> None:
    points.hide_only(wang, [phone_of(wang)])
    shown = persons.masked([wang])[wang]
    assert (shown.phone, shown.confidential, shown.erased) == ("", frozenset({"phone"}), False)
    (point,) = points.shown(wang)
    assert (point.masked, point.hidden) == ("", True)
    assert persons.is_confidential([phone_of(wang), 1]) == {phone_of(wang): True, 1: False}


def test_a_confidential_number_stays_so_when_it_changes(wang: int) -> None:
    points.hide_only(wang, [phone_of(wang)])
    new = holders.change_number(wang, "13900002222")
    assert persons.is_confidential([new]) == {new: True}
    assert persons.masked([wang])[wang].phone == ""


def test_a_confidential_number_is_revealed_to_one_role_alone(wang: int) -> None:
    collector = staff.enlist("lin", "correct horse battery", role="collector", number="E1")
    compliance = staff.enlist("wu", "correct horse battery", role="compliance", number="E2")
    points.hide_only(wang, [phone_of(wang)])
    with pytest.raises(persons.Confidential):
        persons.reveal(wang, "phone", purpose="call_back", by=collector, at=AT)
    assert persons.reveal(wang, "phone", purpose="audit", by=compliance, at=AT) == "13812341234"
    assert persons.reveal(wang, "name", purpose="audit", by=collector, at=AT) == "王小明"


def test_what_is_hidden_can_be_shown_again(wang: int) -> None:
    mail = persons.add_point(wang, "email", "wang@example.org", confidential=True)
    assert persons.is_confidential([mail]) == {mail: True}
    points.hide_only(wang, [])
    assert [each.masked for each in points.shown(wang)] == ["138****1234", "w***@example.org"]


def test_a_forgotten_value_is_forgotten_for_that_person_only(wang: int) -> None:
    (other,) = persons.enrol([persons.Person("李", "13812341234")], at=AT)
    finding.forget("phone", wang, "+86 138 1234 1234")
    assert persons.find("phone", "13812341234") == [persons.Found(other, 0)]


def test_the_language_a_person_reads_can_change(wang: int) -> None:
    assert persons.langs([wang, 1]) == {wang: "zh-hans"}
    naming.speak(wang, "en")
    assert persons.langs([wang]) == {wang: "en"}
