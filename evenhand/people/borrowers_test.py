"""A borrower's session: under a new key, ended from anywhere, idle for half an hour at most."""

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from evenhand.people import borrowers, carried, devices, persons, sessions
from evenhand.people.access import Page

AT = 1_774_000_000_000_000
PHONE = "Mozilla/5.0 (Linux; Android 9; MI 8) AppleWebKit/537.36 Chrome/69.0 Mobile Safari/537.36"

pytestmark = pytest.mark.django_db


@pytest.fixture
def wang() -> int:
    return persons.enrol([persons.Person("王小明", "13812341234")], at=AT)[0]


@borrowers.page
def own(request: HttpRequest) -> HttpResponse:
    return HttpResponse("own")


@borrowers.sure
def careful(request: HttpRequest) -> HttpResponse:
    return HttpResponse("careful")


def request_of(
    store: SessionStore, path: str = "/my/x/?page=2", method: str = "GET"
) -> HttpRequest:
    request = RequestFactory().generic(method, path, headers={"user-agent": PHONE})
    request.session = store
    return request


def signed_in(person: int) -> SessionStore:
    store = SessionStore()
    store.save()
    borrowers.sign_in(request_of(store), person)
    store.save()
    return store


def asked(store: SessionStore, view: Page = own) -> HttpResponse:
    """The page, asked for anew by the browser of that session."""
    return view(request_of(SessionStore(store.session_key)))


def real_time_passes(minutes: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "update people_session set seen_at = seen_at - make_interval(mins => %s),"
            " sure_at = sure_at - make_interval(mins => %s)",
            [minutes, minutes],
        )


def test_nobody_is_asked_to_sign_in_and_come_back() -> None:
    store = SessionStore()
    store.save()
    assert asked(store).headers["Location"] == "/in/?next=%2Fmy%2Fx%2F%3Fpage%3D2"


def test_the_key_of_before_signs_nobody_in(wang: int) -> None:
    store = SessionStore()
    store.save()
    before = store.session_key
    borrowers.sign_in(request_of(store), wang)
    store.save()
    assert store.session_key != before
    assert asked(SessionStore(before)).status_code == 302
    assert asked(store).content == b"own"


def test_the_session_holds_two_numbers_and_the_table_no_key(wang: int) -> None:
    store = signed_in(wang)
    assert {type(value) for value in store.load().values()} == {int}
    with connection.cursor() as cursor:
        cursor.execute("select digest, device from people_session")
        ((digest, device),) = cursor.fetchall()
    assert str(store.session_key).encode() not in bytes(digest)
    assert device == "Android · Chrome"


def test_half_an_hour_idle_ends_it(wang: int) -> None:
    store = signed_in(wang)
    real_time_passes(29)
    assert asked(store).status_code == 200
    real_time_passes(31)
    assert asked(store).status_code == 302
    assert sessions.sessions(wang) == []


def test_a_session_ended_elsewhere_is_signed_out_at_its_next_request(wang: int) -> None:
    lost, here = signed_in(wang), signed_in(wang)
    assert len(sessions.sessions(wang)) == 2
    sessions.end(wang, lost["person_session"])
    assert (asked(lost).status_code, asked(here).status_code) == (302, 200)


def test_all_others_are_ended_at_once(wang: int) -> None:
    others, here = [signed_in(wang) for _ in range(3)], signed_in(wang)
    sessions.end_others(wang, here["person_session"])
    assert [asked(each).status_code for each in others] == [302, 302, 302]
    assert asked(here).status_code == 200


def test_nobody_ends_a_session_of_somebody_else(wang: int) -> None:
    (anna,) = persons.enrol([persons.Person("Anna Lee", "13900001111")], at=AT)
    store = signed_in(wang)
    sessions.end(anna, store["person_session"])
    assert asked(store).status_code == 200


def test_another_persons_number_in_the_session_opens_nothing(wang: int) -> None:
    (anna,) = persons.enrol([persons.Person("Anna Lee", "13900001111")], at=AT)
    store = signed_in(wang)
    store["person"] = anna
    store.save()
    assert asked(store).status_code == 302


def test_signed_out_is_signed_out(wang: int) -> None:
    store = signed_in(wang)
    borrowers.sign_out(request_of(store))
    store.save()
    assert asked(store).status_code == 302 and sessions.sessions(wang) == []


def test_who_signed_in_ten_minutes_ago_is_asked_again_before_what_could_harm(wang: int) -> None:
    store = signed_in(wang)
    assert asked(store, careful).content == b"careful"
    real_time_passes(11)
    assert asked(store, careful).headers["Location"].startswith("/sure/?next=%2Fmy%2Fx%2F")
    assert asked(store).content == b"own"
    request = request_of(SessionStore(store.session_key))
    borrowers.make_sure(request)
    request.session.save()
    assert asked(store, careful).status_code == 302  # the old key is nobody's any more
    assert careful(request_of(SessionStore(request.session.session_key))).content == b"careful"


def test_a_form_leads_back_to_the_page_it_stood_on(wang: int) -> None:
    store = SessionStore()
    request = request_of(store, "/my/x/end/", "POST")
    request.META["HTTP_REFERER"] = "http://testserver/my/x/?page=2"
    assert own(request).headers["Location"] == "/in/?next=%2Fmy%2Fx%2F"
    request.META["HTTP_REFERER"] = "https://elsewhere.example/my/y/"
    assert own(request).headers["Location"] == "/in/?next=%2Fmy%2Fx%2Fend%2F"


@pytest.mark.parametrize(
    "wanted",
    ["https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example", "javascript:1"],
)
def test_nobody_is_sent_elsewhere(wanted: str) -> None:
    assert borrowers.own_path(RequestFactory().get("/"), wanted, "/my/") == "/my/"


def test_a_path_of_this_house_is_one() -> None:
    assert borrowers.own_path(RequestFactory().get("/"), "/my/pay/7/", "/my/") == "/my/pay/7/"


def test_what_is_carried_is_noise_in_the_session(wang: int) -> None:
    request = request_of(SessionStore())
    carried.carry(request, "asked_number", "13812341234")
    assert "1381234" not in str(request.session["asked_number"])
    assert carried.carried(request, "asked_number") == "13812341234"
    request.session["proved_number"] = request.session["asked_number"]
    assert carried.carried(request, "proved_number") == ""
    carried.drop(request, "asked_number", "never_there")
    assert carried.carried(request, "asked_number") == ""


def test_what_was_carried_too_long_is_gone(wang: int) -> None:
    request = request_of(SessionStore())
    carried.carry(request, "asked_number", "13812341234")
    kept = carried.sealer()
    plain = kept.decrypt(request.session["asked_number"])
    begun = kept.extract_timestamp(request.session["asked_number"]) - carried.SECONDS - 1
    request.session["asked_number"] = kept.encrypt_at_time(plain, begun).decode()
    assert carried.carried(request, "asked_number") == ""


@pytest.mark.parametrize(
    ("said", "device"),
    [
        (PHONE, "Android · Chrome"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0) MicroMessenger/8.0 Safari", "iPhone · WeChat"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/120 Safari/537 Edg/120", "Windows · Edge"),
        ("<script>", "?"),
    ],
)
def test_a_device_is_two_words(said: str, device: str) -> None:
    assert devices.device_of(said) == device
