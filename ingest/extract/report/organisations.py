"""Organisations that a report names: pairs, company suffixes, offices and lexicon names."""

import re
from typing import Final

import msgspec

from ingest.extract.report.appositions import read_appositions
from ingest.extract.report.findings import OrganisationRef
from ingest.extract.report.org_names import (
    known_places,
    short_form_behind,
    short_forms,
    spelled,
)
from ingest.extract.report.page import Page
from ingest.extract.report.pairs import Pair
from ingest.extract.report.role_heads import heads
from ingest.extract.report.tables import TermTable
from ingest.extract.report.terms import Terms
from ingest.extract.report.words import words
from ingest.records import Span

_HAN: Final = "\u3400-\u9fff"
_PROGRAMME_ZH: Final = re.compile(rf"(?:{words('programme', 'zh')})$")
_PROGRAMME_EN: Final = re.compile(rf"\b(?:{words('programme', 'en')})$", re.I)
_PROGRAMME_NAMED: Final = re.compile(
    rf"(?:{words('programme_named', 'zh')})$"
    rf"|\b(?i:{words('programme_named', 'en')})$|^(?:Operation|Campaign|Project) [A-Z]"
)
"""Galas, shows and campaigns: who exposes and who acts, under a name in both scripts."""
_COMPANY_WORD: Final = re.compile(
    rf"(?:{words('company_end', 'zh')}|{words('short_end', 'zh')})$"
    rf"|\b(?:{words('company_end', 'en')})$|\b(?:{words('office', 'en')})\b"
    rf"|\b(?:{words('firm_end', 'en')})$|(?:{words('firm_end', 'zh')})$"
)
_PERSON: Final = re.compile(rf"(?:{words('surname', 'zh')})[{_HAN}]{{1,2}}")
_PROGRAMME_BEFORE: Final = re.compile(
    rf"\b(?i:{words('programme_named', 'en')}),? (?:called |named |codenamed |dubbed )?[\"']?$"
    rf"|(?:{words('programme_named', 'zh')})[《“\"「]$"
)
_PROGRAMME_BEHIND: Final = re.compile(
    rf"[\"'”」》]? (?i:{words('programme_named', 'en')})\b"
    rf"|[\"”」》]?(?:{words('programme_named', 'zh')})"
)
_NEAR: Final = 30
_SHORT: Final = 3


class Named(msgspec.Struct, frozen=True):
    """A place where an organisation is named."""

    span: Span
    ref: OrganisationRef


class _Mentions:
    """Mentions so far; the first to take a character of the page keeps it."""

    def __init__(self, size: int) -> None:
        self.all: list[Named] = []
        self._taken = bytearray(size)

    def add(self, span: Span, ref: OrganisationRef) -> bool:
        start, end = span
        if any(self._taken[start:end]):
            return False
        self._taken[start:end] = b"\1" * (end - start)
        self.all.append(Named(span, ref))
        return True


def read_organisations(page: Page, pairs: list[Pair], terms: Terms) -> list[Named]:
    """Every mention in order; a name once paired or spelled out keeps its id and aliases."""
    named = _Mentions(len(page.text))
    known: dict[str, OrganisationRef] = {}
    beside = {span[0] for span in read_appositions(page, terms, known_places())}
    for pair in pairs:
        ref = _paired(pair, terms)
        beside_word = pair.span[0] in beside or _beside_programme(page, pair.span)
        if ref is None and beside_word:
            ref = OrganisationRef(None, pair.first, pair.names)
        if ref:
            named.add(pair.span, ref)
            known.update(dict.fromkeys(pair.names, ref))
    for span in spelled(page, terms):
        ref = known.get(page.view[slice(*span)]) or _named(page, span, terms)
        if named.add(span, ref):
            known.setdefault(ref.name, ref)
            for alias in ref.aliases:
                known.setdefault(alias, ref)
    for one in list(named.all):
        for short in short_forms(page, one.ref.name, one.span[1]):
            known.setdefault(short, one.ref)
    for again in TermTable(sorted(known.items())).scan(page) if known else ():
        named.add(again.span, again.entry)
    for hit in terms.organisations.scan(page):
        if _inside_role(page, hit.span, terms):
            continue
        named.add(hit.span, OrganisationRef(hit.entry, page.quote(hit.span)))
    return sorted(named.all, key=lambda one: one.span)


def _beside_programme(page: Page, span: Span) -> bool:
    """Whether the word for a gala, show or campaign stands beside a pair of names."""
    before = page.view[max(0, span[0] - _NEAR) : span[0]]
    return bool(_PROGRAMME_BEFORE.search(before) or _PROGRAMME_BEHIND.match(page.view, span[1]))


def _inside_role(page: Page, span: Span, terms: Terms) -> bool:
    """Whether a short name only begins inside a word for a role: 担[保人保]管."""
    if span[1] - span[0] > _SHORT:
        return False
    start = max(0, span[0] - _SHORT)
    heads_before = heads(terms, "zh").search(page.view, start, span[1])
    return any(at < span[0] < head.end < span[1] for at, head in heads_before)


def _named(page: Page, span: Span, terms: Terms) -> OrganisationRef:
    name, short = page.view[slice(*span)], short_form_behind(page, span[1])
    return OrganisationRef(terms.identify(name), name, (name, short) if short else ())


def _paired(pair: Pair, terms: Terms) -> OrganisationRef | None:
    """The organisation of a pair; None for a programme, a person or a word of the trade."""
    if any(_PROGRAMME_NAMED.search(name) for name in pair.names):
        return OrganisationRef(None, pair.first, pair.names)
    if _PROGRAMME_ZH.search(pair.first) or _PROGRAMME_EN.search(pair.second):
        return None
    known = next(filter(None, map(terms.identify, pair.names)), None)
    evident = any(_COMPANY_WORD.search(name) for name in pair.names)
    short = pair.second.isupper() and pair.second.isalpha() and not _PERSON.fullmatch(pair.first)
    if not (known or evident or short):
        return None
    return OrganisationRef(known, pair.first, pair.names)
