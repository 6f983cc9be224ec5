"""Short turns of a deal: buying words, an answer, taking up, joining."""

from collections.abc import Iterator
from typing import Final

from ingest.extract.acts.money import Money
from ingest.extract.acts.speech import Speech
from ingest.records import ActKind, Span

_LONGEST: Final = {"buying_words": 60, "answer": 32, "taken_up": 48, "joins": 44}
_PRICE_LENGTH: Final = 24
_LATIN_ANSWER: Final = 48
_BRIEF: Final = 2


def buying_words(speech: Speech) -> Iterator[tuple[ActKind, Span]]:
    """The first words that ask to buy."""
    if _short(speech, "buying_words"):
        for span in speech.matches("buying_words", *speech.core):
            yield "buying_words", span
            return


def answer(speech: Speech, money: Money) -> Iterator[tuple[ActKind, Span]]:
    """A short reply that goes on with a deal, or a price alone."""
    first, last = speech.core
    if last - first <= _PRICE_LENGTH and money.is_price(speech.text[first:last]):
        yield "answer", (first, last)
        return
    if not _short(speech, "answer"):
        return
    for span in speech.matches("answer", first, last):
        offered = speech.text[span[0] : span[1]].endswith("吗")
        if _leads(speech, *span) and (offered or not speech.asked(*span)):
            yield "answer", span
            return
    whole = speech.bare
    if whole[1] > whole[0] and speech.habits.patterns["assent"].fullmatch(speech.text, *whole):
        yield "answer", whole


def assents(speech: Speech, ask: Span) -> Iterator[tuple[ActKind, Span]]:
    """A yes in front of a quantity takes up what was answered."""
    assent = speech.habits.patterns["assent_lead"].match(speech.text, speech.bare[0])
    if (
        assent
        and assent.end() <= ask[0]
        and speech.habits.patterns["takes"].match(speech.text, ask[0])
    ):
        yield "taken_up", (assent.start(), ask[1])


def settles(speech: Speech) -> Iterator[tuple[ActKind, Span]]:
    """A yes that opens the text, with the words right behind it that act on what was agreed."""
    lead, done = speech.bare[0], speech.bare[0]
    assent = speech.habits.patterns["assent_lead"]
    while match := assent.match(speech.text, done):
        done = speech.behind_marks(match.end())
    for start, end in speech.matches("settles", done, speech.bare[1]) if done > lead else ():
        if start == done and not speech.asked(start, end):
            yield "taken_up", (lead, end)
        return


def taken_up(speech: Speech) -> Iterator[tuple[ActKind, Span]]:
    """The first words that take up an answer; a brief phrase only where a clause begins with it."""
    if not _short(speech, "taken_up"):
        return
    for start, end in speech.matches("taken_up", *speech.core):
        if _leads(speech, start, end) and not speech.asked(start, end):
            yield "taken_up", (start, end)
            return


def joins(speech: Speech) -> Iterator[tuple[ActKind, Span]]:
    """The first words that answer a recruitment."""
    if not _short(speech, "joins"):
        return
    for start, end in speech.matches("joins", *speech.core):
        if not speech.text[start:end].isascii() or _leads(speech, start, end):
            yield "joins", (start, end)
            return


def _short(speech: Speech, kind: str) -> bool:
    first, last = speech.core
    latin = kind == "answer" and speech.text.isascii()
    return last - first <= (_LATIN_ANSWER if latin else _LONGEST[kind])


def _leads(speech: Speech, start: int, end: int) -> bool:
    """Whether the phrase opens its clause; longer Chinese phrases need not."""
    phrase = speech.text[start:end]
    if not phrase.isascii() and len(phrase) > _BRIEF:
        return True
    return start == speech.core[0] or speech.opens_clause(start)
