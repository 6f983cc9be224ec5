"""Names given in both scripts, or in full and short: the parenthesis rule."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Final

import msgspec

from ingest.extract.report.aliases import read_aliases
from ingest.extract.report.dates import DateHit
from ingest.extract.report.page import Page
from ingest.extract.report.tables import overlaps
from ingest.extract.report.words import words
from ingest.records import Span

_HAN: Final = "\u3400-\u9fff"
_CHINESE_FIRST: Final = re.compile(
    rf"(?P<head>[0-9.·]{{0,8}}[{_HAN}·]{{2,40}})[\"”」》]? ?"
    r"\((?P<eng>(?:Eng|English|英文名?)[.:]{0,2} ?)?"
    r"(?P<tail>[^()\n]{2,80})\)"
)
_LATIN_FIRST: Final = re.compile(
    r"(?<![A-Za-z0-9])(?P<head>(?:[A-Z0-9][\w&'.-]{0,30}"
    r"(?:,(?= (?:Ltd|Limited|Inc|LLC|Co|Corp|PLC)\b))? (?:(?:of|and|&) )?){0,8}"
    r"[A-Z0-9][\w&'.-]{0,30}\.?)[\"']? ?"
    rf"\((?:(?:in )?Chinese:? |中文名?[:为]? ?)?(?P<tail>[0-9.·]{{0,8}}[{_HAN}·]{{2,40}})"
    r"(?:[,;/] ?(?P<more>[A-Z][\w&'. -]{1,40}))?\)"
)
_INITIALS: Final = re.compile(
    r"(?P<head>(?:[A-Z][\w'-]*,? (?:(?:of|for|and|on|the) "
    r"){0,2}){1,9})\((?P<tail>[A-Z][A-Za-z&-]{1,11})\)"
)
_LATIN_NAME: Final = re.compile(r"[A-Z0-9][\w&'. ,+-]*[A-Za-z.]")


_SEVERAL: Final = re.compile(
    rf"(?:(?P<han>[{_HAN}·]{{2,40}})|"
    r"(?P<latin>[A-Z][\w&'.-]*(?:(?:,(?= (?:Ltd|Inc|LLC|Co)\b))? "
    r"(?:(?:of|and|&) )?[A-Z][\w&'.-]*){0,7}))[\"”」》']? ?\((?P<tail>[^()\n]{2,120})\)"
)
"""A name with several others, or one with a word for it, in brackets."""
_COMMA: Final = re.compile(r"[,;,、/;] ?| (?:or|and) ")
_CALLED_ZH: Final = re.compile(
    rf"(?:以下|下文|对外|或|亦|也|即|又)?(?:{words('alias', 'zh')}|英文|即|又叫|旧称)"
    r"(?:为|是|作)?:? ?"
)
_CALLED: Final = re.compile(
    rf"(?:(?:{words('alias_adverb', 'en')}|or|and|the|in|hereinafter|hereafter) )*"
    rf"(?:(?:{words('alias', 'en')}|Eng\.|English|Chinese|in Chinese|in English):? )?"
)
_ONE_NAME: Final = re.compile(
    rf"[A-Z][\w&'.-]*(?: (?:of |& )?[A-Z][\w&'.-]*){{0,6}}|[{_HAN}][{_HAN}A-Za-z0-9·]{{1,24}}"
)


class Pair(msgspec.Struct, frozen=True):
    """Two names of one thing; the span is that of the whole pair."""

    span: Span
    first: str
    second: str
    marked: bool
    """With "Eng." or a word for another name, which says that both are the same name."""
    others: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All names, that which stands first in front."""
        return (self.first, self.second, *self.others)


