"""Rates such as "participants per group per day" that a report defines and then gives values of."""

import re
from typing import Final

import msgspec

from ingest.extract.report.page import Line, Page, Sentence
from ingest.records import Span

_DEFINED: Final = re.compile(
    r"(?P<words>\b[a-z]{1,30}(?: [a-z]{1,30})? per [a-z]{1,30}(?: per [a-z]{1,30})?)"
    r"\"? \((?P<short>[A-Z]{2,6})\)",
    re.I,
)
_KNOWN: Final = re.compile(r"\b(?P<kind>(?:[a-z]+ )?)(?P<short>PGD|MGD)\b")
_KINDS: Final = frozenset({"mobile", "overall", "monthly", "daily", "average", "total"})
_ANAPHORA: Final = re.compile(
    r"\b(?:the|this|that) (?:figure|number|value|rate|indicator|average|metric)\b|\b(?:this|it) "
    r"(?:rose|fell|grew|increased|dropped|was|reached|stood|climbed|declined)\b",
    re.I,
)
_VALUE_BEFORE: Final = re.compile(
    r"(?:\b(?:was|were|is|to|from|at|of|reached|hit|averaged|figure|stood at|and) (?:just |only |"
    r"about |around |almost |nearly |over )?"
    r"|[:=(–—-] ?)$"
)


class Metric(msgspec.Struct, frozen=True):
    """A rate under its short name; `unit` is that name in small letters."""

    name: str
    unit: str
    per: str | None
    """The words that are counted: `participants`, `messages`."""

    def covers(self, counts: str | None) -> bool:
        """Whether a counted noun is that of the rate ("29 participants per day")."""
        return bool(counts and self.per and counts.lower().startswith(self.per[:-1].lower()))

    def holds(self, view: str, digits: Span) -> bool:
        """Whether a bare number is said to be the value of the rate."""
        return bool(_VALUE_BEFORE.search(view[max(0, digits[0] - 24) : digits[0]]))


def metric_of(page: Page, line: Line, sentence: Sentence) -> Metric | None:
    """The rate that a sentence gives values of: named in it, or just before ("the figure")."""
    found = _named(page, sentence.start, sentence.end)
    if found:
        return found
    if _ANAPHORA.search(page.view, sentence.start, sentence.end):
        return _named(page, line.start, sentence.start)
    return None


def _named(page: Page, start: int, end: int) -> Metric | None:
    defined = list(_DEFINED.finditer(page.view, start, end))
    if defined:
        short = defined[-1]["short"]
        noun = defined[-1]["words"].split(" per ")[0].split()[-1]
        plural = noun if noun.endswith("s") else f"{noun}s"
        return Metric(short, short.lower(), plural)
    known = list(_KNOWN.finditer(page.view, start, end))
    if not known:
        return None
    kind = known[0]["kind"].strip()
    name = f"{kind} {known[0]['short']}" if kind in _KINDS else known[0]["short"]
    noun = "participants" if known[0]["short"] == "PGD" else "messages"
    return Metric(name, known[0]["short"].lower(), noun)
