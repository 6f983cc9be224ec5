"""Services that are described instead of named: 打到它转圈为止, 32口的猫, 帮两边管钱."""

from collections.abc import Iterator
from typing import Final

from ingest.extract.scene import Scene
from ingest.extract.spans import SpanIndex
from ingest.extract.tokens import GOODS, Token
from ingest.lexicon.frames import frame_names
from ingest.lexicon.wordings import may_hold, wording

_PREFIX: Final = "described_"
_WORDINGS: Final = {name: wording(name) for name in (*frame_names(_PREFIX), "insider_lure")}
_NAMES: Final = frozenset(_WORDINGS)
_SERVICES: Final = frozenset(name for name in _WORDINGS if name.startswith(_PREFIX))


def may_describe(text: str) -> bool:
    """Whether a normal text describes a service, or addresses people inside."""
    return any(_WORDINGS[name].search(text) for name in may_hold(text, _NAMES))


def described(scene: Scene) -> Iterator[Token]:
    """Goods tokens of services by what is said of their work; none where a name stands."""
    found = [
        Token(*match.span(), "service", f"service/{name.removeprefix(_PREFIX)}", False)
        for name in sorted(may_hold(scene.text, _SERVICES))
        for match in _WORDINGS[name].finditer(scene.text)
    ]
    if not found:
        return
    named = SpanIndex((t.start, t.end) for t in scene.tokens if t.kind in GOODS and not t.weak)
    yield from (token for token in found if not named.overlaps(token.start, token.end))
