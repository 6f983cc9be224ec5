"""Praise of a named party, and what the writer says to have bought or received."""

from collections.abc import Iterator
from typing import Final

from ingest.extract.acts.speech import Named, Speech
from ingest.records import ActKind, Span

_NEAR: Final = 80


def praise(speech: Speech) -> Iterator[tuple[ActKind, Span, tuple[Named, ...]]]:
    """A vouch, or `received` where its writer bought or got the goods."""
    good = next((span for span in speech.matches("praise") if not speech.asked(*span)), None)
    got = next((span for span in speech.matches("got") if not speech.asked(*span)), None)
    if good is None and got is None:
        return
    span = _joined(good or got, got or good)
    named = praised(speech, span)
    if named is None or (good is None and (not named or _releases(speech))):
        return
    for each in named:
        span = _joined(span, (each.start, each.end))
    yield ("received" if got else "vouch"), span, named


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
