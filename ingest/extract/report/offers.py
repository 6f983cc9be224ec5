"""English statements that somebody of the trade offered, sought or sold something."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

import msgspec

from ingest.extract.report.page import Line, Sentence
from ingest.extract.report.scene import Scene
from ingest.extract.report.tables import table
from ingest.extract.report.veto import vetoed
from ingest.extract.report.words import words
from ingest.records import Polarity, Span

_DETERMINER: Final = (
    r"(?:(?P<new>an?|one|another|some|two|three|four|five|six|the same|an? (?:second|third|fourth|"
    r"fifth|sixth|different))"
    r"|(?P<known>the|this|that|his|her|their))"
)
_ACTOR: Final = re.compile(
    rf"\b(?:{_DETERMINER} (?:[\w.'-]+ ){{0,4}}?)?"
    rf"\b(?:(?P<strong>{words('actor', 'en')})|(?P<weak>{words('actor_weak', 'en')}))\b",
    re.I,
)
ARRESTED: Final = re.compile(r"\b(?:police|authorities|officers|arrested|detained)\b", re.I)
_BROKEN: Final = re.compile(
    r"[;:?!]|\b(?:police|authorities|officers|which|whose|arrested|detained)\b", re.I
)
VENUE: Final = re.compile(
    r"\b(?:on|in|at|via|through|within|across|to) (?:[\w.'/-]+ ){0,7}?"
    rf"(?:{words('venue', 'en')})\b"
    r"(?: (?:used|popular|frequented|known|favou?red|run|operated|dedicated)\b[^.,;]*)?",
    re.I,
)
_VENUE_WORD: Final = re.compile(rf"\b(?:{words('venue', 'en')})\b", re.I)
_PASSIVE_SUBJECT: Final = re.compile(
    r"(?:^|[,;:] |\b(?:that|where|when|while|and) )"
    rf"(?:an?|one|another|some|(?:more than|over|about|around|nearly|almost|at least|up to)? "
    rf"?\d[\d,.]*)\b[^;:]*\b(?:{words('data', 'en')})\b",
    re.I,
)
GENERAL: Final = re.compile(
    r"\b(?:most popular|by far|occasions|often|typically|commonly|usually|generally|frequently|"
    r"tend to|in general|companies (?:offer|sell|that))\b",
    re.I,
)
CONTINUED: Final = re.compile(
    r"(?:(?:The|This|That|These|Those|Each|Its|Their|His|Her) (?:[\w'-]+ ){0,2}?"
    rf"(?:{words('actor', 'en')}|{words('actor_weak', 'en')}|{words('continued', 'en')})\b"
    r"|It|They|He|She|Samples?|Prices?|Buyers?|Payment|According to the (?:[\w'-]+ ){0,1}?"
    rf"(?:{words('actor', 'en')}|{words('actor_weak', 'en')}))\b"
)
_LAWFUL: Final = re.compile(
    r"\b(?:security|cybersecurity|software|legitimate|licensed|lawful|official)\b", re.I
)
_ANOTHER: Final = re.compile(
    r"\b(?:another|an? (?:second|third|fourth|fifth|sixth))(?: one)? (?:[a-z]+ly )?$", re.I
)
_SIZED: Final = re.compile(
    r"[$¥€£] ?\d|\d[\d,.]* ?(?:yuan|USDT|RMB|dollars|BTC)\b|\b\d{1,3}(?:,\d{3})+\b|"
    r"\b\d[\d.]* (?:thousand|million|billion)\b"
)
_POST: Final = re.compile(
    r"\b(?:post|posting|listing|advert|ad|advertisement|thread|message|notice|offer)$", re.I
)
"""What is written at a place of trade speaks of one by itself."""
_ASIDE: Final = re.compile(r"\b(?:who|which|that) (?:had |has |have )?(?:\w+ly |once |only )?$")
"""A relative clause says who somebody is, not what was offered now."""
_REACH: Final = 180


class Offer(msgspec.Struct, frozen=True):
    """A statement of an offer: the sentences that tell it, and the stretch that says of what."""

    line: Line
    sentences: tuple[Sentence, ...]
    verb: Span
    polarity: Polarity
    goods: tuple[Span, ...]
    """Stretches of the text to read slots from: the object or subject, and what follows."""
    head: Line | None = None
    """The line above a quoted post that says when it was written."""
    loose: bool = False
    """Read without a verb of trade: it needs a price or a size to stand."""

    @property
    def span(self) -> Span:
        """From the first sentence to the last."""
        return self.sentences[0].start, self.sentences[-1].end

    def and_then(self, sentence: Sentence) -> "Offer":
        """The offer told on by a further sentence."""
        return msgspec.structs.replace(
            self,
            sentences=(*self.sentences, sentence),
            goods=(*self.goods, (sentence.start, sentence.end)),
        )


class Verb(msgspec.Struct, frozen=True):
    """A verb of trade met in a sentence."""

    span: Span
    polarity: Polarity
    passive: bool


@cache
def _verbs() -> tuple[tuple[Polarity, bool, re.Pattern[str]], ...]:
    return tuple(
        (
            msgspec.convert(row["polarity"], Polarity),
            row["form"] == "passive",
            re.compile(rf"\b(?:{row['pattern']})(?!\w)"),
        )
        for row in table("offer_verbs.tsv")
    )


def find_verbs(view: str, sentence: Sentence) -> list[Verb]:
    """The verbs of trade in a sentence in order, none inside another."""
    found = sorted(
        (match.start(), -match.end(), rank)
        for rank, (_, _, pattern) in enumerate(_verbs())
        for match in pattern.finditer(view, sentence.start, sentence.end)
    )
    chosen: list[Verb] = []
    for at, minus_end, rank in found:
        if not chosen or at >= chosen[-1].span[1]:
            polarity, passive, _ = _verbs()[rank]
            chosen.append(Verb((at, -minus_end), polarity, passive))
    return chosen


def read_offers(scene: Scene, line: Line) -> Iterator[Offer]:
    """The offers that a line tells of, each with the sentences that go on about it."""
    view = scene.page.view
    current: Offer | None = None
    for sentence in line.sentences:
        if sentence.chinese:
            continue
        found = frame(scene, line, sentence, open_offer=current is not None)
        if found:
            if current:
                yield current
            current = found
        elif current and CONTINUED.match(view, sentence.start):
            current = current.and_then(sentence)
    if current:
        yield current


def frame(scene: Scene, line: Line, sentence: Sentence, *, open_offer: bool) -> Offer | None:
    """The offer that a sentence states; None for general talk and for a known offer's details."""
    view = scene.page.view
    if GENERAL.search(view, sentence.start, sentence.end):
        return None
    for verb in find_verbs(view, sentence):
        if _ASIDE.search(view, max(sentence.start, verb.span[0] - 24), verb.span[0]):
            continue
        if ARRESTED.search(view, sentence.start, verb.span[0]):
            return None
        if verb.passive:
            goods = _passive(scene, sentence, verb)
        else:
            goods = _active(scene, sentence, verb, open_offer)
        if goods:
            return Offer(line, (sentence,), verb.span, verb.polarity, goods)
    return None


