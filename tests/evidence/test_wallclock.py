from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.archive.wallclock import WallClock

_ZONES = st.sampled_from(
    ["Asia/Shanghai", "Europe/Berlin", "America/Sao_Paulo", "Africa/Casablanca", "Asia/Kathmandu"]
)
_MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2100, 12, 31))


@given(_ZONES, st.lists(_MOMENTS, max_size=8))
def test_seconds_are_those_of_the_calendar(zone: str, moments: list[datetime]) -> None:
    clock = WallClock(ZoneInfo(zone))
    for moment in moments:
        exact = int(moment.replace(microsecond=0, fold=0, tzinfo=ZoneInfo(zone)).timestamp())
        assert clock.seconds(moment.isoformat(timespec="seconds")) == exact


@pytest.mark.parametrize("hour", range(24))
@pytest.mark.parametrize("day", ["2021-03-28", "2021-10-31", "2018-11-04"])
@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/Sao_Paulo"])
def test_the_days_on_which_clocks_change(zone: str, day: str, hour: int) -> None:
    wall = f"{day}T{hour:02}:30:15"
    exact = datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo(zone)).timestamp()
    assert WallClock(ZoneInfo(zone)).seconds(wall) == int(exact)


def test_a_day_alone_is_its_first_second() -> None:
    clock = WallClock(ZoneInfo("Asia/Shanghai"))
    assert clock.seconds("2021-03-04") == clock.seconds("2021-03-04T00:00:00")


@pytest.mark.parametrize("wall", ["2021-02-30T10:00:00", "2021-02-03T25:00:00", "soon", ""])
def test_what_no_calendar_or_clock_shows_is_no_time(wall: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 -- the words are the library's
        WallClock(ZoneInfo("Asia/Shanghai")).seconds(wall)
