"""Which provider of text messages the settings name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.conf import settings

from evenhand.providers.sms.kannel import Kannel
from evenhand.providers.sms.message import Provider
from evenhand.providers.sms.simulator import Simulator

_MAKERS: Mapping[str, Callable[..., Provider]] = {"simulator": Simulator, "kannel": Kannel}


def provider() -> Provider:
    """The provider in `settings.SMS`: its `provider`, made with the other keys as arguments.

    Without that setting the simulator. Raises KeyError for a name that is not there, so that a
    house with a misspelt setting sends nothing.
    """
    chosen = dict(getattr(settings, "SMS", {"provider": "simulator"}))
    return _MAKERS[chosen.pop("provider")](**chosen)
