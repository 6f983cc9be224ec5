"""People told by what they did (订了三亚酒店的, players who won), where trade speaks beside."""

from collections.abc import Iterator
from typing import Final

from ingest.extract.everyday import TRADE_CONTACTS
from ingest.extract.phrase import talks
from ingest.extract.scene import Scene
from ingest.extract.tokens import DATA_GENERIC, Token
from ingest.lexicon.frames import frame, frame_words
from ingest.lexicon.wordings import wording
from ingest.text.late import late

_END: Final = frame("people_said")
_WHO: Final = wording("people_who")
_LISTED: Final = wording("people_listed")
_WORK: Final = frame("works_there")
"""医院收费处有熟人的: who is addressed is no goods."""
_HOW_REACHED: Final = frame_words("how_people_are_reached")
"""Words for people that are more often said of the author or of an order."""
_RUN: Final = late(r"[一-鿿0-9a-z+]{2,16}\Z")
_WORDS: Final = late(r"(?:[a-z0-9][a-z0-9'&/\-]* ){1,4}\Z")
_ACTS: Final = frozenset({"sell", "buy", "swap"})
_LONGEST: Final = 16
_LATIN: Final = 48
_MOST: Final = 6
"""So many places are looked at in one text."""


def people_said(scene: Scene) -> list[Token]:
    """Clauses on people who are goods; only beside a price, or a contact of the trade and an act,
    for plain talk is full of them."""
    acting = not _ACTS.isdisjoint(scene.kinds)
    if not _traded(scene, acting=acting):
        return []
    if scene.latin:
        return list(_latin(scene))
    found = list(_clauses(scene))
    return [] if found and not acting and talks(scene, found) else found


def people_alone(scene: Scene) -> list[Token]:
    """充卡会员 三毛一条: people of whom no word says more, beside a price."""
    if not any(f.kind == "price" for f in scene.figures):
        return []
    people = (
        t for t in scene.tokens
        if t.kind == "people_word"
        and scene.text[t.start : t.end] not in _HOW_REACHED
        and not scene.is_negated(t.start, t.end)
    )  # fmt: skip
    first = next(people, None)
    return [Token(first.start, first.end, "product", DATA_GENERIC, True)] if first else []


def _traded(scene: Scene, *, acting: bool) -> bool:
    if any(f.kind == "price" for f in scene.figures):
        return True
    return acting and any(c.kind in TRADE_CONTACTS for c in scene.contacts)


def _clauses(scene: Scene) -> Iterator[Token]:
    at = scene.text.find("的")
    for _ in range(_MOST):
        if at < 0:
            return
        end = _END.match(scene.text, at)
        run = _RUN.search(scene.text, max(0, at - _LONGEST), at) if end else None
        goods = run and scene.rules.topics.last(scene.text, run.start(), at)
        works = run is not None and _WORK.search(run[0]) is not None
        if end and run and goods and not works and not scene.is_negated(run.start(), at):
            yield Token(run.start(), end.end(), "product", goods[1], True)
        at = scene.text.find("的", at + 1)


def _latin(scene: Scene) -> Iterator[Token]:
    """Borrowers who got declined, a file of expectant mothers; day trader contact sheet."""
    topics = scene.rules.topics
    for match in _WHO.finditer(scene.text):
        goods = topics.last(scene.text, match.start(), match.end())
        if goods and not scene.is_negated(*match.span()):
            yield Token(match.start(), match.end(), "product", goods[1], True)
            return
    for match in _LISTED.finditer(scene.text):
        run = _WORDS.search(scene.text, max(0, match.start() - _LATIN), match.start())
        goods = run and topics.last(scene.text, run.start(), match.start())
        if goods and not scene.is_negated(*match.span()):
            yield Token(goods[0], match.end(), "product", goods[1], True)
            return
