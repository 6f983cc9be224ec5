"""Services that are described instead of named: 打到它转圈为止, 能看近一年入住, 帮两边管钱."""

from collections.abc import Iterator
from typing import Final

from ingest.extract.phrase import talks
from ingest.extract.scene import Scene
from ingest.extract.spans import SpanIndex
from ingest.extract.tokens import GOODS, Token
from ingest.lexicon.frames import frame_names
from ingest.lexicon.wordings import may_hold, wording

_PREFIX: Final = "described_"
_LOOKUP: Final = "looked_up_"
_WORDINGS: Final = {name: wording(name) for name in (*frame_names(_PREFIX), *frame_names(_LOOKUP))}
_SERVICES: Final = frozenset(name for name in _WORDINGS if name.startswith(_PREFIX))
_LOOKUPS: Final = frozenset(name for name in _WORDINGS if name.startswith(_LOOKUP))


def described(scene: Scene) -> Iterator[Token]:
    """Goods tokens of services by what is said of their work; none where a name stands."""
    found = [
        Token(*match.span(), "service", f"service/{name.removeprefix(_PREFIX)}", False)
        for name in sorted(may_hold(scene.text, _SERVICES))
        for match in _WORDINGS[name].finditer(scene.text)
    ]
    found += _lookups(scene)
    if not found:
        return
    goods = [t for t in scene.tokens if t.kind in GOODS]
    named = SpanIndex([(t.start, t.end) for t in goods if not t.weak])
    known = SpanIndex([(t.start, t.end) for t in goods])
    for token in found:
        others = named if token.kind == "service" else known
        if not others.overlaps(token.start, token.end):
            yield token


def _lookups(scene: Scene) -> list[Token]:
    """能看近一年入住, plates to owner: what is looked up; clear where it has a price."""
    found = [
        Token(*match.span(), "product", f"product/lookup_{name.removeprefix(_LOOKUP)}", True)
        for name in sorted(may_hold(scene.text, _LOOKUPS))
        for match in _WORDINGS[name].finditer(scene.text)
    ]
    priced = found and any(f.kind == "price" for f in scene.figures) and not talks(scene)
    return [token._replace(weak=False) for token in found] if priced else found
