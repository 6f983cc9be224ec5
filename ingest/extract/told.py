"""Whose words a stretch is: what others say, sell or ask, and what the author once did."""

import re
from collections.abc import Iterator, Sequence, Set
from typing import Final, NamedTuple

from ingest.extract.answers import exchange
from ingest.extract.contacts import Contact
from ingest.extract.money import Figure
from ingest.extract.spans import Span, SpanIndex, within
from ingest.extract.tokens import GOODS, STANCES, Token
from ingest.extract.turns import turns_of_others
from ingest.lexicon.wordings import may_hold, wording

_SELF: Final = wording("speaks_of_self")
_SPEAKS: Final = wording("another_speaks")
_QUOTE: Final = wording("quoted_words")
_COMMENT: Final = wording("comments_on")
_BRINGS: Final = wording("brings_quote")
_RIVAL: Final = wording("rival_named")
_SAYS: Final = wording("told_says")
_SELLS: Final = wording("told_sells")
_NO_RIVAL: Final = re.compile(
    r"(?:没有?|无|不是|非|不经|不走|不通过|绕过|跳过|免|去|这个?|本|咱们?|我们|我|"
    r"(?<![a-z])(?:no|not an?|without|zero|skip|cut out)(?: the| any)?)\s?\Z"
)
_NO_REACH: Final = 14
"""没有中间商: in front of those who are not there."""
_FOR: Final = wording("speaks_for")
"""Who passes on the offer of a friend makes it theirs."""
_HEADED: Final = wording("forward_head")
_OWN_LINE: Final = wording("own_line")
_BRACKETS: Final = wording("bracketed_words")
_BROUGHT: Final = wording("contact_brought")
_CHEATED: Final = wording("cheated_me")
_DOES: Final = wording("another_does")
_SENDS: Final = wording("sends_to")
_ONLY_MINE: Final = wording("only_mine")
_GOES_ON: Final = wording("subject_is_own")
"""Behind an @name that the author gives as their own."""
_ENDS: Final = frozenset({"", *",;!?。\n"})
_ONCE: Final = wording("past_statement")
_NOW: Final = wording("now_begins")
_REFERS: Final = wording("refers_on")
SENTENCE: Final = re.compile(r"[;!?。\n.](?:(?<!\.)|(?!\d))")
CLAUSE: Final = re.compile(r"[,;:!?。\n().](?:(?<!\.)|(?!\d))")
_MARKS: Final = ('"', "“", "「", ">", "[")
_TRADED: Final = GOODS | frozenset(STANCES) | {"source"}
_TELLING: Final = frozenset({"quoted", "rival"})
_NEAR: Final = 8
_BULLETS: Final = 3
"""So many lines that begin with > are a list."""
_CLAUSE_ONLY, _TO_GOODS, _SENTENCE_LONG = range(3)
"""How far words about others reach: a clause, up to other goods or a contact, the sentence."""
_REACHES: Final = (
    ("rival_named", _RIVAL, _CLAUSE_ONLY),
    ("told_sells", _SELLS, _TO_GOODS),
    ("told_says", _SAYS, _SENTENCE_LONG),
)
_TELLING_WORDS: Final = frozenset(
    [
        *("rival_named", "told_sells", "told_says", "refers_on"),
        *("quoted_words", "bracketed_words", "forward_head", "past_statement"),
    ]
)
"""Wordings of which a text holds one, unless contacts or turns alone tell of others."""


class Words(NamedTuple):
    """What a text holds, by place."""

    text: str
    tokens: Sequence[Token]
    contacts: Sequence[Contact]
    figures: Sequence[Figure]
    kinds: Set[str]
    """Kinds of the tokens."""


