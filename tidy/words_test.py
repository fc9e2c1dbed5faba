"""One concept, one word, in code and on pages."""

import pytest
from babel.messages.pofile import read_po

from evenhand.web import catalogue
from tidy import words
from tidy.house import HOUSE, Source, none, python, sources


def test_names_use_the_houses_words() -> None:
    code = [line for one in python() for line in words.in_names(one) + words.in_sql_strings(one)]
    none(code + [line for one in sources(".sql") for line in words.in_sql(one)])


def test_pages_use_the_houses_words() -> None:
    said = [(where, str(message[0])) for message, where in catalogue.messages().items()]
    none(line for where, text in said for line in words.in_page_words(where, text))


def test_translations_use_the_houses_words() -> None:
    found = []
    for path in sorted(HOUSE.rglob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file):
                found += words.in_page_words(path.parent.parent.name, str(message.string))
    none(found)


@pytest.mark.parametrize(
    "seed",
    [
        "dpd = 3",
        "def delinquent_loans(): pass",
        "class Customer: pass",
        "def f(installments): pass",
    ],
)
def test_a_banished_name_is_seen(seed: str) -> None:
    assert words.in_names(Source("evenhand/x.py", seed))


def test_a_banished_column_is_seen() -> None:
    assert words.in_sql(Source("a.sql", "create table x (dpd int)"))
    assert words.in_sql(Source("a.sql", "-- dpd\ncreate table x (past_due_days int)")) == []
    assert words.in_sql_strings(Source("evenhand/x.py", "sql = 'select dpd from x'"))


def test_a_banished_word_on_a_page_is_seen() -> None:
    assert words.in_page_words("a.html", "Your installment")
    assert words.in_page_words("zh_Hans", "滞纳金")
    assert words.in_page_words("zh_Hans", "罚息") == []


def test_words_of_the_law_stay_as_they_stand() -> None:
    assert words.in_names(Source("evenhand/x.py", "debtor_agreed = 1")) == []
