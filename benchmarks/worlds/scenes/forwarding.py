"""Offers of others passed on as they stand."""

from datetime import datetime, timedelta

from benchmarks.worlds.model import Advert, Message, Person, Venue
from benchmarks.worlds.stage import Stage
from demo.rng import Rng


def pass_on(
    stage: Stage, who: Person, venue: Venue, seen: Advert, when: datetime, price: float, rng: Rng
) -> Advert:
    """Another's advert forwarded as it stands, with a word of one's own after or in front of it."""
    copied: Message | None = None
    note = stage.phrase(who, venue, when, "forward_note", rng, product=seen.product, side="sell")
    if venue.platform == "telegram":
        face = seen.message.face
        copied = stage.say(who, venue, when, seen.message.text, forward=face, side="sell",
                           act="forward")  # fmt: skip
        later = when + timedelta(seconds=rng.between(5, 90))
        reply = copied if rng.chance(50) else None
        own = stage.say(who, venue, later, note, reply=reply, side="sell", act="note")
    else:
        text = rng.pick((f"{note}\n{seen.message.text}", f"{seen.message.text}\n——\n{note}"))
        own = stage.say(who, venue, when, text, side="sell", act="forward")
    advert = Advert(own, who.key, seen.product, price, seen.pattern, copied)
    stage.adverts.append(advert)
    return advert