def told_by_others(words: Words) -> Iterator[Span]:
    """Stretches about others; the author's own words begin again where it says I, we, here."""
    text = words.text
    answer = exchange(text)
    if answer:
        yield from _before_answer(words, answer.start)
    for token in words.tokens if not words.kinds.isdisjoint(_TELLING) else ():
        if token.kind == "quoted":
            if answer is None or token.start >= answer.start:
                yield _quoted(text, token)
        elif token.kind == "rival" and not _NO_RIVAL.search(
            text, max(0, token.start - _NO_REACH), token.start
        ):
            yield _told(words, token.start, token.end, _CLAUSE_ONLY)
    held = may_hold(text, _TELLING_WORDS)
    for name, pattern, reach in _REACHES if held else ():
        for match in pattern.finditer(text) if name in held else ():
            if not _FOR.search(text, 0, match.end()):
                yield _told(words, *match.span(), reach)
    if words.contacts:
        yield from _by_contact(words)
    yield from turns_of_others(text, words.tokens)
    if held:
        yield from _by_form(words, held)


def _by_form(words: Words, held: Set[str]) -> Iterator[Span]:
    """What is referred on, quoted, in brackets, forwarded or of another time."""
    text = words.text
    if words.contacts and "refers_on" in held:
        for match in _REFERS.finditer(text):
            end = sentence_end(text, match.end())
            own = _SELF.search(text, match.end(), end)
            yield match.start(), own.start() if own else end
    if "quoted_words" in held:
        yield from _quotes(words)
    for match in _BRACKETS.finditer(text) if "bracketed_words" in held else ():
        if _brought(text, match.start()) and within(words.figures, [match.span()]):
            yield match.span()
    for match in _HEADED.finditer(text) if "forward_head" in held else ():
        own = _OWN_LINE.search(text, match.end())
        if own:
            yield match.start(), own.start()
    if "past_statement" in held:
        yield from _once(words)


def _before_answer(words: Words, own: int) -> Iterator[Span]:
    """The words that a post answers; without goods of its own it speaks of theirs."""
    if any(t.kind in GOODS and t.start >= own for t in words.tokens):
        yield 0, own
        return
    placed: list[Contact | Figure] = [*words.contacts, *words.figures]
    yield from ((each.start, each.end) for each in placed if each.start < own)


def clause_start(text: str, place: int) -> int:
    """Where the clause begins that a place is in."""
    while place and not CLAUSE.match(text, place - 1):
        place -= 1
    return place


def sentence_end(text: str, place: int) -> int:
    """Where the sentence ends that a place is in."""
    stop = SENTENCE.search(text, place)
    return stop.start() if stop else len(text)


def _quoted(text: str, token: Token) -> Span:
    own = _SELF.search(text, token.end)
    return clause_start(text, token.start), own.start() if own else len(text)


def _told(words: Words, start: int, end: int, reach: int) -> Span:
    """From the clause of a wording to the author's own words, or as far as it reaches."""
    text = words.text
    last = sentence_end(text, end)
    last = _signed(words, start, last)
    own = _SELF.search(text, end, last)
    if own and reach != _TO_GOODS:
        return clause_start(text, start), own.start()
    last = own.start() if own else last
    place = CLAUSE.search(text, end, last)
    if place and reach == _CLAUSE_ONLY:
        last, place = place.start(), None
    while place and reach == _TO_GOODS:
        stop = CLAUSE.search(text, place.end(), last)
        clause = [(place.end(), stop.start() if stop else last)]
        named = within(words.contacts, clause)
        if (named and not _signs_later(words, clause[0][1])) or any(
            t.kind in GOODS for t in within(words.tokens, clause)
        ):
            last = place.start()
            break
        place = stop
    return clause_start(text, start), last


def _signs_later(words: Words, place: int) -> bool:
    """我姐卖美容,1块,@a;我只有教育料,@b: whether the author turns to themselves, with a contact."""
    later = [c.start for c in words.contacts if c.start >= place]
    return bool(later) and _SELF.search(words.text, place, later[-1]) is not None


def _signed(words: Words, start: int, end: int) -> int:
    """Without the contact that closes a text: it is the author's unless a word gives it another."""
    closing = words.contacts[-1:]
    for contact in closing:
        place = contact.start
        while place and words.text[place - 1] in " \n":
            place -= 1
        last = not words.text[contact.end :].strip(" .!。~")
        if (
            start < place < end
            and last
            and place < contact.start
            and not _BROUGHT.stands_in(
                words.text[max(start, contact.start - 10) : contact.start], words.text
            )
        ):
            return place
    return end


