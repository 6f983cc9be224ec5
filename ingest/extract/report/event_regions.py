"""Which stretch of an English sentence names those whom a word for a measure is about."""

import re
from typing import Final

from ingest.extract.report.page import Sentence
from ingest.extract.report.scene import Scene
from ingest.extract.report.triggers import Trigger
from ingest.extract.report.veto import vetoed
from ingest.extract.report.words import words
from ingest.records import Span

_AGENT: Final = re.compile(rf"\b(?:{words('agent', 'en')})\b", re.I)
_HERALD: Final = re.compile(rf"\b(?:{words('herald', 'en')})\b", re.I)
_DENIAL: Final = re.compile(r"\b(?:denie[sd]|deny|denying|rumou?rs?|false(?:ly)?)\b", re.I)
_ADVERB: Final = (
    r"(?: (?:also|later|then|subsequently|reportedly|allegedly|recently|all|first|both|publicly|"
    r"formally|criminally|arrested and|detained and|temporarily|since|already|each|now|[a-z]+ly))?"
)
_BE: Final = re.compile(
    rf"\b(?:was|were|been|got|is being|are being){_ADVERB} $"
    r"|\b(?:was|were) \w+ed\b[^,;.]{0,60} and (?:[a-z]+ly )?$"
)
_REDUCED: Final = re.compile(
    r"(?P<joint>\b(?:was|were|been)\b[^;.]{1,120}?(?:,| and|, and|, while| while) )"
    r"(?P<who>(?:[\w'.&-]+ ){1,9}?)(?:[a-z]+ly )?$"
)
"""A second passive without its verb: "the office was sealed and three managers detained"."""
_HEADLINE: Final = re.compile(r"(?:^|[:;(–—] |-- )(?P<who>(?:[\w'.&-]+ ){1,9}?)$")
_HEADLINE_END: Final = re.compile(
    r" (?:in|on|by|for|after|over|at|as|with|during|following|from|and|to)\b|[.,;:)]| ?$"
)
OF_PEOPLE: Final = frozenset({"apprehended", "detained", "charged", "convicted"})
_WANTED: Final = re.compile(
    r"\b(?:warrants?|rewards?|calls?|called|bounty|request(?:ed|s)?|seek(?:s|ing)?|sought|demand\w*|"
    r"pending|fear(?:s|ed|ing)?|risk(?:s|ed)?|possible|prevent\w*|avoid\w*|"
    r"maximum|punishable|carries|rules?|laws?|against)\b[^.;]{0,40}$",
    re.I,
)
"""Words by which a noun of an act states no fact."""
_STOP: Final = re.compile(
    r";| (?:for|on suspicion|on charges|after|over|in connection|following|because|as part of|"
    r"accused|suspected|charged with|amid|during)\b"
)
_NOUN_STOP: Final = re.compile(
    r";| (?:for|after|over|in connection|following|because|as part|amid|during|was|were|is|are|has|"
    r"have|had|began|led|came|took|marked|prompted|followed|shows?|showed|brought|and the|"
    r"on (?=\d|[A-Z])|in (?=\d|[A-Z][a-z]+ \d))\b|, (?:which|who|the first|said|according)"
)
_LEAD: Final = re.compile(
    r"(?:According|In|On|After|Following|During|As|By|At|With|When|While|Meanwhile|Since|Earlier|"
    r"Last|This|Separately|Later|Also|That|Under|Early|Late|Mid|For|Between|From|Then|Elsewhere|"
    r"Within|Until|Days|Weeks|Months|Shortly|Soon|Again|(?:Two|Three|Four|Six|A few|A) "
    r"(?:days?|weeks?|months?|years?))\b(?! (?:man|woman|couple|former|teenager)\b)"
)
_SAYS: Final = re.compile(
    r"\b(?:said|says|stated|announced|confirmed|reported|added|found|noted|learned|wrote)"
    r"(?: (?:on|in) [\w ,.]{3,24}?)? that "
)
_JOINT: Final = re.compile(r"(?:,| and| while| but|;| where| when)+ ")
_REACH: Final = 160


def affected(
    scene: Scene, sentence: Sentence, trigger: Trigger, before: int, after: int
) -> Span | None:
    """The stretch that names whom a trigger is about; None where it states no fact."""
    view, (at, end) = scene.page.view, trigger.span
    if _DENIAL.search(view, sentence.start, at) or vetoed(view, before, at):
        return None
    if trigger.form in ("noun", "count") and _WANTED.search(view, max(before, at - 60), at):
        return None
    if trigger.form == "noun":
        stop = _NOUN_STOP.search(view, end, after)
        return end, stop.start() if stop else after
    if trigger.form == "count":
        return at, end
    if trigger.form == "subject":
        return _subject(scene, sentence, before, at)
    return _of_verb(scene, sentence, trigger, before, after)


def _of_verb(
    scene: Scene, sentence: Sentence, trigger: Trigger, before: int, after: int
) -> Span | None:
    view, (at, end) = scene.page.view, trigger.span
    passive = _BE.search(view, max(before, at - 100), at)
    if passive:
        return _subject(scene, sentence, before, passive.start())
    if trigger.measure in OF_PEOPLE and (reduced := _reduced(view, sentence, trigger)):
        return reduced
    herald = _HERALD if trigger.measure == "exposed" else _AGENT
    if herald.search(view, max(sentence.start, at - _REACH), at) is None:
        return None
    stop = _STOP.search(view, end, after)
    return end, stop.start() if stop else after


def _reduced(view: str, sentence: Sentence, trigger: Trigger) -> Span | None:
    """The subject of a participle without "was", in a row of passives or a headline."""
    at, end = trigger.span
    if not _HEADLINE_END.match(view, end):
        return None
    start = max(sentence.start, at - _REACH)
    text = view[start:at]
    match = _REDUCED.search(text) or _HEADLINE.search(text)
    if match is None or _AGENT.search(match["who"]):
        return None
    return start + match.start("who"), at


def _subject(scene: Scene, sentence: Sentence, before: int, end: int) -> Span:
    """The subject in front of a passive verb, without what leads the sentence in."""
    view, start = scene.page.view, before
    says = list(_SAYS.finditer(view, start, end))
    if says:
        return says[-1].end(), end
    if start == sentence.start and _LEAD.match(view, start):
        return _behind_lead(scene, start, end), end
    if start > sentence.start:
        joint = _JOINT.search(view, start, end)
        start = joint.end() if joint else start
    return start, end


def _behind_lead(scene: Scene, start: int, end: int) -> int:
    """Where the subject begins behind "On 3 March 2024,"; some writers put no comma."""
    dates = scene.dates_in(start, end)
    for comma in re.finditer(r", ", scene.page.view[start:end]):
        place = start + comma.start()
        if not any(hit.start <= place < hit.end for hit in dates):
            return place + 2
    led = [hit.end for hit in dates if hit.start - start <= len("Between early ")]
    return led[-1] if led else start
