"""Numbers that a Chinese report states, with what they count."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from ingest.extract.report.findings import FigureFinding
from ingest.extract.report.numbers import han_number, value_of
from ingest.extract.report.page import Sentence
from ingest.extract.report.scene import Scene
from ingest.extract.report.tables import overlaps
from ingest.extract.report.zh_counts import noun_behind, noun_in_front, share_behind
from ingest.records import Span

_FIGURE: Final = re.compile(
    r"(?P<qualifier>超过?|约为?|近|逾|达到?|共计?|多达|至少|最多|不足|累计|高达|将近|突破|总计)?"
    r"(?:(?P<before>US\$|HK\$|\$|¥|RMB ?)?"
    r"(?P<digits>(?<![\d.,A-Za-z-])\d{1,3}(?:,\d{3})+(?:\.\d+)?|"
    r"(?<![\d.,A-Za-z-])\d+(?:\.\d+)?)"
    r"(?:余|多)?(?P<scale>万亿|千万|百万|[百千万亿])?(?:余|多)?"
    r"(?: ?(?P<money>元人民币|人民币|美元|美金|港元|港币|欧元|USDT|比特币|BTC|元)|(?P<percent>%)"
    r"|(?P<times>倍)"
    r"|(?P<unit>条|个|人次|人|家|名|位|起|款|部|台|张|次|例|户|组|份|枚|件|宗|笔|项|单|套|辆|只|批))?"
    r"|(?P<han>(?<![一二两三四五六七八九十百千万第])(?:[两二三四五六七八九][百千万]?|十[一二三四五六七八九]?|"
    r"[二三四五六七八九]十[一二三四五六七八九]?|[一二三四五六七八九]百))"
    r"(?:余|多)?(?P<han_unit>名|人(?![们员民口士])|位|家(?![庭长人])|起|篇|款|部|台|张)"
    r"|(?P<tenths>[一二三四五六七八九])成(?P<half>半)?(?![为了员本功就立熟交果长]))"
)
_MONEY: Final = {
    "元人民币": "CNY", "人民币": "CNY", "元": "CNY", "美元": "USD", "美金": "USD", "港元": "HKD",
    "港币": "HKD", "欧元": "EUR", "USDT": "USDT", "比特币": "BTC", "BTC": "BTC",
    "US$": "USD", "$": "USD", "HK$": "HKD", "¥": "CNY", "RMB": "CNY",
}  # fmt: skip
_UNITS: Final = {
    "条": "record", "人": "person", "人次": "person", "家": "company", "名": "person",
    "位": "person", "起": "case", "款": "app", "次": "time", "例": "case", "户": "household",
    "宗": "case", "台": "host", "份": "file", "组": "set", "套": "set", "单": "order",
}  # fmt: skip
_TENTHS: Final = {digit: 10 * value for value, digit in enumerate("一二三四五六七八九", 1)}
_LIMITS: Final = frozenset({"最多", "不足"})
_AMONG: Final = re.compile(r"(?:里|当)?中?[,;]?(?:其中)?(?:有|约有|约|近|超过?|仅有?|只有)?")
_NO_NOUN: Final = re.compile(r"某|等$|其余|认定|自报|测算|^另|之后$|^同伙|^本名|报酬$")
_RANGE: Final = re.compile(r"(?:至|到|-|—|~|和|或)")
_JOINT: Final = re.compile(r"的?(?:约|近|超)?")


class Number(msgspec.Struct, frozen=True):
    """A number met in a sentence; `measured` where a measure word stands behind it."""

    span: Span
    value: int | float
    unit: str | None
    measured: bool
    limit: bool
    scaled: bool


def read_figures(
    scene: Scene, sentence: Sentence, taken: list[Span], previous: FigureFinding | None = None
) -> Iterator[FigureFinding]:
    """The figures of one Chinese sentence; numbers inside `taken` belong to other statements.

    `previous` is the figure before the sentence, about which a number without a noun goes on.
    """
    numbers = _with_units(scene.page.view, list(numbers_in(scene, sentence, taken)))
    floor = sentence.start
    for place, number in enumerate(numbers):
        last = numbers[place + 1] if place + 1 < len(numbers) else None
        joined = last is not None and _joined(scene.page.view, number, last)
        # "5%至8%的佣金": both say one thing, and the words for it stand behind the second.
        told = last if joined and last else number
        made = _figure(scene, sentence, number, told, floor, previous)
        floor = number.span[1]
        if made:
            yield made
            previous = made


def _joined(view: str, one: Number, other: Number) -> bool:
    return one.unit == other.unit and bool(_RANGE.fullmatch(view, one.span[1], other.span[0]))


def _with_units(view: str, numbers: list[Number]) -> list[Number]:
    """ "50至200元": the first has the unit of the second."""
    for place in range(len(numbers) - 2, -1, -1):
        one, other = numbers[place], numbers[place + 1]
        if one.unit is None and _RANGE.fullmatch(view, one.span[1], other.span[0]):
            numbers[place] = msgspec.structs.replace(one, unit=other.unit, measured=other.measured)
    return numbers


def numbers_in(scene: Scene, sentence: Sentence, taken: Sequence[Span] = ()) -> Iterator[Number]:
    """The numbers of a stretch that are no dates and stand outside `taken`."""
    view = scene.page.view
    days = [(hit.start, hit.end) for hit in scene.dates_in(sentence.start, sentence.end)]
    for match in _FIGURE.finditer(view, sentence.start, sentence.end):
        place = match.span("digits") if match["digits"] else match.span()
        if not overlaps(place, days) and not overlaps(place, taken):
            yield Number(
                match.span(),
                _value(match),
                _unit(match),
                match["unit"] is not None or match["han_unit"] is not None,
                match["qualifier"] in _LIMITS,
                match["scale"] is not None,
            )


def _value(match: re.Match[str]) -> int | float:
    if match["han"]:
        return han_number(match["han"])
    if match["tenths"]:
        return _TENTHS[match["tenths"]] + (5 if match["half"] else 0)
    return value_of(match["digits"], match["scale"])


def _unit(match: re.Match[str]) -> str | None:
    if match["percent"] or match["tenths"]:
        return "percent"
    if match["times"]:
        return "times"
    if match["han_unit"]:
        return _UNITS.get(match["han_unit"], match["han_unit"])
    if match["money"] or match["before"]:
        return _MONEY[(match["money"] or match["before"]).strip()]
    return _UNITS.get(match["unit"], match["unit"]) if match["unit"] else None


def _figure(
    scene: Scene,
    sentence: Sentence,
    number: Number,
    told: Number,
    floor: int,
    previous: FigureFinding | None,
) -> FigureFinding | None:
    """The finding of a number; None for a bare one of which nothing says what it counts."""
    view, end = scene.page.view, number.span[1]
    dated = scene.dates_in(floor, number.span[0])
    start = max([floor, *(hit.end for hit in dated)])
    behind = (noun_behind if told.measured else share_behind)(view, told.span[1], sentence.end)
    counts = behind[0] if behind else noun_in_front(view, start, number.span[0])
    if counts == "" or (counts is None and dated and number.measured):
        counts = previous.counts if previous else None
    elif counts and counts.startswith("+"):
        counts = (previous.counts or "" if previous else "") + counts[1:]
    if counts is None and number.unit == "percent" and previous:
        between = view[max(previous.span[1], sentence.start) : number.span[0]]
        counts = previous.counts if _AMONG.fullmatch(between) else None
    if number.unit is None and not (counts and number.scaled):
        return None
    written = view[number.span[1] - 1 : number.span[1]]
    if number.measured and (not counts or _no_noun(scene, sentence, counts, behind is not None)):
        known = previous if previous and previous.unit == number.unit else None
        counts = (known.counts if known and number.unit == "record" else None) or written
    if behind and told is number:
        end = behind[1]
    span = number.span[0], end
    return FigureFinding(
        text=scene.page.quote((sentence.start, sentence.end)),
        quote=scene.page.quote(span),
        span=span,
        value=number.value,
        unit=number.unit,
        counts=f"limit of {counts}" if counts and number.limit else counts,
        period=_period(scene, sentence, span),
    )


def _no_noun(scene: Scene, sentence: Sentence, counts: str, behind: bool) -> bool:
    """Whether words in front of a number name who says or did it, and not what it counts."""
    if behind:
        return False
    names = scene.names_in(sentence.start, sentence.end)
    said = any(one.ref.name.startswith(counts) or counts in one.ref.aliases for one in names)
    return said or _NO_NOUN.search(counts) is not None


def _period(scene: Scene, sentence: Sentence, span: Span) -> str | None:
    """The nearest date in front that says when; a date right before a number is its own."""
    view = scene.page.view
    before = [hit for hit in scene.dates_in(sentence.start, span[0]) if hit.period]
    if before and _JOINT.fullmatch(view, before[-1].end, span[0]):
        return before[-1].period
    said = [hit for hit in before if hit.use == "on"]
    return said[-1].period if said else None
