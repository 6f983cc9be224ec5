"""Which contact belongs to which listing, where goods and contacts of a post take turns."""

import re
from bisect import bisect_left
from collections.abc import Sequence, Set
from itertools import pairwise
from typing import Final

from ingest.extract.chatty import unread
from ingest.extract.contacts import Contact
from ingest.extract.scene import Scene
from ingest.extract.spans import Span, within
from ingest.extract.tokens import GOODS, Token
from ingest.extract.unit import Unit
from ingest.lexicon.frames import frame
from ingest.records import ContactRef

_FEWEST: Final = 2
_GIVES: Final = frame("contact_for_goods")
_NAME: Final = re.compile(r" {0,4}(?:[一-鿿]{2,6}|[a-z]{4,14}) {0,3}")


def contacts_in_turn(
    scene: Scene, units: Sequence[Unit], contacts: Sequence[ContactRef]
) -> dict[int, ContactRef]:
    """The contact of each unit by its number: 阿强 @a 专出面单;小敏 @b 专出母婴. Empty if unclear.

    Goods and sellers' contacts stand one by one, as many of these as of those.
    """
    own = {(c.kind, c.value): c for c in contacts if c.owner == "seller"}
    if len(own) < _FEWEST or len(units) != len(own) or not all(u.goods for u in units):
        return {}
    goods = [(min(g.start for g in unit.goods), n, "") for n, unit in enumerate(units)]
    named = [(c.start, -1, c) for c in scene.contacts if (c.kind, c.value) in own]
    placed = sorted([*goods, *named], key=lambda each: each[0])
    turns = [number < 0 for _, number, _ in placed]
    if len(placed) != 2 * len(own) or any(a == b for a, b in pairwise(turns)):
        return {}
    found: dict[int, ContactRef] = {}
    for first, last in zip(placed[::2], placed[1::2], strict=True):
        contact = first[2] or last[2]
        if isinstance(contact, Contact):
            found[max(first[1], last[1])] = own[contact.kind, contact.value]
    return found


def without_others(
    scene: Scene, products: Sequence[Token], contacts: Sequence[ContactRef]
) -> tuple[ContactRef, ...]:
    """Contacts of a listing without those whose clause names goods, and none of the listing's.

    要数据找@a,要猫池找@b: of the sellers' contacts one is left at least.
    """
    if sum(c.owner == "seller" for c in contacts) < _FEWEST:
        return tuple(contacts)
    names = {p.id for p in products}
    strange = {
        (c.kind, c.value) for c in scene.contacts if names and _named_beside(scene, c, names)
    }
    if any(_goods_beside(scene, c) for c in scene.contacts):
        strange |= {(c.kind, c.value) for c in scene.contacts if _unread_beside(scene, c)}
    own = [c for c in contacts if c.owner != "seller" or (c.kind, c.value) not in strange]
    return tuple(own if any(c.owner == "seller" for c in own) else contacts)


def _named_beside(scene: Scene, contact: Contact, names: Set[str]) -> bool:
    goods = _goods_beside(scene, contact)
    return bool(goods) and not any(t.id in names for t in goods)


def _goods_beside(scene: Scene, contact: Contact) -> list[Token]:
    """Goods in front of a contact in its clause."""
    clause = _clause(scene, contact)
    return [t for t in within(scene.tokens, [clause]) if t.kind in GOODS]


def _unread_beside(scene: Scene, contact: Contact) -> bool:
    """玩表找@a: a word that nothing explains, and a word that gives a contact behind it."""
    start, end = _clause(scene, contact)
    if _goods_beside(scene, contact):
        return False
    gives = _GIVES.search(scene.text, start, end)
    return gives is not None and _NAME.fullmatch(unread(scene, start, gives.start())) is not None


def _clause(scene: Scene, contact: Contact) -> Span:
    number = bisect_left(scene.breaks, contact.start)
    return scene.breaks[number - 1] + 1 if number else 0, contact.start
