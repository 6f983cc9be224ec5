"""Whose data an English offer is said to be: named organisations and vague ones."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

import msgspec

from ingest.extract.report.organisations import Named
from ingest.extract.report.scene import Scene
from ingest.extract.report.tables import overlaps, table
from ingest.records import SourceClaim, SourceKind, Span

_NUMBERS: Final = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "both": 2}
_LEAD: Final = (
    r"(?:(?:the )?(?P<n>one|two|three|four|five|six|both|\d{1,2}) "
    r"(?:of (?:the |its )?(?:(?:two|three|four|five|six|ten|\d{1,2}) )?)?"
    r"|(?:an?|the|some|several|various|multiple|different) )?"
)
_ADJECTIVES: Final = (
    r"(?P<adjectives>(?:(?:most|undisclosed|unnamed|unspecified|unidentified|popular|biggest|"
    r"largest|"
    r"major|leading|top|main|well-known|local|regional|state-owned|domestic|foreign|online|new|"
    r"[A-Z][\w.]+|(?:[a-z]+-)+[a-z]+)(?:,| and)? ){0,4})"
)
_INSIDER_BEFORE: Final = re.compile(
    r"\b(?:insiders?|employees?|staff(?: members?)?|workers?|works?|worked|"
    r"(?:insider|inside|internal) (?:channels?|contacts?|sources?|access))"
    r" (?:\w+ )?(?:at|of|in|from|with|inside|within|for) (?:the |an? |[\w-]+ )?$",
    re.I,
)
_INSIDER_AFTER: Final = re.compile(r"(?:'s?)? (?:insiders?|employees?|staff)\b", re.I)
_HACKED_BEFORE: Final = re.compile(
    r"\b(?:hacked|breached|leaked|stolen|compromised|hack of|breach of|hacking(?: into)?|"
    r"breaching|intrusion into|broke into)"
    r" (?:[\w'-]+ ){0,4}?$",
    re.I,
)
_HACKED_AFTER: Final = re.compile(r"(?:'s?)? (?:breach|hack|leak|database dump)\b", re.I)
_SCRAPED_BEFORE: Final = re.compile(
    r"\b(?:scraped|crawled|scraping|crawling)[\w ]{0,20} (?:from )?(?:the |an? )?$", re.I
)
_USERS_AFTER: Final = re.compile(
    r"(?:'s?)? (?:app |platform )?(?:users?|customers?|clients?|members?|accounts?|subscribers?|"
    r"players?|data|records|database|orders?)\b",
    re.I,
)
_USERS_BEFORE: Final = re.compile(
    r"\b(?:users?|customers?|clients?|members?|subscribers?|accounts?|players?|patients?|guests?|"
    r"records?|data|information|details|database) (?:\w+ )?(?:of|from|at|on|tied to|for|held by|"
    r"linked to|belonging to) (?:the |an? )?$",
    re.I,
)
_VENUE_BEFORE: Final = re.compile(
    r"\b(?:on|via|through|over|using|by|to|contact(?:ed)?(?: \w+)? (?:on|via)|according to|said|"
    r"reported by) $",
    re.I,
)


class Vague(msgspec.Struct, frozen=True):
    """A class of sources by its head noun."""

    family: str
    kind: SourceKind
    regex: re.Pattern[str]


@cache
def _vague() -> tuple[Vague, ...]:
    return tuple(
        Vague(
            row["family"],
            msgspec.convert(row["kind"], SourceKind),
            re.compile(rf"(?<![\w'-]){_LEAD}{_ADJECTIVES}(?P<noun>{row['pattern']})(?![\w-])"),
        )
        for row in table("sources_en.tsv")
    )


def read_sources(scene: Scene, stretches: Sequence[Span]) -> tuple[SourceClaim, ...]:
    """Source entries by place; `id` only for a name, each organisation or phrase once."""
    found: list[SourceClaim] = []
    for start, end in stretches:
        named = [claim for one in scene.names_in(start, end) for claim in _named(scene, one, start)]
        taken = [one.span for one in scene.names_in(start, end)]
        found.extend(named)
        for claim in _vague_in(scene, start, end):
            if not overlaps(claim.span, taken):
                taken.append(claim.span)
                found.append(claim)
    found.sort(key=lambda claim: claim.span)
    once = {claim.id or claim.quote.lower(): claim for claim in reversed(found)}
    return tuple(sorted(once.values(), key=lambda claim: claim.span))


def _named(scene: Scene, one: Named, start: int) -> Iterator[SourceClaim]:
    view, (at, end) = scene.page.view, one.span
    before = view[max(start, at - 60) : at]
    kind = _kind_by_words(before, view, end)
    family = one.ref.id.split("/")[1] if one.ref.id else ""
    if kind is None and _VENUE_BEFORE.search(before):
        return
    if kind is None:
        kind = _kind_of(family, before, view, end)
    if kind is None:
        return
    known = scene.terms.english_name(one.ref.id) if one.ref.id else None
    yield SourceClaim(
        one.ref.id, known or one.ref.name, kind, scene.page.quote(one.span), one.span, False, 1
    )


def _kind_by_words(before: str, view: str, end: int) -> SourceKind | None:
    if _INSIDER_BEFORE.search(before) or _INSIDER_AFTER.match(view, end):
        return "employer_of_insider"
    if _HACKED_BEFORE.search(before) or _HACKED_AFTER.match(view, end):
        return "breached_system"
    return "extraction_point" if _SCRAPED_BEFORE.search(before) else None


def _kind_of(family: str, before: str, view: str, end: int) -> SourceKind | None:
    if family in ("operator", "gov", "bigdata"):
        return "extraction_point"
    users = _USERS_AFTER.match(view, end) or _USERS_BEFORE.search(before)
    if family in ("app", "bank", "courier"):
        return "data_subject_service"
    return "data_subject_service" if users else None


def _vague_in(scene: Scene, start: int, end: int) -> Iterator[SourceClaim]:
    view = scene.page.view
    hits = sorted(
        (
            (m.start(), -m.end(), rule.family, rule, m)
            for rule in _vague()
            for m in rule.regex.finditer(view, start, end)
        ),
        key=lambda hit: hit[:3],
    )
    done = start
    for _, _, _, rule, match in hits:
        if match.start() < done or match.end() == match.start():
            continue
        done = match.end()
        yield _vague_claim(scene, rule, match)


def _vague_claim(scene: Scene, rule: Vague, match: re.Match[str]) -> SourceClaim:
    view = scene.page.view
    first = match.start("n") if match["n"] else match.start("adjectives")
    if first < 0 or (not match["n"] and not match["adjectives"]):
        first = match.start("noun")
    before = view[max(0, first - 60) : match.start()]
    before += view[match.start() : first]
    kind = _kind_by_words(before, view, match.end()) or rule.kind
    number = (match["n"] or "").lower()
    cardinality = _NUMBERS.get(number) or (int(number) if number.isdigit() else None)
    if cardinality is None and _one(match):
        cardinality = 1
    span = (first, match.end())
    return SourceClaim(None, None, kind, scene.page.quote(span), span, False, cardinality)


def _one(match: re.Match[str]) -> bool:
    """ "a bank" is one; "an operator or operators" is not counted."""
    lead = match[0].split(" ", 1)[0].lower()
    noun = match["noun"]
    return lead in ("a", "an") and " or " not in noun and not noun.endswith("s")
