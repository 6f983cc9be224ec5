"""Organisations that only the words beside their names show to be one.

"the insurer Harbour Mutual", "Harbour Mutual, an insurer", "analysts at Hexhill", 公司“鹿鸣安全”.
"""

import re
from collections.abc import Iterator
from typing import Final

from ingest.extract.report.page import Page
from ingest.extract.report.terms import Terms
from ingest.extract.report.words import words
from ingest.records import Span
from ingest.text.normalise import normalise

_WORD: Final = r"[A-Z][\w&'-]*[\w]"
_NAME: Final = (
    rf"(?P<name>{_WORD}(?: (?:of |& |and (?=[A-Z][a-z]+ (?:Ltd|Inc|Co)))?{_WORD}){{0,4}})"
)
_NOUN: Final = rf"(?i:{words('org_noun', 'en')})"
_PEOPLE: Final = rf"(?i:{words('org_people', 'en')})"
_QUOTED: Final = rf"[\"']?{_NAME}[\"']?"
_ASIDE: Final = r"(?: ?\([^()]{2,60}\))?"
_FORMS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b{_NOUN},? (?:called |named |known as )?{_QUOTED}(?= ?[(,.;:]| [a-z]|$)",
        rf"{_QUOTED}{_ASIDE}, (?:an?|the|one of|another) (?:[\w'-]+ ){{0,5}}?{_NOUN}\b",
        rf"{_QUOTED}{_ASIDE} (?:is|was) (?:an?|the|one of the) (?:[\w'-]+ ){{0,4}}?{_NOUN}\b",
        rf"\b{_PEOPLE} (?:at|from|of|with|for) {_NAME}(?=[ ,.;:])",
        rf"\b{_NAME}'s? (?:own )?(?:[a-z]+ )?{_PEOPLE}\b",
    )
)
_FORM_ZH: Final = re.compile(
    rf"(?:{words('org_noun', 'zh')})[“\"「](?P<name>[\u3400-\u9fffA-Za-z0-9 ]{{2,16}})[”\"」]"
    r"(?![\u3400-\u9fff]{0,4}(?:论坛|市场|集市|频道|群|晚会|行动|节目|案|条例))"
)
_LEAD: Final = re.compile(
    rf"(?:(?:{words('not_name', 'en')}|{words('ordinary', 'en')}|Security|Insurance|Courier|Parcel|"
    rf"Lender|Insurer|Researchers|Analysts|Chinese-language|State|Former|According to) )+(?=[A-Z])"
)
_ORDINARY: Final = re.compile(
    rf"(?:(?:{words('ordinary', 'en')}|{words('not_name', 'en')}|English|Chinese|Russian|Tor|"
    rf"{words('market_end', 'en')}|{words('person', 'en')}|{words('org_people', 'en')}|"
    rf"I|We|He|She|It|They|Who|Which|There|That|TLP) ?)*",
    re.I,
)
_LEAST: Final = 3


def read_appositions(page: Page, terms: Terms, places: frozenset[str]) -> Iterator[Span]:
    """The places of names that stand beside a word for an organisation or for its people."""
    for line in page.lines:
        for pattern in _FORMS:
            for match in pattern.finditer(page.view, line.start, line.end):
                span = _without_lead(page.view, match.span("name"))
                if _is_name(page.view[slice(*span)], terms, places):
                    yield span
        for match in _FORM_ZH.finditer(page.view, line.start, line.end):
            yield match.span("name")


def _without_lead(view: str, span: Span) -> Span:
    lead = _LEAD.match(view, *span)
    return (lead.end() if lead else span[0]), span[1]


def _is_name(name: str, terms: Terms, places: frozenset[str]) -> bool:
    plain = normalise(name).text
    known = plain in terms.platforms or plain in places
    return len(name) >= _LEAST and not known and not _ORDINARY.fullmatch(name)
