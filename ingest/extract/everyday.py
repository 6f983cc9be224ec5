"""Texts that are no listings of this trade: notices, everyday questions, plain jobs, hearsay."""

from functools import lru_cache
from typing import Final

from ingest.extract.scene import Scene
from ingest.extract.stances import asks_price
from ingest.extract.unit import Unit
from ingest.lexicon.frames import frame_words
from ingest.lexicon.wordings import Wording, wording

TRADE_CONTACTS: Final = frozenset(
    {"telegram", "batchat", "potato", "safew", "wickr", "session", "jabber", "onion", "signal"}
)
SHORT: Final = 60
JOB: Final = wording("ordinary_job")
_ASKS_ABOUT: Final = wording("asks_about")
_ADVICE: Final = frame_words("advice")
_PLAIN: Final = wording("plain_question")
_OPINION: Final = wording("asks_opinion")
"""What a customer of an open trade asks others, a price included."""
_HEARSAY: Final = wording("hearsay")
_LAWFUL: Final = wording("lawful_business")
_ORDINARY: Final = wording("ordinary_sale")
_HOUSEHOLD: Final = wording("household")
"""Words of the household name no people whose data is sold, so they outweigh clear goods too."""


@lru_cache(maxsize=32)
def _says(words: Wording, text: str) -> bool:
    """Whether a text holds a wording; asked again for each unit of a post."""
    return words.search(text) is not None


def is_everyday(scene: Scene, unit: Unit, priced: bool) -> bool:
    """Whether a text is official, plain talk or about others, by its words and who can be reached.

    `priced`: the unit has a price.
    """
    reachable = bool(scene.reach)
    if _official(scene, priced, reachable) or _plain(scene, unit, priced, reachable):
        return True
    if _of_others(scene, priced, reachable) and not (unit.stance and unit.stance.sure):
        return True
    return _only_asks(scene, unit, reachable)


def sells_ordinary(scene: Scene, unit: Unit, *, household: bool = False) -> bool:
    """Whether words of everyday sales stand in a unit that are no part of its goods."""
    words = _HOUSEHOLD if household else _ORDINARY
    return any(_apart(words, scene, unit, start, end) for start, end in unit.ranges)


def _apart(words: Wording, scene: Scene, unit: Unit, start: int, end: int) -> bool:
    """Whether a wording stands between two places and is no part of the goods."""
    return any(
        not any(
            (g.start <= m.start() and m.end() <= g.end) or m.start() < g.start < m.end() < g.end
            for g in unit.goods
        )
        for m in words.finditer(scene.text, start, end)
    )


def speaks_of_household(scene: Scene) -> bool:
    """Whether a text holds two words of the household or more."""
    return sum(1 for _ in _HOUSEHOLD.finditer(scene.text)) > 1


def names_ordinary(scene: Scene) -> bool:
    """Whether words of everyday sales stand anywhere in a text."""
    return _ORDINARY.search(scene.text) is not None


def _official(scene: Scene, priced: bool, reachable: bool) -> bool:
    """Notices, news and questions of law; advice to take care is also found in ads."""
    if "official" not in scene.kinds:
        return False
    told = scene.aside.told
    found = {
        scene.text[t.start : t.end]
        for t in scene.tokens
        if t.kind == "official" and not told.covers(t.start, t.end)
    }
    if len(found) >= 2 or not (priced or reachable):
        return True
    return bool(found - _ADVICE) and not reachable


def _plain(scene: Scene, unit: Unit, priced: bool, reachable: bool) -> bool:
    """Questions of everyday life and law, jobs and firms that sell openly."""
    trade = any(c.kind in TRADE_CONTACTS for c in scene.reach)
    if not reachable and not priced and _says(_PLAIN, scene.text):
        return True
    if not reachable and _says(_OPINION, scene.text):
        return True
    acting = unit.stance is not None and unit.stance.polarity != "recruit"
    if not reachable and not acting and _says(_HEARSAY, scene.text):
        return True
    lawful = not trade and _says(_LAWFUL, scene.text)
    if lawful and _apart(_LAWFUL, scene, unit, 0, len(scene.text)):
        return True
    hires = unit.stance is not None and unit.stance.polarity == "recruit"
    if not hires or reachable:
        return False
    people = all(g.id.startswith("product/") for g in unit.goods)
    # Some jobs are sought for their inside view; two words of a plain advertisement tell.
    return sum(1 for _ in JOB.finditer(scene.text)) > (0 if people else 1)


def _of_others(scene: Scene, priced: bool, reachable: bool) -> bool:
    """Talk about cheats in general, and questions about what somebody else got."""
    if reachable:
        return False
    if not priced and any(
        t.kind == "accuse" and not scene.is_negated(t.start, t.end) for t in scene.tokens
    ):
        return True
    return len(scene.text) < SHORT and _ASKS_ABOUT.search(scene.text) is not None


def _only_asks(scene: Scene, unit: Unit, reachable: bool) -> bool:
    """A question that asks neither for goods nor for their price."""
    asks = scene.text.rstrip().endswith(("?", "吗", "呢", "么"))
    return asks and not reachable and unit.stance is None and not asks_price(scene.text)
