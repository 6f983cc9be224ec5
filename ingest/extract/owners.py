"""Whose contact it is: the author's, that of whom the post accuses, or another's."""

import re
from collections.abc import Collection
from typing import Final

from ingest.extract.contacts import Contact
from ingest.extract.scene import Scene
from ingest.extract.tokens import GOODS, STANCES
from ingest.lexicon.frames import frame
from ingest.lexicon.wordings import wording
from ingest.records import ContactRef, Owner

_OTHERS: Final = wording("contact_of_others")
_OTHERS_BEHIND: Final = wording("contact_of_others_behind")
_SERVICE: Final = wording("contact_of_service")
_OWN: Final = frame("own_in_warning")
_ANSWERS: Final = frame("answers_somebody")
_LIST: Final = frame("contact_list")
_BEFORE: Final = 24
_LEAD: Final = 12
_GIVES: Final = frame("gives_contact")
_TO: Final = frozenset({"", "to", "re", "回", "回复", "答"})
_POINTS: Final = " \t:=>→-—~@"
_PLAIN: Final = GOODS | {*STANCES, "trade", "quality", "data_word", "own", "field", "geo"}
_REPLY: Final = re.compile(
    r"\W{0,3}(?:回复?|答复?|引用|转|re|reply(?:ing)?(?: to)?|quot(?:e|ing))\s?[:>]?\s?\Z"
)
"""In front of the one whom a message answers: whose name that is no contact in it."""
_REPLY_REACH: Final = 20


def contact_refs(
    scene: Scene, accused: Collection[Contact], *, warns: bool
) -> tuple[ContactRef, ...]:
    """Each contact of a post once, with its owner; `warns`: the record is the warning itself."""
    made: dict[tuple[str, str], ContactRef] = {}
    for contact, owner in zip(scene.contacts, _owners(scene, accused, warns=warns), strict=True):
        if contact.start <= _REPLY_REACH and _REPLY.match(scene.text[: contact.start]):
            continue
        span = contact.written or scene.normal.back(contact.start, contact.end)
        quote = scene.post.text[span[0] : span[1]]
        made.setdefault(
            (contact.kind, contact.value),
            ContactRef(contact.kind, contact.value, quote, span, owner),
        )
    return tuple(made.values())


def _owners(scene: Scene, accused: Collection[Contact], *, warns: bool) -> list[Owner]:
    accusing = {contact.value for contact in accused}
    own = {contact.value for contact in scene.contacts} - scene.others.named - accusing
    named = scene.others.named if own else frozenset()
    found = [
        "accused" if contact in accused else _owner(scene, contact, named, warns=warns)
        for contact in scene.contacts
    ]
    if not warns and len(found) > 1:
        found = _in_speech(scene, _listed(scene, found))
    if warns or not _SERVICE.may_stand_in(scene.text):
        return found
    if not any(o == "seller" and not _serves(scene, c) for c, o in _both(scene, found)):
        return found
    # Behind a word for the guarantor stands the guarantor's contact if the author has another.
    return ["other" if o == "seller" and _serves(scene, c) else o for c, o in _both(scene, found)]


def _listed(scene: Scene, owners: list[Owner]) -> list[Owner]:
    """Mods: @a @b: what is named in one breath has one owner, if the author keeps another."""
    found = list(owners)
    for number in range(1, len(found)):
        between = scene.contacts[number - 1].end, scene.contacts[number].start
        if found[number - 1] == "other" and _LIST.fullmatch(scene.text, *between):
            found[number] = "other" if found[number] == "seller" else found[number]
    return found if "seller" in found else owners


def _in_speech(scene: Scene, owners: list[Owner]) -> list[Owner]:
    """请@a置顶,要货找@b: who is named in running speech is another, if one is given plainly."""
    spoken = [o == "seller" and _is_spoken(scene, c) for c, o in _both(scene, owners)]
    plain = {
        c.value for (c, o), said in zip(_both(scene, owners), spoken, strict=True)
        if o == "seller" and not said
    }  # fmt: skip
    if not any(spoken) or not plain:
        return owners
    return [
        "other" if said and c.value not in plain else o
        for (c, o), said in zip(_both(scene, owners), spoken, strict=True)
    ]


def _is_spoken(scene: Scene, contact: Contact) -> bool:
    """Whether a word stands right in front of an @name that is no goods, figure or word for it."""
    text = scene.text
    place = contact.start
    if text[place : place + 1] != "@":
        return False
    while place and text[place - 1] in _POINTS:
        place -= 1
    if not place or not text[place - 1].isalpha():
        return False
    if any(t.kind in _PLAIN for t in scene.by_end.get(place, ())):
        return False
    if any(f.end == place for f in scene.figures):
        return False
    return _GIVES.search(text[max(0, place - _LEAD) : place]) is None


def _both(scene: Scene, owners: list[Owner]) -> list[tuple[Contact, Owner]]:
    return list(zip(scene.contacts, owners, strict=True))


def _owner(scene: Scene, contact: Contact, named: frozenset[str], *, warns: bool) -> Owner:
    before = _before(scene, contact)
    if warns:
        return "seller" if _OWN.search(before) else "other"
    if _addresses(scene, contact):
        return "other"
    told = scene.aside.told.overlaps(contact.start, contact.end)
    if told or contact.value in named or _OTHERS.stands_in(before, scene.text):
        return "other"
    return "other" if _OTHERS_BEHIND.match(scene.text, contact.end) else "seller"


def _addresses(scene: Scene, contact: Contact) -> bool:
    """@name 有的老板: the one whom a message opens with, as an answer or a question does."""
    text = scene.text
    if text[: contact.start].strip() not in _TO or text[contact.start : contact.start + 1] != "@":
        return False
    return _ANSWERS.match(text, contact.end) is not None


def _serves(scene: Scene, contact: Contact) -> bool:
    return _SERVICE.stands_in(_before(scene, contact), scene.text)


def _before(scene: Scene, contact: Contact) -> str:
    """What stands in front of a contact on its line."""
    return scene.text[max(0, contact.start - _BEFORE) : contact.start].rpartition("\n")[2]
