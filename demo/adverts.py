"""Standing advertisements: what a seller posts again and again, with small changes."""

from datetime import date, timedelta

from demo.cast import CAST, Person
from demo.goods import GOODS
from demo.money import price
from demo.rng import Rng
from demo.stock import stock
from demo.venues import watched
from demo.world import Message, World, at


def advert_text(world: World, seller: Person, goods_key: str, day: str) -> str:
    """A seller's advertisement as it reads on an ISO day; only the price moves."""
    habit = world.rng("advert", seller.key, goods_key)
    goods, phrases = GOODS[goods_key], stock("ads")
    cost = price(goods, day, world.rng("advert-price", seller.key, goods_key), _percent(seller))
    slots = {"word": habit.pick(goods.words), "price": cost, "contact": seller.contact}
    return " ".join(phrases.say(habit, goods_key, **slots).split())


def _percent(seller: Person) -> int:
    return 125 if "middleman" in seller.roles else 100


def dressed(text: str, rng: Rng) -> str:
    """The advertisement with what people put around it on a given day."""
    phrases = stock("ads")
    if rng.chance(22):
        text = f"{phrases.say(rng, 'opener')}\n{text}"
    if rng.chance(28):
        text = f"{text} {phrases.say(rng, 'closer')}"
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
            text = dressed(advert_text(world, CAST[who], goods_key, day.isoformat()), rng)
            when = at(day.isoformat(), rng.between(9, 23), rng.below(60))
            posted.append(world.say(venue, who, when, text))
        day += timedelta(days=rng.between(max(every // 2, 1), every * 3 // 2))
    return posted
