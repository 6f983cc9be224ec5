"""Names given in words: "also known as", "formerly called", 又称, 简称, 全称, 更名为."""

import re
from collections.abc import Iterator
from typing import Final

from ingest.extract.report.page import Line, Page
from ingest.extract.report.words import words
from ingest.records import Span

_HAN: Final = "\u3400-\u9fff"
_LATIN: Final = r"[A-Z][\w&'.-]{0,30}(?: (?:of (?:the )?|& )?[A-Z][\w&'.-]{0,30}){0,5}"
_EITHER: Final = (
    rf"[\"'“「《]?(?:(?P<han>[{_HAN}][{_HAN}A-Za-z0-9·]{{1,24}})|(?P<latin>{_LATIN}))[\"'”」》]?"
)
_CUE: Final = re.compile(
    rf",? ?\(?,? ?(?:(?:which|who|that|it|and|but) )?"
    rf"(?:(?:is|was|are|were|has been|had been|had|has) )?"
    rf"(?:(?:{words('alias_adverb', 'en')}) )*(?:{words('alias', 'en')}):? (?:the |as )?"
    rf"(?={_EITHER})"
)
_OR: Final = re.compile(r", (?:or|i\.e\.|that is),? (?=[\"'“「《]?[\u3400-\u9fff])")
_CUE_ZH: Final = re.compile(
    rf"[,(]? ?(?:以下|对外|后来?|原|此前|现已?|已|也|亦|其|业内|圈内|在当地)?"
    rf"(?:{words('alias', 'zh')})(?:为|是|叫|作)?:? ?(?={_EITHER})"
)
_NAME: Final = re.compile(_EITHER)
_HEAD: Final = re.compile(rf"(?P<name>{_LATIN})[\"'”]?(?: \([^()]{{2,40}}\))?$")
_HEAD_ZH: Final = re.compile(rf"(?P<name>[{_HAN}][{_HAN}A-Za-z0-9·]{{1,30}})[”」》\"']?$")
_CUT: Final = re.compile(rf".*(?:{words('cut', 'zh')}|{words('alias', 'zh')}|名叫|叫做|叫|是|为)")
_TAIL: Final = re.compile(rf"(?:{words('alias_tail', 'zh')}).*$")
_ORDINARY: Final = re.compile(
    rf"(?:(?:{words('not_name', 'en')}|{words('ordinary', 'en')}) ?)+", re.I
)
_LEAD: Final = re.compile(rf"(?:(?:{words('not_name', 'en')}) )+")
_REACH: Final = 120
_LEAST: Final = 2
_GAP: Final = 12
_BREAK: Final = re.compile(r"[。.;；!?]|[A-Z]")


def read_aliases(page: Page) -> Iterator[tuple[Span, tuple[str, ...]]]:
    """Names of one thing by place, the first in front of the word for it; chains are one."""
    for line in page.lines:
        done: tuple[Span, tuple[str, ...]] | None = None
        for cue in sorted(_cues(page.view, line), key=lambda match: match.start()):
            linked = done is not None and _linked(page.view, done[0][1], cue.start())
            if done is not None and not linked:
                yield done
                done = None
            head = None if linked else _head(page.view, line.start, cue.start())
            name = _NAME.match(page.view, cue.end(), line.end)
            written = _written(name) if name else ""
            if name is None or not written:
                continue
            end = (name.start("han") if name["han"] else name.start("latin")) + len(written)
            if linked and done is not None:
                done = (done[0][0], end), (*done[1], written)
            elif head is not None and head[1] != written:
                done = (head[0], end), (head[1], written)
        if done is not None:
            yield done


def _linked(view: str, start: int, end: int) -> bool:
    """Whether a word for another name goes on about the names right before it."""
    return end - start <= _GAP and not _BREAK.search(view, start, end)


def _cues(view: str, line: Line) -> Iterator[re.Match[str]]:
    yield from _CUE.finditer(view, line.start, line.end)
    yield from _OR.finditer(view, line.start, line.end)
    yield from _CUE_ZH.finditer(view, line.start, line.end)


def _written(name: re.Match[str]) -> str:
    if name["latin"]:
        latin = name["latin"].rstrip(".'")
        return "" if _ORDINARY.fullmatch(latin) else latin
    han = _TAIL.sub("", name["han"])
    return han if len(han) >= _LEAST else ""


def _head(view: str, floor: int, end: int) -> tuple[int, str] | None:
    """The name that stands in front of a cue, with its place."""
    start = max(floor, end - _REACH)
    text = view[start:end].rstrip(" ,(")
    match = _HEAD.search(text)
    if match:
        lead = _LEAD.match(match["name"] + " ")
        at = match.start("name") + (lead.end() if lead else 0)
        name = text[at : match.end("name")]
        return (start + at, name) if name and not _ORDINARY.fullmatch(name) else None
    match = _HEAD_ZH.search(text)
    if match is None:
        return None
    cut = _CUT.match(match["name"][:-2])
    at = match.start("name") + (cut.end() if cut else 0)
    name = text[at : match.end("name")]
    return (start + at, name) if len(name) >= _LEAST else None
