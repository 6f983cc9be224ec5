"""Measures taken against organisations and persons, as an English report words them."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

import msgspec

from ingest.extract.report.dates import DateHit
from ingest.extract.report.findings import EventFinding, Measure, OrganisationRef
from ingest.extract.report.page import Line, Sentence
from ingest.extract.report.scene import Scene
from ingest.extract.report.tables import table
from ingest.extract.report.veto import vetoed
from ingest.extract.report.words import words
from ingest.records import Span

_AGENT: Final = re.compile(rf"\b(?:{words('agent', 'en')})\b", re.I)
_HERALD: Final = re.compile(rf"\b(?:{words('herald', 'en')})\b", re.I)
_DENIAL: Final = re.compile(r"\b(?:denie[sd]|deny|denying|rumou?rs?|false(?:ly)?)\b", re.I)
_BE: Final = re.compile(
    r"\b(?:was|were|been|got|is being|are being)(?: (?:also|later|then|subsequently|reportedly|"
    r"allegedly|recently|all|first|both|publicly|formally|criminally|arrested and|detained and|"
    r"temporarily|since|already|[a-z]+ly))? $"
    r"|\b(?:was|were) \w+ed\b[^,;.]{0,60} and (?:[a-z]+ly )?$"
)
_OWN_ACT: Final = re.compile(r"pleaded guilty")
_STOP: Final = re.compile(
    r";| (?:for|on suspicion|on charges|after|over|in connection|following|because|as part of|"
    r"accused|suspected|charged with|amid|during)\b"
)
_LEAD: Final = re.compile(
    r"(?:According|In|On|After|Following|During|As|By|At|With|When|While|Meanwhile|Since|Earlier|"
    r"Last|This|Separately|Later|Also|That|Under|Early|Late|Mid)\b"
)
_LEAD_DATE: Final = re.compile(r" ?(?:[:–—-]|--) ?")
_NOBODY: Final = re.compile(r" ?(?:no|none|nobody|neither) ", re.I)
_OPERATION: Final = re.compile(rf"\b(?:{words('operation', 'en')})\b", re.I)
_COMPANY: Final = re.compile(
    rf"\b(?:the|its|their) (?:[a-z-]+ )?(?:{words('company', 'en')})\b", re.I
)
_OWNED: Final = re.compile(
    rf"\b(?:its|whose) (?P<what>(?:[\w-]+ ){{0,3}}?(?:{words('person', 'en')})\b)?", re.I
)
_OF_OWNERS: Final = frozenset({"restricted", "operations_seized"})
_HE: Final = re.compile(
    r"[ ,]*(?:and )?(?:he|she|they|both|all (?:of them|two|three|four|five|six)|the (?:two|three|"
    r"four|five|six|pair|man|woman|men|women)|(?:one|two|three) of them)"
    r"(?: (?:was|were|has been))? ?",
    re.I,
)
_ACTS: Final = re.compile(
    rf"\b(?:{words('agent', 'en')})\b|Police|Prosecut|\bCourt\b|{words('agent', 'zh')}"
)
"""Bodies that take measures: "its" and "the company" are hardly ever theirs."""
_LATER: Final = re.compile(r"随后|后来|此后|之后|\b(?:later|subsequently|afterwards|since then)\b")
_COMPANIES: Final = re.compile(
    r"(?:\d[\d,]*|several|dozens of|many|multiple|two|three|four|five|six|seven|eight|nine|ten|a)"
    rf"(?: [\w'-]+){{0,5}}? (?:{words('company', 'en')})\b",
    re.I,
)
_PERSON: Final = re.compile(rf"(?:{words('person', 'en')})$", re.I)
_PIECE: Final = re.compile(r",? and |, | or | as well as | along with |[:;()]")
_PIECE_END: Final = re.compile(
    r" (?:of|into|have|has|had|from|at|in|with|who|whom|known|called|nicknamed|behind|"
    r"working|connected|linked|employed|based|named|"
    r"believed|to|were|was)\b"
)
_COUNT_OF: Final = re.compile(
    r"^(?:(?:a|the|another|all|some) )?(?:total|group|number|pair|couple|handful|trio|dozens|"
    r"hundreds|scores|one|two|three|four|five|six|seven|eight|nine|ten|\d+|some|most|both|several|"
    r"all) of (?:the |its |their |these )?(?=\w)",
    re.I,
)
_DETERMINER: Final = re.compile(r"^(?:the|a|an|its|their|his|her|this|that|both|other|some) ", re.I)
_REACH: Final = 160
_BACK: Final = 300
"""How far in front "the company" may have been named."""


class Trigger(msgspec.Struct, frozen=True):
    """A verb that may say a measure."""

    span: Span
    measure: Measure


@cache
def triggers(lang: str) -> tuple[tuple[Measure, re.Pattern[str]], ...]:
    """The verbs of each measure, from `data/measures.tsv`; the first to match a word wins."""
    edge = r"\b" if lang == "en" else ""
    return tuple(
        (msgspec.convert(row["measure"], Measure), re.compile(f"{edge}(?:{row['pattern']}){edge}"))
        for row in table("measures.tsv")
        if row["lang"] == lang
    )


def find_triggers(view: str, start: int, end: int, lang: str) -> list[Trigger]:
    """The verbs of a stretch in order, none inside another."""
    found = [
        (match.start(), -match.end(), rank, measure)
        for rank, (measure, pattern) in enumerate(triggers(lang))
        for match in pattern.finditer(view, start, end)
    ]
    chosen: list[Trigger] = []
    for at, minus_end, _, measure in sorted(found):
        if not chosen or at >= chosen[-1].span[1]:
            chosen.append(Trigger((at, -minus_end), measure))
    return chosen


def read_events(
    scene: Scene, line: Line, sentence: Sentence, told: Sequence[EventFinding] = ()
) -> list[EventFinding]:
    """The events of one English sentence, in order; "he" is the person of the last one told."""
    found = find_triggers(scene.page.view, sentence.start, sentence.end, "en")
    events: list[EventFinding] = []
    for number, trigger in enumerate(found):
        before = found[number - 1].span[1] if number else sentence.start
        after = found[number + 1].span[0] if number + 1 < len(found) else sentence.end
        region = affected(scene, sentence, trigger, before, after)
        if region is None:
            continue
        event = make_event(scene, line, sentence, trigger, region, [*told, *events])
        if event and not _repeats(event, events):
            events.append(event)
    return events


def _repeats(event: EventFinding, events: Sequence[EventFinding]) -> bool:
    return any(
        (event.measure, event.organisation, event.persons)
        == (known.measure, known.organisation, known.persons)
        for known in events
    )


def affected(
    scene: Scene, sentence: Sentence, trigger: Trigger, before: int, after: int
) -> Span | None:
    """The stretch that names whom a verb is about; None where the verb states no fact."""
    view, (at, end) = scene.page.view, trigger.span
    if _DENIAL.search(view, sentence.start, at) or vetoed(view, before, at):
        return None
    passive = _BE.search(view, max(before, at - 100), at)
    if passive:
        return _subject(scene, sentence, before, passive.start())
    if _OWN_ACT.match(view, at):
        return _subject(scene, sentence, before, at)
    herald = _HERALD if trigger.measure == "exposed" else _AGENT
    agents = list(herald.finditer(view, max(sentence.start, at - _REACH), at))
    if not agents:
        return None
    stop = _STOP.search(view, end, after)
    return end, stop.start() if stop else after


def _subject(scene: Scene, sentence: Sentence, before: int, end: int) -> Span:
    """The subject in front of a passive verb, without what leads the sentence in."""
    view, start = scene.page.view, before
    dates = scene.dates_in(sentence.start, end)
    if start == sentence.start and _LEAD.match(view, start):
        for comma in re.finditer(r", ", view[start:end]):
            place = start + comma.start()
            if not any(hit.start <= place < hit.end for hit in dates):
                return place + 2, end
    if start > sentence.start:
        joint = re.compile(r"(?:,| and| while| but|;)+ ").search(view, start, end)
        start = joint.end() if joint else start
    return start, end


def make_event(
    scene: Scene,
    line: Line,
    sentence: Sentence,
    trigger: Trigger,
    region: Span,
    told: Sequence[EventFinding] = (),
) -> EventFinding | None:
    """The event, if the stretch names an organisation or persons; else None."""
    view = scene.page.view
    if _NOBODY.match(view, region[0]):
        return None
    names = scene.names_in(*region)
    before_verb = region[1] <= trigger.span[0]
    organisation = (names[-1] if before_verb else names[0]).ref if names else None
    persons = _persons(view, region, [one.span for one in names])
    if organisation is None and _refers(trigger.measure, view, region):
        organisation = last_named(scene, line, region[0])
    if not persons and organisation is None and told and _HE.fullmatch(view, *region):
        organisation, persons = told[-1].organisation, told[-1].persons
    counted = _COMPANIES.search(view, *region)
    if not _states(trigger.measure, view, region, organisation, persons, counted is not None):
        return None
    if trigger.measure == "exposed" and organisation is None and counted:
        region = (counted.start(), region[1])
    span = min(region[0], trigger.span[0]), max(region[1], trigger.span[1])
    return finding(scene, line, sentence, trigger, _trim(view, span), organisation, persons)


def _refers(measure: Measure, view: str, region: Span) -> bool:
    """Whether "the company", "its licence" stands for the organisation named before."""
    if _COMPANY.search(view, *region):
        return True
    owned = _OWNED.search(view, *region)
    return owned is not None and (measure in _OF_OWNERS or owned["what"] is not None)


def finding(
    scene: Scene,
    line: Line,
    sentence: Sentence,
    trigger: Trigger,
    span: Span,
    organisation: OrganisationRef | None,
    persons: tuple[str, ...],
) -> EventFinding:
    """The event that a trigger of a sentence tells, with the date that holds at its place."""
    dated = event_date(scene, line, sentence, trigger.span[0])
    return EventFinding(
        text=scene.page.quote((sentence.start, sentence.end)),
        quote=scene.page.quote(span),
        span=span,
        date=dated.iso if dated else None,
        precision=dated.precision if dated and dated.iso else None,
        measure=trigger.measure,
        organisation=organisation,
        persons=persons,
    )


def _states(
    measure: Measure,
    view: str,
    region: Span,
    organisation: OrganisationRef | None,
    persons: tuple[str, ...],
    counted: bool,
) -> bool:
    if measure == "operations_seized":
        return organisation is not None or bool(_OPERATION.search(view, *region))
    if measure in ("restricted", "exposed"):
        return organisation is not None or counted
    return bool(persons) or organisation is not None


def _persons(view: str, region: Span, names: Sequence[Span]) -> tuple[str, ...]:
    """The words for persons in a stretch, without articles and without the names beside them."""
    text = list(view[region[0] : region[1]])
    for start, end in names:
        text[start - region[0] : end - region[0]] = ";" * (end - start)
    found: list[str] = []
    for piece in _PIECE.split("".join(text)):
        head = _PIECE_END.split(_COUNT_OF.sub("", piece.strip()), maxsplit=1)[0].strip(" .,")
        head = _DETERMINER.sub("", head)
        if head and len(head) < 80 and _PERSON.search(head) and head not in found:
            found.append(head)
    return tuple(found)


def last_named(scene: Scene, line: Line, place: int) -> OrganisationRef | None:
    """The organisation named last, in the line or shortly in front of it."""
    for start, end in ((line.start, place), (line.start - _BACK, line.start)):
        named = [one.ref for one in scene.names_in(start, end) if not _ACTS.search(one.ref.name)]
        if named:
            return named[-1]
    return None


def event_date(scene: Scene, line: Line, sentence: Sentence, verb: int) -> DateHit | None:
    """The date of what a verb says: in the sentence, else at the head of the line ("Date: …")."""
    own = [hit for hit in scene.dates_in(sentence.start, sentence.end) if hit.use == "on"]
    before = [hit for hit in own if hit.end <= verb]
    if before:
        # What came "later" than a date has no date of its own.
        later = _LATER.search(scene.page.view, before[-1].end, verb)
        return None if later else before[-1]
    if own:
        return own[0]
    first = scene.dates_in(line.start, min(line.end, line.start + 40))
    if first and first[0].start == line.start:
        return first[0] if _LEAD_DATE.match(scene.page.view, first[0].end) else None
    return None


def _trim(view: str, span: Span) -> Span:
    written = view[span[0] : span[1]]
    start = span[0] + len(written) - len(written.lstrip(" ,;:"))
    return start, span[0] + len(written.rstrip(" ,;:").removesuffix(" and").rstrip(" ,"))
