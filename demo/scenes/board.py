"""Scene: what else is written on the forum: replies under the threads, idle topics."""

from datetime import timedelta

from demo.cast import CROWD
from demo.stock import stock
from demo.venues import VENUES
from demo.world import World, at


def play(world: World) -> None:
    """Adds replies and idle topics of plain members."""
    rng, phrases = world.rng("board"), stock("forum")
    threads = [m for m in world.messages if m.venue.key == "luntan" and m.reply is None]
    day = VENUES["luntan"].start + timedelta(days=2)
    while day < VENUES["luntan"].end:
        topic = at(day.isoformat(), rng.between(19, 23), rng.below(60))
        opened = world.say(
            "luntan", rng.pick(CROWD["luntan"]).key, topic, phrases.say(rng, "topic")
        )
        opened.heading = f"灌水/{opened.text}"
        threads.append(opened)
        day += timedelta(days=rng.between(7, 12))
    for opened in threads:
        for place in range(rng.between(1, 5)):
            who, minutes = rng.pick(CROWD["luntan"]).key, rng.between(30, 2500) + place
            reply = world.answer(opened, who, minutes, phrases.say(rng, "reply"))
            section, _, title = opened.heading.partition("/")
            reply.heading = f"{section}/回复：{title}"
