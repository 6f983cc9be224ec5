"""Posts that a report quotes: a head that dates them, and the words in quotation marks below it."""

import re
from collections.abc import Iterator
from typing import Final

from ingest.extract.report.offers import Offer
from ingest.extract.report.page import Line
from ingest.extract.report.scene import Scene
from ingest.extract.report.words import words
from ingest.records import Polarity, Span

_HEAD: Final = re.compile(
    r"[ \[(]*(?:Posted|Post(?: of| from| dated)?|Published|Date|Time|Written|Thread|Listing|"
    r"Message|Advert(?:isement)?|发布时间|发帖时间|发布于|发表于|发帖日期|时间|日期|帖子?)[^.。]{0,60}$",
    re.I,
)
_OPEN: Final = re.compile(r"[\"“「『>]")
_VERB_FIRST: Final = re.compile(
    rf"[\"“「『> ]*(?:\[[^\]]{{1,12}}\] ?|【[^】]{{1,12}}】)?"
    rf"(?:(?P<request>{words('post_request', 'en')})|"
    rf"(?P<recruit>{words('post_recruit', 'en')})|(?P<offer>{words('post_offer', 'en')}))"
    r"(?![a-z])",
    re.I,
)
_VERB_ZH: Final = re.compile(
    rf"[^。!?\n]{{0,20}}?(?:(?P<request>{words('post_request', 'zh')})|"
    rf"(?P<recruit>{words('post_recruit', 'zh')})|(?P<offer>{words('post_offer', 'zh')}))"
)
_INTRODUCED: Final = re.compile(
    r"\b(?:reads?|wrote|said|quote[sd]?|translat\w+|text|post(?:ed)?|offer|advert\w*|message)\b"
    r"[^.\"]{0,60}: ?$|(?:写道|称|原文|内容为|内容如下|译文|写着|广告语为?)[:,]? ?$",
    re.I,
)
_LONGEST_HEAD: Final = 80
_FOLLOWING: Final = 1


def read_quoted(scene: Scene, line: Line) -> Iterator[Offer]:
    """The offer of a quoted post: a line in quotation marks with its head right above."""
    view = scene.page.view
    if not line.sentences or not _OPEN.match(view, line.start):
        return
    head = _head(scene, line)
    verb = _verb(view, line)
    if head is None or (verb is None and not scene.dates_in(head.start, head.end)):
        return
    polarity, span = verb or ("offer", (line.start, line.start + 1))
    goods = tuple((one.start, one.end) for one in line.sentences)
    yield Offer(line, line.sentences, span, polarity, goods, head)


def _head(scene: Scene, line: Line) -> Line | None:
    """The short line right above that names the post, dated or not."""
    if line.number < _FOLLOWING + 1:
        return None
    above = scene.page.lines[line.number - 2]
    short = above.end - above.start <= _LONGEST_HEAD
    view = scene.page.view
    if view.count("\n", above.end, line.start) > 2 or not short:
        return None
    dated = bool(scene.dates_in(above.start, above.end))
    named = _HEAD.match(view, above.start, above.end) is not None
    introduced = _INTRODUCED.search(view, above.start, above.end) is not None
    return above if (dated and named) or introduced else None


def _verb(view: str, line: Line) -> tuple[Polarity, Span] | None:
    chinese = line.sentences[0].chinese
    match = (_VERB_ZH if chinese else _VERB_FIRST).match(view, line.start, line.end)
    if match is None:
        return None
    kinds: tuple[Polarity, ...] = ("request", "recruit", "offer")
    return next((kind, match.span(kind)) for kind in kinds if match[kind])
