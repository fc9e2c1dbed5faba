"""Which provider of text messages the settings name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings

from evenhand.providers.sms.kannel import Kannel
from evenhand.providers.sms.message import Provider
from evenhand.providers.sms.simulator import Simulator

_MAKERS: Mapping[str, Callable[..., Provider]] = {"simulator": Simulator, "kannel": Kannel}


def provider() -> Provider:
    """The provider that `settings.SMS` names."""
    return made(settings.SMS)


def made(chosen: Mapping[str, Any]) -> Provider:
    """The provider of that name (`provider`), made with the other keys as arguments.

    Raises KeyError for a name that is not there, TypeError or ValueError where it is not given what
    it needs: a house with a misspelt setting sends nothing.
    """
    options = {key: value for key, value in chosen.items() if key != "provider"}
    return _MAKERS[chosen["provider"]](**options)
