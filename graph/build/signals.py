"""What a turn says of the side its author takes: buying, selling, or a yes to either."""

from typing import Final, Literal

import msgspec

from graph.build.rows import Account, Post
from graph.build.turns import Turn

Side = Literal["buys", "sells", "agrees"]

# How much words weigh towards the direction of a dealing; a receipt or a delivery settles it.
ORDER: Final = 1.5
WORDS: Final = 1.0
LISTED: Final = 0.75
DONE: Final = 2.4
# Words without an addressee count less.
UNADDRESSED: Final = 0.6
_YES: Final = 6


class Signal(msgspec.Struct, frozen=True):
    """A turn towards one other: the side that its author takes, and how plainly."""

    turn: Turn
    side: Side
    weight: float
    done: bool
    """Goods went or came."""
    goods: tuple[str, ...]

    @property
    def post(self) -> Post:
        return self.turn.post

    @property
    def author(self) -> Account:
        return self.turn.author


def signal(turn: Turn) -> Signal | None:
    """The plainest that a turn says; None where it says nothing of a dealing."""
    goods = _goods(turn)
    if _of_other(turn, "received"):
        return Signal(turn, "buys", DONE, True, goods)
    if _of_other(turn, "delivers"):
        return Signal(turn, "sells", DONE, True, goods)
    if turn.does("buying_words"):
        return Signal(turn, "buys", ORDER if _counted(turn) else WORDS, False, goods)
    if turn.does("taken_up"):
        return Signal(turn, "buys", WORDS, False, goods)
    if turn.holds("offer"):
        return Signal(turn, "sells", LISTED, False, goods)
    if turn.does("answer"):
        yes = all(len(each.act.quote) <= _YES for each in turn.acts)
        return Signal(turn, "agrees" if yes else "sells", WORDS, False, goods)
    return None


def _of_other(turn: Turn, kind: str) -> bool:
    """Whether it holds such an act towards the one it speaks to, in few words."""
    return any(each.act.kind == kind and len(each.act.parties) <= 1 for each in turn.acts)


def _counted(turn: Turn) -> bool:
    quotes = (each.act.quote for each in turn.acts if each.act.kind == "buying_words")
    return any(any(sign.isdecimal() for sign in quote) for quote in quotes)


def _goods(turn: Turn) -> tuple[str, ...]:
    listed = (product.id for each in turn.listings for product in each.body.products)
    return tuple(dict.fromkeys((*listed, *turn.named)))
