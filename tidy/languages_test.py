"""Pages speak three languages, all of them all the time."""

import io
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from evenhand.web import catalogue
from tidy import languages
from tidy.house import Source, none, python, sources

PAGES = sources(".html")
PAID: dict[catalogue.Message, str] = {("Paid %(n)s", None): "a.html"}


def held(text: str) -> dict[str, Catalog]:
    return {"zh_Hant": read_po(io.BytesIO(text.encode()), locale="zh_Hant")}


def page(text: str) -> Source:
    return Source("a.html", text)


def test_every_text_is_translated() -> None:
    catalogues = {locale: catalogue.catalogue(locale) for locale in catalogue.LOCALES}
    none(languages.untranslated(catalogue.messages(), catalogues))


def test_no_word_stands_outside_a_translation() -> None:
    none([line for one in PAGES for line in languages.bare_words(one)])


def test_no_chinese_in_the_code_of_pages() -> None:
    none([line for one in python() for line in languages.chinese_in_python(one)])


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("templates/a.html", '{% load i18n %}{% translate "Paid" %}'),
        ("templates/a.html", "{% load i18n %}{% blocktranslate %}Paid{% endblocktranslate %}"),
        ("templates/a.html", '{% load i18n %}{% include "x" with title=_("Paid") %}'),
        ("templates/a.html", '{% load i18n %}{% translate "Paid" context "loan" %}'),
        ("a.py", "from django.utils.translation import gettext as _\n_('Paid')"),
        ("a.py", "from django.utils import translation\ntranslation.pgettext('loan', 'Paid')"),
    ],
)
def test_every_way_to_mark_a_text_is_found(name: str, text: str, tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / name).write_text(text)
    ((said, context),) = catalogue.messages(tmp_path)
    assert said == "Paid"
    assert context in (None, "loan")
    assert languages.untranslated({(said, context): name}, held("")) != []


@pytest.mark.parametrize(
    ("entry", "wrong"),
    [
        ("", "is not in"),
        ('msgid "Paid %(n)s"\nmsgstr ""\n', "is empty"),
        ('#, fuzzy\nmsgid "Paid %(n)s"\nmsgstr "已付 %(n)s"\n', "is a guess"),
        ('msgid "Paid %(n)s"\nmsgstr "已付 %(m)s"\n', "names a place"),
        ('msgid "Paid %(n)s"\nmsgstr "已付"\n', "leaves a place out"),
    ],
)
def test_a_missing_translation_is_seen(entry: str, wrong: str) -> None:
    found = languages.untranslated(PAID, held(entry))
    assert found and wrong in found[0]


def test_a_good_translation() -> None:
    good = held('msgid "Paid %(n)s"\nmsgstr "已付 %(n)s"\n')
    assert languages.untranslated(PAID, good) == []


@pytest.mark.parametrize(
    "seed",
    [
        "<p>Paid</p>",
        "<p>逾期</p>",
        "{% if x %}<b>late</b>{% endif %}",
        '<img alt="A chart">',
        '<input placeholder="Search">',
        '<a aria-label="下一页">›</a>',
    ],
)
def test_a_bare_word_is_seen(seed: str) -> None:
    assert languages.bare_words(page(seed))


@pytest.mark.parametrize(
    "fine",
    [
        '<p class="quiet">{{ amount }} · {% translate "Paid" %}</p>',
        "<title>{% block title %}{% endblock %} · Evenhand 持平</title>",
        "{% blocktranslate %}As of {{ on }}{% endblocktranslate %}",
        "{# a comment #}<!-- another -->",
        "<code>{{ hash }}</code><script src='x.js'></script>",
        "<style>p { color: red }</style>",
        "{% comment %}words{% endcomment %}",
    ],
)
def test_what_needs_no_translation(fine: str) -> None:
    assert languages.bare_words(page(fine)) == []


def test_chinese_in_code_is_seen() -> None:
    seed = "x = '逾期'"
    assert languages.chinese_in_python(Source("evenhand/console/x.py", seed))
    assert languages.chinese_in_python(Source("evenhand/law/x.py", seed)) == []
    assert languages.chinese_in_python(Source("evenhand/console/x.py", '"""逾期"""')) == []


def test_a_colon_after_translated_words_is_translated_too() -> None:
    none([line for one in PAGES for line in languages.bare_colons(one)])


@pytest.mark.parametrize("seed", ['{% translate "Left" %}: 3', "{{ one.day|day }}: {{ x }}"])
def test_a_colon_of_english_is_seen(seed: str) -> None:
    assert languages.bare_colons(page(seed))


def test_a_colon_within_what_is_translated_is_its_own() -> None:
    fine = "{% blocktranslate with day=one|day %}From {{ day }}: x{% endblocktranslate %}"
    assert languages.bare_colons(page(fine)) == []
