"""Insiders that are sought: an act of recruiting in front of an organisation's inside."""

import re
from collections.abc import Iterator
from typing import Final

from ingest.extract.scene import Scene
from ingest.extract.spans import SpanIndex
from ingest.extract.tokens import INSIDER_RECRUITMENT, Token
from ingest.lexicon.frames import frame

_SEEKS: Final = frame("seeks_people")
_INSIDE: Final = frame("people_inside")
_STOP: Final = re.compile(r"[.;!?。\n]")
_HAS: Final = frame("has_people")
_LIMIT: Final = 8
_LATIN_LIMIT: Final = 40


def recruitment(scene: Scene) -> Iterator[Token]:
    """Goods tokens of the service of recruiting insiders, spelt out around an organisation."""
    text = scene.text
    if any(t.id == INSIDER_RECRUITMENT for t in scene.tokens):
        return
    if not _INSIDE.search(text):
        return
    names = SpanIndex((t.start, t.end) for t in scene.tokens if t.kind == "source")
    for inside in _INSIDE.finditer(text):
        latin = inside[0].isascii()
        reach = 60 if latin else 24
        window = max(0, inside.start() - reach)
        seeks = [
            m
            for m in _SEEKS.finditer(text, window, inside.start())
            if m[0].isascii() == latin and not names.covers(*m.span())
        ]
        for match in seeks:
            between = text[match.end() : inside.start()]
            explained = sum(
                t.end - t.start
                for t in scene.tokens
                if match.end() <= t.start and t.end <= inside.start() and t.kind == "source"
            )
            limit = _LATIN_LIMIT if latin else _LIMIT
            if (
                not _STOP.search(between)
                and not _HAS.search(between)
                and len(between.strip()) - explained <= limit
            ):
                yield Token(match.start(), inside.end(), "service", INSIDER_RECRUITMENT, False)
                return
