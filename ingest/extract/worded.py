"""How much the wording of a post must be like an ad of this trade to open it."""

from typing import Final

from ingest.extract.scene import Scene
from ingest.extract.style import EACH
from ingest.extract.tokens import GOODS

LIKE: Final = 1.25
_PRICED: Final = 1.0
_EACH: Final = 0.75
_GOODS: Final = 0.5
"""Log-odds of a wording that makes an ad; the same where a price stands there, where it is for one
of many, and where goods have a price."""
VERY_LIKE: Final = 4.0
_QUITE_LIKE: Final = 3.0
_QUITE_LIKE_PRICED: Final = 2.5
"""What outweighs signs of another trade; what outweighs the words of an ordinary sale, and goods
whose words may mean something else."""


def is_worded(scene: Scene) -> bool:
    """Whether the wording of a post may open what names no known goods."""
    if scene.likeness > LIKE:
        return True
    prices = [f for f in scene.figures if f.kind == "price"]
    if not prices or scene.likeness < _GOODS:
        return False
    if any(token.kind in GOODS for token in scene.tokens):
        return True
    each = any(f.per in EACH for f in prices)
    return scene.likeness > (_EACH if each else _PRICED)


def quite_like(*, priced: bool) -> float:
    """What a wording must be over to open what the words of a post speak against."""
    return _QUITE_LIKE_PRICED if priced else _QUITE_LIKE
