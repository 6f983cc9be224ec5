"""The messages of each group, in order of time, whatever format they are then written in."""

import random
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from benchmarks.underground.adverts import advert, kinds
from benchmarks.underground.calendar import FIRST, Cell, Group, calendar, make_groups
from benchmarks.underground.names import QUARTER, bot_of
from benchmarks.underground.people import Floor, Roster, rosters
from benchmarks.underground.talk import said, said_by_bot
from benchmarks.underground.totals import Totals, totals

SEED: Final = 20131231
_JOINS: Final = 0.3
"""Share of people whose joining the export shows."""
_REPEATED: Final = 0.12
_RENAMED: Final = 0.25
"""Groups that two exports hold, and those of them that bear another name in the second."""


class Message(msgspec.Struct, frozen=True, gc=False):
    """`day` as of `date.toordinal`, `second` of it in Shanghai; `joins`: a notice, no text."""

    day: int
    second: int
    person: int
    text: str
    joins: bool = False


class Talk(msgspec.Struct, frozen=True):
    """All messages of a group. `again`: first and last day that a second export holds too."""

    group: Group
    messages: list[Message]
    bot: int | None
    again: tuple[int, int] | None
    renamed: bool


class Corpus:
    """The same for a number of posts and a seed; a group's messages are made when asked for."""

    def __init__(self, count: int, seed: int = SEED) -> None:
        self.asked = count
        self.totals: Totals = totals(count)
        self._seed = seed
        chance = random.Random(seed)
        self.groups = make_groups(self.totals.groups, chance)
        self._calendar = calendar(self.totals, self.groups, chance)
        self._rosters = rosters(self._calendar)
        sizes = [
            (sum(cell.posts for cell in cells), group.mobile)
            for group, cells in zip(self.groups, self._calendar, strict=True)
        ]
        self._kinds = kinds(count, sizes, chance)

    def participants(self) -> tuple[int, int]:
        """People of the last ten months of 2012 and of 2013."""
        first, second = (sum(len(one.periods[at]) for one in self._rosters) for at in (0, 2))
        return first, second

    def talks(self) -> Iterator[Talk]:
        """Each group that speaks at all, one after the other."""
        for group, cells in zip(self.groups, self._calendar, strict=True):
            if cells:
                yield self._talk(group, cells)

    def _talk(self, group: Group, cells: Sequence[Cell]) -> Talk:
        chance = random.Random(self._seed * 1000 + group.number)
        again = _again(cells, chance)
        renamed = not group.mobile and chance.random() < _RENAMED
        roster = self._rosters[group.number]
        bot = bot_of(group.number, roster.periods[0])
        speaking = _Speaking(
            group, self._rosters, cells, list(self._kinds[group.number]), bot, chance
        )
        messages = [message for cell in cells for message in speaking.day(cell)]
        return Talk(group, messages, bot, again, again is not None and renamed)


def _again(cells: Sequence[Cell], chance: random.Random) -> tuple[int, int] | None:
    """Days of a fifth of a group's speaking days, somewhere in their middle."""
    if chance.random() >= _REPEATED or len(cells) < 20:
        return None
    at = len(cells) // 3 + chance.randrange(len(cells) // 3)
    return cells[at].day, cells[min(at + len(cells) // 5, len(cells) - 1)].day


class _Speaking:
    """Makes the messages of one group a day at a time."""

    def __init__(
        self, group: Group, all_rosters: Sequence[Roster], cells: Sequence[Cell],
        adverts: list[str], bot: int | None, chance: random.Random,
    ) -> None:  # fmt: skip
        self._floor = Floor(group.number, all_rosters, cells, chance)
        self._adverts = adverts
        self._posts = sum(cell.posts for cell in cells)
        self._bot = bot
        self._chance = chance

    def day(self, cell: Cell) -> Iterator[Message]:
        """The posts of a day, and who joined on it, in order of time."""
        chance = self._chance
        people, new = self._floor.speakers(cell)
        # More in the evening than in the morning; everybody speaks once before anybody twice.
        seconds = sorted(int(86_400 * chance.random() ** 0.6) for _ in range(cell.posts))
        speakers = people + [
            people[int(len(people) * chance.random() ** 1.5)]
            for _ in range(cell.posts - len(people))
        ]
        chance.shuffle(speakers)
        shown = {person for person in new if chance.random() < _JOINS}
        quarter = (cell.day - FIRST) // QUARTER
        for second, person in zip(seconds, speakers, strict=True):
            if person in shown:
                shown.discard(person)
                yield Message(cell.day, second, person, "", joins=True)
            yield Message(cell.day, second, person, self._said(person, quarter))

    def _said(self, person: int, quarter: int) -> str:
        chance = self._chance
        self._posts -= 1
        if chance.random() * (self._posts + 1) < len(self._adverts):
            kind = self._adverts.pop()
            return advert(person, kind, quarter, chance)
        if person == self._bot:
            return said_by_bot(chance)
        return said(chance)
