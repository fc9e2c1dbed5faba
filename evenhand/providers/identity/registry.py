"""Which provider of identity the settings name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings

from evenhand.providers.identity.message import Provider
from evenhand.providers.identity.simulator import Simulator
from evenhand.providers.identity.tencent import Tencent

_MAKERS: Mapping[str, Callable[..., Provider]] = {"simulator": Simulator, "tencent": Tencent}


def provider() -> Provider:
    """The provider that `settings.IDENTITY` names."""
    return made(settings.IDENTITY)


def made(chosen: Mapping[str, Any]) -> Provider:
    """The provider of that name (`provider`), made with the other keys as arguments.

    Raises KeyError for a name that is not there, TypeError or ValueError where it is not given what
    it needs: a house with a misspelt setting asks nobody.
    """
    options = {key: value for key, value in chosen.items() if key != "provider"}
    return _MAKERS[chosen["provider"]](**options)
