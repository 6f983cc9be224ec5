"""Chinese statements that somebody of the trade offered, sought or sold something."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

import msgspec

from ingest.extract.report.offers import Offer
from ingest.extract.report.page import Line, Sentence
from ingest.extract.report.scene import Scene
from ingest.extract.report.tables import table
from ingest.extract.report.words import words
from ingest.records import Polarity

_ACTOR: Final = re.compile(
    r"(?:(?:有|一|一名|一位|一个|一则|一条|一份|一篇|另一(?!部分|方面|边|类|种)|另一名|另有|某|某名|某位|该|这名|名为|自称|\d名|两名|三名)"
    rf"[^,。;:!?]{{0,12}}?(?:{words('actor', 'zh')})"
    r"|(?:^|[,。;:日月天内中里上间现])(?:有人|某人|卖家|买家|网友)"
    rf"|(?:帖子|帖文|网帖|广告|卖家|发帖人|对方|该帖|该账号|其)[^,。;]{{0,4}}?(?:称|写道|写着|声称|表示|自称)"
    rf"|(?:{words('surname', 'zh')})某(?:某|[甲乙丙丁])?(?![\u3400-\u9fff]?(?:公司|平台)))"
)
_SIZED: Final = re.compile(
    r"\d[\d,.]*(?:余|多)?[千百万亿]*(?:元|美元|USDT|U|条|份|个|单|组|套)|每[条单份组个]"
)
_VENUE: Final = re.compile(
    r"论坛|暗网|网上|网络上|境外|贴文|帖子|电报|飞机|Telegram|TG|QQ|微信群|群组|频道|市场|黑市|地下|贴吧|平台|群(?:内|里|中|上)|担保",
    re.I,
)
_PASSIVE: Final = re.compile(
    r"(?:网上|暗网|论坛|平台|频道|群内|群里)[^,。;]{0,6}$|(?:被(?:人|卖家|黑客|挂|公开|在)?[^,。;]{0,12}|(?:正|正在|遭)(?:被)?[^,。;]{0,8})$"
)
GENERAL_ZH: Final = re.compile(
    r"不法分子|犯罪团伙往往|往往|通常|经常|一般|大量|频繁|屡见不鲜|产业链|禁止|不得|严禁|打击|防范|涉嫌|"
    r"警方|公安|民警|法院|检察|判处|抓获|合法|正规|公司(?:推出|提供|销售)"
)
_NEGATED: Final = re.compile(r"(?:未|没有|并未|从未|否认|不再|停止|拒绝|不)[^,。;]{0,4}$")
CONTINUED_ZH: Final = re.compile(rf"[\"“]?(?:{words('continued', 'zh')})")
_REACH: Final = 60


@cache
def _verbs() -> tuple[tuple[Polarity, re.Pattern[str]], ...]:
    return tuple(
        (msgspec.convert(row["polarity"], Polarity), re.compile(row["pattern"]))
        for row in table("offer_verbs_zh.tsv")
    )


def read_offers(scene: Scene, line: Line) -> Iterator[Offer]:
    """The offers that the Chinese sentences of a line tell of."""
    current: Offer | None = None
    for sentence in line.sentences:
        if not sentence.chinese:
            continue
        found = _frame(scene, line, sentence)
        if found and not (current and _continues(scene, current, sentence)):
            if current:
                yield current
            current = found
        elif current and CONTINUED_ZH.match(scene.page.view, sentence.start):
            current = current.and_then(sentence)
    if current:
        yield current


def _continues(scene: Scene, current: Offer, sentence: Sentence) -> bool:
    """Whether a sentence that could stand alone goes on about the same offer."""
    view = scene.page.view
    dated = scene.dates_in(sentence.start, sentence.end)
    return not dated and bool(re.match(r"该|这名|其|卖家", view[sentence.start : sentence.end]))


def _frame(scene: Scene, line: Line, sentence: Sentence) -> Offer | None:
    view = scene.page.view
    venue = bool(_VENUE.search(view, sentence.start, sentence.end))
    sized = bool(_SIZED.search(view, sentence.start, sentence.end))
    if GENERAL_ZH.search(view, sentence.start, sentence.end):
        return None
    if not (venue or sized or scene.dates_in(line.start, sentence.end)):
        return None
    for polarity, pattern in _verbs():
        for verb in pattern.finditer(view, sentence.start, sentence.end):
            if _states(view, sentence, verb.start(), venue=venue):
                goods = ((sentence.start, sentence.end),)
                return Offer(line, (sentence,), verb.span(), polarity, goods)
    return None


def _states(view: str, sentence: Sentence, verb: int, *, venue: bool) -> bool:
    before = view[max(sentence.start, verb - _REACH) : verb]
    if _NEGATED.search(before):
        return False
    return bool(_ACTOR.search(before)) or (venue and bool(_PASSIVE.search(before)))


def names_one_zh(scene: Scene, sentence: Sentence) -> bool:
    """Whether a sentence speaks of one somebody of the trade, or of one post, anywhere."""
    view = scene.page.view
    if _ACTOR.search(view, sentence.start, sentence.end):
        return True
    return any(sentence.start <= start < sentence.end for start, _ in scene.markets)
