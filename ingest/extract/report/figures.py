"""Numbers that a report states, with what they count and the period they hold for."""

import re
from collections.abc import Iterator
from typing import Final

import msgspec

from ingest.extract.report.figure_counts import (
    counted_after,
    parallel_count,
    share_of,
    trend_subject,
    worth_before,
)
from ingest.extract.report.figure_metrics import Metric, metric_of
from ingest.extract.report.findings import FigureFinding
from ingest.extract.report.numbers import NUMBER, SCALE, value_of
from ingest.extract.report.page import Line, Sentence
from ingest.extract.report.scene import Scene
from ingest.extract.report.tables import overlaps
from ingest.records import Span

_CURRENCIES: Final = {
    "us$": "USD", "us $": "USD", "$": "USD", "usd": "USD", "usd ": "USD", "dollars": "USD",
    "us dollars": "USD", "u.s. dollars": "USD", "¥": "CNY", "rmb": "CNY", "rmb ": "CNY",
    "yuan": "CNY", "renminbi": "CNY", "€": "EUR", "euros": "EUR", "euro": "EUR", "£": "GBP",
    "pounds": "GBP", "hk$": "HKD", "s$": "SGD", "nt$": "TWD", "c$": "CAD", "a$": "AUD",
    "usdt": "USDT", "btc": "BTC", "bitcoins": "BTC", "bitcoin": "BTC",
}  # fmt: skip
_FIGURE: Final = re.compile(
    r"(?P<qualifier>(?:(?:more|less|fewer) than|about|around|over|nearly|almost|just|some|at least|"
    r"approximately|up to|roughly|a total of|another|only|exceed(?:ed|ing)?) )?"
    r"(?P<before>US ?\$|HK\$|NT\$|S\$|C\$|A\$|\$|¥|€|£|RMB ?|USD ?)?"
    rf"(?P<digits>(?:(?<=[$¥€£])\d[\d,]*(?:\.\d+)?|{NUMBER}))(?P<scale>{SCALE})?"
    r"(?P<after> ?%| per ?cent| (?:US |U\.S\. )?(?:dollars|yuan|renminbi|RMB|USD|euros?|pounds|"
    r"USDT|BTC|bitcoins?)\b"
    r"| times\b)?(?![\w]|[-–]?\d|,\d|\.\d)"
)
_NAME: Final = re.compile(r"\b[A-Z][\w'-]+ $")
_NAME_DIGITS: Final = 3
_LIMIT: Final = "up to"


class Number(msgspec.Struct, frozen=True):
    """A number met in a sentence, with the words that belong to it."""

    span: Span
    digits: Span
    value: int | float
    unit: str | None
    limit: bool


def read_figures(
    scene: Scene, line: Line, sentence: Sentence, taken: list[Span]
) -> Iterator[FigureFinding]:
    """The figures of one English sentence; numbers inside `taken` belong to other statements."""
    numbers = [number for number in _numbers(scene, sentence) if not overlaps(number.span, taken)]
    metric = metric_of(scene.page, line, sentence)
    previous: FigureFinding | None = None
    used = sentence.start
    for place, number in enumerate(numbers):
        if number.span[0] < used:
            continue
        following = numbers[place + 1].span[0] if place + 1 < len(numbers) else sentence.end
        made = _figure(scene, line, sentence, number, following, metric, previous)
        if made:
            yield made
            previous, used = made, made.span[1]


def _numbers(scene: Scene, sentence: Sentence) -> Iterator[Number]:
    view = scene.page.view
    days = [(hit.start, hit.end) for hit in scene.dates_in(sentence.start, sentence.end)]
    names = [one.span for one in scene.names_in(sentence.start, sentence.end)]
    for match in _FIGURE.finditer(view, sentence.start, sentence.end):
        place = match.span("digits")
        if overlaps(place, days) or overlaps(place, names) or _named_so(view, sentence, match):
            continue
        yield Number(
            match.span(),
            match.span("digits"),
            value_of(match["digits"], match["scale"]),
            _unit(match),
            (match["qualifier"] or "").startswith(_LIMIT),
        )


