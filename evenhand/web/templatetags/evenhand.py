"""Tags for money, days, moments, words and links that keep the query."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import template
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString

from evenhand.web import figures, reliefs, rules, shown, terms, words

register = template.Library()


@register.simple_tag
def money(minor: int, currency: str) -> SafeString:
    """An amount with its currency, never broken over two lines."""
    return format_html(
        '<span class="money"><abbr class="currency">{}</abbr>\u00a0{}</span>',
        currency,
        shown.amount(minor, currency),
    )


@register.filter
def day(value: object) -> SafeString | str:
    """A day for people and machines; a dash where there is none."""
    found = shown.as_date(value)
    if found is None:
        return shown.NONE
    return format_html('<time datetime="{}">{}</time>', found.isoformat(), shown.day_text(found))


@register.filter
def moment(value: int) -> SafeString | str:
    """A moment (microseconds UTC) on the lender's wall clock; a dash for 0."""
    if not value:
        return shown.NONE
    local = shown.at_house(value)
    return format_html(
        '<time datetime="{}">{}</time>',
        local.isoformat(timespec="minutes"),
        shown.moment_text(value),
    )


@register.filter
def iso(value: object) -> str:
    """A day as 2026-09-30, for form fields and links."""
    found = shown.as_date(value)
    return found.isoformat() if isinstance(found, date) else ""


@register.filter
def percent(ppm: int) -> str:
    """Parts per million as a percentage."""
    return shown.percent(ppm)


@register.filter
def hundredths(number: int) -> str:
    """A yearly cost in hundredths of a per cent, always with both digits."""
    return shown.hundredths(number)


@register.filter
def span(count: int, of: Mapping[str, Any]) -> str:
    """How long a loan of so many instalments of these terms is."""
    return terms.span(count, of)


@register.filter
def any_day(of: Mapping[str, Any]) -> list[str]:
    """What terms say of repaying on any day; nothing where they do not let one."""
    return terms.any_day(of)


@register.filter
def figure(name: str) -> str:
    """What a figure of a loan is called; empty for none."""
    return figures.heading(name)


@register.filter
def word(code: str, family: str) -> str:
    """What a code is called in the reader's language."""
    return words.word(family, code)


@register.filter
def change_said(body: Mapping[str, Any]) -> str:
    """What a change of a loan's terms does, in one short phrase."""
    return reliefs.change_said(body)


@register.filter
def rule_title(rule: str) -> str:
    """What a rule of the law is called in the reader's language."""
    return rules.title(rule)


@register.filter
def cited(cites: Sequence[str], rule: str) -> str:
    """Where a rule stands; the house's own by its name in the reader's language."""
    if cites and rule.startswith("policy."):
        return str(words.word("instrument", "house_policy"))
    return " · ".join(map(rules.cite, cites))


@register.filter
def cite_said(text: str) -> str:
    """A citation as the reader's language writes it."""
    return rules.cite(text)


@register.filter
def rule_says(rule: str, on: date) -> str:
    """What a rule of the law says on a day, in the reader's language."""
    return rules.says(rule, on)


@register.filter
def in_tongue(texts: Mapping[str, str]) -> str:
    """Of a pack's text in three languages, the reader's."""
    return texts.get(rules.tag(), "")


@register.filter
def pack_title(pack: str) -> str:
    """What a pack of law is called in the reader's language."""
    return rules.pack_title(pack)


@register.filter
def count(number: int) -> str:
    """A count with thousands marked."""
    return f"{int(number):,}"


@register.simple_tag(takes_context=True)
def with_query(context: template.Context, **changes: object) -> str:
    """The page's own query with some values changed; an empty value takes one out."""
    query: QueryDict = context["request"].GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value not in ("", None):
            query[name] = str(value)
    return "?" + query.urlencode()