def read_pairs(page: Page, dates: tuple[DateHit, ...]) -> list[Pair]:
    """All pairs of the page in order; dates, numbers and remarks in brackets are none."""
    days = [(hit.start, hit.end) for hit in dates]
    pairs: list[Pair] = []
    for line in page.lines:
        for pair in _pairs(page, line.start, line.end):
            taken = [known.span for known in pairs[-4:]]
            if not overlaps(pair.span, days) and not overlaps(pair.span, taken):
                pairs.append(pair)
    pairs.sort(key=lambda pair: pair.span)
    read, starts = tuple(pairs), [pair.span[0] for pair in pairs]
    for span, names in read_aliases(page):
        near = read[max(0, bisect_left(starts, span[0]) - 2) : bisect_left(starts, span[1])]
        if not overlaps(span, [pair.span for pair in near]):
            pairs.append(Pair(span, names[0], names[1], True, names[2:]))
    return sorted(pairs, key=lambda pair: pair.span)


def _pairs(page: Page, start: int, end: int) -> Iterator[Pair]:
    for match in _CHINESE_FIRST.finditer(page.view, start, end):
        if _LATIN_NAME.fullmatch(match["tail"]):
            at = match.start("head") + _cut(match["head"])
            head = page.view[at : match.end("head")]
            yield Pair((at, match.end()), head, match["tail"], bool(match["eng"]))
    for match in _SEVERAL.finditer(page.view, start, end):
        yield from _several(page, match)
    for match in _LATIN_FIRST.finditer(page.view, start, end):
        at, head = _strip_latin(match)
        if head:
            more = (match["more"].strip(),) if match["more"] else ()
            yield Pair((at, match.end()), head, match["tail"], False, more)
    for match in _INITIALS.finditer(page.view, start, end):
        at, head = _strip_latin(match)
        if _office(head) and _initials(head, match["tail"]):
            yield Pair((at, match.end()), head, match["tail"], False)


def _several(page: Page, match: re.Match[str]) -> Iterator[Pair]:
    """The names in brackets behind a name, where each piece is one and a word says so."""
    group = "han" if match["han"] else "latin"
    names, told = [], False
    for piece in _COMMA.split(match["tail"]):
        called = _CALLED_ZH.match(piece) or _CALLED.match(piece)
        cue = called.end() if called else 0
        name = piece[cue:].strip(" \"“”'「」《》")
        told = told or cue > 0
        if not _ONE_NAME.fullmatch(name):
            return
        names.append(name)
    both = {name.isascii() for name in names} | {group == "latin"}
    at = match.start(group)
    if group == "han":
        at += _cut(match["han"])
    else:
        ordinary = _NOT_NAME.match(match["latin"] + " ")
        at += min(ordinary.end(), len(match["latin"])) if ordinary else 0
    head = page.view[at : match.end(group)]
    if head and told and (len(names) > 1 or len(both) > 1):
        yield Pair((at, match.end()), head, names[0], True, tuple(names[1:]))


_CUT: Final = re.compile(rf".*(?:{words('cut', 'zh')})")
_NOT_NAME: Final = re.compile(
    rf"(?:(?:{words('not_name', 'en')}|[A-Z][a-z]+-(?:language|speaking|run)) )+"
)
_OFFICE: Final = re.compile(
    rf"\b(?:{words('office', 'en')}|{words('company_end', 'en')}|{words('firm_end', 'en')})"
)
_LEGAL_FIRST: Final = re.compile(r"(?:PT|CV|SA|AO|OOO) ")


def _cut(head: str) -> int:
    """Where a Chinese name begins inside a run of characters: after the last cut word."""
    match = _CUT.match(head[:-2])
    return match.end() if match else 0


def _strip_latin(match: re.Match[str]) -> tuple[int, str]:
    head = match["head"].rstrip()
    ordinary = _NOT_NAME.match(head + " ")
    skip = min(ordinary.end(), len(head)) if ordinary else 0
    return match.start("head") + skip, head[skip:]


def _office(head: str) -> bool:
    return bool(_OFFICE.search(head))


def _initials(head: str, short: str) -> bool:
    """Whether the capitals of the short form come in order from the letters of the long one."""
    head = _LEGAL_FIRST.sub("", head)
    letters = iter(re.sub("[^A-Z]", "", head.upper()))
    capitals = [char for char in short if char.isupper()]
    return len(capitals) > 1 and head[0] == capitals[0] and all(c in letters for c in capitals)
