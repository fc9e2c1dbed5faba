"""Authorities' lines: dated, cited, in three languages, only of the packs in force."""

from evenhand.law.routes import LANGUAGES, routes


def test_the_mainlands_lines_are_numbers_with_names_and_sources() -> None:
    found = routes(["cn", "policy"])
    assert [route.number for route in found] == ["12378", "12363"]
    assert all(set(route.name) == set(LANGUAGES) for route in found)
    assert all(route.url.startswith("http") and route.read for route in found)


def test_no_other_packs_borrower_is_sent_there() -> None:
    assert routes(["policy"]) == []
