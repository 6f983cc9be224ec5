"""Kinds of fields that a listing says its records have; only in a list of fields."""

from typing import Final

from ingest.extract.scene import Scene
from ingest.extract.tokens import Token
from ingest.lexicon.frames import frame

_LEAD: Final = frame("field_lead")
_JOIN: Final = frame("field_join")


def read_fields(scene: Scene, tokens: list[Token]) -> list[Token]:
    """The tokens that stand in a list of fields, by place."""
    if "field" not in scene.kinds:
        return []
    fields = _longest([t for t in tokens if t.kind == "field"])
    chosen: list[Token] = []
    group: list[Token] = []
    for token in fields:
        if group and _JOIN.fullmatch(scene.text, group[-1].end, token.start) is None:
            chosen.extend(_kept(scene, group))
            group = []
        group.append(token)
    chosen.extend(_kept(scene, group))
    return chosen


def field_codes(fields: list[Token], products: list[Token]) -> tuple[str, ...]:
    """Codes in order of mention; a word that is what is looked up is no field."""
    goods = {(p.start, p.end) for p in products}
    kept = (t for t in fields if (t.start, t.end) not in goods)
    return tuple(dict.fromkeys(t.id.removeprefix("field/") for t in kept))


def _longest(tokens: list[Token]) -> list[Token]:
    kept: list[Token] = []
    for token in tokens:
        if not kept or token.start >= kept[-1].end:
            kept.append(token)
    return kept


def _kept(scene: Scene, group: list[Token]) -> list[Token]:
    if not group:
        return []
    if len({t.id for t in group}) >= 2:
        return group
    led = _LEAD.search(scene.text[max(0, group[0].start - 14) : group[0].start])
    return group if led else []
