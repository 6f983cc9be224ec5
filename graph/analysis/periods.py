"""Days, months, years as stretches of numbered days."""

from datetime import date
from typing import Literal

import msgspec

from graph.analysis.days import day_number, day_of

By = Literal["day", "month", "year", "all"]


class Period(msgspec.Struct, frozen=True):
    """Days `first` to `last` by number, both included."""

    name: str
    first: int
    last: int

    def cut(self, first: int | None, last: int | None) -> "Period":
        """The part that lies inside the limits; None is no limit."""
        start = self.first if first is None else max(self.first, first)
        end = self.last if last is None else min(self.last, last)
        return Period(self.name, start, end)


def period_of(number: int, by: By, whole: tuple[int, int]) -> Period:
    """The period in which a day lies; `whole`: the first and last day of everything."""
    day = day_of(number)
    match by:
        case "day":
            return Period(day.isoformat(), number, number)
        case "month":
            after = date(day.year + day.month // 12, day.month % 12 + 1, 1)
            return Period(f"{day:%Y-%m}", day_number(day.replace(day=1)), day_number(after) - 1)
        case "year":
            ends = date(day.year, 1, 1), date(day.year, 12, 31)
            return Period(f"{day:%Y}", day_number(ends[0]), day_number(ends[1]))
    return Period(f"{day_of(whole[0])}/{day_of(whole[1])}", *whole)


def is_cut(period: Period, by: By) -> bool:
    """Whether only a part of a day, month or year is selected."""
    return by != "all" and period != period_of(period.first, by, (period.first, period.last))
