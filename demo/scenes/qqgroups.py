"""Scene: the two QQ groups on their active days: dealings of the plot, advertisements, talk."""

from dataclasses import dataclass
from datetime import date, timedelta

from demo.adverts import VARIANTS, advert_text, dressed
from demo.cast import CAST, Person
from demo.chat import aside, talkers, thread
from demo.rng import Rng
from demo.venues import QQ, VENUES, watched
from demo.world import World, at


@dataclass(frozen=True)
class Year:
    """Messages and participants of an active day, in tenths; active days a month and in June."""

    messages: int
    participants: int
    days: int
    june: int


# More people, not chattier people: both figures double, in the mobile group people most.
YEARS = {
    ("duanxin", 2012): Year(66, 40, 4, 3),
    ("duanxin", 2013): Year(150, 104, 4, 9),
    ("jishu", 2012): Year(64, 24, 4, 3),
    ("jishu", 2013): Year(138, 44, 4, 9),
}

SELLERS = {
    "duanxin": (
        ("tongdao", "smsspam"),
        ("tongdao2", "smsspam"),
        ("abiao", "smsspam"),
        ("fuwuqi", "smsserver"),
        ("sphao", "premium"),
        ("modem", "simfarm"),
    ),
    "jishu": (("rouji", "hosts"), ("ddos", "ddos"), ("yuankong", "rat"), ("gumin", "gumin")),
}


def active_days(world: World, venue: str) -> list[date]:
    """The days on which the group speaks; those already spoken on are among them."""
    rng = world.rng("active", venue)
    planned = {m.when.date() for m in world.messages if m.venue.key == venue}
    days = set(planned)
    for year in (2012, 2013):
        for month in range(3 if year == 2012 else 1, 13):
            pace = YEARS[venue, year]
            want = pace.june if month == 6 else pace.days
            free = [day for day in _month(year, month) if watched(venue, day) and day not in days]
            have = sum((day.year, day.month) == (year, month) for day in planned)
            days |= set(rng.sample(free, max(want - have, 0)))
    return sorted(days)


def _month(year: int, month: int) -> list[date]:
    first = date(year, month, 1)
    days = [first + timedelta(days=step) for step in range(31)]
    return [day for day in days if day.month == month]


def _around(tenths: int, rng: Rng) -> int:
    spread = max(tenths // 4, 1)
    return max((tenths + rng.between(-spread, spread) + rng.below(10)) // 10, 1)


def _fill(world: World, venue: str, day: date, rng: Rng) -> None:
    pace, iso = YEARS[venue, day.year], day.isoformat()
    here = [m for m in world.messages if m.venue.key == venue and m.when.date() == day]
    people = {message.person.key: message.person for message in here}
    wanted, seats = _around(pace.messages, rng), _around(pace.participants, rng)
    count = len(here)
    for who, goods in rng.sample(SELLERS[venue], rng.between(1, 2)):
        if len(people) < seats or who in people:
            text = advert_text(world, CAST[who], goods, iso, rng.below(VARIANTS))
            text = dressed(text, goods, rng)
            world.say(venue, who, at(iso, rng.between(9, 21), rng.below(60)), text)
            people[who] = CAST[who]
            count += 1
    others = [person for person in talkers(venue) if person.key not in people]
    for person in rng.sample(others, max(seats - len(people), 0)):
        aside(world, venue, at(iso, rng.between(9, 21), rng.below(60)), person, rng)
        people[person.key] = person
        count += 1
    _talk(world, venue, iso, list(people.values()), wanted - count, rng)


def _talk(world: World, venue: str, iso: str, people: list[Person], left: int, rng: Rng) -> None:
    while left > 0:
        length = min(left, rng.between(2, 7))
        when = at(iso, rng.between(9, 22), rng.below(60))
        thread(world, venue, when, rng.sample(people, 4), length, rng)
        left -= length


def play(world: World) -> None:
    """Fills the active days of both groups up to the pace of their year."""
    for venue in QQ:
        rng = world.rng("qqgroups", venue)
        for day in active_days(world, venue):
            if VENUES[venue].start <= day <= VENUES[venue].end:
                _fill(world, venue, day, rng)
