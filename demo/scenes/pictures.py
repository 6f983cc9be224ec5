"""Scene: pictures beside some messages, and messages that were edited later."""

from datetime import timedelta

from demo.venues import TELEGRAM
from demo.world import Message, World


def play(world: World) -> None:
    """Gives a few messages a picture and edits some others, in the Telegram groups."""
    for venue in TELEGRAM:
        rng = world.rng("pictures", venue)
        plain: list[Message] = [m for m in world.of(venue) if not m.action and m.forward is None]
        for message in rng.sample(plain, 4):
            message.media = "photo"
        for message in rng.sample(plain, 25):
            message.edited = message.when + timedelta(minutes=rng.between(1, 300))
