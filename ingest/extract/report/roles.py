"""General statements about a role of the trade: who does what, as a report describes the chain.

A statement has a subject at the head of a clause and a verb of habit behind it. The subject is a
word for the role, or any group of people whose act (`data/role_acts.tsv`) is that of one role.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from ingest.extract.report.findings import RoleFinding
from ingest.extract.report.page import Line, Sentence
from ingest.extract.report.role_forms import other_forms
from ingest.extract.report.role_heads import Head, heads
from ingest.extract.report.scene import Scene
from ingest.extract.report.tables import table
from ingest.extract.report.triggers import find_triggers
from ingest.extract.report.words import words
from ingest.records import Span

_JOIN: Final = re.compile(r"(?:,? and |,? or |/|, )(?:(?:other|the|their) )?")
_JOIN_ZH: Final = re.compile(r"[、和或与及]")
_LEAD: Final = re.compile(
    rf"[\"'*_]{{0,3}}(?:(?:{words('role_lead', 'en')}) ){{0,3}}[\"'*_]{{0,3}}", re.I
)
_LEAD_ZH: Final = re.compile(
    rf"[\"“'*_]{{0,3}}(?:{words('role_lead', 'zh')}){{0,2}}[\"“'*_]{{0,3}}"
)
_CLAUSE: Final = re.compile(r"(?:, while |, whereas |, and |; (?:the )?|(?<=[a-z]) while )")
_CLAUSE_ZH: Final = re.compile(r"[;,](?=[^,;]{6})|:\"?(?=[^,;]{4})|(?<=[。!?])\"?(?=.)")
_SUBORDINATE: Final = re.compile(
    r"(?:Where|When|If|Once|In|At|On|Between|With|For|After|Before|Here|Then|While|As|By|Behind|"
    r"Instead|Elsewhere|To)\b[^;:.,]{1,90}, "
)
_COLON: Final = re.compile(r"(?<=[a-z]): |; |(?<=[\u3400-\u9fff]):")
_BETWEEN: Final = re.compile(
    r"[\"'*_”]{0,3}(?: ?\([^()]{0,60}\))?"
    r"(?: (?:at|in|inside|of|from|with|without|on|within) (?:[\w'-]+,? ){0,8}?[\w'-]+)?"
    r"(?: ?(?:,|-|–|—) ?[^.;,–—]{0,120}?(?:,|-|–|—))?"
)
_EXAMPLES: Final = re.compile(
    rf"(?:,? (?:such as|like|including)| and,?| or| as well as|,) [^.;:]{{0,80}}? "
    rf"(?:{words('role_verb', 'en')})\b"
)
_DEFINED: Final = re.compile(r"[\"'*_”]{0,3}(?: ?\([^()]{0,60}\))?(?::| [-–—]| =) ?(?=\S)")
_VERB: Final = re.compile(
    rf" (?:(?:{words('role_adverb', 'en')}|[a-z]+ly) ){{0,2}}(?P<verb>[a-z][a-z-]*)\b"
)
_ONCE: Final = re.compile(
    r"\b(?:yesterday|last (?:week|month|year)|in (?:19|20)\d\d|this (?:week|month))\b[^.]*\b\w+ed\b"
)
_ANAPHORA: Final = re.compile(
    r"(?:These|Those|Such) (?:individuals|people|actors|persons|players|parties|groups|roles)\b"
    r"|(?:They|He or she)\b(?= (?!were|was|had)[a-z]+)"
)
_ANSWER: Final = re.compile(r"(?:A|Answer|答)\d{0,2}[:.] ?")
_ANSWER_GOES_ON: Final = re.compile(
    r"(?:A|Answer|答)\d{0,2}[:.] ?(?:(?:(?:they|these|those|mostly|usually|typically|often|"
    r"people|somebody|someone|anyone|the (?:people|person|ones?))\b)|"
    r"(?:他们|她们|这些人|这类人|主要是|多为|多是|通常是|一般是|就是|是指?|指|即|这里指))",
    re.I,
)
_PAST: Final = re.compile(rf"(?:\w+ed|{words('past', 'en')})")
_NO_VERB: Final = re.compile(rf"(?:{words('stop', 'en')}|{words('no_verb', 'en')})", re.I)
_HABIT: Final = frozenset({"is", "are", "who", "which", "that", "need", "feed", "embed", "speed"})
_PLACED: Final = re.compile(
    r" (?:at|in|inside|of|from|with|on|within|across) (?:[\w'-]+,? ){1,9}?"
    rf"(?:(?:{words('role_adverb', 'en')}|[a-z]+ly) ){{0,2}}(?P<verb>{words('role_verb', 'en')})\b"
)
_ZH_SAYS: Final = re.compile(
    rf"(?:[)”\"』」]|[(][^()]{{0,30}}[)])*(?:{words('role_group', 'zh')})?"
    rf"(?:[:—-]+ ?(?=\S)|(?:{words('role_adverb', 'zh')}|,){{0,4}}(?:{words('role_verb', 'zh')}))"
)
_TOLD_ZH: Final = re.compile(rf"[^,。;:()\"“”]{{0,14}}?(?:{words('role_told', 'zh')})")
_GROUP: Final = re.compile(rf"(?:[A-Za-z][\w'-]* ){{0,3}}?(?:{words('role_people', 'en')})\b")
_SERVICES: Final = frozenset({"escrow_agent", "venue_admin"})
_TOLD: Final = re.compile(rf"(?:{words('role_told', 'en')})")
_MOST_WORDS: Final = 200


@cache
def _acts() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (row["role"], re.compile(rf"\b(?:{row['pattern']})", re.I))
        for row in table("role_acts.tsv")
    )


def read_roles(scene: Scene, line: Line) -> Iterator[RoleFinding]:
    """One finding a role that a sentence speaks of in general; "these individuals" goes on."""
    before = _asked(scene, line)
    for sentence in line.sentences:
        said = list(_statements(scene, sentence))
        if not said and before and _goes_on(scene, line, sentence):
            said = [(role, (sentence.start, sentence.end)) for role in before]
        first: dict[str, Span] = {}
        for role, span in said:
            first.setdefault(role, span)
        before = list(first)
        for role, span in first.items():
            quote = scene.page.quote(span)
            text = scene.page.quote((sentence.start, sentence.end))
            yield RoleFinding(text=text, quote=quote, span=span, role=role, says=quote)


def _asked(scene: Scene, line: Line) -> list[str]:
    """The roles that the question in front of an answer asks about."""
    view = scene.page.view
    if not _ANSWER.match(view, line.start) or line.number < 2:
        return []
    question = scene.page.lines[line.number - 2].sentences[-1]
    if view[question.end - 1] not in "?？":
        return []
    known = heads(scene.terms, "zh" if question.chinese else "en")
    found = [head for _, head in known.search(view, question.start, question.end)]
    return [found[0].role] if len({head.role for head in found}) == 1 else []


def _goes_on(scene: Scene, line: Line, sentence: Sentence) -> bool:
    """Whether a sentence without a subject of its own goes on about the roles before it."""
    view = scene.page.view
    if _ANAPHORA.match(view, sentence.start):
        return True
    first = sentence is line.sentences[0]
    return first and _ANSWER_GOES_ON.match(view, line.start, sentence.end) is not None


def _statements(scene: Scene, sentence: Sentence) -> Iterator[tuple[str, Span]]:
    """Role and span of what a sentence says of it; nothing where it tells what once happened."""
    if _tells_of_once(scene, sentence):
        return
    plain = list(_plain_statements(scene, sentence))
    yield from plain
    yield from other_forms(scene, sentence, alone=not plain)


def _plain_statements(scene: Scene, sentence: Sentence) -> Iterator[tuple[str, Span]]:
    view = scene.page.view
    for start in _clauses(view, sentence):
        head, end = _subjects(scene, start, sentence)
        general = _zh_general if sentence.chinese else _general
        if head and general(view, end, sentence.end, head[-1]):
            for one in head:
                yield one.role, (start, sentence.end)
        elif not head:
            for role in _by_act(view, start, sentence):
                yield role, (start, sentence.end)


def _tells_of_once(scene: Scene, sentence: Sentence) -> bool:
    if not sentence.chinese and _ONCE.search(scene.page.view, sentence.start, sentence.end):
        return True
    colon = _COLON.search(scene.page.view, sentence.start, sentence.end)
    stop = colon.start() if colon else sentence.end
    dates = scene.dates_in(sentence.start, stop)
    if any(hit.precision in ("day", "month") and hit.use == "on" for hit in dates):
        return True
    lang = "zh" if sentence.chinese else "en"
    triggers = find_triggers(scene.page.view, sentence.start, stop, lang)
    return any(trigger.measure not in ("exposed", "restricted") for trigger in triggers)


def _clauses(view: str, sentence: Sentence) -> Iterator[int]:
    yield sentence.start
    if sentence.chinese:
        for match in _CLAUSE_ZH.finditer(view, sentence.start, sentence.end):
            yield match.end()
        return
    led = _SUBORDINATE.match(view, sentence.start, sentence.end)
    if led:
        yield led.end()
    for match in _CLAUSE.finditer(view, sentence.start, sentence.end):
        yield match.end()


def _subjects(scene: Scene, start: int, sentence: Sentence) -> tuple[list[Head], int]:
    """The roles that a clause begins with ("Insiders or hackers"), and where they end."""
    view, lang = scene.page.view, "zh" if sentence.chinese else "en"
    lead = (_LEAD_ZH if sentence.chinese else _LEAD).match(view, start, sentence.end)
    at = lead.end() if lead else start
    known = heads(scene.terms, lang)
    if not sentence.chinese and "\u3400" <= view[at : at + 1] <= "\u9fff":
        known = heads(scene.terms, "zh")
    found: list[Head] = []
    while head := known.match(view, at, sentence.end):
        found.append(head)
        end = head.end
        join = (_JOIN_ZH if sentence.chinese else _JOIN).match(view, end, sentence.end)
        if join is None:
            return found, end
        at = join.end()
        if known.match(view, at, sentence.end) is None:
            return found, end
    return found, at


def _general(view: str, end: int, stop: int, head: Head) -> bool:
    """Whether what follows an English subject says what such people do, not what one did."""
    if _DEFINED.match(view, end, stop) or _EXAMPLES.match(view, end, stop):
        return True
    between = _BETWEEN.match(view, end, stop)
    places = dict.fromkeys((end, between.end() if between else end))
    return any(_habit(view, place, stop, head) for place in places) or _works(view, end, stop, head)


def _works(view: str, end: int, stop: int, head: Head) -> bool:
    """Whether a verb of work follows some words about where they are ("at banks and clinics")."""
    match = _PLACED.match(view, end, stop)
    if match is None:
        return False
    past = _PAST.fullmatch(match["verb"]) is not None
    return (head.plural or not past) and not _TOLD.fullmatch(match["verb"])


def _habit(view: str, place: int, stop: int, head: Head) -> bool:
    match = _VERB.match(view, place, stop)
    if match is None:
        return view[place : place + 5] in (", who",) or view[place : place + 6] == ", whom"
    verb = match["verb"]
    if verb in _HABIT:
        return not _PAST.fullmatch(_word_after(view, match.end())) or verb in ("is", "are", "who")
    if _NO_VERB.fullmatch(verb) or verb.endswith("ing"):
        return False
    if _PAST.fullmatch(verb):
        # "Insiders at banks passed files on": a report on a ring that is no more.
        service = head.role in _SERVICES
        return (head.plural or service) and not _TOLD.fullmatch(verb)
    return head.plural or verb.endswith("s") or verb in ("can", "may")


def _word_after(view: str, place: int) -> str:
    match = re.compile(r" (\w+)").match(view, place)
    return match[1] if match else ""


def _zh_general(view: str, end: int, stop: int, head: Head) -> bool:
    return _ZH_SAYS.match(view, end, stop) is not None and not _TOLD_ZH.match(view, end, stop)


def _by_act(view: str, start: int, sentence: Sentence) -> Iterator[str]:
    """The role of people whom the report names by their work only."""
    stop = min(sentence.end, start + _MOST_WORDS)
    if sentence.chinese:
        return
    lead = _LEAD.match(view, start, stop)
    group = _GROUP.match(view, lead.end() if lead else start, stop)
    if group is None or not _general(view, group.end(), stop, Head("", group.end(), plural=True)):
        return
    for role, act in _acts():
        if act.search(view, group.end(), stop):
            yield role
            return
