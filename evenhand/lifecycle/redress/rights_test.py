"""What may happen and what may not, as anybody reads it: from the packs, in three languages."""

import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation

from evenhand.law import loader, rulebook, told
from evenhand.law.change_test import with_value
from evenhand.law.loader import Pack
from evenhand.lifecycle.redress import rights
from evenhand.outbound.contact.made_up import moment
from evenhand.web import rules

pytestmark = pytest.mark.django_db
LANGUAGES = {"zh-hant": "zh-Hant", "zh-hans": "zh-Hans", "en": "en"}
TODAY = date(2026, 11, 24)
LAWS = [name for name in loader.names() if name != "policy"]


@pytest.fixture(autouse=True)
def _today(move_clock: Any) -> None:
    move_clock(moment(TODAY, 12))


def seen(client: Client, where: str = "/rights/", language: str = "en") -> str:
    client.cookies["django_language"] = language
    answer = client.get(where)
    assert answer.status_code == 200
    return unescape(re.sub(r"\s+", " ", answer.text))


def in_force(day: date) -> Iterator[tuple[Pack, Any, Any]]:
    for name in ("cn", "policy"):
        pack = loader.load(name)
        for rule in pack.rules:
            if value := rule.on(day):
                yield pack, rule, value


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_in_force_is_told_with_its_article_and_link(
    client: Client, language: str
) -> None:
    text = seen(client, language=language)
    for _pack, rule, value in in_force(TODAY):
        if rule.id in told.not_told():
            continue
        assert f'id="{rule.id}"' in text
        assert told.sentence(rule, value, LANGUAGES[language]) in text
        for ref in value.refs:
            with translation.override(language):
                cite = rules.cite(ref.cite)
            linked = f'<a href="{ref.url}" rel="noreferrer"><cite>{cite}</cite></a>'
            assert ref.read == "house" or linked in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_changed_in_the_pack_is_changed_on_the_page(language: str) -> None:
    def page(pack: Pack) -> str:
        told_of = rights.shown([pack, loader.load("policy")], TODAY)
        return render_to_string("redress/rights.html", told_of)

    cn = loader.load("cn")
    more = with_value(cn, "cn.freq.dial", max=23)
    (rule,) = (rule for rule in more.rules if rule.id == "cn.freq.dial")
    now = told.sentence(rule, rule.values[-1], LANGUAGES[language])
    with translation.override(language):
        assert "23" in now and now not in page(cn) and now in page(more)


def test_it_says_the_hours_that_are_left_and_that_nobody_else_is_told(client: Client) -> None:
    text = seen(client)
    assert "<dd>every day, 08:00 to 21:00</dd>" in text
    assert "<dd>every day, 09:00 to 19:00</dd><dd>not on public holidays</dd>" in text
    assert "<dd>every day, at any hour</dd>" in text
    assert "<strong>Nobody else.</strong>" in text


def test_it_says_what_nobody_may_do_and_where_to_complain(client: Client) -> None:
    text = seen(client)
    assert "Shame you in public, or expose what is private</p>" in text
    assert "12378" in text and "12363" in text and "/complain/" in text


def test_it_is_open_to_all_without_a_script_and_printable(client: Client) -> None:
    text = seen(client)
    assert "<script>" not in text and 'style="' not in text
    assert '<a href="/rights/">' in seen(client, "/")


@pytest.mark.parametrize("name", LAWS)
def test_another_law_has_the_same_page(client: Client, name: str) -> None:
    text = seen(client, f"/rights/{name}/")
    packs = rulebook.instead(loader.load(name), ("cn", "policy"))
    shown = told.told(packs, TODAY).sections
    assert all(f'id="{one.rule}"' in text for said in shown.values() for one in said)
    assert ("This house does not work under this law." in text) == (name != "cn")


def test_a_heading_with_nothing_under_it_is_left_out(client: Client) -> None:
    text = seen(client, "/rights/ie/")
    assert 'href="#record"' not in text and 'id="record"' not in text
    assert 'id="complain"' in text and 'id="record"' in seen(client)


@pytest.mark.parametrize("name", ["policy", "atlantis"])
def test_there_is_no_page_of_no_law(client: Client, name: str) -> None:
    assert client.get(f"/rights/{name}/").status_code == 404
