"""Up to which sum a role may approve what another proposed, from `limits.toml`."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

_FILE: Final = Path(__file__).parent / "limits.toml"


class Waiver(NamedTuple):
    """What a role may approve of one loan `within_days`, in minor units."""

    approves_minor: Mapping[str, int]
    within_days: int

    def of(self, role: str) -> int:
        """What a role may approve; 0 for a role that may not."""
        return self.approves_minor.get(role, 0)


@cache
def waiver() -> Waiver:
    """The limits of waivers as they are written."""
    read = _read()["waiver"]
    return Waiver(read["approves_minor"], read["within_days"])


def write_off(role: str) -> int:
    """Up to which claim a role may approve a write-off; 0 for a role that may not."""
    return int(_read()["write_off"]["approves_minor"].get(role, 0))


@cache
def _read() -> Mapping[str, Any]:
    return tomllib.loads(_FILE.read_text("utf-8"))
