"""Guarantees: a service named by the lexicon, or any."""

from typing import Final

from ingest.extract.scene import Scene
from ingest.extract.tokens import ESCROW_SERVICE, Token
from ingest.lexicon.frames import frame
from ingest.records import EscrowRef

_NONE: Final = frozenset({"escrow/group_types", "escrow/dispute", "escrow/finalise"})
_KINDS: Final = frozenset({"escrow", "service"})
_GENERIC: Final = "escrow/generic"
_DENIED: Final = frame("escrow_denied")
_THROUGH: Final = frame("escrow_used")
_OVER: Final = frame("escrow_over")
_LEFT: Final = frame("escrow_left")
_SUPPOSED: Final = frame("escrow_supposed")
_THEN: Final = frame("escrow_then")


def read_escrow(scene: Scene, tokens: list[Token], products: list[Token]) -> tuple[EscrowRef, ...]:
    """One entry a service; none where the escrow is what is sold."""
    if scene.kinds.isdisjoint(_KINDS):
        return ()
    if products and all(p.id == ESCROW_SERVICE for p in products):
        return ()
    found: dict[str, EscrowRef] = {}
    for token in tokens:
        name = _service(scene, token)
        if name and name not in found and not _given_up(scene, token):
            quote, span = scene.written(token.start, token.end)
            found[name] = EscrowRef(name, name != _GENERIC, quote, span)
    return tuple(found.values())


def _given_up(scene: Scene, token: Token) -> bool:
    """Whether a guarantee is refused, gone, or supposed by those whom the author turns away."""
    if scene.is_denied(token.start, token.end):
        return True
    before = scene.text[max(0, token.start - 28) : token.start]
    if _OVER.match(scene.text, token.end) or _LEFT.search(before):
        return True
    return bool(_SUPPOSED.search(before) and _THEN.match(scene.text, token.end))


def _service(scene: Scene, token: Token) -> str | None:
    if token.kind not in _KINDS:
        return None
    before = scene.text[max(0, token.start - 6) : token.start]
    if _DENIED.search(before):
        return None
    if token.kind == "escrow" and token.id not in _NONE:
        named = token.id != _GENERIC
        return token.id if not (named and token.weak) or _THROUGH.search(before) else None
    if token.kind == "service" and token.id == ESCROW_SERVICE and token.weak:
        return _GENERIC
    return None
