"""Organisations that a report names: pairs, company suffixes, offices and lexicon names."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

import msgspec

from ingest.extract.report.findings import OrganisationRef
from ingest.extract.report.page import Page
from ingest.extract.report.pairs import Pair
from ingest.extract.report.tables import TermTable, lexicon, lexicon_rows, table
from ingest.extract.report.words import words
from ingest.records import Span
from ingest.text.normalise import normalise

_CATEGORIES: Final = (
    "source_operator",
    "source_app",
    "source_bank",
    "source_courier",
    "source_gov",
    "source_bigdata_firm",
)
_HAN: Final = "\u3400-\u9fff"
_ENGLISH_COMPANY: Final = re.compile(
    r"\b(?:[A-Z0-9][\w&'-]*\.? (?:(?:of|&) )?){1,8}"
    rf"(?:{words('company_end', 'en')})(?![A-Za-z])"
)
_ENGLISH_OFFICE: Final = re.compile(
    rf"\b(?:[A-Z][\w'-]* ){{0,5}}(?:{words('office', 'en')})\b"
    r"(?: (?:of|for) (?:the )?(?:[A-Z][\w'-]*(?: and)? ?){1,5}(?<! )(?<! and))?"
)
_CHINESE_COMPANY: Final = re.compile(rf"[{_HAN}]{{2,26}}(?:{words('company_end', 'zh')})")
_NOT_NAME: Final = re.compile(
    rf"(?:(?:{words('not_name', 'en')}) )*(?:(?:[A-Z]\w+ )?(?:{words('person', 'en')}) of )?"
)
_CUT: Final = re.compile(rf".*(?:{words('cut', 'zh')})")
_PROGRAMME_ZH: Final = re.compile(rf"(?:{words('programme', 'zh')})$")
_PROGRAMME_EN: Final = re.compile(rf"\b(?:{words('programme', 'en')})$", re.I)
_COMPANY_WORD: Final = re.compile(
    rf"(?:{words('company_end', 'zh')}|{words('short_end', 'zh')})$"
    rf"|\b(?:{words('company_end', 'en')})$|\b(?:{words('office', 'en')})\b"
)
_PERSON: Final = re.compile(rf"(?:{words('surname', 'zh')})[{_HAN}]{{1,2}}")
_LEAST_NAME: Final = 3


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


def read_organisations(page: Page, pairs: list[Pair]) -> list[Named]:
    """Every mention in order; a name once paired or spelled out keeps its id and aliases."""
    named = _Mentions(len(page.text))
    known: dict[str, OrganisationRef] = {}
    for pair in pairs:
        ref = _paired(pair)
        if ref:
            named.add(pair.span, ref)
            known.update({pair.first: ref, pair.second: ref})
    for span in _spelled(page):
        name = page.view[span[0] : span[1]]
        ref = known.get(name) or OrganisationRef(identify(name), name)
        if named.add(span, ref):
            known.setdefault(name, ref)
    for again in TermTable(sorted(known.items())).scan(page) if known else ():
        named.add(again.span, again.entry)
    for hit in _lexicon_names().scan(page):
        named.add(hit.span, OrganisationRef(hit.entry, page.quote(hit.span)))
    return sorted(named.all, key=lambda one: one.span)


def _paired(pair: Pair) -> OrganisationRef | None:
    """The organisation of a pair; None for a programme, a person or a word of the trade."""
    if _PROGRAMME_ZH.search(pair.first) or _PROGRAMME_EN.search(pair.second):
        return None
    known = identify(pair.first) or identify(pair.second)
    evident = _COMPANY_WORD.search(pair.first) or _COMPANY_WORD.search(pair.second)
    short = pair.second.isupper() and pair.second.isalpha() and not _PERSON.fullmatch(pair.first)
    if not (known or evident or short):
        return None
    return OrganisationRef(known, pair.first, (pair.first, pair.second))


def _spelled(page: Page) -> Iterator[Span]:
    for line in page.lines:
        for match in _ENGLISH_COMPANY.finditer(page.view, line.start, line.end):
            yield from _trimmed(match)
        for match in _CHINESE_COMPANY.finditer(page.view, line.start, line.end):
            cut = _CUT.match(match[0][:-2])
            at = match.start() + (cut.end() if cut else 0)
            if match.end() - at > _LEAST_NAME and not page.view.startswith("公司", at):
                yield at, match.end()
        for match in _ENGLISH_OFFICE.finditer(page.view, line.start, line.end):
            yield from _trimmed(match)


def _trimmed(match: re.Match[str]) -> Iterator[Span]:
    ordinary = _NOT_NAME.match(match[0])
    at = match.start() + (ordinary.end() if ordinary else 0)
    name = match.string[at : match.end()].strip()
    if " " in name and normalise(name).text not in _platforms():
        yield at, match.end()


@cache
def _platforms() -> frozenset[str]:
    """Names of places of talk, which are no organisations ("QQ Group")."""
    rows = (row for row in lexicon() if row["category"] in ("platform", "market", "escrow"))
    return frozenset(normalise(row["term"]).text for row in rows)


@cache
def _lexicon_names() -> TermTable[str]:
    return TermTable((row["term"], row["canonical"]) for row in _organisation_rows())


def _organisation_rows() -> Iterator[dict[str, str]]:
    for row in lexicon_rows(*_CATEGORIES):
        path = row["canonical"]
        vague = path.endswith(("/generic", "/all_three", "/mvno"))
        if path.startswith("org/") and not vague and not row["term"].isdigit():
            yield row


@cache
def _ids() -> dict[str, str]:
    return {normalise(row["term"]).text: row["canonical"] for row in _organisation_rows()}


@cache
def _inside() -> re.Pattern[str]:
    """A known name with nothing but a place before it and company words after it."""
    terms = "|".join(sorted(map(re.escape, _ids()), key=len, reverse=True))
    places = "|".join(
        normalise(row["term"]).text for row in table("places.tsv") if row["form"] == "city"
    )
    generic = f"{words('generic', 'en')}|{words('generic', 'zh')}"
    return re.compile(rf"(?:(?:{places})[市省]?\s?)?({terms})(?:[\s.,]*(?:{generic}))*[\s.,]*")


def identify(name: str) -> str | None:
    """The lexicon's id of a name or of a full company name around it, else None."""
    text = normalise(name).text.strip()
    if text in _ids():
        return _ids()[text]
    match = _inside().fullmatch(text)
    return _ids()[match[1]] if match else None
