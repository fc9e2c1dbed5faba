"""Which provider of the lender's signature the settings name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from django.conf import settings

from evenhand.providers.signing.key import Key
from evenhand.providers.signing.signer import Provider
from evenhand.providers.signing.simulator import Simulator

_MAKERS: Mapping[str, Callable[..., Provider]] = {"simulator": Simulator, "key": Key}


def provider() -> Provider:
    """The provider that `settings.SIGNING` names; its key is read once a process."""
    return _kept(tuple(sorted(settings.SIGNING.items())))


def made(chosen: Mapping[str, Any]) -> Provider:
    """The provider of that name (`provider`), made with the other keys as arguments.

    Raises KeyError for a name that is not there, TypeError, ValueError or OSError where it is not
    given what it needs: a house with a misspelt setting signs nothing.
    """
    options = {key: value for key, value in chosen.items() if key != "provider"}
    return _MAKERS[chosen["provider"]](**options)


@lru_cache(2)
def _kept(chosen: tuple[tuple[str, Any], ...]) -> Provider:
    return made(dict(chosen))
