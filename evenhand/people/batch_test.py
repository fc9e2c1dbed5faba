"""A batch finds the same whether it is of none, of one or of many."""

from typing import Any

import pytest

from evenhand.people import batch, persons, points, queries

AT = 1_774_000_000_000_000


@pytest.mark.django_db
def test_one_alone_is_found_as_among_many() -> None:
    three = [persons.Person(f"王{n}", f"1381234123{n}") for n in range(3)]
    numbers = persons.enrol(three, at=AT)
    points.hide_only(numbers[1], [point.point for point in persons.points([numbers[1]])])
    asked: tuple[tuple[str, tuple[Any, ...], int], ...] = (
        (queries.PERSONS, (), 3),
        (queries.KEYS, (), 3),
        (queries.HIDDEN, (), 1),
        (queries.MARKS, (), 1),
        (queries.POINTS, (["phone"],), 3),
        (queries.ITEMS_OF_PERSONS, (["name", "phone"],), 6),
    )
    for sql, more, many in asked:
        together = batch.rows(sql, numbers, *more)
        apart = [row for one in numbers for row in batch.rows(sql, [one], *more)]
        assert len(together) == many
        assert sorted(together) == sorted(apart)


@pytest.mark.django_db
def test_for_none_nothing_is_asked(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert batch.rows(queries.PERSONS, []) == []


def test_the_queries_of_batches_name_the_batch_once() -> None:
    for sql in (queries.ITEMS_BY_ID, queries.MARKS_BY_ITEM, queries.POINTS, queries.HIDDEN):
        assert sql.count(batch.MANY) == 1