def _by_contact(words: Words) -> Iterator[Span]:
    """@name 卖1块5,我1块: who is named in front of an act is another seller."""
    for number, contact in enumerate(words.contacts):
        if _SPEAKS.match(words.text, contact.end) and (
            number + 1 < len(words.contacts)
            or _SELF.search(words.text, contact.end)
            or any(0 <= f.start - contact.end <= _NEAR for f in words.figures)
        ):
            yield _told(words, contact.start, contact.end, _TO_GOODS)
        elif cheated := _CHEATED.match(words.text, contact.end):
            yield _told(words, contact.start, cheated.end(), _SENTENCE_LONG)
        elif _is_other(words, contact) or (
            number + 1 < len(words.contacts) and _is_subject(words, contact)
        ):
            yield _told(words, contact.start, contact.end, _CLAUSE_ONLY)
        elif number + 1 < len(words.contacts) and _sent_to(words.text, contact):
            yield clause_start(words.text, contact.start), sentence_end(words.text, contact.end)


def _is_other(words: Words, contact: Contact) -> bool:
    """@name专做户籍,我只做定位: who does something else than the author."""
    does = _DOES.match(words.text, contact.end)
    return does is not None and _ONLY_MINE.search(words.text, contact.end) is not None


def _is_subject(words: Words, contact: Contact) -> bool:
    """@a早换人了,认准@b: whether an @name opens a clause that says something of whom it names."""
    text = words.text
    before = text[: contact.start].rstrip(" ")[-1:]
    if not text.startswith("@", contact.start) or before not in _ENDS:
        return False
    place = contact.end + text.startswith(" ", contact.end)
    if not "一" <= text[place : place + 1] <= "鿿" or _GOES_ON.match(text, contact.end):
        return False
    return not any(t.start == place and t.kind in _TRADED for t in words.tokens)


def _sent_to(text: str, contact: Contact) -> bool:
    """For fullz go to @name. I only do cards: whom the author sends buyers to."""
    before = text[max(0, contact.start - 12) : contact.start]
    return _SENDS.stands_in(before, text) and _ONLY_MINE.search(text, contact.end) is not None


def _is_figure(words: Words, start: int, end: int) -> bool:
    """「300u/天」: marks around nothing but figures are no speech."""
    held = SpanIndex([(f.start, f.end) for f in words.figures])
    return all(
        held.covers(place, place + 1) for place in range(start, end) if words.text[place].isalnum()
    )


def _quotes(words: Words) -> Iterator[Span]:
    """Words in quotation marks that offer or want, where the author brings or adds something."""
    text = words.text
    quotes = list(_QUOTE.finditer(text))
    if not quotes or not any(mark in text for mark in _MARKS):
        return
    placed: list[Contact | Figure] = [*words.contacts, *words.figures]
    bullets = sum(text[match.start()] == ">" for match in quotes) >= _BULLETS
    for match in quotes:
        start, end = match.span()
        if bullets and text[start] == ">":
            continue
        inside = [(start, end)]
        if _is_figure(words, start, end):
            continue
        priced = bool(within(words.figures, inside))
        brought = _brought(text, start) or _is_line(text, start, end)
        if not (
            priced or (brought and any(t.kind in _TRADED for t in within(words.tokens, inside)))
        ):
            continue
        outside = any(not (start <= p.start and p.end <= end) for p in placed)
        if brought or outside or _SELF.search(text, end) or _COMMENT.search(text, end):
            yield start, end


def _is_line(text: str, start: int, end: int) -> bool:
    """Whether a quotation fills a line above others."""
    return text[end : end + 1] == "\n" and (not start or text[start - 1] == "\n")


def _brought(text: str, start: int) -> bool:
    return _BRINGS.stands_in(text[max(0, start - 16) : start], text)


def _once(words: Words) -> Iterator[Span]:
    """昨天那批清完了,今天换成订单: what was, where goods or sources stand behind what is now."""
    for match in _ONCE.finditer(words.text):
        now = _NOW.search(words.text, match.end())
        if now and any(
            t.start >= now.start() and (t.kind in GOODS or t.kind == "source") for t in words.tokens
        ):
            yield clause_start(words.text, match.start()), now.start()
