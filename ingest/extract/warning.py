"""Accusations of a named account, handle or contact."""

import re
from collections.abc import Sequence
from typing import Final

from ingest.extract.contacts import Contact
from ingest.extract.scene import Scene
from ingest.extract.spans import Span, SpanIndex, within
from ingest.extract.tokens import DATA_GENERIC, GOODS, Token
from ingest.lexicon.frames import frame, frame_words

_WINDOW: Final = 60
_ACTS: Final = frozenset({"sell", "buy", "swap", "recruit", "first_person", "own"})
_SELF: Final = frame("speaks_of_self")
_CLAUSE: Final = re.compile(r"[,;!?。\n()]|\.(?!\d)")
_SENTENCE: Final = re.compile(r"[;!?。\n()]|\.(?!\d)")
_ADVICE: Final = frame_words("advice")
_OWN: Final = frame("own_contact")
_DENIED: Final = frame("accusation_denied")

_CURSE: Final = frame("cheats_cursed")
"""Behind a word for cheats in an ad: they are told to keep away, nobody is accused."""


def accused_contacts(scene: Scene) -> list[Contact]:
    """Contacts that the post accuses; empty where nobody named is accused."""
    stated = scene.others.accused
    if "accuse" not in scene.kinds and not stated:
        return []
    places = [
        (t.start, t.end)
        for t in scene.tokens
        if t.kind == "accuse"
        and not scene.is_negated(t.start, t.end)
        and not _DENIED.search(scene.text[max(0, t.start - 5) : t.start])
        and not (scene.kinds & GOODS and _CURSE.match(scene.text, t.end))
        and not _of_nobody(scene, t)
    ]
    if not (places or stated) or _official(scene):
        return []
    scopes = SpanIndex(_scope(scene, place) for place in places)
    if not _advertises(scene, scopes):
        scopes = SpanIndex(_around(scene, place) for place in places)
    accused = [
        c
        for c in scene.contacts
        if c.value in stated or (scopes.overlaps(c.start, c.end) and not _own(scene, c))
    ]
    sold = any(t.kind == "own" for t in scene.tokens) and not accused
    return [] if sold else accused


def _of_nobody(scene: Scene, token: Token) -> bool:
    """隔壁卖的都是洗过的: what is said of a rival who is not named accuses no contact."""
    told = scene.aside.told
    if not told.covers(token.start, token.end):
        return False
    return not any(told.overlaps(c.start, c.end) for c in scene.contacts)


def told_of_accused(scene: Scene, accused: Sequence[Contact]) -> SpanIndex:
    """The stretches of an ad that accuse somebody; empty without an accusation."""
    if not accused:
        return SpanIndex(())
    places = [(t.start, t.end) for t in scene.tokens if t.kind == "accuse"]
    own = len({c.value for c in accused}) < len({c.value for c in scene.contacts})
    told = [_told_to(scene, _scope(scene, place), turns=own) for place in places]
    return SpanIndex([*told, *((c.start, c.end) for c in accused)])


def _told_to(scene: Scene, scope: Span, *, turns: bool) -> Span:
    """The story goes on to the end of the sentence, unless the author turns to the goods again.

    Where nobody but the accused can be reached, goods in that sentence are theirs.
    """
    stop = _SENTENCE.search(scene.text, scope[1])
    end = stop.start() if stop else len(scene.text)
    goods = within(scene.tokens, [(scope[1], end)]) if turns else ()
    places = [t.start for t in goods if t.kind in GOODS | _ACTS]
    own = _SELF.search(scene.text, scope[1], end)
    return scope[0], min([end, *places, *([own.start()] if own else [])])


def _advertises(scene: Scene, scopes: SpanIndex) -> bool:
    """Whether goods with a price or an act, and a contact of the author, stand apart."""

    def apart(kinds: frozenset[str]) -> bool:
        return any(
            t.kind in kinds and t.id != DATA_GENERIC and not scopes.overlaps(t.start, t.end)
            for t in scene.tokens
        )

    if not (scene.kinds & GOODS and apart(GOODS)):
        return False
    reach = [c for c in scene.contacts if not scopes.overlaps(c.start, c.end)]
    priced = any(f.kind == "price" and not scopes.overlaps(f.start, f.end) for f in scene.figures)
    speaks = any(not scopes.overlaps(*m.span()) for m in _SELF.finditer(scene.text))
    return bool((priced and (reach or speaks)) or (reach and (speaks or apart(_ACTS))))


def _around(scene: Scene, place: Span) -> Span:
    """The scope of an accusation if it holds a contact, else a window."""
    start, end = _scope(scene, place)
    held = any(c.start < end and start < c.end for c in scene.contacts)
    return (start, end) if held else (place[0] - _WINDOW, place[1] + _WINDOW)


def _scope(scene: Scene, place: Span) -> Span:
    """The clause of an accusation if it holds a contact, else the sentence."""
    for sign in (_CLAUSE, _SENTENCE):
        start = place[0]
        while start and not sign.match(scene.text, start - 1):
            start -= 1
        stop = sign.search(scene.text, place[1])
        end = stop.start() if stop else len(scene.text)
        if sign is _SENTENCE or any(c.start < end and start < c.end for c in scene.contacts):
            break
    return start, end


def _official(scene: Scene) -> bool:
    return any(
        t.kind == "official" and scene.text[t.start : t.end] not in _ADVICE for t in scene.tokens
    )


def _own(scene: Scene, contact: Contact) -> bool:
    return bool(_OWN.search(scene.text[max(0, contact.start - 16) : contact.start]))
