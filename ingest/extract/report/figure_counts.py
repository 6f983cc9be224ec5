"""What a number counts: the nouns behind it, the subject of "was worth", a parallel phrase."""

import re
from typing import Final

import msgspec

from ingest.extract.report.numbers import NUMBER, NUMBER_WORD
from ingest.extract.report.page import Line, Sentence
from ingest.extract.report.scene import Scene
from ingest.extract.report.words import words

_TIME: Final = re.compile(rf"(?:{words('time_noun', 'en')})\b", re.I)
_WORD: Final = re.compile(r"[ ]((?:\"?[A-Za-z][\w'/-]*\"?|[A-Z]\.(?:[A-Z]\.)+))")
_STOP: Final = re.compile(words("stop", "en"), re.I)
_MOST_WORDS: Final = 6
_NO_NOUN: Final = re.compile(
    "as|is|was|its|this|has|does|news|business|less|always|times|percent|dollars|yuan"
)
_IRREGULAR: Final = {"people": "person", "men": "man", "women": "woman", "children": "child"}
_SINGULARS_COUNTED: Final = re.compile("people|men|women|children|yuan|staff|personnel")
_OCCASIONS: Final = frozenset({"occasions", "times"})
_ANAPHORIC: Final = re.compile(
    r"\b(?P<subject>[Tt]hese|[Tt]hey|[Tt]hose) (?:were|are|had been|have been) (?:\w+ly )?offered\b"
)
_OFFERED: Final = re.compile(
    r"(?P<subject>[A-Z][\w' -]{2,60}?) (?:was|were|are|is) (?:\w+ly )?offered\b"
)
_SUBJECT: Final = re.compile(
    r"(?P<subject>(?:The )?[A-Z][\w'-]*(?: [\w'-]+){0,4}?)(?: [–—-] |, | (?:were|was|are|is|"
    r"remained)\b)"
)
_PARALLEL: Final = re.compile(
    r" (?:occasions )?for (?P<words>(?:[A-Za-z][\w'/-]*)(?: (?!and\b|or\b|in\b|on\b|"
    r"by\b)[\w'/-]+){0,4})"
)
_POSSESSED: Final = re.compile(
    r"(?P<subject>(?:[\w-]+ ){0,2}?[\w-]+'s? (?:worth|revenue|turnover|losses|damage|value|"
    r"profits?|sales|income))\b[^,;]*$"
)
_PRICED: Final = re.compile(
    r" for (?P<words>(?:an? |each |every |(?!(?:19|20)\d\d\b)\d[\d,]* )"
    r"(?:[\w'-]+ ){0,5}?[\w'-]+)(?=[.,;)]|$| (?:and|or|to|in|on|"
    r"per|a)\b)"
)


_TREND: Final = re.compile(
    r"(?P<subject>(?:(?:number|count|volume|total) of )?(?:(?!of\b|the\b)[\w'-]+ "
    r"){0,3}?[\w'-]+s) (?:per \w+ )?(?:has |have |had )?"
    r"(?:also |then |again )?(?:rose|risen|fell|fallen|grew|grown|increased|jumped|soared|climbed|"
    r"dropped|declined|decreased|went|shrank|surged|doubled|tripled)\b[^.;]{0,80}?\b(?:from|to) "
    r"(?:about |around |over |more than |nearly |almost )?$"
)
_TREND_END: Final = re.compile(r"\b(?:from|to) (?:[a-z]+ ){0,2}$")
_TREND_VERB: Final = re.compile(
    r"rose|risen|fell|fallen|grew|grown|increas|jump|soar|climb|drop|declin|decreas|went|shrank|"
    r"surg|doubl|tripl"
)
_SHARE: Final = re.compile(
    r" of (?:all |the |these |those |each |every |its |their |an? )?(?P<words>(?:(?!and\b|or\b|"
    r"in\b|"
    r"on\b|from\b|at\b|was\b|were\b|is\b|are\b)[\w'-]+ ?){1,4})(?<! )(?: (?=in\b|from\b|on\b|and\b|"
    r"or\b|at\b|was\b|were\b|is\b|are\b)|(?=[.,;:)–—]|$)|(?= ))"
)
_SHARE_VERB: Final = re.compile(r" (?:\w+ed|were|was|are|is|have|had|came|went)\b.*")
_PRONOUNS: Final = frozenset({"them", "these", "those", "it", "this", "which", "whom"})
_NUMBER: Final = re.compile(f"{NUMBER}|{NUMBER_WORD}")
_OF_OTHERS: Final = re.compile(
    rf" (?:of|out of|in) (?:the |these |those |its )?(?:[\w-]+'s? )?(?={NUMBER}|{NUMBER_WORD} )"
)
_OF_WHOLE: Final = re.compile(
    r" of (?:the |its |their |these |those |his |her |our )(?:[\w-]+'s? )?"
)
_PRISON: Final = re.compile(
    r" (?:(?:in|of) )?(?P<what>prison|jail|imprisonment|custody|probation)\b"
)


class Counted(msgspec.Struct, frozen=True):
    """What is counted: words, unit, and where the words end."""

    words: str | None
    unit: str | None
    end: int


