"""Praise of a named party, and what the writer says to have bought or received."""

import re
from collections.abc import Iterator, Set
from typing import Final

from ingest.extract.acts.speech import Named, Speech
from ingest.records import ActKind, Span

_NEAR: Final = 80


def praise(speech: Speech, groups: Set[str]) -> Iterator[tuple[ActKind, Span, tuple[Named, ...]]]:
    """A vouch, or `received` where its writer bought or got the goods."""
    if "got" not in groups and not speech.named and not _leading(speech):
        return
    good = _first(speech, "praise") if "praise" in groups else None
    got = _first(speech, "got") if "got" in groups else None
    if good is None and got is None:
        return
    span = _joined(good or got, got or good)
    named = praised(speech, span)
    if named == ():
        span, named, got = _by_name(speech, span, got)
    if named is None or not _enough(speech, span, good, got, named):
        return
    for each in named:
        span = _joined(span, (each.start, each.end))
    yield ("received" if got else "vouch"), span, named


def sold(speech: Speech) -> Iterator[tuple[ActKind, Span, tuple[Named, ...]]]:
    """Praise of a named buyer: its writer supplies that one."""
    for start, end in speech.matches("sold"):
        named = speech.named_in(start, end)
        if len(named) == 1 and not speech.asked(start, end):
            yield "vouch", (start, end), tuple(named)
            return
    for pattern in speech.templates("sold_named"):
        match = pattern.search(speech.text)
        who = speech.caught(match, "name") if match else None
        if match and who and not speech.asked(*match.span()):
            if speech.stands("sold", *match.span()):
                yield "vouch", match.span(), (who,)
            return


def _enough(
    speech: Speech, span: Span, good: Span | None, got: Span | None, named: tuple[Named, ...]
) -> bool:
    """Praise needs somebody or a purchase; a purchase alone needs its seller in its own words."""
    if good is not None:
        return bool(named or got)
    return any(span[0] <= n.start and n.end <= span[1] for n in named) and not _releases(speech)


def _by_name(
    speech: Speech, span: Span, got: Span | None
) -> tuple[Span, tuple[Named, ...], Span | None]:
    """The one who is meant by a bare name, where the words say whose goods or praise they are."""
    for leading in _leading(speech):
        if who := speech.caught(leading, "name"):
            return _joined(span, leading.span()), (who,), got
    for pattern in speech.templates("got_named") if got else ():
        match = pattern.search(speech.text)
        if match and (who := speech.caught(match, "name")):
            return _joined(span, match.span()), (who,), got
    return span, (), got


def _first(speech: Speech, group: str) -> Span | None:
    return next((span for span in speech.matches(group) if not speech.asked(*span)), None)


def _leading(speech: Speech) -> list[re.Match[str]]:
    """Templates of praise that begin the text with a bare name."""
    lead = len(speech.text) - len(speech.text.lstrip())
    patterns = speech.templates("praised_name")
    return [match for pattern in patterns if (match := pattern.match(speech.text, lead))]


def praised(speech: Speech, span: Span) -> tuple[Named, ...] | None:
    """The one who is meant: named in the sentence, else in the text; None where it may be two."""
    for first, last in (speech.sentence(*span), (0, len(speech.text))):
        here = speech.named_in(first, last)
        if len({(each.kind, each.value) for each in here}) == 1:
            near = min(here, key=lambda each: abs(each.start - span[0]))
            return (near,) if abs(near.start - span[0]) <= _NEAR else ()
        if here:
            return None
    return ()


def _releases(speech: Speech) -> bool:
    """Whether the writer tells an escrow agent to release: then that one is named, no seller."""
    return next(speech.matches("release"), None) is not None


def _joined(one: Span | None, other: Span | None) -> Span:
    spans = [span for span in (one, other) if span]
    return min(span[0] for span in spans), max(span[1] for span in spans)
