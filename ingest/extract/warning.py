"""Accusations of a named account, handle or contact."""

from typing import Final

from ingest.extract.contacts import Contact
from ingest.extract.scene import Scene
from ingest.extract.spans import SpanIndex
from ingest.extract.tokens import GOODS
from ingest.lexicon.frames import frame

_WINDOW: Final = 60
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
    ]
    if not (places or stated) or _official(scene):
        return []
    near = SpanIndex((start - _WINDOW, end + _WINDOW) for start, end in places)
    accused = [
        c
        for c in scene.contacts
        if c.value in stated or (near.overlaps(c.start, c.end) and not _own(scene, c))
    ]
    sold = any(t.kind == "own" for t in scene.tokens) and not accused
    return [] if sold else accused


def _official(scene: Scene) -> bool:
    return any(t.kind == "official" for t in scene.tokens)


def _own(scene: Scene, contact: Contact) -> bool:
    return bool(_OWN.search(scene.text[max(0, contact.start - 16) : contact.start]))
