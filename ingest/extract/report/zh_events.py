"""Measures taken against organisations and persons, as a Chinese report words them."""

import re
from collections.abc import Sequence
from typing import Final

from ingest.extract.report.events import ACTS, finding, last_named, repeats
from ingest.extract.report.findings import EventFinding, OrganisationRef
from ingest.extract.report.page import Line, Sentence
from ingest.extract.report.scene import Scene
from ingest.extract.report.triggers import Trigger, find_triggers
from ingest.extract.report.words import words
from ingest.records import Span

_AGENT: Final = re.compile(words("agent", "zh"))
_PASSIVE: Final = re.compile(r"(?:被(?!告)|遭到?|受到)[^,。;]{0,24}$")
_TOWARD: Final = re.compile(r"(?:对|将|把)(?P<whom>[^,。;]{2,36})$")
_VETO: Final = re.compile(rf"(?:{words('veto', 'zh')})[^,。;]{{0,12}}$")
_COUNT: Final = r"(?:\d[\d,]*|[一二两三四五六七八九十百多数]{1,4})"
_PERSON: Final = re.compile(
    rf"(?:{_COUNT}余?(?:名|个|位)?(?:主要|涉案|犯罪)?(?:{words('person', 'zh')})|"
    rf"(?:{words('person', 'zh')}){_COUNT}余?(?:名|人|个)|(?:{words('person', 'zh')}))"
)
_BARE: Final = frozenset({"人", "成员", "人员"})
_COMPANY: Final = re.compile(rf"(?:该|涉事|这家|上述)(?:{words('company', 'zh')})|(?:公司|平台)")
_OWNED: Final = re.compile(
    rf"(?:{words('officer', 'zh')})|其(?![余中他次实它])[^,。;]{{0,6}}?(?:{words('person', 'zh')})"
)
_OPERATION: Final = re.compile(words("operation", "zh"))
_COUNTED: Final = re.compile(
    rf"(?:{_COUNT}余?(?:家|款|个))[^,。;]{{0,8}}?(?:{words('company', 'zh')})"
    r"|(?:软件|应用|APP|App|小程序|网站|平台)[“\"][^”\"]{1,16}[”\"]|[“\"][^”\"]{1,16}[”\"](?:APP|App|应用|软件|小程序|平台)"
)
_HE: Final = re.compile(r"[ ,]*(?:其|该人|二人|两人|三人|上述人员|他|她|他们)(?:[^,。;]{0,10})?")
_CLAUSE: Final = re.compile(r"[,。;:!?]")
_AMONG: Final = re.compile(r"[,;]?其中(?:包括|有|含)?")
_LISTED: Final = re.compile(r"[,;(]?(?:其中)?(?:包括|涉及|分别为|有)[^,。;]{0,6}$")
_IN_LIST: Final = re.compile(r"(?:也|亦|均|都)?(?:在列|名列其中|上榜|榜上有名)")
_NO_SUBJECT: Final = re.compile(
    r" *+(?:现|目前|日前|随后|后|已|均|都|先后|相继|陆续|分别|依法|当天|当日|同日|次日|最终|并|也|"
    r"还|又|再|再次|一审|二审|终审|"
    r"(?:因|涉嫌|以涉嫌)[^,。;]{0,24}+|在[^,。;]{1,10}+|于[^,。;]{1,12}+)*+"
)
_SENTENCED: Final = re.compile(r"(?:有期徒刑|无期徒刑|拘役|缓刑|罚金|[^,。;]{0,4}(?:年|个月))")


def read_events(
    scene: Scene, line: Line, sentence: Sentence, told: Sequence[EventFinding] = ()
) -> list[EventFinding]:
    """The events of one Chinese sentence, in order; 其 after `told` is whom the last one names."""
    view = scene.page.view
    found = find_triggers(view, sentence.start, sentence.end, "zh")
    events: list[EventFinding] = []
    for number, trigger in enumerate(found):
        after = found[number + 1].span[0] if number + 1 < len(found) else sentence.end
        before = found[number - 1].span[1] if number else sentence.start
        region = _affected(view, line, sentence, trigger, before, after)
        event = _event(scene, line, sentence, trigger, region) if region else None
        if (
            event is None
            and region
            and _HE.fullmatch(view, *region)
            and (known := [*told, *events])
        ):
            event = finding(
                scene, line, sentence, trigger, (region[0], trigger.span[1]),
                known[-1].organisation, known[-1].persons,
            )  # fmt: skip
        if event and not repeats(event, events):
            events.append(event)
    return events


