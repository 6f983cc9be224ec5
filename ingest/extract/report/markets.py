"""Marketplaces and forums that a report names."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

import msgspec

from ingest.extract.report.page import Line, Page
from ingest.extract.report.pairs import Pair
from ingest.extract.report.tables import TermTable, overlaps, table
from ingest.extract.report.terms import Terms
from ingest.extract.report.words import words
from ingest.records import Span
from ingest.text.normalise import normalise

_NAME: Final = r"[A-Z][\w.'-]*(?: (?:of (?:the )?)?[A-Z][\w.'-]*){0,4}"
_NAMED_NAME: Final = rf"(?P<name>{_NAME})"
_NOT_AT: Final = "(?![在于从到])"
_HEAD: Final = rf"(?:{words('market_head', 'en')})"
_HEAD_ZH: Final = rf"(?:{words('market_head', 'zh')})"
_HAN: Final = "\u3400-\u9fff"
_HEAD_STRONG: Final = rf"(?i:{words('market_strong', 'en')})"
_PLACE_ZH: Final = rf"(?:{words('market_place', 'zh')})"
_ASIDE: Final = r"(?: ?\([^()]{2,40}\))?"
_NAMED: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_HEAD}(?:,|:)? (?:called|named|known as|dubbed) [\"']?(?P<name>{_NAME})",
        rf"\b(?:[Tt]he|[Oo]n|[Aa]t|[Vv]ia) [\"']?(?P<name>{_NAME})[\"']? "
        rf"(?:\(\S{{2,12}}\) )?{_HEAD}\b",
        rf"\b(?:[Tt]he|[Aa]n?|[Oo]ne|[Aa]nother|[Tt]his) (?:[a-z-]+ ){{0,3}}{_HEAD},? "
        rf"[\"']?(?P<name>{_NAME})",
        rf"(?P<name>{_NAME})[\"']?(?: \([^()]{{2,40}}\))?, (?:an?|one of|the) (?:[\w'-]+ ){{0,5}}"
        rf"{_HEAD}s?\b",
        rf"(?P<name>{_NAME})[\"']?(?: \([^()]{{2,40}}\))? (?:is|was|became|has become) "
        rf"(?:an?|one of|the) (?:[\w'-]+ ){{0,4}}{_HEAD}s?\b",
        rf"\b(?P<name>(?:[A-Z][\w'-]+ ){{1,4}}(?:{words('market_end', 'en')}))\b(?! [a-z]+ing\b)",
        rf"\b{_HEAD_STRONG} [\"']?(?P<name>{_NAME})",
        rf"(?P<name>{_NAME})[\"']?{_ASIDE}, (?:which|opened|launched|run) [^,;.]{{3,60}}, "
        rf"(?:is|was|became) (?:an?|one of|the) (?:[\w'-]+ ){{0,4}}{_HEAD}s?\b",
        rf"\b[Tt]he [\"']?(?P<name>{_NAME})[\"']? (?:channel|group|server) on "
        r"(?:Telegram|QQ|Discord|WhatsApp)\b",
        rf"{_PLACE_ZH}(?:名为|名叫|叫做?|:)?[“\"「](?P<name>[^”\"」,。;]{{2,20}})[”\"」]",
        rf"[“\"「](?P<name>[^”\"」,。;]{{2,20}})[”\"」]{_ASIDE}(?:是|为|系)[^,。;]{{0,16}}?{_PLACE_ZH}",
        rf"(?:^|(?<=[,。;]))(?P<name>[{_HAN}]{{2,8}})(?:是|为|系)(?:一个|一家|目前|国内|境外|最大)"
        rf"[^,。;]{{0,12}}?{_PLACE_ZH}",
        rf"(?<=[在于])(?P<name>[{_HAN}A-Za-z]{{2,12}})\([^()]{{2,30}}\)上",
        rf"(?:名为|叫做?|称为)[“\"「](?P<name>[^”\"」]{{2,20}})[”\"」]的[^,。;]{{0,8}}{_HEAD_ZH}",
        rf"[“\"「](?P<name>[^”\"」。,;]{{2,20}})[”\"」](?:[{_HAN}]{{0,4}})?{_HEAD_ZH}",
        rf"[“\"「](?P<name>[{_HAN}]{{1,8}}(?:{words('market_end', 'zh')}))[”\"」]",
        rf"(?<=[在于从到上自,。])(?P<name>(?:{_NOT_AT}.){{2,6}}?"
        rf"(?:{words('market_end', 'zh')}))",
        rf"(?P<name>[A-Z][A-Za-z]+(?: [A-Z][A-Za-z]+){{0,3}}) ?{_HEAD_ZH}",
    )
)
_WITH_PEOPLE: Final = re.compile(
    rf"\b(?i:{words('market_people', 'en')}) (?:active )?(?:on|at) (?:the )?[\"']?(?P<name>{_NAME})"
    r"(?=[\"']?(?:[ ,.;:)]|$))"
)
_LISTED: Final = re.compile(
    rf"\b(?:{words('market_head', 'en')})s\b[\"']?(?:,? (?:the )?(?:[\w-]+ ){{0,2}}"
    rf"(?:of which|being|namely|such as|including|like|are|were|called|named|known as)"
    rf"(?: (?:are|were|is|was))?:? |"
    rf" (?:[a-z'-]+ ){{1,4}}[a-z'-]+: |,? (?:\(|: ?|[-–—] )|, )(?=(?:the )?(?:[\w-]+ )?[\"']?[A-Z])"
)
_LISTED_NAME: Final = re.compile(
    rf"(?:the )?(?:[\w-]+-(?:language|speaking) )?[\"']?{_NAMED_NAME}[\"']?"
    r"(?: \([^()]{2,60}\))?(?P<next>,? and |, (?!which|who|where)|; |$)?"
)
_SEVERAL: Final = re.compile(
    rf"(?P<names>{_NAME}[\"']?{_ASIDE}(?:, [\"']?{_NAME}[\"']?{_ASIDE}){{0,5}},? and [\"']?{_NAME}"
    rf"[\"']?{_ASIDE}) (?:are|were|remain(?:ed)?) (?:the |all |both |two )?(?:[\w-]+ ){{0,4}}"
    rf"(?:{words('market_head', 'en')})s\b"
)
_LISTED_ZH: Final = re.compile(
    rf"(?:{words('market_head', 'zh')}|{words('market_several', 'zh')})"
    rf"(?:包括|例如|分别是|分别为|依次为|[有:为是即,](?=[“\"「]))[“\"「]?"
    rf"(?P<names>[{_HAN}A-Za-z0-9、和及与“”\"「」·]{{2,60}})"
)
_NAME_ZH: Final = re.compile(r"[^、和及与“”\"「」]{2,20}")
_MARKET_END: Final = re.compile(
    r"(?:论坛|市场|担保|集市|黑市)$|\b(?:[Ff]orum|[Mm]arket|[Mm]arketplace|Guarantee|Bazaar)$"
)
_NO_NAME: Final = re.compile(
    rf"(?:(?:{words('ordinary', 'en')}|{words('not_name', 'en')}|English|Russian|Net|Language|Tor|"
    rf"Chinese-language|Chinese-speaking|I|We|He|She|It|They|Members?|Users?|Admins?|{_HEAD}|"
    rf"{words('market_end', 'en')})[ ']?)*",
    re.I,
)
_NO_NAME_ZH: Final = re.compile(
    rf"(?:{words('market_ordinary', 'zh')}|{words('market_end', 'zh')}|{words('industry', 'zh')}|"
    rf"{words('generic', 'zh')})*"
)
_NOT_IN_NAME: Final = re.compile(rf"(?:{words('cut', 'zh')})")
_COMPANY: Final = re.compile(
    rf"\b(?:{words('company_end', 'en')}|{words('firm_end', 'en')}|{words('office', 'en')})$"
    rf"|(?:{words('company_end', 'zh')}|{words('institute', 'zh')})$"
)
"""How names of organisations end that are no places of trade."""
_LANGUAGE: Final = re.compile(r"[A-Z][a-z]+-(?:language|speaking|run) ")
_LEAST: Final = 2
_LEAD: Final = re.compile(rf"(?:(?:{words('not_name', 'en')}) )+")


class Market(msgspec.Struct, frozen=True):
    """A place where a market is named."""

    span: Span
    id: str | None
    name: str
    aliases: tuple[str, ...] = ()


def read_markets(page: Page, pairs: list[Pair], terms: Terms) -> list[Market]:
    """Every mention in order; a guarantee market has its `escrow/…` id."""
    hits = [(hit.span, hit.entry) for hit in terms.markets.scan(page) if _is_one(page, hit.span)]
    found = list(_paired(pairs, hits))
    taken = [market.span for market in found]
    for span, entry in hits:
        if not overlaps(span, taken):
            found.append(Market(span, entry, page.quote(span)))
            taken.append(span)
    named: dict[str, Market] = {}
    for start, end in _spelled(page):
        span = start, start + len(page.view[start:end].rstrip(".'"))
        quote = page.quote(span)
        if not overlaps(span, taken) and normalise(quote).text not in terms.platforms:
            market = _with_aliases(Market(span, terms.market_id(quote), quote), pairs)
            for name in (quote, *market.aliases):
                named.setdefault(name, market)
            found.append(market)
            taken.append(market.span)
    found.extend(_again(page, {**named, **_by_name(found)}, taken))
    return sorted(found, key=lambda market: market.span)


def _is_one(page: Page, span: Span) -> bool:
    """Whether a name of the lexicon is one here: made of common words, it stands in quotes."""
    quoted = page.view[max(0, span[0] - 1) : span[0]] in ('"', "「")
    return quoted or not _NO_NAME_ZH.fullmatch(page.view[slice(*span)])


def _spelled(page: Page) -> Iterator[Span]:
    """Names beside a word for a market, in order of the forms."""
    view = page.view
    for pattern in _NAMED:
        for line in page.lines:
            for match in pattern.finditer(view, line.start, line.end):
                start, end = match.span("name")
                lead = _LEAD.match(view, start, end) or _LANGUAGE.match(view, start, end)
                start = lead.end() if lead else start
                if _is_name(view[start:end]):
                    yield start, end
    for line in page.lines:
        for match in _WITH_PEOPLE.finditer(view, line.start, line.end):
            if _is_name(match["name"]) and not _COMPANY.search(match["name"]):
                yield match.span("name")
        yield from _listed(view, line)


def _listed(view: str, line: Line) -> Iterator[Span]:
    """The names of a list behind a word for markets."""
    for match in _LISTED.finditer(view, line.start, line.end):
        at = match.end()
        while name := _LISTED_NAME.match(view, at, line.end):
            if _is_name(name["name"]):
                yield name.span("name")
            at = name.end()
            if not name["next"]:
                break
    for match in _SEVERAL.finditer(view, line.start, line.end):
        for one in _LISTED_NAME.finditer(view, *match.span("names")):
            if _is_name(one["name"]):
                yield one.span("name")
    for match in _LISTED_ZH.finditer(view, line.start, line.end):
        for one in _NAME_ZH.finditer(view, *match.span("names")):
            if _is_name(one[0]):
                yield one.span()


def _is_name(name: str) -> bool:
    if len(name) < _LEAST or _NO_NAME.fullmatch(name):
        return False
    if normalise(name).text in _places():
        return False
    return not _NO_NAME_ZH.fullmatch(name) and not _NOT_IN_NAME.search(name)


@cache
def _places() -> frozenset[str]:
    return frozenset(normalise(row["term"]).text for row in table("places.tsv"))


def _with_aliases(market: Market, pairs: Sequence[Pair]) -> Market:
    """The market with its other names, where a pair of names holds it."""
    for pair in pairs:
        if overlaps(market.span, [pair.span]) and market.name in pair.names:
            return msgspec.structs.replace(market, span=pair.span, aliases=pair.names)
    return market


def _by_name(found: list[Market]) -> dict[str, Market]:
    return {name: market for market in found for name in market.aliases}


def _again(page: Page, named: dict[str, Market], taken: list[Span]) -> Iterator[Market]:
    """Later mentions of names met before."""
    for hit in TermTable(sorted(named.items())).scan(page) if named else ():
        if not overlaps(hit.span, taken):
            taken.append(hit.span)
            market = hit.entry
            yield Market(hit.span, market.id, market.name, market.aliases)


def _paired(pairs: list[Pair], hits: list[tuple[Span, str]]) -> Iterator[Market]:
    for pair in pairs:
        ids = [entry for span, entry in hits if overlaps(span, [pair.span])]
        if ids or any(_MARKET_END.search(name) for name in pair.names):
            yield Market(pair.span, ids[0] if ids else None, pair.first, pair.names)
