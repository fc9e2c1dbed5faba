"""Zone columns beside the zone database itself."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.core.gate_columns import NEVER_SECOND
from evenhand.core.gate_time import local_days
from evenhand.law import zones

NAMES = (
    "Asia/Shanghai",
    "America/New_York",
    "Africa/Casablanca",
    "Australia/Lord_Howe",
    "Pacific/Apia",
)
MOMENTS = st.integers(int(zones.FIRST.timestamp()), int(zones.LAST.timestamp()) - 1)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(NAMES), MOMENTS), min_size=1, max_size=20))
def test_local_days_are_those_of_the_zone_database(asked: list[tuple[str, int]]) -> None:
    table = zones.table(NAMES)
    codes = zones.codes(table, [[name] for name, _ in asked])
    found = local_days(table, codes, np.array([at for _, at in asked]))[:, 0]
    first = date(1970, 1, 1)
    wanted = [
        (datetime.fromtimestamp(at, ZoneInfo(name)).date() - first).days for name, at in asked
    ]
    assert found.tolist() == wanted


def test_the_clocks_change_in_the_very_second() -> None:
    table = zones.table(["Europe/Berlin"])
    change = int(datetime(2026, 3, 29, 1, tzinfo=UTC).timestamp())
    entry = int(np.flatnonzero(table.until == change)[0])
    assert table.offset[entry : entry + 2].tolist() == [3600, 7200]
    assert table.until[-1] == NEVER_SECOND


def test_a_zone_is_its_place_among_the_sorted_names() -> None:
    table = zones.table(["Europe/Berlin", "Asia/Shanghai", "Europe/Berlin"])
    assert table.names == ("Asia/Shanghai", "Europe/Berlin")
    people = [["Europe/Berlin"], [], ["Asia/Shanghai", "Europe/Berlin"]]
    assert zones.codes(table, people).tolist() == [[1, -2], [-2, -2], [0, 1]]


def test_no_zone_at_all_still_makes_columns() -> None:
    assert zones.codes(zones.table([]), [[], []]).tolist() == [[-2], [-2]]


@pytest.mark.parametrize("name", ["Asia/Atlantis", "", "../etc/passwd", "Asia", "x" * 300])
def test_a_name_there_is_no_zone_of_is_refused(name: str) -> None:
    with pytest.raises(zones.UnknownZoneError):
        zones.table([name])


def test_midnight_is_the_zones_own() -> None:
    day = date(2026, 1, 30)
    assert zones.midnight("Asia/Shanghai", day) == int(
        (datetime(2026, 1, 30, tzinfo=UTC) - timedelta(hours=8)).timestamp()
    )
