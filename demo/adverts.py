"""Standing advertisements: what a seller posts again and again, with small changes."""

from datetime import date, timedelta

from demo.cast import CAST, Person
from demo.goods import GOODS
from demo.money import price
from demo.rng import Rng
from demo.stock import stock
from demo.venues import watched
from demo.world import Message, World, at

VARIANTS = 2
_ENGLISH = ("usleads", "crypto")


def advert_text(world: World, seller: Person, goods_key: str, day: str, variant: int = 0) -> str:
    """One of a seller's advertisements as it reads on an ISO day; only the price moves.

    No two sellers of the same goods share a template, as long as there are enough.
    """
    habit = world.rng("advert", seller.key, goods_key, variant)
    goods, phrases = GOODS[goods_key], stock("ads")
    section = f"{goods_key}_{seller.roles[0]}" if seller.roles else goods_key
    if not phrases.has(section):
        section = goods_key
    templates = phrases.sections[section]
    template = templates[(world.stall(section, seller.key) * VARIANTS + variant) % len(templates)]
    cost = price(goods, day, world.rng("advert-price", seller.key, goods_key), markup(seller))
    slots = {"word": habit.pick(goods.words), "price": cost, "contact": seller.contact}
    return " ".join(phrases.fill(habit, template, **slots).split())


def markup(seller: Person) -> int:
    """What a seller asks, in per cent of the price at the source."""
    return 125 if "middleman" in seller.roles else 100


def dressed(text: str, goods_key: str, rng: Rng) -> str:
    """The advertisement with what people put around it on a given day."""
    phrases, english = stock("ads"), "en" if goods_key in _ENGLISH else ""
    if rng.chance(22):
        text = f"{phrases.say(rng, english + 'opener')}\n{text}"
    if rng.chance(28):
        text = f"{text} {phrases.say(rng, english + 'closer')}"
    return text.strip()


def post_adverts(
    world: World, venue: str, who: str, goods_key: str, span: tuple[date, date], every: int
) -> list[Message]:
    """Posts an account's advertisement about every so many days of a span of days."""
    rng = world.rng("adverts", venue, who, goods_key)
    day, last = span
    day += timedelta(days=rng.below(every))
    posted: list[Message] = []
    while day <= last:
        if watched(venue, day):
            variant = int(rng.chance(35))
            text = advert_text(world, CAST[who], goods_key, day.isoformat(), variant)
            when = at(day.isoformat(), rng.between(9, 23), rng.below(60))
            posted.append(world.say(venue, who, when, dressed(text, goods_key, rng)))
        day += timedelta(days=rng.between(max(every // 2, 1), every * 3 // 2))
    return posted
