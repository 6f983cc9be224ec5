"""Organisations that a post names to put them aside: 顺丰贵收不起,只收韵达."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from ingest.extract.spans import Span
from ingest.extract.tokens import Token
from ingest.lexicon.wordings import wording

_ASIDE: Final = wording("sets_aside")
_BREAK: Final = re.compile(r"[,;!?。\n()|]|\.(?!\d)")
_FIGURE: Final = re.compile(r"\d|[一二三四五六七八九十]\s?[毛块分]")


def set_aside(text: str, tokens: Sequence[Token]) -> Iterator[Span]:
    """Names in clauses that put them aside, where others are left."""
    names = [t for t in tokens if t.kind == "source"]
    if len({t.id for t in names}) < 2 or not _ASIDE.may_stand_in(text):
        return
    found = list(_aside(text, names))
    gone = {t.id for t in names for start, end in found if start <= t.start < end}
    if any(t.id not in gone for t in names):
        yield from found


def _aside(text: str, names: Sequence[Token]) -> Iterator[Span]:
    breaks = [m.start() for m in _BREAK.finditer(text)]
    for number, held in groupby(names, lambda t: bisect_left(breaks, t.start)):
        some = list(held)
        start, last = some[0].start, some[-1].end
        end = breaks[number] if number < len(breaks) else len(text)
        if _ASIDE.search(text, last, end) and not _FIGURE.search(text, start, end):
            yield start, last
