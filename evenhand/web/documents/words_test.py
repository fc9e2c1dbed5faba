"""What a page says and what its paper says are one wording."""

import pytest
from django.utils.translation import override

from evenhand.web.documents.words import words
from evenhand.web.words import word
from evenhand.web.words_statement import STATEMENT

TABLES = {"statement": "what", "closing": "figure"}
"""The families of a page's words, and the table of the document's."""


@pytest.mark.parametrize("lang", ["zh-hant", "zh-hans", "en"])
def test_a_statement_says_the_same_on_paper(lang: str) -> None:
    document = words(lang)["statement"]
    with override(lang):
        for family, table in TABLES.items():
            said = {code: word(family, code) for code in STATEMENT[family]}
            assert document[table] == said
