"""Pages speak three languages, all of them all the time."""

import io

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from tidy import languages
from tidy.house import HOUSE, Source, none, python, sources

PAGES = sources(".html")


def catalogues() -> dict[str, Catalog]:
    found = {}
    for locale in languages.LOCALES:
        path = HOUSE / f"web/locale/{locale}/LC_MESSAGES/django.po"
        with path.open("rb") as file:
            found[locale] = read_po(file, locale=locale)
    return found


def held(text: str) -> dict[str, Catalog]:
    return {"zh_Hant": read_po(io.BytesIO(text.encode()), locale="zh_Hant")}


def page(text: str) -> Source:
    return Source("a.html", text)


def test_every_text_is_translated() -> None:
    marked = [m for one in PAGES for m in languages.in_template(one)]
    marked += [m for one in python() if not one.is_test for m in languages.in_python(one)]
    none(languages.untranslated(dict.fromkeys(marked), catalogues()))


def test_no_word_stands_outside_a_translation() -> None:
    none([line for one in PAGES for line in languages.bare_words(one)])


def test_no_chinese_in_the_code_of_pages() -> None:
    none([line for one in python() for line in languages.chinese_in_python(one)])


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ('{% load i18n %}{% translate "The book" %}', "The book"),
        ("{% load i18n %}{% trans 'It''s' %}", "It"),
        ("{% load i18n %}{% blocktranslate %}To {{ on }}{% endblocktranslate %}", "To %(on)s"),
        ('{% load i18n %}{% include "x" with title=_("Paid") %}', "Paid"),
        ('{% load i18n %}{% translate "Day" context "calendar" %}', "Day"),
    ],
)
def test_what_a_template_marks(text: str, marked: str) -> None:
    assert [m.text for m in languages.in_template(page(text))] == [marked]


def test_a_plural_is_one_message() -> None:
    text = (
        "{% load i18n %}{% blocktranslate count n=n %}one"
        "{% plural %}{{ n }} more{% endblocktranslate %}"
    )
    (found,) = languages.in_template(page(text))
    assert (found.text, found.plural) == ("one", "%(n)s more")


@pytest.mark.parametrize(
    "code",
    [
        "from django.utils.translation import gettext as _\n_('Paid')",
        "from django.utils.translation import gettext_lazy\ngettext_lazy('Paid')",
        "from django.utils.translation import gettext_noop as _\nX = {'a': _('Paid')}",
        "from django.utils import translation\ntranslation.pgettext('loan', 'Paid')",
    ],
)
def test_what_python_marks(code: str) -> None:
    (found,) = languages.in_python(Source("x.py", code))
    assert found.text == "Paid"


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
    text = languages.Message("a.html", "Paid %(n)s")
    found = languages.untranslated([text], held(entry))
    assert found and wrong in found[0]


def test_a_good_translation() -> None:
    text = languages.Message("a.html", "Paid %(n)s")
    good = held('msgid "Paid %(n)s"\nmsgstr "已付 %(n)s"\n')
    assert languages.untranslated([text], good) == []


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
