"""What a number is said of when its noun stands in front of it: "the price fell to", "a fee of"."""

import re
from typing import Final

from ingest.extract.report.page import Sentence
from ingest.extract.report.words import words

_ABOUT_END: Final = re.compile(
    r"(?:(?<= )|^)(?:(?:about|around|over|under|below|above|more than|less than|fewer than|nearly|"
    r"almost|only|just|roughly|some|up to|as (?:little|much|low|high|many) as|between|at least|"
    r"at most|a further|another|an estimated|approximately|close to)(?: |$))+$"
)
_MEASURE: Final = rf"(?:{words('measure_noun', 'en')})"
_VERB: Final = rf"(?:{words('figure_verb', 'en')})"
_OF: Final = re.compile(
    rf"\b(?P<words>(?:(?!(?:an?|the|its|their|of|take|keep|in|for|on|at|with|and|to|from|by|paid|"
    rf"pay|as|or)\b)[\w'-]+ ){{0,2}}{_MEASURE}) "
    rf"(?:of|at|is|was|=|:) $",
    re.I,
)
_MEASURE_WORD: Final = re.compile(rf"(?:{words('measure_noun', 'en')}|price)$", re.I)
_PUT: Final = re.compile(
    r"\b(?:puts?|estimated?s?|reckons?|sets?|assesse[sd]|gives?|gave) (?:the |its |their )?"
    r"(?P<words>[\w' -]{3,60}?) (?:at|as) $"
)
_FINED: Final = re.compile(r"\bfined (?:[\w'.&-]+ ){1,6}$")
_FLOW: Final = re.compile(
    r"(?P<subject>[\w' -]{2,60}?) (?:(?:has|have|had|is|are|was|were) (?:[\w]+ ){0,3}?)?"
    r"(?P<verb>earned|made|lost|stole|stolen|laundered|paid|netted|pocketed|spent)"
    r" (?:him |her |them |it )?$"
)
_OF_ENDS: Final = frozenset({"of", "at", "is", "was", "=", ""})
_PUT_ENDS: Final = frozenset({"at", "as"})
_FLOW_ENDS: Final = frozenset(
    (
        *("earned", "made", "lost", "stole", "stolen", "laundered", "paid", "netted", "pocketed"),
        *("spent", "him", "her", "them", "it"),
    )
)
_CLAUSE: Final = re.compile(
    r"[,;:(–—]|\b(?:and|but|while|(?<!\bin )(?<!\bof )(?<!\bfor )that|"
    r"which|who|because|although|where|when|said|says|claimed|"
    r"claims|whereas)\b"
)
_MEASURED: Final = re.compile(
    rf"(?:(?<=\bthe )|(?<=\bThe )|(?<=\ba )|(?<=\bits )|(?<=\btheir )|^)"
    rf"(?P<words>(?:(?!of\b|to\b|the\b)[\w'-]+ ){{0,2}}?{_MEASURE}"
    r"(?: of (?:[\w'-]+ ?){1,6})?) ?$",
    re.I,
)
_LEAD: Final = re.compile(
    r"^(?:(?:the|an?|its|their|his|her|this|these|those|each|every|one|our own|our|we|in|on|by|"
    r"after|for|as|then|also|now|however|still|today|here|there) )+",
    re.I,
)
_MODIFIED: Final = re.compile(
    r" (?:that|which|who|whose|for|in|on|at|to|with|from|by|per|under|between|during|since|among|"
    r"against|within|(?!feed|need|seed|weed)[a-z]+(?:ed|ing)|sold|made|seen|held|taken|bought|"
    r"more than|has|have|had|is|are|also)\b.*$"
)
_AUXILIARY: Final = re.compile(
    r"(?: (?:was|were|is|are|be|been|being|has|have|had|to|also|then))+$"
)
_PRONOUN: Final = re.compile(
    r"(?:.* )?(?:it|they|this|that|these|those|them|he|she|we|one|which|who|there|"
    r"the (?:figure|number|sum|total|count))",
    re.I,
)
_FINITE: Final = re.compile(
    rf" (?:{_VERB}|brought|earned|made|cost|paid|asked|charged|took|lost|stole|sold|bought|wanted|"
    r"offered|had|has|have|held|got|received|gave|went|demanded|accepted|[a-z]{3,}ed)\b"
)
_LEADING: Final = re.compile(
    r"^(?:In|On|By|During|Since|For|At|After|Of|Among)\b(?: [\w'-]+){1,4}? (?=[a-z])"
)
_BEFORE_VERB: Final = re.compile(rf"\b{_VERB}\b(?: by| to| at| from)?,?(?: [a-z]+ly)? $")
_LEADS: Final = re.compile(
    rf"(?:of|at|as|is|was|are|were|by|to|from|for|=|[a-z]+ly|him|her|them|it|"
    rf"{words('figure_verb', 'en')}|"
    r"earned|made|lost|stole|stolen|laundered|paid|netted|pocketed|spent)[,:]?|:"
)
_RANGED: Final = re.compile(r" ?(?:to|and|or|-|–|—|through) ?(?:about |over |around )?")
_LONGEST: Final = 8
_REACH: Final = 160
_LAST_WORDS: Final = 40


