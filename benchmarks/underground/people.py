"""Who speaks in which group on which day, so that the people of each period are a set number."""

import random
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

import msgspec

from benchmarks.underground.calendar import Cell
from benchmarks.underground.totals import shared

_NEW_YEAR: Final = date(2013, 1, 1).toordinal()
_MARCH: Final = date(2013, 3, 1).toordinal()
_STAY: Final = 0.6
"""Share of a group's people of 2012 who are still there in 2013."""
_SPARE: Final = 0.15
"""How far the number of people lies between the least and the most that the days allow."""
_GUEST: Final = 0.03
"""Share of places on a day taken by somebody who belongs to another group."""


class Roster(msgspec.Struct, frozen=True):
    """The people of one group by period (2012, first two months of 2013, last ten)."""

    periods: tuple[list[int], list[int], list[int]]


def period_of(day: int) -> int:
    """0: last ten months of 2012; 1: January and February 2013; 2: last ten months of 2013."""
    return 0 if day < _NEW_YEAR else 1 if day < _MARCH else 2


def rosters(calendar: Sequence[Sequence[Cell]]) -> list[Roster]:
    """People of each group, nobody in two groups; the last ten months have twice those of 2012."""
    split = [
        [[c for c in cells if period_of(c.day) == period] for period in range(3)]
        for cells in calendar
    ]
    least = [[max((c.senders for c in one), default=0) for one in each] for each in split]
    most = [[sum(c.senders for c in one) for one in each] for each in split]
    people = _people([sum(row[0] for row in least), sum(row[2] for row in least)],
                     [sum(row[0] for row in most), sum(row[2] for row in most)])  # fmt: skip
    sizes = {
        period: shared(
            count,
            [high[period] - low[period] for low, high in zip(least, most, strict=True)],
            [low[period] for low in least],
        )
        for period, count in ((0, people), (2, 2 * people))
    }
    return list(_numbered(sizes[0], [low[1] for low in least], sizes[2]))


def _people(least: Sequence[int], most: Sequence[int]) -> int:
    """People of 2012's ten months, where twice as many must find a place in 2013's."""
    low, high = max(least[0], -(-least[1] // 2)), min(most[0], most[1] // 2)
    if low > high:
        raise ValueError("the days leave no number of people that doubles")
    return low + int((high - low) * _SPARE)


def _numbered(
    first: Sequence[int], between: Sequence[int], second: Sequence[int]
) -> Iterator[Roster]:
    number = 0
    for early, middle, late in zip(first, between, second, strict=True):
        stay = min(int(early * _STAY), late)
        size = early + max(late, middle)
        own = list(range(number, number + size))
        number += size
        later = own[:stay] + own[early:]
        yield Roster((own[:early], later[:middle], later[:late]))


class Floor:
    """Gives each day of one group its speakers, and everybody of a period at least one day."""

    def __init__(
        self,
        group: int,
        all_rosters: Sequence[Roster],
        cells: Sequence[Cell],
        chance: random.Random,
    ) -> None:
        self._roster = all_rosters[group]
        self._rosters = all_rosters
        self._chance = chance
        self._places = [0, 0, 0]
        for cell in cells:
            self._places[period_of(cell.day)] += cell.senders
        self._filled = [0, 0, 0]
        self._known = [0, 0, 0]

    def speakers(self, cell: Cell) -> tuple[list[int], list[int]]:
        """People of this day, each once, and those of them who speak here for the first time."""
        period = period_of(cell.day)
        people, known = self._roster.periods[period], self._known[period]
        self._filled[period] += cell.senders
        due = -(-len(people) * self._filled[period] // self._places[period]) - known
        new = min(cell.senders, max(0, due, cell.senders - known))
        old = self._old(people, known, cell.senders - new, period)
        self._known[period] += new
        return old + people[known : known + new], people[known : known + new]

    def _old(self, people: Sequence[int], known: int, count: int, period: int) -> list[int]:
        """So many who spoke before, the first ones more often; now and then somebody's guest."""
        chance = self._chance
        found: dict[int, None] = {}
        if count * 2 > known:
            found = dict.fromkeys(people[at] for at in chance.sample(range(known), count))
        while len(found) < count:
            found[people[int(known * chance.random() ** 2)]] = None
        taken = list(found)
        for at in range(count):
            if period != 1 and chance.random() < _GUEST:
                guest = self._guest(period)
                if guest is not None and guest not in found:
                    taken[at] = guest
                    found[guest] = None
        return taken

    def _guest(self, period: int) -> int | None:
        home = self._chance.choice(self._rosters)
        people = home.periods[period]
        if home is self._roster or not people:
            return None
        return people[int(len(people) * self._chance.random() ** 3)]
