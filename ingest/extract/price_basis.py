"""What a clause says of all prices of a list: 单价元/条, 以上都是一次的价, all prices per lead."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from ingest.extract.price_terms import terms
from ingest.extract.spans import Span
from ingest.lexicon.frames import frame
from ingest.text.late import late

_CLAUSE: Final = re.compile(r"(?:[^\n,;。!?|丨┃│、]|(?<=\d),(?=\d{3}))+")
_MAY: Final = re.compile(
    r"[价费均皆每按论都全/]|单[位条个套次查]|一律|统一|[元块刀]一|多少|以[上下]"
    r"|per[ -]|each|by the|price|rate|cost"
)
"""What a text holds where a clause of it says what prices are for."""
_SAYS: Final = re.compile(
    r"[每单按论一1/／]|(?<![a-z])(?:per|each|by the|for (?:one|a|an))|价|单位"
)
_NUMBERED: Final = re.compile(r"[2-9]|(?<![\d,])0|\d\.\d")
"""A number that is not one, one thousand or ten thousand."""
_PIECE: Final = re.compile(r"[\w/$€£¥]+(?:[.-][\w/$€£¥]+)*")
_LONGEST: Final = 64
_MOST: Final = 12
"""A clause of more pieces is a sentence and no heading."""
_OPENS, _SHUTS = "([【《<「", ")]】》>」"
_BY: Final = re.compile(
    r"[按论](?=[千万条个套张份组号次笔位名人台户天月周年小目单])|单(?=[条个套张份组号次笔人台户查])"
)
"""By one, which is each."""
_HEAD: Final = frame("basis_head")
_TAIL: Final = frame("basis_tail")
_ALL: Final = frame("basis_all")
_PRICE: Final = frame("basis_price")
_ABOVE: Final = frame("basis_above")
_MONEY: Final = frame("money_name")
_BARE_BEHIND: Final = (
    r"(?<=价)|(?<=价[\s:(\[【])|(?<=单位)|(?<=单位[\s:为是])|(?<=by the )|(?<=for one )"
)
"""Behind what a unit needs no word for one of it."""
_NEXT: Final = re.compile(
    r"[\s:]*[$€£¥]?\s?[\d一二两三四五六七八九](?![、.)）])"
    r"(?!\d{0,6}[万千百wk]?[条个套张份组单]?(?:以上)?起)"
)
"""Behind a term that is in front of its own price (每条 0.5)."""
_OF_PRICE: Final = re.compile(
    r"(?:\d|[一二两三四五六七八九十百千万])[万千百wk]?\s?"
    r"(?:[毛块元分角厘ur刀$€£]|[a-z]{2,5}|美[金元])?\s?[一二三四五六七八九\d]?[\s(\[]*\Z"
)
"""In front of a term that belongs to one price (0.5 每条)."""
_EACH: Final = ("每", "per ", "each ", "/")
_TIMES: Final = ("hour", "day", "week", "month", "year")
_ENDS: Final = frozenset({"", "\n"})
_WORD: Final = re.compile(r"\w")
_HAN: Final = re.compile("[一-鿿]")


class Basis(NamedTuple):
    """Where a clause says what prices are for. `above`: of the prices in front of it."""

    start: int
    end: int
    term: re.Match[str]
    above: bool


class BasisGrammar:
    """Reads clauses that hold nothing but words for prices, currencies and what prices are for."""

    def __init__(self, written: str) -> None:
        bare = rf"(?P<bare>{written})(?=\s?(?:的?价|计[价费算]|为单位|/\s?(?:{_MONEY.pattern})\Z))"
        named = rf"(?:{_BARE_BEHIND})(?P<named>{written})"
        term = rf"{named}|{terms(written)}|(?P<order>[每一]单)(?=价)|{bare}"
        self._said = late(
            rf"(?P<head>(?:(?:{_HEAD.pattern})[\s:(\[【]{{0,2}})*)"
            rf"(?:(?P<money>{_MONEY.pattern})\s?)?(?P<term>{term})"
            rf"(?P<tail>(?:\s?(?:{_TAIL.pattern}))*(?P<by>\s?[/(]\s?(?:{_MONEY.pattern}))?)"
        )

    def read(self, text: str) -> Iterator[Basis]:
        """All clauses of a text that say what prices are for, by place."""
        if _MAY.search(text) is None:
            return
        words = ""
        for clause in _CLAUSE.finditer(text):
            short = clause.end() - clause.start() <= _LONGEST
            if short and _SAYS.search(clause[0]):
                words = words or _BY.sub("每", text).replace("per-", "per ")
                yield from self._of(text, words, clause.span())

    def _of(self, text: str, words: str, clause: Span) -> Iterator[Basis]:
        done = -1
        for place in _runs(text, clause):
            said = self._said.fullmatch(words, *place) if place[0] >= done else None
            if said and _is_apart(text, place, clause) and _is_sure(text, said, clause):
                done = place[1]
                yield Basis(*place, said, _ABOVE.search(said["head"]) is not None)


def _runs(text: str, clause: Span) -> Iterator[Span]:
    """Stretches of a clause from piece to piece, from each place the longest first."""
    pieces = list(_PIECE.finditer(text, *clause))
    if len(pieces) > _MOST:
        return
    latin = _HAN.search(text, *clause) is None
    before = clause[0]
    behind = _ends_of_plain(pieces)
    for first, piece in enumerate(pieces):
        if not latin or not first or text[before : piece.start()].strip(" "):
            plain = pieces[first : behind[first]]
            if plain and _SAYS.search(text, piece.start(), plain[-1].end()):
                yield from ((piece.start(), last.end()) for last in reversed(plain))
        before = piece.end()


def _ends_of_plain(pieces: list[re.Match[str]]) -> list[int]:
    """For each piece, the number of the first one from there on that holds another number."""
    ends: list[int] = []
    end = len(pieces)
    for number in range(end - 1, -1, -1):
        if _NUMBERED.search(pieces[number][0]):
            end = number
        ends.append(end)
    return ends[::-1]


def _is_apart(text: str, place: Span, clause: Span) -> bool:
    """Whether signs part a stretch from the rest of its clause; in Chinese a space is one."""
    if _OF_PRICE.search(text, clause[0], place[0]):
        return False
    if _HAN.search(text, *place):
        return True
    before, behind = text[clause[0] : place[0]].rstrip(" "), text[place[1] : clause[1]].lstrip(" ")
    return not before[-1:].isalnum() and not behind[:1].isalnum()


def _is_sure(text: str, said: re.Match[str], clause: Span) -> bool:
    """Whether what is said is said of prices, and of more than the one behind it."""
    start, end = said.span()
    for_all = _ALL.search(said["head"]) is not None
    if not for_all and _NEXT.match(text, end):
        return False
    if said["money"] or said["by"] or _PRICE.search(said["head"] + said["tail"]):
        return True
    timed = any(said[name] for name in _TIMES)
    if for_all or timed:
        return not timed
    inside = text[start - 1 : start] in _OPENS and text[end : end + 1] in _SHUTS
    return (inside or _is_alone(text, said.span(), clause)) and said["term"].startswith(_EACH)


def _is_alone(text: str, place: Span, clause: Span) -> bool:
    """Whether a clause holds nothing else, on one side of it the end of its line."""
    if _WORD.search(text, clause[0], place[0]) or _WORD.search(text, place[1], clause[1]):
        return False
    return text[clause[0] - 1 : clause[0]] in _ENDS or text[clause[1] : clause[1] + 1] in _ENDS
