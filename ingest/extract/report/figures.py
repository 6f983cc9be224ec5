"""Numbers that a report states, with what they count and the period they hold for."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from ingest.extract.report.dates import DateHit
from ingest.extract.report.figure_counts import (
    counted_after,
    is_pronoun,
    parallel_count,
    share_of,
    trend_subject,
    unit_of,
    worth_before,
)
from ingest.extract.report.figure_metrics import Metric, metric_of
from ingest.extract.report.figure_subjects import clause_subject, is_range, noun_before
from ingest.extract.report.findings import FigureFinding
from ingest.extract.report.numbers import NUMBER, NUMBER_WORD, SCALE, value_of
from ingest.extract.report.page import Line, Sentence
from ingest.extract.report.scene import Scene
from ingest.extract.report.tables import overlaps
from ingest.records import Span

_CURRENCIES: Final = {
    "us$": "USD", "us $": "USD", "$": "USD", "usd": "USD", "usd ": "USD", "dollars": "USD",
    "us dollars": "USD", "u.s. dollars": "USD", "¥": "CNY", "rmb": "CNY", "rmb ": "CNY",
    "yuan": "CNY", "renminbi": "CNY", "€": "EUR", "euros": "EUR", "euro": "EUR", "£": "GBP",
    "pounds": "GBP", "hk$": "HKD", "s$": "SGD", "nt$": "TWD", "c$": "CAD", "a$": "AUD",
    "ringgit": "MYR", "rm": "MYR", "rm ": "MYR", "myr ": "MYR", "baht": "THB", "thb ": "THB",
    "won": "KRW", "yen": "JPY", "rupees": "INR", "rupiah": "IDR", "dong": "VND", "pesos": "PHP",
    "riel": "KHR", "kyat": "MMK", "hong kong dollars": "HKD", "singapore dollars": "SGD",
    "hkd ": "HKD", "sgd ": "SGD", "cny ": "CNY", "cny": "CNY", "eur ": "EUR", "tether": "USDT",
    "usdt": "USDT", "btc": "BTC", "bitcoins": "BTC", "bitcoin": "BTC",
}  # fmt: skip
_FIGURE: Final = re.compile(
    r"(?P<qualifier>(?:(?:more|less|fewer) than|about|around|over|nearly|almost|just|some|at least|"
    r"approximately|up to|roughly|a total of|another|only|exceed(?:ed|ing)?) )?"
    r"(?P<before>US ?\$|HK\$|NT\$|S\$|C\$|A\$|\$|¥|€|£|"
    r"(?:RM|RMB|USD|CNY|HKD|SGD|MYR|THB|EUR) ?(?=\d))?"
    rf"(?P<digits>(?:(?<=[$¥€£])\d[\d,]*(?:\.\d+)?|{NUMBER}|{NUMBER_WORD}))(?P<scale>{SCALE})?"
    r"(?P<after> ?%| per ?cent| (?:US |U\.S\. )?(?:dollars|yuan|renminbi|RMB|USD|euros?|pounds|"
    r"USDT|BTC|bitcoins?|ringgit|baht|won|yen|rupees|rupiah|dong|pesos|riel|kyat|tether|CNY|"
    r"Hong Kong dollars|Singapore dollars)\b"
    r"| times\b)?(?![\w]|[-–]?\d|,\d|\.\d)",
    re.I,
)
_KNOWN_ONES: Final = re.compile(
    r"\b(?:the|these|those|its|their|his|her|our|all|both|first|last|next|top|other|a|unit|"
    r"section|chapter|page|part|no\.?|figure|table|version) (?:[a-z]+ )?$",
    re.I,
)
_NAME: Final = re.compile(r"\b[A-Z][\w'-]+ $")
_NAME_DIGITS: Final = 3
_MORE: Final = re.compile(r" (?P<words>(?:more|fewer|less) than (?:[\w'-]+ ?){1,12})(?<! )")
_COMPARED: Final = re.compile(r" (?:as (?:many|much|high|large)|more|higher|larger|the)\b")
_NEAR: Final = 90
_FOLLOWING: Final = re.compile(
    r"(?:^ ?\($|(?:\b(?:up|down|compared|against|versus|vs\.?|instead of|"
    r"rather than) (?:from |to |with )?|\([^()]{0,40}: ?)$)",
    re.I,
)
_LIMIT: Final = "up to"


class Number(msgspec.Struct, frozen=True):
    """A number met in a sentence, with the words that belong to it."""

    span: Span
    digits: Span
    value: int | float
    unit: str | None
    limit: bool
    word: bool


class Said(msgspec.Struct, frozen=True):
    """What a number counts, its unit, and where the words for it end."""

    unit: str | None
    counts: str | None
    end: int


def read_figures(
    scene: Scene,
    line: Line,
    sentence: Sentence,
    taken: list[Span],
    previous: FigureFinding | None = None,
) -> Iterator[FigureFinding]:
    """The figures of one English sentence; numbers inside `taken` belong to other statements.

    `previous` is the figure before the sentence, which "of them" speaks of.
    """
    numbers = [number for number in numbers_in(scene, sentence) if not overlaps(number.span, taken)]
    numbers = _with_units(scene.page.view, numbers)
    metric = metric_of(scene.page, line, sentence)
    used = sentence.start
    waiting: list[tuple[Number, int]] = []
    for place, number in enumerate(numbers):
        if number.span[0] < used:
            continue
        following = numbers[place + 1].span[0] if place + 1 < len(numbers) else sentence.end
        said = _said(scene, line, sentence, number, metric, previous)
        if said is None or (said.counts is None and _ranges_on(scene, number, numbers, place)):
            waiting.append((number, following))
            continue
        for before, its_following in waiting:
            if is_range(scene.page.view, before.span[1], number.span[0]):
                shared = Said(said.unit, said.counts, before.span[1])
                yield _finding(scene, sentence, before, shared, its_following)
        waiting = []
        made = _finding(scene, sentence, number, said, following)
        yield made
        previous, used = made, made.span[1]


def _ranges_on(scene: Scene, number: Number, numbers: list[Number], place: int) -> bool:
    return place + 1 < len(numbers) and is_range(
        scene.page.view, number.span[1], numbers[place + 1].span[0]
    )


def _with_units(view: str, numbers: list[Number]) -> list[Number]:
    """ "5 to 10 percent" are two shares: the first has the unit of the second."""
    made = list(numbers)
    for place in range(len(made) - 2, -1, -1):
        one, following = made[place], made[place + 1]
        if one.unit is None and is_range(view, one.span[1], following.span[0]):
            made[place] = msgspec.structs.replace(one, unit=following.unit)
    return made


def numbers_in(scene: Scene, sentence: Sentence) -> Iterator[Number]:
    """The numbers of a stretch that are no dates and no parts of names."""
    view = scene.page.view
    days = [(hit.start, hit.end) for hit in scene.dates_in(sentence.start, sentence.end)]
    names = [one.span for one in scene.names_in(sentence.start, sentence.end)]
    for match in _FIGURE.finditer(view, sentence.start, sentence.end):
        place = match.span("digits")
        word = match["digits"][0].isalpha()
        if overlaps(place, days) or overlaps(place, names) or _named_so(view, sentence, match):
            continue
        if word and _KNOWN_ONES.search(view, max(sentence.start, place[0] - 24), match.start()):
            continue
        yield Number(
            match.span(),
            match.span("digits"),
            value_of(match["digits"], match["scale"]),
            _unit(match),
            (match["qualifier"] or "").lower().startswith(_LIMIT),
            word,
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


def _said(
    scene: Scene,
    line: Line,
    sentence: Sentence,
    number: Number,
    metric: Metric | None,
    previous: FigureFinding | None,
) -> Said | None:
    """What a number says; None where nothing tells what it counts."""
    if number.unit is None:
        return _of_bare(scene, line, sentence, number, metric, previous)
    view, end = scene.page.view, number.span[1]
    if number.unit == "times":
        compared = previous and _COMPARED.match(view, end, sentence.end)
        return Said("times", previous.counts if previous and compared else None, end)
    if number.unit == "percent":
        counted = share_of(view, end, sentence.end)
    else:
        counted = worth_before(view, sentence, number.span[0], end)
    if counted and not is_pronoun(counted.words):
        return Said(number.unit, counted.words, counted.end)
    noun = None if counted else noun_before(view, sentence, number.span[0])
    before = previous and (
        counted or noun == "" or _follows(view, previous.span[1], number.span[0])
    )
    if before and previous:
        return Said(number.unit, previous.counts, counted.end if counted else end)
    if noun:
        return Said(number.unit, noun, end)
    if number.unit == "percent" and previous and previous.unit == "percent":
        return Said(number.unit, previous.counts, end)
    return Said(number.unit, clause_subject(view, sentence, number.span[0]), end)


def _of_bare(
    scene: Scene,
    line: Line,
    sentence: Sentence,
    number: Number,
    metric: Metric | None,
    previous: FigureFinding | None,
) -> Said | None:
    """What a number without a unit counts."""
    view, end = scene.page.view, number.span[1]
    counted = counted_after(scene, line, sentence, end)
    if counted:
        if metric and metric.per and metric.covers(counted.words):
            return Said(metric.unit, metric.name, counted.end)
        return Said(counted.unit, counted.words, counted.end)
    if number.word:
        return None
    if metric and metric.holds(view, number.digits):
        return Said(metric.unit, metric.name, end)
    trend = trend_subject(view, sentence, number.digits[0])
    if trend:
        return Said(trend.unit, trend.words, end)
    if previous and (more := _MORE.match(view, end, sentence.end)):
        return Said(previous.unit, f"{previous.counts} {more['words']}", more.end())
    if previous and (parallel := parallel_count(view, end, sentence.end)):
        return Said(previous.unit, parallel.words, parallel.end)
    if previous and _follows(view, previous.span[1], number.span[0]):
        return Said(previous.unit, previous.counts, end)
    noun = noun_before(view, sentence, number.span[0])
    if noun == "" and previous:
        return Said(previous.unit, previous.counts, end)
    return Said(unit_of(noun), noun, end) if noun and unit_of(noun) else None


def _follows(view: str, start: int, end: int) -> bool:
    """Whether a number goes on about the one before: "(about US$122)", "up from 5 in May"."""
    if is_range(view, start, end):
        return True
    return end - start <= _NEAR and _FOLLOWING.search(view[start:end]) is not None


def _finding(
    scene: Scene, sentence: Sentence, number: Number, said: Said, following: int
) -> FigureFinding:
    counts, span = said.counts, (number.span[0], said.end)
    if number.limit and counts:
        counts = f"limit of {counts}"
    return FigureFinding(
        text=scene.page.quote((sentence.start, sentence.end)),
        quote=scene.page.quote(span),
        span=span,
        value=number.value,
        unit=said.unit,
        counts=counts,
        period=figure_period(scene, sentence, span, following),
    )


def figure_period(scene: Scene, sentence: Sentence, span: Span, following: int) -> str | None:
    """When a number holds: a date behind it before the next number, else the nearest in front."""
    view = scene.page.view
    after = [h for h in scene.dates_in(span[1], sentence.end) if h.use == "on" and h.period]
    if after and (after[0].end <= following or _only_brackets(view, span[1], after[0].start)):
        return _stretch(view, after[:2])
    before = [h for h in scene.dates_in(sentence.start, span[0]) if h.use == "on" and h.period]
    return _stretch(view, before[-2:][::-1]) if before else None


def _stretch(view: str, hits: Sequence[DateHit]) -> str | None:
    """The period of the first date; of two joined ones ("May and June 2020") what both share."""
    period = hits[0].period
    if len(hits) == 1 or period is None:
        return period
    first, last = sorted(hits, key=lambda hit: hit.start)
    if not is_range(view, first.end, last.start):
        return period
    return period[:4] if first.year == last.year else None


def _only_brackets(view: str, start: int, end: int) -> bool:
    """Whether only a sum in brackets and a preposition stand between."""
    return bool(
        re.fullmatch(r" ?\([^()]{0,60}\) ?(?:in|by|during|at the end of|for)? ?", view[start:end])
    )