def counted_after(scene: Scene, line: Line, sentence: Sentence, start: int) -> Counted | None:
    """The noun phrase behind a number: up to six words that end in a plural noun."""
    view = scene.page.view
    others = _OF_OTHERS.match(view, start, sentence.end)
    if others and (number := _NUMBER.match(view, others.end(), sentence.end)):
        counted = _counted(scene, line, sentence, number.end())
        return counted and Counted(counted.words, counted.unit, start)
    whole = _OF_WHOLE.match(view, start, sentence.end)
    if whole and (part := _counted(scene, line, sentence, whole.end() - 1)):
        return part
    return _counted(scene, line, sentence, start)


def _counted(scene: Scene, line: Line, sentence: Sentence, start: int) -> Counted | None:
    view = scene.page.view
    best = _last_plural(view, start, sentence.end)
    if best is None:
        return None
    end, noun = best
    if _TIME.fullmatch(noun):
        prison = _PRISON.match(view, end, sentence.end)
        return Counted(prison["what"], singular(noun), prison.end()) if prison else None
    words_written = view[start:end].strip()
    if noun.lower() in _OCCASIONS:
        subject = _offered_subject(scene, line, sentence, start)
        return Counted(subject or words_written, "offer" if subject else "occasion", end)
    return Counted(words_written, singular(noun), end)


def _last_plural(view: str, start: int, stop: int) -> tuple[int, str] | None:
    at, best = start, None
    for _ in range(_MOST_WORDS):
        match = _WORD.match(view, at, stop)
        if match is None or _STOP.fullmatch(match[1].strip('"')):
            break
        at = match.end()
        if _is_plural(match[1]):
            best = (at, match[1])
    return best


def _is_plural(word: str) -> bool:
    low = word.lower().strip('"')
    if _SINGULARS_COUNTED.fullmatch(low):
        return True
    return (
        low.endswith("s")
        and not low.endswith(("ss", "'s", "us", "is"))
        and not _NO_NOUN.fullmatch(low)
    )


def singular(noun: str) -> str:
    """The unit of a plural noun: `companies` -> `company`."""
    low = noun.lower().strip('"')
    if low in _IRREGULAR:
        return _IRREGULAR[low]
    if low.endswith("ies") and len(low) > 4:
        return low[:-3] + "y"
    if low.endswith(("sses", "shes", "ches", "xes")):
        return low[:-2]
    return low[:-1] if low.endswith("s") else low


def _offered_subject(scene: Scene, line: Line, sentence: Sentence, end: int) -> str | None:
    """What "was offered on N occasions" is about; "these" is the subject just before."""
    view = scene.page.view
    if _ANAPHORIC.search(view, sentence.start, end):
        before = _sentence_before(scene, line, sentence)
        match = _SUBJECT.match(view, before.start, before.end) if before else None
    else:
        match = _OFFERED.search(view, sentence.start, end)
    return _plain(match["subject"]) if match else None


def _sentence_before(scene: Scene, line: Line, sentence: Sentence) -> Sentence | None:
    earlier = [one for one in line.sentences if one.end <= sentence.start]
    if earlier:
        return earlier[-1]
    number = scene.page.lines.index(line)
    return scene.page.lines[number - 1].sentences[-1] if number else None


def _plain(subject: str) -> str:
    words_written = subject.removeprefix("The ").strip()
    return words_written[:1].lower() + words_written[1:]


def parallel_count(view: str, start: int, end: int) -> Counted | None:
    """ "…, compared to 16 for X and 15 for Y": what such a number counts."""
    match = _PARALLEL.match(view, start, end)
    return Counted(match["words"], None, match.end()) if match else None


def trend_subject(view: str, sentence: Sentence, digits: int) -> Counted | None:
    """ "The number of X rose from A to B": what A and B count."""
    text = view[max(sentence.start, digits - 160) : digits]
    if not _TREND_END.search(text, max(0, len(text) - 24)) or not _TREND_VERB.search(text):
        return None
    match = _TREND.search(text)
    if not match:
        return None
    subject = match["subject"].removeprefix("The ").removeprefix("the ")
    return Counted(subject, singular(subject.split()[-1]), digits)


def share_of(view: str, start: int, end: int) -> Counted | None:
    """ "35% of X": what a share is a share of."""
    match = _SHARE.match(view, start, end)
    if match is None:
        return None
    said = _SHARE_VERB.sub("", match["words"]).strip()
    return Counted(said, None, match.start("words") + len(said)) if said else None


def is_pronoun(said: str | None) -> bool:
    """Whether the words for what is counted only point back."""
    return (said or "").lower() in _PRONOUNS


def unit_of(phrase: str | None) -> str | None:
    """The unit of a counted noun phrase: "number of daily visitors" -> `visitor`."""
    last = (phrase or "").split(" to ")[0].split()
    plural = [word for word in last if _is_plural(word)]
    return singular(plural[-1]) if plural else None


def worth_before(view: str, sentence: Sentence, start: int, end: int) -> Counted | None:
    """What a sum of money is the worth or the price of."""
    priced = _PRICED.match(view, end, sentence.end)
    if priced:
        return Counted(priced["words"].strip(), None, priced.end())
    before = view[max(sentence.start, start - 120) : start]
    match = _POSSESSED.search(before)
    if not match:
        return None
    subject = re.sub(
        r"^(?:(?:[Tt]hat|[Tt]he|[Aa]n?|of|and|found|projected|report) )+", "", match["subject"]
    )
    return Counted(subject, None, end)