def _active(
    scene: Scene, sentence: Sentence, verb: Verb, open_offer: bool
) -> tuple[Span, ...] | None:
    view, at = scene.page.view, verb.span[0]
    if vetoed(view, sentence.start, at):
        return None
    actors = [
        match
        for match in _ACTOR.finditer(view, max(sentence.start, at - _REACH), at)
        if not _BROKEN.search(view, match.end(), at)
    ]
    dated = bool(scene.dates_in(sentence.start, sentence.end))
    # A date with a price or a size says as well as a place of trade that a post is told of.
    sized = dated and _SIZED.search(view, at, sentence.end) is not None
    venue = _has_venue(scene, sentence)
    told = venue or sized
    fitting = [m for m in actors if _singular(m, told or (dated and bool(_POST.search(m[0]))))]
    if not fitting:
        further = open_offer and _ANOTHER.search(view, sentence.start, at)
        return goods_after(view, at, sentence.end) if further else None
    known = fitting[0]["known"] is not None
    if known and (open_offer or not (dated or venue)) and not (open_offer and dated):
        return None
    return goods_after(view, at, sentence.end)


def _singular(match: re.Match[str], venue: bool) -> bool:
    """One somebody, or a counted few; "actors" in general tell of no single offer."""
    if _LAWFUL.search(match[0]) or (match["weak"] and (match["known"] or not venue)):
        return False
    if match["new"] or match["known"]:
        plural = match[0].lower().endswith("s") and not match[0].lower().endswith("ss")
        counted = (match["new"] or "").lower() in ("two", "three", "four", "five", "six")
        return counted or not plural
    word = match["strong"] or match["weak"]
    named = re.match(r" (?:[\"'@]|[A-Z]\w*\d|\w+\d)", match.string[match.end() : match.end() + 24])
    return word.lower() == "someone" or bool(named and not word.lower().endswith("s"))


def _has_venue(scene: Scene, sentence: Sentence) -> bool:
    """Whether a sentence speaks of a place of trade, by a word for one or by its name."""
    if any(sentence.start <= start < sentence.end for start, _ in scene.markets):
        return True
    return bool(_VENUE_WORD.search(scene.page.view, sentence.start, sentence.end))


def _passive(scene: Scene, sentence: Sentence, verb: Verb) -> tuple[Span, ...] | None:
    view, at = scene.page.view, verb.span[0]
    if vetoed(view, sentence.start, at):
        return None
    dated = bool(scene.dates_in(sentence.start, sentence.end))
    sized = dated and _SIZED.search(view, sentence.start, sentence.end) is not None
    if not (sized or _has_venue(scene, sentence)):
        return None
    subject = _PASSIVE_SUBJECT.search(view[sentence.start : at])
    if not subject:
        return None
    start = sentence.start + subject.start()
    return ((start, at), *goods_after(view, verb.span[1], sentence.end))


def goods_after(view: str, start: int, end: int) -> tuple[Span, ...]:
    """The stretch without the words for the place of trade."""
    spans: list[Span] = []
    for match in VENUE.finditer(view, start, end):
        if match.start() > start:
            spans.append((start, match.start()))
        start = match.end()
    if start < end:
        spans.append((start, end))
    return tuple(spans)


def names_actor(scene: Scene, sentence: Sentence, subject: str) -> bool:
    """Whether the subject of a verb is one somebody of the trade."""
    venue = _has_venue(scene, sentence)
    match = _ACTOR.search(subject)
    return bool(match and match["new"] and match.end() == len(subject) and _singular(match, venue))


def names_one(scene: Scene, sentence: Sentence) -> bool:
    """Whether a sentence speaks of one somebody of the trade, or of one post, anywhere."""
    view = scene.page.view
    venue = _has_venue(scene, sentence)
    return any(
        _singular(match, venue or bool(_POST.search(match[0])))
        for match in _ACTOR.finditer(view, sentence.start, sentence.end)
    )
