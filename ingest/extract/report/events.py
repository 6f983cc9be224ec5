"""Measures taken against organisations and persons, as an English report words them."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from ingest.extract.report.dates import DateHit
from ingest.extract.report.event_regions import OF_PEOPLE, affected
from ingest.extract.report.findings import EventFinding, Measure, OrganisationRef
from ingest.extract.report.page import Line, Sentence
from ingest.extract.report.scene import Scene
from ingest.extract.report.tables import overlaps
from ingest.extract.report.triggers import Trigger, find_triggers
from ingest.extract.report.words import words
from ingest.records import Span

_LEAD_DATE: Final = re.compile(r" ?(?:[:–—-]|--) ?")
_NOBODY: Final = re.compile(r" ?(?:no|none|nobody|neither) ", re.I)
_OPERATION: Final = re.compile(rf"\b(?:{words('operation', 'en')})\b", re.I)
_COMPANY: Final = re.compile(
    rf"\b(?:the|its|their) (?:[a-z-]+ )?(?i:{words('company', 'en')})\b(?! [A-Z])"
)
_OWNED: Final = re.compile(
    rf"\b(?:its|whose) (?P<what>(?:[\w-]+ ){{0,3}}?(?:{words('person', 'en')})\b)?"
    rf"|\bthe (?P<officer>(?:company's |firm's )?(?:{words('officer', 'en')}))\b(?! of\b)",
    re.I,
)
_OF_OWNERS: Final = frozenset({"restricted", "operations_seized"})
_HE: Final = re.compile(
    r"[ ,]*(?:and )?(?:he|she|they|both|all (?:of them|two|three|four|five|six)|the (?:two|three|"
    r"four|five|six|pair|man|woman|men|women)|(?:one|two|three) of them)"
    r"(?: (?:was|were|has been))? ?",
    re.I,
)
_NOTHING: Final = re.compile(r"[ ,.;]*(?:(?:and|then|later|also|on|in|both|but)[ ,]*)*")
_CALLED: Final = re.compile(
    r"(?:\b(?:Mr|Ms|Mrs|Dr)\.? [A-Z][\w'-]+|\b[A-Z][a-z'-]+ [A-Z][a-z'-]+\b|"
    r"\b[A-Z][a-z]+(?=, (?:aged )?\d\d\b)|^[A-Z][a-z]+ $)"
)
"""A person by name: with a title, two capitals, an age."""
_COUNT_VERB: Final = re.compile(
    r"^(?:made|led to|resulted in|announced|reported|carried out|yielded|brought|saw|"
    r"ended (?:in|with)|secured|won) "
)
ACTS: Final = re.compile(
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
    rf"hundreds|scores|{words('number_word', 'en')}|\d+|some|most|both|several|"
    r"all) of (?:the |its |their |these )?(?=\w)",
    re.I,
)
_THEM: Final = re.compile(r"(?:them|those|the others)", re.I)
_OF_THEM: Final = re.compile(r"[\w ]{1,20} of (?:them|those|the others)", re.I)
_DETERMINER: Final = re.compile(r"^(?:the|a|an|its|their|his|her|this|that|both|other|some) ", re.I)
_RANGE: Final = re.compile(r" (?:and|to|until|through) (?:early |mid-?|late )?| ?[-–—至到~] ?")
_BACK: Final = 300
"""How far in front "the company" may have been named."""


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
        if event and not repeats(event, events):
            events.append(event)
    return events


def repeats(event: EventFinding, events: Sequence[EventFinding]) -> bool:
    """Whether a sentence has told an event before; one of nobody adds nothing to another."""
    named = event.organisation is not None or event.persons
    return any(
        event.measure == known.measure
        and (
            not named or (event.organisation, event.persons) == (known.organisation, known.persons)
        )
        for known in events
    )


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
    names = scene.names_in(*region) or scene.venues_in(*region)
    before_verb = region[1] <= trigger.span[0]
    organisation = (names[-1] if before_verb else names[0]).ref if names else None
    persons = _those(scene, trigger, region, [one.span for one in names])
    if organisation is None and _refers(trigger.measure, view, region):
        organisation = last_named(scene, line, region[0])
    if not persons and organisation is None and told and _same_ones(scene, region, trigger):
        organisation, persons = told[-1].organisation, told[-1].persons
    counted = _COMPANIES.search(view, *region)
    if not _states(trigger.measure, view, region, organisation, persons, counted is not None):
        return None
    if trigger.measure == "exposed" and organisation is None and counted:
        region = (counted.start(), region[1])
    span = min(region[0], trigger.span[0]), max(region[1], trigger.span[1])
    return finding(scene, line, sentence, trigger, _trim(view, span), organisation, persons)


def _same_ones(scene: Scene, region: Span, trigger: Trigger) -> bool:
    """Whether a stretch says no more than "he", or nothing: "stood trial and was sentenced"."""
    if _HE.fullmatch(scene.page.view, *region):
        return True
    if region[1] > trigger.span[0]:
        return False
    text = list(scene.page.view[slice(*region)])
    for hit in scene.dates_in(*region):
        text[hit.start - region[0] : hit.end - region[0]] = " " * (hit.end - hit.start)
    return _NOTHING.fullmatch("".join(text)) is not None


def _those(scene: Scene, trigger: Trigger, region: Span, names: Sequence[Span]) -> tuple[str, ...]:
    """The words for the persons that a trigger is about, by their work or else by their names."""
    view = scene.page.view
    if trigger.form == "count":
        return (_COUNT_VERB.sub("", view[slice(*region)]),)
    persons = _persons(view, region, names)
    if persons or names or trigger.measure not in OF_PEOPLE:
        return persons
    taken = [place.span for place in scene.places_in(*region)]
    taken += [(hit.start, hit.end) for hit in scene.dates_in(*region)]
    for match in _CALLED.finditer(view, *region):
        if not overlaps(match.span(), taken) and not ACTS.search(match[0]):
            return (match[0].rstrip(" ,"),)
    return ()


def _refers(measure: Measure, view: str, region: Span) -> bool:
    """Whether "the company", "its licence" stands for the organisation named before."""
    if _COMPANY.search(view, *region):
        return True
    owned = _OWNED.search(view, *region)
    return owned is not None and bool(measure in _OF_OWNERS or owned["what"] or owned["officer"])


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
        head = piece.strip() if _THEM.fullmatch(head) else _DETERMINER.sub("", head)
        named = _PERSON.search(head) or _OF_THEM.fullmatch(head)
        if head and len(head) < 80 and named and head not in found:
            found.append(head)
    return tuple(found)


def last_named(scene: Scene, line: Line, place: int) -> OrganisationRef | None:
    """The organisation named last, in the line or shortly in front of it."""
    for start, end in ((line.start, place), (line.start - _BACK, line.start)):
        named = [one.ref for one in scene.names_in(start, end) if not ACTS.search(one.ref.name)]
        if named:
            return named[-1]
    return None


def event_date(scene: Scene, line: Line, sentence: Sentence, verb: int) -> DateHit | None:
    """The date of what a verb says: in the sentence, else at the head of the line ("Date: …")."""
    said = scene.dates_in(sentence.start, sentence.end)
    # "have been suspended since 3 March" says when, if nothing else does.
    own = [hit for hit in said if hit.use == "on"] or [hit for hit in said if hit.use == "since"]
    before = [hit for hit in own if hit.end <= verb]
    if behind := _dated_behind(scene.page.view, sentence, verb, own):
        return behind
    if before:
        # What came "later" than a date has no date of its own.
        later = _LATER.search(scene.page.view, before[-1].end, verb)
        return None if later else _range_start(scene, before)
    if own:
        return own[0]
    first = scene.dates_in(line.start, min(line.end, line.start + 40))
    if first and first[0].start == line.start:
        return first[0] if _LEAD_DATE.match(scene.page.view, first[0].end) else None
    return None


def _dated_behind(
    view: str, sentence: Sentence, verb: int, dates: Sequence[DateHit]
) -> DateHit | None:
    """The date behind a later verb of a sentence: "raided it in May and charged him on 2 June"."""
    if sentence.chinese:
        return None
    verbs = [one.span[0] for one in find_triggers(view, sentence.start, sentence.end, "en")]
    later = [at for at in verbs if at > verb]
    first = min(verbs, default=verb)
    stop = later[0] if later else sentence.end
    own = [hit for hit in dates if verb < hit.start < stop]
    earlier = [hit for hit in dates if hit.end <= verb]
    if first >= verb or not own or not earlier:
        return None
    # Where dates stand in front of their verbs, one between two verbs is that of the second.
    in_front = earlier[0].end <= first and earlier[-1].start > first
    return None if in_front else own[0]


def _range_start(scene: Scene, dates: Sequence[DateHit]) -> DateHit:
    """The last of some dates, or the first of "between March and May"."""
    for one, other in pairwise(reversed(dates)):
        between = _RANGE.fullmatch(scene.page.view, other.end, one.start)
        return other if between else dates[-1]
    return dates[-1]


def _trim(view: str, span: Span) -> Span:
    written = view[span[0] : span[1]]
    start = span[0] + len(written) - len(written.lstrip(" ,;:"))
    return start, span[0] + len(written.rstrip(" ,;:").removesuffix(" and").rstrip(" ,"))
