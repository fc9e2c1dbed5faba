"""What is shown as a figure is read as the same amount."""

from hypothesis import given
from hypothesis import strategies as st

from evenhand.web.amounts import figure, minor_of
from evenhand.web.shown import amount


@given(st.integers(0, 10**11), st.sampled_from(["CNY", "JPY", "USD"]))
def test_a_figure_and_a_shown_amount_read_back(minor: int, currency: str) -> None:
    assert minor_of(figure(minor, currency), currency) == minor
    assert minor_of(amount(minor, currency), currency) == minor


@given(st.text(max_size=12))
def test_whatever_is_typed_is_an_amount_or_none(text: str) -> None:
    read = minor_of(text, "CNY")
    assert read is None or read >= 0
