"""Statements of a single offer that no frame of verbs foresees, read from what they hold together.

A dated sentence that speaks of one post or one somebody of the trade, of goods, and of a price or a
size tells of an offer, whatever its verb; so does a dated item of a list of posts. What such a
sentence lacks (goods, a price or a size) drops it when its record is made.
"""

import re
from collections.abc import Iterator
from typing import Final

from ingest.extract.report.offers import ARRESTED, CONTINUED, GENERAL, Offer, names_one
from ingest.extract.report.page import Line, Sentence
from ingest.extract.report.scene import Scene
from ingest.extract.report.triggers import find_triggers
from ingest.extract.report.words import words
from ingest.extract.report.zh_offers import CONTINUED_ZH, GENERAL_ZH, names_one_zh
from ingest.records import Polarity, Span

_KINDS: Final[tuple[Polarity, ...]] = ("recruit", "swap", "request")
_SAYS: Final = {
    (kind, lang): re.compile(rf"{edge}(?:{words(f'loose_{kind}', lang)}){edge}", re.I)
    for kind in _KINDS
    for lang, edge in (("en", r"\b"), ("zh", ""))
}
_DENIED: Final = re.compile(
    r"\b(?:not|never|n't|no longer|denied|would have|could|might|if|whether|average|median|"
    r"per cent of|percent of|% of|estimated?|lost|losses|victims?|fined?|worth)\b"
    r"|否认|平均|均价|占比|损失|诈骗金额|被骗|罚款|没有|并未|估计|统计|同比|环比|非法获利|牟利|获利"
)
_SIZED: Final = re.compile(
    r"[$¥€£] ?\d|\d[\d,.]* ?(?:k|m|yuan|USDT|U|RMB|dollars|BTC|ringgit|baht)\b|"
    r"\b\d{1,3}(?:,\d{3})+\b|"
    r"\b\d[\d.]* (?:thousand|million|billion|rows|records|lines)\b|"
    r"\d[\d,.]*(?:余|多)?[千百万亿]*(?:元|美元|块|USDT|U|条|份|个|单|组|套|名|人)|每[条单份组个次]"
)
_ITEM: Final = re.compile(r" ?(?:[:–—-]|--|,) ?")
_POSTS: Final = re.compile(
    r"\b(?:posts?|listings?|offers?|adverts?|advertisements?|ads|examples?|threads?|messages?)\b"
    r"[^.]{0,80}:?$|(?:帖子?|广告|信息|消息|发布|案例|如下|挂单|报价)[^。]{0,20}[:。]?$",
    re.I,
)
_MOST_ITEMS: Final = 12
_NEAR: Final = 30


def read_loose(scene: Scene, line: Line) -> Iterator[Offer]:
    """The offers of a line that holds what an offer holds, each with the sentences that go on."""
    current: Offer | None = None
    for sentence in line.sentences:
        found = _frame(scene, line, sentence)
        goes_on = CONTINUED_ZH if sentence.chinese else CONTINUED
        if found:
            if current:
                yield current
            current = found
        elif current and goes_on.match(scene.page.view, sentence.start):
            current = current.and_then(sentence)
    if current:
        yield current


def _frame(scene: Scene, line: Line, sentence: Sentence) -> Offer | None:
    view, span = scene.page.view, (sentence.start, sentence.end)
    if not _states(scene, sentence):
        return None
    dates = scene.dates_in(*span)
    one = (names_one_zh if sentence.chinese else names_one)(scene, sentence)
    item = bool(dates) and dates[0].start == line.start and _listed(scene, line, dates[0].end)
    sized = _SIZED.search(view, *span) is not None
    polarity = _polarity(view, sentence)
    if not dates or not (one or item) or not (sized or polarity in ("recruit", "swap")):
        return None
    return Offer(line, (sentence,), _verb(sentence), polarity, (span,), loose=True)


def _verb(sentence: Sentence) -> Span:
    """No verb: dates anywhere in the sentence may be that of the offer."""
    return sentence.end, sentence.end


def _states(scene: Scene, sentence: Sentence) -> bool:
    """Whether a sentence tells of one thing that was so, and of no measure taken."""
    view, span = scene.page.view, (sentence.start, sentence.end)
    general = GENERAL_ZH if sentence.chinese else GENERAL
    if general.search(view, *span) or _DENIED.search(view, *span) or ARRESTED.search(view, *span):
        return False
    return not find_triggers(view, *span, "zh" if sentence.chinese else "en")


def _listed(scene: Scene, line: Line, behind: int) -> bool:
    """Whether a dated line stands in a list that a line about posts brings in."""
    if not _ITEM.match(scene.page.view, behind, line.end):
        return False
    lines, at = scene.page.lines, line.number - 1
    for above in reversed(lines[max(0, at - _MOST_ITEMS) : at]):
        dates = scene.dates_in(above.start, min(above.end, above.start + _NEAR))
        if not dates or dates[0].start != above.start:
            return _POSTS.search(scene.page.view, above.start, above.end) is not None
    return False


def _polarity(view: str, sentence: Sentence) -> Polarity:
    lang = "zh" if sentence.chinese else "en"
    for kind in _KINDS:
        if _SAYS[kind, lang].search(view, sentence.start, sentence.end):
            return kind
    return "offer"
