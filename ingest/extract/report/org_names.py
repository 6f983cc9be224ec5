"""Where a report spells out the name of an organisation: legal forms, offices, trades, short forms.

A name of a trade alone ("Mercer Analytics") needs a word that is no ordinary one in front.
"""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Final

from ingest.extract.report.appositions import read_appositions
from ingest.extract.report.page import Line, Page
from ingest.extract.report.tables import table
from ingest.extract.report.terms import Terms
from ingest.extract.report.words import words
from ingest.records import Span
from ingest.text.normalise import normalise

_HAN: Final = "\u3400-\u9fff"
_ENGLISH_COMPANY: Final = re.compile(
    r"\b(?:[A-Z0-9][\w&'-]*\.? (?:(?:of|&) )?){1,8}"
    rf"(?:{words('company_end', 'en')})(?![A-Za-z])"
)
_ENGLISH_OFFICE: Final = re.compile(
    rf"\b(?:[A-Z][\w'-]* ){{0,5}}(?:{words('office', 'en')})\b"
    r"(?: (?:of|for) (?:the )?(?:[A-Z][\w'-]*(?: and)? ?){1,5}(?<! )(?<! and))?"
)
_ENGLISH_FIRM: Final = re.compile(
    rf"\b(?:[A-Z][\w&'-]* ){{1,4}}(?:{words('firm_end', 'en')})\b(?!['-]?[a-z])"
)
_CHINESE_COMPANY: Final = re.compile(rf"[{_HAN}]{{2,26}}(?:{words('company_end', 'zh')})")
_CHINESE_BODY: Final = re.compile(
    rf"[{_HAN}]{{2,14}}(?:{words('institute', 'zh')})|(?:{words('body', 'zh')})(?!门)"
)
_CHINESE_FIRM: Final = re.compile(
    rf"(?:(?<![{_HAN}])|(?<=据))(?P<name>[{_HAN}]{{2,8}}?(?:{words('firm_end', 'zh')}))"
    rf"(?=(?:[{_HAN}]{{0,6}})?(?:{words('speech', 'zh')})|的?(?:研究员|研究人员|分析师|报告))"
)
_CHINESE_BYLINE: Final = re.compile(
    rf"(?P<name>[{_HAN}]{{2,8}}(?:{words('firm_end', 'zh')}))(?= *$| *[|·/(—-]| [{_HAN}])"
)
_SHORT_FORM: Final = re.compile(
    rf"\((?:以下)?(?:简称|又称|下称)(?:为|:)?[\"“]?(?P<short>[{_HAN}A-Za-z]{{2,12}})[\"”]?\)"
)
_SHORT_FORM_EN: Final = re.compile(
    r" ?\((?P<cue>(?:hereinafter|hereafter|henceforth|below)(?: referred to as| called)?,? |\")?"
    r"(?:the )?[\"']?(?P<short>[A-Z][\w&-]+(?: [A-Z][\w&-]+){0,2})[\"']?\)"
)
_NOT_NAME: Final = re.compile(
    rf"(?:(?:{words('not_name', 'en')}) )*(?:(?:[A-Z]\w+ )?"
    rf"(?i:{words('person', 'en')}|{words('operation', 'en')}|{words('company', 'en')}) of )?"
)
_ORDINARY: Final = re.compile(rf"(?:(?:{words('ordinary', 'en')}) ?)+", re.I)
_INDUSTRY: Final = re.compile(rf"(?:{words('generic', 'zh')}|{words('industry', 'zh')})*")
_CUT: Final = re.compile(rf".*(?:{words('cut', 'zh')})")
_JOINT: Final = re.compile(r"(?:而|但|且|则|并|其中|同时|据|由|另|此外)")
_LEGAL: Final = re.compile(rf",? (?:{words('company_end', 'en')})$")
_TITLE_END: Final = re.compile(r"[.|,]|\d|^(?:Subject|Author|By|From|Source|Publisher|Company)\b")
_LONG_WORD: Final = re.compile(r"[A-Za-z][\w'-]{3,}")
_SMALL: Final = frozenset({"from", "into", "with", "over", "than", "that", "your", "their"})
_PRESS: Final = re.compile(r"(?:Press|Media|Home|Back|Head|Front|Box) (?:Office|Team|Bureau)\b")
_LONGEST_TITLE: Final = 140
_TITLE_WORDS: Final = 4
_LEAST_NAME: Final = 3
_LEAST_SHORT: Final = 5
_BYLINES: Final = 5


