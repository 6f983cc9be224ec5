"""Numbers that a post puts others in place of: 1600→1350, 原80现55, 5万条已出2万,剩3万."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from ingest.extract.figure import Figure
from ingest.extract.spans import Span

_OLD: Final = r"(?P<old>\d{1,6}(?:\.\d{1,3})?)(?:\s?(?:[u元块刀毛]|usd|/[^\s,/→>\d-]{1,4}))?"
_NEW: Final = r"[$¥]?(?P<new>\d{1,6}(?:\.\d{1,3})?)"
_CHANGED: Final = tuple(
    (sign, re.compile(pattern))
    for sign, pattern in (
        ("→", rf"(?<![\d.]){_OLD}\s?→\s?(?:现在?|今)?{_NEW}"),
        (">", rf"(?<![\d.]){_OLD}\s?[-=]{{1,2}}>\s?(?:now )?{_NEW}"),
        (
            "原",
            rf"原(?:来|先|价|本)?(?:是|卖)?\s?{_OLD}[\s,/]{{0,3}}[现今新](?:在|价|只要)?\s?{_NEW}",
        ),
        ("now", rf"(?<![a-z])(?:was|from) \$?{_OLD}\$?,? (?:is )?now \$?{_NEW}"),
    )
)
_MOST: Final = 5.0
"""A number so many times another is no price in place of it."""
_WAS: Final = _OLD.replace("old", "was")
_IN_PLACE: Final = re.compile(
    rf"(?:(?<![\d.]){_OLD}\s?(?:→|[-=]{{1,2}}>)"
    rf"|原(?:来|先|价|本)?(?:是|卖)?\s?{_WAS}[\s,/]{{0,3}}(?=[现今新]))"
    r"\s?(?:现在?|今|新|now )?(?:价|只要)?[$¥]?\Z"
)
_SOLD: Final = re.compile(r"[出卖走清甩](?:了|掉|完|去)?|sold|gone|taken")
_LEFT: Final = re.compile(
    r"(?:剩下?|余下?|剩余)(?:的|了|还有|大概|约)?\s?\Z"
    r"|(?<![a-z])(?:left|remaining|leaves)[: ]{1,2}\Z"
)
_OPENS: Final = ("→", ">", " ", "现", "在", "今", "新", "价", "要", "$", "¥")
_LONGEST: Final = 24
_SENTENCE: Final = re.compile(r"[;!?。\n]")


def repriced(text: str, figures: Sequence[Figure]) -> list[Span]:
    """Numbers that do not count any more, whether or not a rule reads them."""
    return [*_changed(text), *_sold(text, [f for f in figures if f.kind == "quantity"])]


def takes_place(left: str, value: float) -> bool:
    """Whether a number stands in place of the one in front, as a price does."""
    match = _IN_PLACE.search(left) if left.endswith(_OPENS) else None
    old = float(match["old"] or match["was"]) if match else 0.0
    return bool(old) and old / _MOST <= value <= old * _MOST


def _changed(text: str) -> Iterator[Span]:
    for sign, pattern in _CHANGED:
        for match in pattern.finditer(text) if sign in text else ():
            old, new = float(match["old"]), float(match["new"])
            if old and old / _MOST <= new <= old * _MOST:
                yield match.start("old"), match.start("new")


def _sold(text: str, counted: Sequence[Figure]) -> Iterator[Span]:
    """What there was before some of it was sold, and what was sold."""
    for before, after in pairwise(counted):
        gap = text[before.end : after.start + text.startswith(("剩", "余"), after.start)]
        if len(gap) > _LONGEST or _SENTENCE.search(gap) or not _LEFT.search(gap):
            continue
        if _SOLD.search(gap) or _SOLD.search(text, max(0, before.start - 4), before.start):
            yield from ((f.start, f.end) for f in counted if _is_of(text, f, before))


def _is_of(text: str, figure: Figure, last: Figure) -> bool:
    """Whether a count stands in the sentence of what is left, and in front of it."""
    near = 0 <= last.start - figure.start <= _LONGEST
    return near and not _SENTENCE.search(text, figure.end, last.end)
