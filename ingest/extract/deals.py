"""Posts that tell of a deal or speak of others: they are no listings of their author."""

import re
from collections.abc import Sequence
from typing import Final

from ingest.extract.acts.speech import Speech
from ingest.extract.answers import exchange
from ingest.extract.contacts import Contact
from ingest.extract.products import goods_tokens
from ingest.extract.scene import Others, Scene
from ingest.extract.stances import Stance, stances
from ingest.extract.tokens import GOODS
from ingest.lexicon.frames import frame
from ingest.records import Act, ActKind

_NOTICES: Final[frozenset[ActKind]] = frozenset({"escrow_notice", "delivery_notice"})
_PRAISE: Final[frozenset[ActKind]] = frozenset({"vouch", "received"})
_TURNS: Final[frozenset[ActKind]] = frozenset({"taken_up", "answer"})
_PLAIN: Final[frozenset[ActKind]] = frozenset({"buying_words", "delivers", "received"})
"""Turns that tell of a deal in brief texts without a price or a contact."""
_BEARING: Final = frozenset({"accusation", "praise", "got", "deal"})
_TAKING: Final = frozenset({"taken_up", "settles", "buying_words", "delivers", "tried"})
"""Classes of phrases, and those that bear in brief texts only."""
_BRIEF: Final = 48
_CALLED: Final = re.compile(r"\s*@[^\s@]{1,20}")
_INTRODUCED: Final = frame("contact_introduced")


def others_in(acts: Sequence[Act]) -> Others:
    """Whom the acts accuse, and whom they praise or report on."""
    accused = {p.value for act in acts if act.kind == "accusation" for p in act.parties}
    named = {p.value for act in acts if act.kind in _NOTICES | _PRAISE for p in act.parties}
    return Others(frozenset(accused), frozenset(named))


def may_tell(scene_text: str, speech: Speech) -> bool:
    """Whether acts of a text may bear on its listings; False for nearly every advertisement."""
    if speech.groups & _BEARING:
        return True
    if len(scene_text) > _BRIEF:
        return False
    return bool(speech.groups & _TAKING) or (
        "answer" in speech.groups and speech.habits.patterns.stands_in("reply", scene_text)
    )


def tells_of_deal(scene: Scene, acts: Sequence[Act], *, closes: bool) -> bool:
    """Whether a post reports or goes on with a deal, and its author advertises nothing beside.

    `closes`: it gives the number of a deal and says that goods or money went out.
    """
    if any(act.kind in _NOTICES for act in acts):
        return True
    told = [act for act in acts if _tells(scene, act)]
    return (closes or bool(told)) and not _advertises(scene, told)


def _tells(scene: Scene, act: Act) -> bool:
    if act.kind in _PLAIN and not act.parties:
        return _goes_on(scene, act)
    if act.kind in _PRAISE:
        return act.kind == "received" or _of_another(scene, act)
    if act.kind not in _TURNS or len(scene.text) > _BRIEF:
        return False
    if _offers_anew(scene) and (act.kind == "answer" or exchange(scene.text)):
        return False
    return act.kind == "taken_up" or scene.rules.acts.replies(act.quote)


def _offers_anew(scene: Scene) -> bool:
    """有的,股民 9毛: an answer that names goods and price again is an offer of its own."""
    priced = any(figure.kind == "price" for figure in scene.figures)
    return priced and not scene.kinds.isdisjoint(GOODS)


def _goes_on(scene: Scene, act: Act) -> bool:
    """Whether brief words go on with a deal: an order of a quantity, goods that went or came."""
    if len(scene.text) > _BRIEF or "accuse" in scene.kinds:
        return False
    if any(figure.kind == "price" for figure in scene.figures):
        return False
    return act.kind != "buying_words" or scene.rules.acts.orders(act.quote)


def _of_another(scene: Scene, act: Act) -> bool:
    """Praise behind goods and a price is the author's own; in front of them it is another's."""
    if not any(figure.kind == "price" for figure in scene.figures):
        return True
    named = min((party.span[0] for party in act.parties), default=0)
    goods = (scene.written(t.start, t.end)[1][0] for t in scene.tokens if t.kind in GOODS)
    return named < min(goods, default=0)


def _advertises(scene: Scene, told: Sequence[Act]) -> bool:
    bought = {p.value for act in told if act.kind == "received" for p in act.parties}
    if any(_introduced(scene, c) and c.value not in bought for c in scene.contacts):
        return True
    called = _CALLED.match(scene.text)
    acts = stances(scene, sorted(goods_tokens(scene)))
    return any(
        act.word
        and act.polarity != "recruit"
        and not _told(scene, act, told)
        and not (called and scene.normal.back(act.start, act.end)[0] < called.end())
        for act in acts
    )


def _introduced(scene: Scene, contact: Contact) -> bool:
    """Whether a contact stands behind a word that asks to write to it."""
    bare = scene.text[contact.start] == "@" or scene.text.startswith("t.me", contact.start)
    return not bare or bool(
        _INTRODUCED.search(scene.text[max(0, contact.start - 12) : contact.start])
    )


def _told(scene: Scene, stance: Stance, told: Sequence[Act]) -> bool:
    start, end = scene.normal.back(stance.start, stance.end)
    return any(act.span[0] <= start and end <= act.span[1] for act in told)
