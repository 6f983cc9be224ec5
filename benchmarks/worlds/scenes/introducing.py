"""Introductions: two are named to each other, and a share is asked for."""

from datetime import datetime, timedelta

from benchmarks.worlds.model import Mark, Message, Venue
from benchmarks.worlds.scenes.chain import Chain, keep
from benchmarks.worlds.scenes.leg import Leg, Terms
from benchmarks.worlds.stage import Stage
from demo.rng import Rng


def meeting(stage: Stage, chain: Chain) -> list[Venue]:
    """The venues that all three share."""
    return [v for v in stage.shared(chain.supplier, chain.client) if v.key in chain.middle.venues]


def introduce(stage: Stage, chain: Chain, when: datetime, rng: Rng) -> None:
    """The broker names the two to each other and asks for a share."""
    venue = rng.pick(meeting(stage, chain))
    terms = Terms(chain.supplier, chain.client, chain.product, chain.quantity, chain.cost, venue)
    leg = Leg(stage, terms, rng, "introduced")
    leg.by_request(when)
    marks: list[Mark] = []
    asked = next((mark.message for mark in leg.marks if mark.act == "request"), None)
    other = stage.name_of(chain.client, venue, when, rng, "buy")
    third = stage.name_of(chain.supplier, venue, when, rng, "sell")
    met = _word(stage, chain, venue, when + timedelta(minutes=rng.between(3, 200)), "intro", asked,
                rng, named={"other": other, "third": third})  # fmt: skip
    marks.append(Mark(met, "introduction", "introduced"))
    if rng.chance(50):
        text = stage.phrase(chain.client, venue, met.when, "intro_thanks", rng, side="buy")
        later = met.when + timedelta(minutes=rng.between(5, 300))
        thanks = stage.say(chain.client, venue, later, text, reply=met, side="buy", act="thanks")
        marks.append(Mark(thanks, "thanks", "introduced"))
    received = leg.close(met.when + timedelta(minutes=rng.between(60, 2500)))
    if rng.chance(45):
        late = received + timedelta(hours=rng.between(2, 60))
        said = _word(stage, chain, venue, late, "commission", met, rng)
        marks.append(Mark(said, "commission", "introduced"))
    keep(stage, chain, "introduced", received, [*leg.marks, *marks])


def _word(
    stage: Stage, chain: Chain, venue: Venue, when: datetime, section: str,
    reply: Message | None, rng: Rng, named: dict[str, str] | None = None,
) -> Message:  # fmt: skip
    text = stage.phrase(chain.middle, venue, when, section, rng, product=chain.product,
                        quantity=chain.quantity, side="sell", named=named)  # fmt: skip
    return stage.say(chain.middle, venue, when, text, reply=reply, side="sell", act=section)
