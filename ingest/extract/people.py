"""People told by what they did (订了三亚酒店的), where a price stands beside."""

import re
from collections.abc import Iterator
from typing import Final

from ingest.extract.phrase import talks
from ingest.extract.scene import Scene
from ingest.extract.tokens import Token
from ingest.lexicon.frames import frame

_END: Final = frame("people_said")
_RUN: Final = re.compile(r"[一-鿿0-9a-z]{2,16}\Z")
_ACTS: Final = frozenset({"sell", "buy", "swap"})
_LONGEST: Final = 16
_MOST: Final = 6
"""So many places are looked at in one text."""


def people_said(scene: Scene) -> list[Token]:
    """Clauses on people who are goods; only beside a price, for plain talk is full of them."""
    if not any(f.kind == "price" for f in scene.figures):
        return []
    found = list(_clauses(scene))
    acting = not _ACTS.isdisjoint(scene.kinds)
    return [] if found and not acting and talks(scene, found) else found


def _clauses(scene: Scene) -> Iterator[Token]:
    at = scene.text.find("的")
    for _ in range(_MOST):
        if at < 0:
            return
        end = _END.match(scene.text, at)
        run = _RUN.search(scene.text, max(0, at - _LONGEST), at) if end else None
        goods = run and scene.rules.topics.last(scene.text, run.start(), at)
        if end and run and goods and not scene.is_negated(run.start(), at):
            yield Token(run.start(), end.end(), "product", goods, True)
        at = scene.text.find("的", at + 1)
