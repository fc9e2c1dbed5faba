"""Every room says what it is, and its tests lie beside it."""

import pytest

from tidy import rooms
from tidy.house import CHECKOUT, Source, none, python


def test_every_room_has_its_readme() -> None:
    found = []
    for room in rooms.rooms():
        path = CHECKOUT / room / "README.md"
        found += rooms.readme(room, path.read_text() if path.exists() else None)
    none(found)


def test_modules_of_the_strict_rooms_have_tests_beside_them() -> None:
    every = python()
    none(rooms.missing_twins(every, {one.path for one in every}))


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "Sums and rules.\n\nHere.\n\nThere.\n",
        "# core\n",
        "# Arithmetic\n\nSums.\n",
        "# Arithmetic\n" + "\nMore.\n" * 20,
    ],
)
def test_a_poor_readme_is_seen(text: str | None) -> None:
    assert rooms.readme("evenhand/core", text)


def test_a_good_readme() -> None:
    assert rooms.readme("evenhand/core", "# Arithmetic\n\nSums.\n\nMay not: read files.\n") == []


def test_a_large_module_without_a_test_is_seen() -> None:
    large = Source("evenhand/core/sum.py", "def f():\n" + "    x = 1\n" * 70)
    assert rooms.missing_twins([large], {"evenhand/core/sum.py"})
    assert rooms.missing_twins([large], {"evenhand/core/sum_test.py"}) == []


def test_small_modules_tables_and_other_rooms_owe_none() -> None:
    assert not rooms.owes_twin(Source("evenhand/core/sum.py", "def f():\n    x = 1\n"))
    assert not rooms.owes_twin(Source("evenhand/core/names.py", "x = 1\n" * 70))
    assert not rooms.owes_twin(Source("evenhand/web/a.py", "def f():\n" + "    x = 1\n" * 70))
