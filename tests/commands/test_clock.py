from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from commands import clock
from evidence.errors import UsageError

SHANGHAI = ZoneInfo("Asia/Shanghai")


def test_a_day_is_read_in_the_zone_and_included() -> None:
    assert clock.since("2021-03-04", SHANGHAI) == datetime(2021, 3, 3, 16, tzinfo=UTC)
    assert clock.until("2021-03-04", SHANGHAI) == datetime(2021, 3, 4, 16, tzinfo=UTC)


def test_a_time_is_read_in_the_zone_unless_it_says_its_own() -> None:
    assert clock.since("2021-03-04T08:00", SHANGHAI) == datetime(2021, 3, 4, tzinfo=UTC)
    assert clock.since("2021-03-04T08:00Z", SHANGHAI) == datetime(2021, 3, 4, 8, tzinfo=UTC)
    assert clock.until("2021-03-04T08:00:00", SHANGHAI) == datetime(2021, 3, 4, 0, 0, 1, tzinfo=UTC)


def test_three_clocks() -> None:
    moment = datetime(2021, 3, 4, 5, 6, 7, tzinfo=UTC)
    assert clock.utc_text(moment) == "2021-03-04T05:06:07Z"
    assert clock.local_text(moment, SHANGHAI) == "2021-03-04 13:06:07 +08:00"
    assert clock.from_unix(1614834367) == moment


@pytest.mark.parametrize("text", ["yesterday", "2021-02-30", "2021-3-4", "0000-01-01"])
def test_what_is_no_time_says_what_to_type(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        clock.since(text, SHANGHAI)
    assert "2021-03-04" in caught.value.hint
