"""Which bank the settings name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings

from evenhand.providers.bank.message import Bank
from evenhand.providers.bank.simulator import Simulator
from evenhand.providers.bank.unionpay import UnionPay

_MAKERS: Mapping[str, Callable[..., Bank]] = {"simulator": Simulator, "unionpay": UnionPay}


def bank() -> Bank:
    """The bank that `settings.BANK` names."""
    return made(settings.BANK)


def made(chosen: Mapping[str, Any]) -> Bank:
    """The bank of that name (`provider`), made with the other keys as arguments.

    Raises KeyError for a name that is not there, TypeError or ValueError where it is not given what
    it needs: a house with a misspelt setting moves no money.
    """
    options = {key: value for key, value in chosen.items() if key != "provider"}
    return _MAKERS[chosen["provider"]](**options)
