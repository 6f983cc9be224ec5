"""Short turns of a deal: buying words, an answer, taking up, sending, receipt, joining."""

from collections.abc import Iterator
from typing import Final

from ingest.extract.acts.money import Money
from ingest.extract.acts.speech import Speech
from ingest.records import ActKind, Span

_LONGEST: Final = {
    "buying_words": 60,
    "answer": 32,
    "taken_up": 48,
    "delivers": 32,
    "tried": 40,
    "joins": 44,
}
_PRICE_LENGTH: Final = 24
_LATIN_ANSWER: Final = 48
_LATIN: Final = frozenset({"answer", "delivers"})
_BRIEF: Final = 2


def buying_words(speech: Speech) -> Iterator[tuple[ActKind, Span]]:
    """The first words that ask to buy."""
    if _short(speech, "buying_words"):
        for span in speech.matches("buying_words", *speech.core):
            yield "buying_words", span
            return


def ordered(speech: Speech) -> Iterator[tuple[ActKind, Span]]:
    """A quantity and next to nothing else, with a yes, a unit or the words of an order beside."""
    if not _may_open(speech, speech.bare[0]):
        return
    found = speech.habits.order.fullmatch(speech.text, *speech.bare)
    if found and any(found[part] for part in ("lead", "unit", "tail")):
        yield "buying_words", found.span()


def sends(speech: Speech) -> Iterator[tuple[ActKind, Span]]:
    """The first words that say that goods went out."""
    yield from _clause(speech, "delivers", "delivers")


def receives(speech: Speech) -> Iterator[tuple[ActKind, Span]]:
    """The first words of a short turn that say that goods came, or how they did."""
    if not speech.habits.patterns.stands_in("money_word", speech.text):
        yield from _clause(speech, "tried", "received")


def _clause(speech: Speech, group: str, kind: ActKind) -> Iterator[tuple[ActKind, Span]]:
    if not _short(speech, group):
        return
    first, last = speech.bare
    if speech.text[first:last].endswith("没"):
        return
    for start, end in speech.matches(group, first, last):
        opens = start in (first, speech.core[0]) or speech.opens_clause(start)
        opens = opens or end == last or speech.named_opening() == start
        if (opens or len(speech.text[start:end]) > _BRIEF) and not speech.asked(start, end):
            yield kind, (start, end)
            return


def answer(speech: Speech, money: Money) -> Iterator[tuple[ActKind, Span]]:
    """A short reply that goes on with a deal, or a price alone."""
    agreed = agrees(speech)
    if not (agreed or "answer" in speech.groups or money.may_be_price(speech.text)):
        return
    first, last = speech.core
    if last - first <= _PRICE_LENGTH and money.is_price(speech.text[first:last]):
        yield "answer", (first, last)
        return
    if not _short(speech, "answer"):
        return
    for span in speech.matches("answer", first, last):
        offered = speech.text[span[0] : span[1]].endswith("吗")
        stands = _leads(speech, *span) or (span[1] == last and speech.text[last - 1] == "有")
        if stands and (offered or not speech.asked(*span)):
            yield "answer", span
            return
    whole = speech.bare
    if whole[1] > whole[0] and agreed:
        yield "answer", whole


def agrees(speech: Speech) -> bool:
    """Whether the whole turn is a yes, alone or with the small words that promise to act on it."""
    first = speech.bare[0]
    if _agrees_at(speech, first):
        return True
    named = speech.named_opening()
    return named is not None and named != first and _agrees_at(speech, named)


def _agrees_at(speech: Speech, start: int) -> bool:
    if not _may_open(speech, start):
        return False
    habits, end = speech.habits, speech.bare[1]
    said = habits.patterns["assent"].fullmatch(speech.text, start, end)
    return bool(said or habits.agreement.fullmatch(speech.text, start, end))


def _may_open(speech: Speech, start: int) -> bool:
    """Whether a yes or an order may begin here."""
    return speech.text[start : start + 1] in speech.habits.firsts


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
    latin = kind in _LATIN and speech.text.isascii()
    return last - first <= (_LATIN_ANSWER if latin else _LONGEST[kind])


def _leads(speech: Speech, start: int, end: int) -> bool:
    """Whether the phrase opens its clause; longer Chinese phrases need not."""
    phrase = speech.text[start:end]
    if not phrase.isascii() and len(phrase) > _BRIEF:
        return True
    opening = speech.named_opening()
    return start in (speech.core[0], opening) or speech.opens_clause(start)
