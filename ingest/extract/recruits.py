"""Insiders that are sought: an act of recruiting in front of an organisation's inside."""

import re
from collections.abc import Iterator
from typing import Final

from ingest.extract.everyday import TRADE_CONTACTS
from ingest.extract.scene import Scene
from ingest.extract.spans import SpanIndex
from ingest.extract.tokens import INSIDER_RECRUITMENT, Token
from ingest.lexicon.frames import frame
from ingest.lexicon.wordings import Wording, may_hold, wording

_SEEKS: Final = frame("seeks_people")
_INSIDE: Final = wording("people_inside")
_NAMED: Final = wording("people_inside_named")
"""People that are insiders only behind the name of who employs them."""
_LURE: Final = wording("insider_lure")
_LURE_EN: Final = wording("insider_lure_en")
_FORMS: Final = frozenset(
    {"people_inside", "people_inside_named", "insider_lure", "insider_lure_en"}
)
_EMPLOYER: Final = wording("employer")
_EMPLOYER_EN: Final = frame("employer_en")
_WORKS: Final = (
    "work", "employ", "counter", "clerk", "teller", "agent", "rep", "nurse", "inside", "people",
    "folks", "staff", "driver", "handl", "loader", "officer", "engineer", "anyone", "someone",
)  # fmt: skip
_JOB: Final = wording("ordinary_job")
_TRADE: Final = frozenset({"product", "service", "method", "data_word", "escrow", "trade"})
_STOP: Final = re.compile(r"[.;!?。\n]")
_DATA: Final = re.compile(
    r"的?(?:数据|料|资料|信息|名单|号码|电话|渠道|内部|通道)| (?:data|list|log)"
)
_HAS: Final = frame("has_people")
_AT: Final = re.compile(
    r"s? (?:working |employed )?(?:at|in|inside|from|with|of|for) (?:the |an? )?"
)
_SELF: Final = re.compile(r"(?:我|本人|自己)[^,.;!?。\n]{0,6}\Z")
"""我就是营业厅员工: who speaks of themselves seeks nobody."""
_LIMIT: Final = 8
_LATIN_LIMIT: Final = 40
_BEHIND: Final = 24


def recruitment(scene: Scene) -> Iterator[Token]:
    """Goods tokens of the service of recruiting insiders, spelt out around an organisation."""
    if not may_hold(scene.text, _FORMS):
        return
    if any(t.id == INSIDER_RECRUITMENT for t in scene.tokens):
        return
    if _JOB.search(scene.text) and not scene.contacts:
        return
    found = _sought(scene, _INSIDE, named=False) or _lured(scene)
    if found is None and _of_trade(scene):
        found = _sought(scene, _NAMED, named=True)
    if found is not None:
        yield found


def _of_trade(scene: Scene) -> bool:
    """Whether a named employer and a sign of this trade stand in the text, and no plain job."""
    kinds = {t.kind for t in scene.tokens}
    traded = bool(kinds & _TRADE) or any(c.kind in TRADE_CONTACTS for c in scene.contacts)
    employed = "source" in kinds or _EMPLOYER.search(scene.text) is not None
    return employed and traded and _JOB.search(scene.text) is None


def _employers(scene: Scene, *, named: bool) -> SpanIndex:
    """Places of organisations, and of words for who employs people."""
    places = [(t.start, t.end) for t in scene.tokens if t.kind == "source"]
    return SpanIndex(
        places + [m.span() for m in _EMPLOYER.finditer(scene.text)] if named else places
    )


def _sought(scene: Scene, people: Wording, *, named: bool) -> Token | None:
    text = scene.text
    names: SpanIndex | None = None
    for inside in people.finditer(text):
        if named and _DATA.match(text, inside.end()):
            continue
        names = names or _employers(scene, named=named)
        latin = inside[0].isascii()
        window = max(0, inside.start() - (60 if latin else 24))
        if named and not names.overlaps(window, inside.end() + _BEHIND):
            continue
        for match in _SEEKS.finditer(text, window, inside.start()):
            if match[0].isascii() != latin or names.covers(*match.span()):
                continue
            if _leads(scene, match, inside, named=named):
                return Token(match.start(), inside.end(), "service", INSIDER_RECRUITMENT, False)
    return None


def _leads(scene: Scene, seeks: re.Match[str], inside: re.Match[str], *, named: bool) -> bool:
    """Whether little but the name of an organisation stands between an act and the people."""
    between = scene.text[seeks.end() : inside.start()]
    sources = [
        t.end - t.start
        for t in scene.tokens
        if t.kind == "source" and seeks.end() <= t.start and t.end <= inside.start()
    ]
    if (
        (named and not sources and not _employed(scene, inside.end()))
        or _STOP.search(between)
        or _HAS.search(between)
    ):
        return False
    limit = _LATIN_LIMIT if inside[0].isascii() else _LIMIT
    return len(between.strip()) - sum(sources) <= limit


def _employed(scene: Scene, place: int) -> bool:
    """A helper at Optus: the name of who employs the people right behind them."""
    link = _AT.match(scene.text, place)
    return link is not None and any(t.kind == "source" for t in scene.by_start.get(link.end(), ()))


def _lured(scene: Scene) -> Token | None:
    """柜台上班的朋友,想多挣的找我; work at a bank? we pay: people addressed, and what they get."""
    text = scene.text
    if not scene.latin:
        match = _LURE.search(text)
        if match and _SELF.search(text, max(0, match.start() - _LIMIT), match.start()):
            match = None
    elif any(word in text for word in _WORKS):
        paid = bool(scene.contacts) or any(f.kind == "price" for f in scene.figures)
        match = _LURE_EN.search(text) if paid else None
        if match and not _of_employer(scene, match):
            match = None
    else:
        match = None
    return match and Token(*match.span(), "service", INSIDER_RECRUITMENT, False)


def _of_employer(scene: Scene, match: re.Match[str]) -> bool:
    named = any(t.kind == "source" and match.start() <= t.start < match.end() for t in scene.tokens)
    return named or _EMPLOYER_EN.search(match[0]) is not None
