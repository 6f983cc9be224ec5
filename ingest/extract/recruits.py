"""Insiders that are sought: an act of recruiting in front of an organisation's inside."""

import re
from collections.abc import Iterator
from typing import Final

from ingest.extract.scene import Scene
from ingest.extract.spans import SpanIndex
from ingest.extract.tokens import INSIDER_RECRUITMENT, Token

_SEEKS: Final = re.compile(
    r"(?:诚招|诚聘|急聘|急招|直招|高薪招|重金招|招募|招收|长期招|招聘|招|诚寻|寻找|寻|高价收|重金收|"
    r"重金求|长期收|收|求|找|诚邀|"
    r"recruiting|hiring|looking for|need(?:ing)?|seeking|wanted:?|want)(?!呼|待|牌|到)"
)
_INSIDE: Final = re.compile(
    r"(?:内部人员|内部员工|内部渠道|内部工作人员|内部|内鬼|内线|内应|在职员工|在职人员|在职|"
    r"insiders?|employees?|staff|workers?|"
    r"someone (?:inside|who works))"
)
_STOP: Final = re.compile(r"[.;!?。\n]")
_HAS: Final = re.compile(r"有|我|本人|是|\b(?:i|we|have|am)\b")
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
