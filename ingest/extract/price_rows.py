"""Short names of services that a price beside other priced goods makes clear."""

import re
from typing import Final

from ingest.extract.scene import Scene
from ingest.extract.tokens import GOODS, Token

_RUN: Final = 32
_ROWS: Final = 2
_ROW_ENDS: Final = re.compile(r"[;!?\n]|\.(?!\d)")


def in_price_row(scene: Scene, token: Token) -> bool:
    """RDP is $4 beside fullz for $10: letters in front of a price, where clear goods have one."""
    if not scene.latin or token.kind != "service":
        return False
    prices = [f for f in scene.figures if f.kind == "price"]
    own = next((f for f in prices if 0 <= f.start - token.end <= _RUN), None)
    if own is None or len({f.value for f in prices}) < _ROWS:
        return False
    if _ROW_ENDS.search(scene.text, token.end, own.start):
        return False
    goods = [t for t in scene.tokens if t.kind in GOODS]
    if any(token.end <= t.start < own.start for t in goods):
        return False
    return any(not t.weak for t in goods if not token.start <= t.start < token.end)
