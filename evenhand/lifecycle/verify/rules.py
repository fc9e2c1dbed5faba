"""The numbers of this stage: when reports are many, and how much one network may ask."""

import tomllib
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest

from evenhand.people import throttle


@cache
def _read() -> dict[str, dict[str, int]]:
    return tomllib.loads(Path(__file__).with_name("rules.toml").read_text("utf-8"))


def number(table: str, key: str) -> int:
    """One of the numbers in rules.toml."""
    return _read()[table][key]


def may_ask(request: HttpRequest, what: str, code: str = "") -> bool:
    """May this network ask (about this code) once more? It is counted where it may.

    `what` is network, not_me or report. Nothing is kept but keyed digests, a quarter of an hour.
    """
    address = throttle.address_of(request.META, behind_proxy=settings.EVENHAND_PROXY)
    asked = {f"verify {what}": (address, number("most", what))}
    if code:
        asked["verify code"] = (code, number("most", "code"))
    if not all(throttle.is_below(name, key, most) for name, (key, most) in asked.items()):
        return False
    for name, (key, _most) in asked.items():
        throttle.count(name, key)
    return True