def spelled(page: Page, terms: Terms) -> Iterator[Span]:
    """Every place where a name stands in full."""
    for line in page.lines:
        for match in _ENGLISH_COMPANY.finditer(page.view, line.start, line.end):
            yield from _trimmed(match, terms)
        yield from _chinese(page, line)
        for match in _ENGLISH_OFFICE.finditer(page.view, line.start, line.end):
            if _PRESS.match(match[0]):
                continue
            yield from _trimmed(match, terms)
    yield from _firms(page, terms)
    yield from read_appositions(page, terms, known_places())


def _chinese(page: Page, line: Line) -> Iterator[Span]:
    view = page.view
    for pattern in (_CHINESE_COMPANY, _CHINESE_BODY):
        for match in pattern.finditer(view, line.start, line.end):
            cut = _CUT.match(match[0][:-2])
            at = match.start() + (cut.end() if cut else 0)
            joint = _JOINT.match(view, at, match.end())
            at = joint.end() if joint else at
            name = view[at : match.end()]
            body = pattern is _CHINESE_BODY and cut is None and len(name) >= _LEAST_NAME - 1
            named = len(name) > _LEAST_NAME or body
            if named and not name.startswith("公司") and not _INDUSTRY.fullmatch(name):
                yield at, match.end()
    firms = list(_CHINESE_FIRM.finditer(view, line.start, line.end))
    if line.number <= _BYLINES and (byline := _CHINESE_BYLINE.match(view, line.start, line.end)):
        firms.append(byline)
    for match in firms:
        start, end = match.span("name")
        joint = _JOINT.match(view, start, end)
        start = joint.end() if joint else start
        name = view[start:end]
        if not _INDUSTRY.fullmatch(name) and not _CUT.match(name):
            yield start, end


def _trimmed(match: re.Match[str], terms: Terms) -> Iterator[Span]:
    ordinary = _NOT_NAME.match(match[0])
    at = match.start() + (ordinary.end() if ordinary else 0)
    name = match.string[at : match.end()].strip()
    if " " in name and normalise(name).text not in terms.platforms:
        yield at, match.end()


def _firms(page: Page, terms: Terms) -> Iterator[Span]:
    """Names that only a word for a trade ends; a whole line must be a byline or named again."""
    found: list[tuple[Line, Span]] = []
    for line in page.lines:
        for match in _ENGLISH_FIRM.finditer(page.view, line.start, line.end):
            for span in _trimmed(match, terms):
                first = page.view[slice(*span)].rsplit(" ", 1)[0]
                if not _ORDINARY.fullmatch(first) and normalise(first).text not in known_places():
                    found.append((line, span))
    times = Counter(page.view[slice(*span)] for _, span in found)
    for line, span in found:
        whole = (line.start, line.end) == span and line.number > _BYLINES
        title = not whole and _is_title(page.view[line.start : line.end])
        if not (whole or title) or times[page.view[slice(*span)]] > 1:
            yield span


def _is_title(written: str) -> bool:
    """Whether a line is a headline with capitals, where ordinary words look like names."""
    if len(written) > _LONGEST_TITLE or _TITLE_END.search(written):
        return False
    long = [word for word in _LONG_WORD.findall(written) if word.lower() not in _SMALL]
    return len(long) >= _TITLE_WORDS and all(word[0].isupper() for word in long)


@cache
def known_places() -> frozenset[str]:
    """The names of places in their normal form."""
    return frozenset(normalise(row["term"]).text for row in table("places.tsv"))


def short_forms(page: Page, name: str, end: int) -> Iterator[str]:
    """Names that a spelled-out one goes by later: without its legal form, by its first word."""
    if short := short_form_behind(page, end):
        yield short
    if not name.isascii():
        return
    plain = _LEGAL.sub("", name)
    if plain != name and " " in plain and not _ORDINARY.fullmatch(plain):
        yield plain
    first = name.split()[0]
    usual = _ORDINARY.fullmatch(first) or _NOT_NAME.fullmatch(f"{first} ")
    known = usual or normalise(first).text in known_places() or not first.isalpha()
    long = len(first) >= _LEAST_SHORT and first[0].isupper()
    if long and not known and not re.search(rf"\b{first.lower()}\b", page.view):
        yield first


def short_form_behind(page: Page, end: int) -> str | None:
    """The short name that brackets behind a full one give, else None."""
    match = _SHORT_FORM.match(page.view, end)
    if match:
        return match["short"]
    english = _SHORT_FORM_EN.match(page.view, end)
    if english is None:
        return None
    short, name = english["short"], page.view[page.view.rfind("\n", 0, end) + 1 : end]
    begins = any(name.endswith(part) for part in (short,)) or f" {short} " in f" {name} "
    return short if english["cue"] or begins else None
