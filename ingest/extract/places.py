"""Jurisdictions: places that are named, and the countries of named operators and banks."""

from ingest.extract.products import touches_data
from ingest.extract.scene import Scene
from ingest.extract.tokens import Token
from ingest.records import SourceClaim


def read_jurisdictions(
    scene: Scene, tokens: list[Token], sources: tuple[SourceClaim, ...]
) -> tuple[str, ...]:
    """ISO 3166 alpha-2 codes or SEA, in order of mention."""
    codes: dict[str, None] = {}
    for token in tokens:
        if token.kind == "geo" and _counts(scene, token):
            codes[token.id.removeprefix("geo/").upper()] = None
    for source in sources:
        parts = (source.id or "").split("/")
        if len(parts) == 4 and parts[1] in {"operator", "bank"}:
            codes[parts[2].upper()] = None
    return tuple(codes)


def _counts(scene: Scene, token: Token) -> bool:
    if scene.is_negated(token.start, token.end):
        return False
    if not token.weak:
        return True
    quote, _ = scene.written(token.start, token.end)
    if quote.isascii():
        return quote.isupper() or not quote.islower()
    return quote in {"国内", "中国", "北美"} or touches_data(scene, token)
