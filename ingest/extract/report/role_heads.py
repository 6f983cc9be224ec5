"""Words for the roles of the trade at one place of a text: the table of reports and the lexicon."""

import re
from collections import defaultdict
from functools import lru_cache
from typing import Final

import msgspec

from ingest.extract.report.tables import table
from ingest.extract.report.terms import Terms
from ingest.extract.report.words import words

_PLURAL: Final = re.compile(r"(?:.*(?<!s)s|.*sses|.*men|.*people|.*staff)$|[^\x00-\x7f]", re.I)


_MODIFIER: Final = re.compile(
    rf"(?!(?:{words('role_no_modifier', 'en')}|{words('stop', 'en')}|{words('past', 'en')})\b)"
    r"[A-Za-z][a-zA-Z-]*(?<!s)(?<!ing)(?:'s)? (?!\()",
    re.I,
)
_STOP: Final = re.compile(rf"(?:{words('stop', 'en')})\b", re.I)
_MOST_WORDS: Final = 2


class Head(msgspec.Struct, frozen=True):
    """A word for a role, with its end in the page."""

    role: str
    end: int
    plural: bool = False


class Heads:
    """All words for roles in one language; the longest at a place wins."""

    def __init__(self, terms: Terms, lang: str) -> None:
        by_role: dict[str, list[str]] = defaultdict(list)
        for role, of, term in terms.roles:
            if of == lang and role != "cheat":
                by_role[role].append(re.escape(term) + ("s?" if lang == "en" else ""))
        for row in table("role_heads.tsv"):
            if row["lang"] == lang:
                by_role[row["role"]].append(row["pattern"])
        edge, flags = (r"\b", re.I) if lang == "en" else ("", re.NOFLAG)
        self._lang = lang
        self._patterns = [
            (role, re.compile(f"(?:{'|'.join(_longest_first(patterns))}){edge}", flags))
            for role, patterns in sorted(by_role.items())
        ]

    def match(self, view: str, start: int, stop: int) -> Head | None:
        """The head that begins at a place, ordinary English words in front of it allowed."""
        found = self._at(view, start, stop)
        if self._lang != "en":
            return found
        if found is not None:
            # "Marketplace guarantors": the last noun says who they are.
            joined = view[found.end : found.end + 1] == " " and not _STOP.match(view, found.end + 1)
            further = self._at(view, found.end + 1, stop) if joined else None
            return further or found
        at = start
        for _ in range(_MOST_WORDS):
            word = _MODIFIER.match(view, at, stop)
            if word is None:
                return None
            at = word.end()
            if further := self._at(view, at, stop):
                return further
        return None

    def search(self, view: str, start: int, stop: int) -> list[tuple[int, Head]]:
        """The heads of a stretch by place, the longest at each."""
        found: list[tuple[int, Head]] = []
        starts = sorted(
            {
                match.start()
                for _, pattern in self._patterns
                for match in pattern.finditer(view, start, stop)
            }
        )
        for at in starts:
            head = self._at(view, at, stop)
            if head and (not found or at >= found[-1][1].end):
                found.append((at, head))
        return found

    def _at(self, view: str, start: int, stop: int) -> Head | None:
        found = [
            (match.end(), role)
            for role, pattern in self._patterns
            if (match := pattern.match(view, start, stop))
        ]
        if not found:
            return None
        end, role = max(found)
        return Head(role, end, bool(_PLURAL.match(view[start:end])))


def _longest_first(patterns: list[str]) -> list[str]:
    return sorted(patterns, key=lambda pattern: (-len(pattern), pattern))


@lru_cache(maxsize=4)
def heads(terms: Terms, lang: str) -> Heads:
    """The words for roles of one language, compiled once a lexicon."""
    return Heads(terms, lang)