def noun_before(view: str, sentence: Sentence, place: int) -> str | None:
    """The noun phrase that a number is the measure of, by the words in front; None where none is.

    Empty where a pronoun stands there: then it is what the number before it counts.
    """
    text = view[max(sentence.start, place - _REACH) : place].rstrip()
    tail = max(0, len(text) - _LAST_WORDS)
    about = _ABOUT_END.search(text, tail)
    text = text[: about.start()].rstrip() if about else text
    tail = max(0, len(text) - _LAST_WORDS)
    last = text[tail:].lower().rsplit(None, 2)[-2:]
    # Most numbers follow other words: only a fitting last word is worth the longer patterns.
    if not last or not _LEADS.fullmatch(last[-1]):
        return "fine" if "fined" in text and _FINED.search(f"{text} ") else None
    word, ended = last[-1].strip(",:"), f"{text} "
    measured = word in _OF_ENDS and _MEASURE_WORD.search(last[0])
    match = _OF.search(ended, max(0, tail - _LAST_WORDS)) if measured else None
    if match is None and word in _PUT_ENDS:
        match = _PUT.search(ended)
    if match:
        return _plain(match["words"])
    flow = _FLOW.search(ended) if word in _FLOW_ENDS else None
    if flow:
        subject = _subject(flow["subject"])
        return f"{flow['verb']} by {subject}" if subject else flow["verb"]
    if word == "of":
        return None
    verb = _BEFORE_VERB.search(ended, tail)
    return _subject(text[: verb.start()].rstrip()) if verb else None


def clause_subject(view: str, sentence: Sentence, place: int) -> str | None:
    """The subject of the clause that a sum or share stands in, where no closer noun is told."""
    text = view[max(sentence.start, place - _REACH) : place].rstrip()
    start = 0
    for boundary in _CLAUSE.finditer(text):
        if len(text[boundary.end() :].split()) > 1:
            start = boundary.end()
    clause = _LEADING.sub("", text[start:].strip())
    subject = _FINITE.split(clause, maxsplit=1)[0]
    return _plain(subject) or None if subject and len(subject) < len(clause) else None


def _subject(text: str) -> str | None:
    clause = text
    for boundary in _CLAUSE.finditer(text):
        if text[boundary.end() :].strip():
            clause = text[boundary.end() :]
    clause = _AUXILIARY.sub("", clause.strip())
    measured = list(_MEASURED.finditer(_MODIFIED.sub("", clause)))
    if measured:
        return _plain(measured[-1]["words"])
    return _plain(clause)


def _plain(phrase: str) -> str | None:
    """The phrase without articles and what follows its noun; empty for a pronoun."""
    if _PRONOUN.fullmatch(phrase.strip()):
        return ""
    phrase = _MODIFIED.sub("", _LEAD.sub("", phrase.strip())).strip()
    if _PRONOUN.fullmatch(phrase):
        return ""
    return phrase if phrase and len(phrase.split()) <= _LONGEST else None


def is_range(view: str, start: int, end: int) -> bool:
    """Whether only "to" or "and" stands between two numbers, so that both say one thing."""
    return end - start <= _LONGEST * 2 and _RANGED.fullmatch(view, start, end) is not None
