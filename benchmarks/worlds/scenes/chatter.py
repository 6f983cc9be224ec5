"""Small talk, which fills a venue."""

from datetime import timedelta
from itertools import accumulate

from benchmarks.worlds.model import Message, Person, Venue
from benchmarks.worlds.speech import small_talk
from benchmarks.worlds.stage import Stage
from demo.rng import Rng

_MUTE = ("escrow", "spammer")
MOST = 7990


class Members:
    """The people of a venue, some far more talkative than others."""

    def __init__(self, stage: Stage, venue: Venue) -> None:
        self.people = [
            p for p in stage.cast.people if venue.key in p.venues and p.role not in _MUTE
        ]
        quiet = stage.scenario.broker_chat
        weights = [p.weight * (quiet if p.role == "broker" else 100) for p in self.people]
        self._sums = list(accumulate(weights))

    def pick(self, rng: Rng) -> Person:
        """One of them, by talkativeness."""
        point = rng.below(self._sums[-1])
        return next(who for who, top in zip(self.people, self._sums, strict=True) if point < top)


def fill(stage: Stage) -> None:
    """Talk until the world has the size it should have; everybody says something."""
    rng = stage.rng("chatter")
    members = {key: Members(stage, venue) for key, venue in stage.cast.venues.items()}
    open_venues = [key for key, found in members.items() if found.people]
    low, high = stage.scenario.lively
    target = min(MOST, stage.cast.size * rng.between(low * 10, high * 10) // 10)
    for person in stage.cast.people:
        if person.role not in _MUTE:
            _remark(stage, person, stage.place(person, rng), rng)
    while len(stage.messages) < target:
        key = rng.pick(open_venues)
        _thread(stage, stage.cast.venue(key), members[key], rng)


def _remark(stage: Stage, person: Person, venue: Venue, rng: Rng) -> None:
    when = stage.moment(rng)
    stage.say(person, venue, when, stage.chat(person, venue, "single", rng), act="chat")


def _thread(stage: Stage, venue: Venue, members: Members, rng: Rng) -> None:
    topic = small_talk("topics", venue.language, rng)
    when, said = stage.moment(rng), list[Message]()
    circle = [members.pick(rng) for _ in range(rng.between(2, 5))]
    for number in range(rng.between(1, 7)):
        who = rng.pick(circle)
        section = "single" if rng.chance(22) else f"{topic}.{'reply' if number else 'open'}"
        before = rng.pick(said) if said and rng.chance(38) else None
        if before is not None and before.face in who.faces:
            before = None
        text = _line(stage, who, venue, section, rng)
        said.append(stage.say(who, venue, when, text, reply=before, act="chat"))
        when += timedelta(seconds=rng.between(15, 400))


def _line(stage: Stage, who: Person, venue: Venue, section: str, rng: Rng) -> str:
    if venue.language in who.languages or section == "single":
        return stage.chat(who, venue, section, rng)
    return stage.chat(who, venue, "single", rng)