def _affected(
    view: str, line: Line, sentence: Sentence, trigger: Trigger, before: int, after: int
) -> Span | None:
    """The stretch that names whom a verb is about; None where the verb states no fact."""
    at, end = trigger.span
    if _VETO.search(view, max(sentence.start, at - 30), at):
        return None
    passive = _PASSIVE.search(view, max(before, at - 30), at)
    if passive or trigger.form == "subject":
        stop = passive.start() if passive else at
        return _subject_start(view, before, stop), stop
    verdict = trigger.measure == "convicted" and _SENTENCED.match(view, end)
    if not verdict and not _AGENT.search(view, line.start, at):
        return None
    toward = _TOWARD.search(view, max(before, at - 40), at)
    if toward:
        return toward.span("whom")
    if trigger.measure == "asked_to_assist":
        return _clause_start(view, before, at), _clause_end(view, end, after)
    if verdict:
        # "王某犯…罪,判处有期徒刑四年": the accused stands in front of the verdict.
        return sentence.start, at
    return end, _clause_end(view, end, after)


def _clause_start(view: str, start: int, end: int) -> int:
    marks = [match.end() for match in _CLAUSE.finditer(view, start, end)]
    return marks[-1] if marks else start


def _subject_start(view: str, floor: int, end: int) -> int:
    """Where a subject begins: its clause, or the one in front where its own holds no name."""
    start = _clause_start(view, floor, end)
    if start > floor and _NO_SUBJECT.fullmatch(view, start, end):
        return _clause_start(view, floor, start - 1)
    return start


def _clause_end(view: str, start: int, end: int) -> int:
    mark = _CLAUSE.search(view, start, end)
    return mark.start() if mark else end


def _event(
    scene: Scene, line: Line, sentence: Sentence, trigger: Trigger, region: Span
) -> EventFinding | None:
    view = scene.page.view
    names = scene.names_in(*region) or scene.venues_in(*region)
    counted = _COUNTED.search(view, *region)
    persons = _persons(view, region, [one.span for one in names])
    organisation = names[-1].ref if names else None
    if organisation is None and counted and trigger.measure in ("exposed", "restricted"):
        organisation = _one_of_them(scene, region[1], sentence.end)
    if organisation is None and not counted:
        organisation = _referred(scene, line, sentence, trigger, region, bool(persons))
    if not _enough(trigger, view, region, organisation, persons, counted is not None):
        return None
    span = min(region[0], trigger.span[0]), max(region[1], trigger.span[1])
    span = span[0] + len(view[slice(*span)]) - len(view[slice(*span)].lstrip(" ,;:")), span[1]
    return finding(scene, line, sentence, trigger, span, organisation, persons)


def _one_of_them(scene: Scene, start: int, end: int) -> OrganisationRef | None:
    """The first organisation that a list of those exposed names: 其中包括X, X在列."""
    view = scene.page.view
    for one in scene.names_in(start, end):
        if _LISTED.search(view, start, one.span[0]) or _IN_LIST.match(view, one.span[1]):
            return one.ref
    return None


def _referred(
    scene: Scene, line: Line, sentence: Sentence, trigger: Trigger, region: Span, persons: bool
) -> OrganisationRef | None:
    """The organisation meant by 该公司, or whose staff a clause of the same sentence names."""
    view, at = scene.page.view, trigger.span[0]
    if _COMPANY.search(view, _clause_start(view, max(sentence.start, at - 40), at), at):
        return last_named(scene, line, at)
    if _OWNED.search(view, *region):
        return last_named(scene, line, at)
    near = [one for one in scene.names_in(sentence.start, at) if not ACTS.search(one.ref.name)]
    if near and (persons or _COMPANY.search(scene.page.view, *region)):
        return near[-1].ref
    if _COMPANY.search(scene.page.view, *region):
        return last_named(scene, line, sentence.start)
    behind = _AMONG.match(scene.page.view, region[1], sentence.end)
    if behind is None or not persons:
        return None
    among = scene.names_in(behind.end(), sentence.end)
    return among[0].ref if among and among[0].span[0] == behind.end() else None


def _enough(
    trigger: Trigger,
    view: str,
    region: Span,
    organisation: OrganisationRef | None,
    persons: tuple[str, ...],
    counted: bool,
) -> bool:
    if trigger.measure == "operations_seized":
        return organisation is not None or bool(_OPERATION.search(view, *region))
    if trigger.measure in ("restricted", "exposed"):
        return organisation is not None or counted
    return organisation is not None or bool(persons)


def _persons(view: str, region: Span, names: list[Span]) -> tuple[str, ...]:
    text = list(view[region[0] : region[1]])
    for start, end in names:
        text[start - region[0] : end - region[0]] = ";" * (end - start)
    found: dict[str, None] = {}
    for match in _PERSON.finditer("".join(text)):
        if match[0] not in _BARE:
            found[match[0]] = None
    return tuple(found)