def _named_so(view: str, sentence: Sentence, match: re.Match[str]) -> bool:
    """Whether a bare number belongs to the name before it ("Unit 42")."""
    if len(match[0]) > _NAME_DIGITS or not match[0].isdigit():
        return False
    before = _NAME.search(view, max(sentence.start, match.start() - 30), match.start())
    return bool(before and before.start() > sentence.start)


def _unit(match: re.Match[str]) -> str | None:
    after = (match["after"] or "").strip().lower()
    if after in ("%", "percent", "per cent"):
        return "percent"
    if after == "times":
        return "times"
    return _CURRENCIES.get((match["before"] or "").lower()) or _CURRENCIES.get(after)


def _figure(
    scene: Scene,
    line: Line,
    sentence: Sentence,
    number: Number,
    following: int,
    metric: Metric | None,
    previous: FigureFinding | None,
) -> FigureFinding | None:
    """The finding of a number; None where nothing says what it counts."""
    unit, counts, end = number.unit, None, number.span[1]
    if unit is None:
        counted = counted_after(scene, line, sentence, end)
        if counted:
            unit, counts, end = counted.unit, counted.words, counted.end
            if metric and metric.per and metric.covers(counts):
                unit, counts = metric.unit, metric.name
        elif metric and metric.holds(scene.page.view, number.digits):
            unit, counts = metric.unit, metric.name
        elif trend := trend_subject(scene.page.view, sentence, number.digits[0]):
            unit, counts = trend.unit, trend.words
        elif previous and (parallel := parallel_count(scene.page.view, end, sentence.end)):
            unit, counts, end = previous.unit, parallel.words, parallel.end
        else:
            return None
    elif unit == "percent":
        share = share_of(scene.page.view, end, sentence.end)
        counts, end = (share.words, share.end) if share else (None, end)
    elif unit != "times":
        worth = worth_before(scene.page.view, sentence, number.span[0], end)
        counts, end = (worth.words, worth.end) if worth else (None, end)
        if (
            counts is None
            and previous
            and _equivalent(scene.page.view, previous.span[1], number.span[0])
        ):
            counts = previous.counts
    return _finding(scene, sentence, number, (unit, counts), (end, following))


def _equivalent(view: str, start: int, end: int) -> bool:
    """Whether a sum follows another in brackets: "800 yuan (about US$122)"."""
    return view[start:end].strip() == "("


def _finding(
    scene: Scene,
    sentence: Sentence,
    number: Number,
    said: tuple[str | None, str | None],
    ends: tuple[int, int],
) -> FigureFinding:
    unit, counts = said
    span = number.span[0], ends[0]
    if number.limit and counts:
        counts = f"limit of {counts}"
    return FigureFinding(
        text=scene.page.quote((sentence.start, sentence.end)),
        quote=scene.page.quote(span),
        span=span,
        value=number.value,
        unit=unit,
        counts=counts,
        period=figure_period(scene, sentence, span, ends[1]),
    )


def figure_period(scene: Scene, sentence: Sentence, span: Span, following: int) -> str | None:
    """When a number holds: a date behind it before the next number, else the nearest in front."""
    view = scene.page.view
    after = [h for h in scene.dates_in(span[1], sentence.end) if h.use == "on" and h.period]
    if after and (after[0].end <= following or _only_brackets(view, span[1], after[0].start)):
        return after[0].period
    before = [h for h in scene.dates_in(sentence.start, span[0]) if h.use == "on" and h.period]
    return before[-1].period if before else None


def _only_brackets(view: str, start: int, end: int) -> bool:
    """Whether only a sum in brackets and a preposition stand between."""
    return bool(
        re.fullmatch(r" ?\([^()]{0,60}\) ?(?:in|by|during|at the end of|for)? ?", view[start:end])
    )
