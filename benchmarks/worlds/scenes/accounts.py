"""Second accounts and new ones: moves, handles taken by others, praise from oneself, slips."""

from datetime import timedelta

from benchmarks.worlds.accounts import EARLY
from benchmarks.worlds.model import Face, Person, Takeover, Venue
from benchmarks.worlds.scenes.crowd import ask_price, lot
from benchmarks.worlds.stage import Stage, mention
from demo.rng import Rng


def moves(stage: Stage) -> None:
    """Who changed an account or a handle says so; others warn of handles that were taken."""
    for person in stage.cast.people:
        rng = stage.rng("moves", person.key)
        for face in person.faces:
            changed = [worn for worn in face.handles if worn.since > EARLY]
            if face.since > EARLY or (changed and person.role not in _TAKERS):
                _announce(stage, person, face, rng)
    for takeover in stage.cast.takeovers:
        _taken(stage, takeover, stage.rng("taken", takeover.handle))


_TAKERS = ("copycat", "spammer", "talker")


def _announce(stage: Stage, person: Person, face: Face, rng: Rng) -> None:
    since = max(face.since, *(worn.since for worn in (*face.names, *face.handles)))
    before = person.faces[0]
    old = before.handles[0].text if before.handles else before.native
    venues = [v for v in person.venues if stage.cast.venue(v).platform == face.platform]
    for key in rng.sample(venues, rng.between(1, 2)):
        when = since + timedelta(minutes=rng.between(60, 2400), seconds=rng.below(60))
        text = stage.phrase(
            person, stage.cast.venue(key), when, "moved", rng,
            named={"oldhandle": f"@{old}" if before.handles else old},
        )  # fmt: skip
        stage.say(person, stage.cast.venue(key), when, text, act="moved")


def _taken(stage: Stage, takeover: Takeover, rng: Rng) -> None:
    """The taker offers the owner's goods under the old handle; somebody warns."""
    people = stage.cast.people
    owner = next(p for p in people if any(f.key == takeover.owner.key for f in p.faces))
    taker = next(p for p in people if any(f.key == takeover.taker.key for f in p.faces))
    goods = owner.goods or owner.wants
    for _ in range(rng.between(2, 5)):
        product, venue = rng.pick(goods), stage.place(taker, rng)
        when = takeover.when + timedelta(minutes=rng.between(180, 12000), seconds=rng.below(60))
        pattern = stage.pattern(taker, venue, "offer", product, lot(product, rng), rng)
        stage.advertise(taker, venue, when, product, ask_price(product, rng, 85), pattern, rng)
    venue = stage.place(owner, rng)
    near = [p for p in stage.cast.of("buyer", "supplier") if venue.key in p.venues] or [owner]
    who, when = (
        rng.pick(near),
        takeover.when + timedelta(minutes=rng.between(1800, 12000), seconds=rng.below(60)),
    )
    other = stage.name_of(owner, venue, when, rng, "")
    text = stage.phrase(
        who,
        venue,
        when,
        "usurped",
        rng,
        named={"other": other, "oldhandle": f"@{takeover.handle}"},
    )
    stage.say(who, venue, when, text, act="warning")


def praise(stage: Stage) -> None:
    """Second accounts speak well of the first; now and then the wrong one is used."""
    for person in stage.cast.of("broker", "supplier"):
        second = [face for face in person.faces if face.side]
        if not second:
            continue
        rng = stage.rng("praise", person.key)
        for face in second:
            for _ in range(rng.between(2, 5) if face.side == "praise" else 0):
                _praise(stage, person, face, rng)
        if rng.chance(45):
            _slip(stage, person, rng.pick(second), rng)


def _praise(stage: Stage, person: Person, face: Face, rng: Rng) -> None:
    venue, when = _venue_of(stage, person, face, rng), stage.moment(rng)
    how = "handle" if face.platform == "telegram" else "plain"
    other = mention(stage.face(person, venue.platform, when, "sell"), how)
    text = stage.phrase(
        person, venue, when, "vouch", rng, product=rng.pick(person.goods), named={"other": other}
    )
    stage.say(person, venue, when, text, side="praise", act="vouch")


def _slip(stage: Stage, person: Person, face: Face, rng: Rng) -> None:
    venue, when = _venue_of(stage, person, face, rng), stage.moment(rng)
    product = rng.pick(person.goods)
    pattern = stage.pattern(person, venue, "offer", product, lot(product, rng), rng)
    stage.advertise(
        person, venue, when, product, ask_price(product, rng), pattern, rng, side=face.side
    )
    text = stage.phrase(person, venue, when, "slip", rng)
    when += timedelta(minutes=rng.between(1, 9))
    stage.say(person, venue, when, text, side=face.side, act="slip")


def _venue_of(stage: Stage, person: Person, face: Face, rng: Rng) -> Venue:
    keys = [key for key in person.venues if stage.cast.venue(key).platform == face.platform]
    return stage.cast.venue(rng.pick(keys))
