"""Jurisdictions: places that are named, and the countries of named operators and banks."""

from typing import Final

from ingest.extract.products import touches_data
from ingest.extract.scene import Scene
from ingest.extract.spans import Placed
from ingest.extract.tokens import Token
from ingest.lexicon.frames import frame_words
from ingest.records import SourceClaim

_WORDS: Final = frame_words("code_words")
"""Country codes that are words too: only beside another country."""
_CODE: Final = 3
_NEAR: Final = 3
"""How far a price may stand behind a code that is a word too."""


def read_jurisdictions(
    scene: Scene, tokens: list[Token], sources: tuple[SourceClaim, ...]
) -> tuple[str, ...]:
    """ISO 3166 alpha-2 codes or SEA, in order of mention."""
    codes: dict[str, None] = {}
    for token in tokens:
        if token.kind == "geo" and is_meant(scene, token):
            codes[token.id.removeprefix("geo/").upper()] = None
    for source in sources:
        parts = (source.id or "").split("/")
        if len(parts) == 4 and parts[1] in {"operator", "bank"}:
            codes[parts[2].upper()] = None
    return tuple(codes)


def is_meant(scene: Scene, token: Token) -> bool:
    """Whether a word for a place means it here."""
    if scene.is_negated(token.start, token.end):
        return False
    if not token.weak:
        return True
    quote, _ = scene.written(token.start, token.end)
    if quote.isascii():
        return _is_code(scene, token, quote) if len(quote) <= _CODE else quote[0].isupper()
    return quote in {"国内", "中国", "北美"} or touches_data(scene, token)


def _is_code(scene: Scene, token: Token, quote: str) -> bool:
    """US, SG: written large in a text that is not; a code that is a word needs a country beside."""
    if not quote.isupper():
        return False
    if scene.text[token.start : token.end] not in _WORDS:
        return True
    if any(_beside(token, f) for f in scene.figures if f.kind == "price"):
        return True
    return any(
        other.kind == "geo" and other.start != token.start
        for at in range(token.start - 4, token.start + 1)
        for other in scene.by_end.get(at, ())
    ) or any(
        other.kind == "geo"
        for at in range(token.end, token.end + 4)
        for other in scene.by_start.get(at, ())
    )


def _beside(token: Token, price: Placed) -> bool:
    """DE 2€, $12 ES"""
    return 0 <= price.start - token.end <= _NEAR or 0 <= token.start - price.end <= 1
