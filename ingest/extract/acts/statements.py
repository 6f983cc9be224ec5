"""What a post states of a named party or of a deposit: agency, accusation, deposit."""

import re
from collections.abc import Collection, Iterator
from typing import Final

from ingest.extract.acts.speech import Named, Speech
from ingest.records import ActKind, Span

Statement = tuple[ActKind, Span, tuple[Named, ...]]
_NUMBER: Final = re.compile(r"[0-9]{6,11}")
_GAP: Final = 4


def agency(speech: Speech) -> Iterator[Statement]:
    """The author sells for a named principal; said of somebody else it is none."""
    for start, end in speech.matches("agent_of"):
        first, _ = speech.sentence(start, end)
        principals = speech.named_in(start, end)
        others = speech.named_in(first, start)
        if len(principals) == 1 and not others and not speech.asked(start, end):
            yield "agent_of", (start, end), tuple(principals)


def agency_by_name(speech: Speech) -> Iterator[Statement]:
    """The same where the principal is a bare name; only in a text that names nobody so far."""
    for pattern in speech.templates("agent_named"):
        match = pattern.search(speech.text)
        who = speech.caught(match, "name") if match else None
        if match and who and speech.stands("agent_of", *match.span()):
            if not speech.asked(*match.span()):
                yield "agent_of", match.span(), (who,)
            return


def accusations(speech: Speech, own: Collection[str]) -> Iterator[Statement]:
    """A named party is accused; `own` are the author's own contacts, which are never meant."""
    for start, end in speech.matches("accusation"):
        accused = speech.named_in(start, end) or _numbered(speech, start, end)
        if len(accused) != 1 or accused[0].value in own or speech.asked(start, end):
            continue
        if not _between_two(speech, start, end, accused[0]):
            yield "accusation", (start, end), tuple(accused)


def deposits(speech: Speech) -> Iterator[Statement]:
    """A deposit that was lodged."""
    for start, end in speech.matches("deposit"):
        if not speech.asked(start, end):
            yield "deposit", (start, end), ()


def _numbered(speech: Speech, start: int, end: int) -> list[Named]:
    """A bare number beside an accusing word is a QQ number."""
    found = _NUMBER.search(speech.text, start, end)
    return [Named(found.start(), found.end(), "qq", found[0])] if found else []


def _between_two(speech: Speech, start: int, end: int, accused: Named) -> bool:
    """Whether a second name stands right behind: which of the two is meant cannot be told."""
    return any(
        each.value != accused.value and 0 <= each.start - end <= _GAP for each in speech.named
    )
