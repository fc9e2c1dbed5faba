"""Rules of the law as people read them."""

import pytest
from django.utils import translation

from evenhand.web import rules


@pytest.mark.parametrize(
    ("lang", "text", "said"),
    [
        ("zh-hant", "民法典 art. 188, 192, 195", "民法典 第 188、192、195 條"),
        ("zh-hans", "CBA 2026 ch. 3", "CBA 2026 第 3 章"),
        ("zh-hans", "art. 687", "第 687 条"),
        ("zh-hant", "1006.14(b)(2)", "1006.14(b)(2)"),
        ("zh-hant", "art. 62(2)(f)", "art. 62(2)(f)"),
        ("en", "民法典 art. 1033", "民法典 art. 1033"),
    ],
)
def test_a_citation_is_written_as_the_reader_writes_it(lang: str, text: str, said: str) -> None:
    with translation.override(lang):
        assert rules.cite(text) == said
