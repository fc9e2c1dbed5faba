"""Points against a card read by hand."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from evenhand.core.score import NO_EDGE, Card, score

attribute = st.tuples(
    st.lists(st.integers(0, 60), min_size=1, max_size=3, unique=True).map(sorted),
    st.lists(st.integers(0, 50), min_size=4, max_size=4),
)


def card_of(base: int, read: list[tuple[list[int], list[int]]]) -> Card:
    edges = [[*edges, *[NO_EDGE] * (3 - len(edges))] for edges, _ in read]
    points = [
        [*points[: len(edges) + 1], *[points[len(edges)]] * (3 - len(edges))]
        for edges, points in read
    ]
    return Card(base, np.array(edges), np.array(points))


@given(st.lists(attribute, min_size=1, max_size=6), st.data())
def test_points_add_up_as_on_paper(
    read: list[tuple[list[int], list[int]]], data: st.DataObject
) -> None:
    values = data.draw(st.lists(st.integers(-5, 70), min_size=len(read), max_size=len(read)))
    scored = score(np.array([values]), card_of(500, read))
    total, lost = 500, []
    for value, (edges, points) in zip(values, read, strict=True):
        place = len([edge for edge in edges if value >= edge])
        total += points[place]
        lost.append(max(points[: len(edges) + 1]) - points[place])
    assert scored.points.tolist() == [total]
    assert scored.lost.tolist() == [lost]
    dearest = sorted((place for place, cost in enumerate(lost) if cost), key=lambda n: -lost[n])
    assert [n for n in scored.reasons[0].tolist() if n >= 0] == dearest[:4]


def test_reasons_name_the_dearest_first_and_no_more_than_there_are() -> None:
    card = Card(0, np.array([[1], [1], [1]]), np.array([[0, 10], [0, 30], [5, 5]]))
    assert score(np.array([[0, 0, 0]]), card).reasons.tolist() == [[1, 0, -1, -1]]
    assert score(np.array([[1, 1, 1]]), card).reasons.tolist() == [[-1, -1, -1, -1]]
