"""Scene: small talk in the Telegram groups, day by day."""

from datetime import date, timedelta

from demo.chat import aside, talkers, thread
from demo.rng import Rng
from demo.venues import TELEGRAM, VENUES, watched
from demo.world import World, at

# Remarks a day, on the mean.
_RATE = {"shuju": 5, "danbao": 2, "chuhai": 2}


def _day(world: World, venue: str, day: date, rng: Rng) -> None:
    iso, people = day.isoformat(), list(talkers(venue))
    left = rng.between(0, _RATE[venue] * 2)
    while left > 0:
        when = at(iso, rng.between(8, 22), rng.below(60))
        length = min(left, rng.between(1, 7))
        if length < 2:
            aside(world, venue, when, rng.pick(people), rng)
        else:
            thread(world, venue, when, rng.sample(people, rng.between(2, 4)), length, rng)
        left -= length


def play(world: World) -> None:
    """Fills every watched day of the Telegram groups."""
    for venue in TELEGRAM:
        rng, day = world.rng("smalltalk", venue), VENUES[venue].start
        while day <= VENUES[venue].end:
            if watched(venue, day):
                _day(world, venue, day, rng)
            day += timedelta(days=1)
