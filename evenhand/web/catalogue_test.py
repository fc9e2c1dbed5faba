"""The catalogues hold every message of the house, and say it in the words of the glossary."""

import re

import pytest

from evenhand.web import catalogue

# Of the two scripts, a character that only the other one writes.
ONLY_HANT = "貸發還開關應對劃與計數錄務員無規語據營業審監職責權聯繫戶籤條約滿點擊"
ONLY_HANS = "贷发还开关应对划与计数录务员无规语据营业审监职责权联系户签条约满点击"


@pytest.mark.parametrize("locale", catalogue.LOCALES)
def test_everything_is_translated(locale: str) -> None:
    assert catalogue.untranslated(locale) == []


@pytest.mark.parametrize("locale", catalogue.LOCALES)
def test_a_catalogue_holds_nothing_that_nobody_says(locale: str) -> None:
    said = {(message, context) for message, context in catalogue.messages()}
    kept = {(entry.id, entry.context) for entry in catalogue.catalogue(locale) if entry.id}
    assert kept == said


@pytest.mark.parametrize("locale", catalogue.LOCALES)
def test_places_for_figures_are_kept(locale: str) -> None:
    for entry in catalogue.catalogue(locale):
        if isinstance(entry.id, str) and entry.id:
            assert _places(str(entry.string)) == _places(entry.id), entry.id


def test_each_script_is_written_in_its_own_characters() -> None:
    hant, hans = set(ONLY_HANT) - set(ONLY_HANS), set(ONLY_HANS) - set(ONLY_HANT)
    assert not hans & set(_text("zh_Hant"))
    assert not hant & set(_text("zh_Hans"))


def test_the_trades_words_are_used() -> None:
    hant, hans = _known("zh_Hant"), _known("zh_Hans")
    assert (hans["Past due"], hant["Past due"]) == ("逾期", "逾期")
    assert (hans["Late interest"], hant["Late interest"]) == ("罚息", "罰息")
    assert (hans["End of day"], hant["End of day"]) == ("日终", "日終")
    assert (hans["Due notice"], hans["Reminder"]) == ("到期提醒", "逾期提醒")


def _known(locale: str) -> dict[str, str]:
    return {str(entry.id): str(entry.string) for entry in catalogue.catalogue(locale)}


def _text(locale: str) -> str:
    return "".join(str(entry.string) for entry in catalogue.catalogue(locale))


def _places(text: str) -> set[str]:
    return set(re.findall(r"%\(\w+\)s", text))
