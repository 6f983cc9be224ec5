"""Roles of a listing's author: additive cues, each with its place and its context."""

import math
from collections.abc import Iterator
from typing import Final, NamedTuple

from ingest.extract.scene import Scene
from ingest.extract.spans import within
from ingest.extract.stances import Stance
from ingest.extract.tokens import ESCROW_SERVICE, Token
from ingest.lexicon.frames import frame, frame_words
from ingest.records import Cue, Level, RoleReading

_STANCE: Final = 1.2
_STANCE_ROLE: Final = {"offer": "supplier", "request": "buyer"}
_SAYS_ACT: Final = {"offer": frame("says_sells"), "request": frame("says_buys")}
"""Words that say the act itself; what is in stock or cleared out tells of no trader."""
_BEHIND: Final = frozenset(
    {"for sale", "on sale", "4 sale", "4sale", "wanted", "needed", "出售", "求购"}
)
"""Acts that are said behind the goods too."""
_DEMAND: Final = frozenset({"boss", "buyer", "end_user"})
_SUPPLY: Final = frozenset(
    [
        "insider",
        "hacker",
        "collector",
        "processor",
        "supplier",
        "account_merchant",
        "sim_farmer",
        "launderer",
        "mule_supplier",
        "traffic_seller",
        "tool_dev",
    ]
)
_OTHER_SIDE: Final = frame_words("other_side")
_ABOUT_OTHERS: Final = tuple(sorted(frame_words("about_others")))
_HALF: Final = frame_words("half_insider")
_OWN_TRADE: Final = frozenset({"service/laundering"})
"""Trades whose people are sought by those who are in them."""
_BETWEEN: Final = "middleman"
_ACTS_OF_ANOTHER: Final = frame("acts_of_another")
"""中间人介绍客户来的: what those in between do, or are told to, is said of others."""
_MEDIUM: Final = 0.6
_NOT_AUTHOR: Final = "cheat"


class _Hit(NamedTuple):
    role: str
    start: int
    end: int
    weight: float


def read_roles(
    scene: Scene,
    polarity: str,
    stance: Stance | None,
    products: list[Token],
    ranges: list[tuple[int, int]],
) -> tuple[RoleReading, ...]:
    """Roles of the author, best first; a role whose cues sum to nothing is left out."""
    if polarity == "warning":
        # Who accuses says nothing of a trade of their own.
        return ()
    factor = 0.5 if scene.post.voice == "forwarded" else 1.0
    hits = [*_hits(scene, polarity, products, ranges), *_of_goods(scene, polarity, products)]
    # An act counts in front of goods: who asks who has some sells nothing.
    if stance is not None and _is_cue(scene, stance, products):
        hits = _with_stance(hits, stance, polarity)
    by_role: dict[str, list[_Hit]] = {}
    for hit in hits:
        weighed = hit if factor == 1 else hit._replace(weight=hit.weight * factor)
        by_role.setdefault(hit.role, []).append(weighed)
    readings = [_reading(scene, role, _once(found, scene)) for role, found in by_role.items()]
    kept = [r for r in readings if sum(c.weight for c in r.cues) > 0]
    return tuple(sorted(kept, key=lambda r: (-r.score, r.role)))


def _is_cue(scene: Scene, stance: Stance, products: list[Token]) -> bool:
    """Whether an act is said by a word for it, in front of goods."""
    says = _SAYS_ACT.get(stance.polarity)
    if says is None or not stance.word:
        return False
    behind = scene.text[stance.start : stance.end] in _BEHIND
    if not any(p.start >= stance.end or (behind and p.end <= stance.start) for p in products):
        return False
    return says.search(scene.text, stance.start, stance.end) is not None


def _once(hits: list[_Hit], scene: Scene) -> list[_Hit]:
    # A word said twice in one message is one cue.
    seen: dict[str, _Hit] = {}
    for hit in sorted(hits, key=lambda h: h.start):
        seen.setdefault(scene.text[hit.start : hit.end], hit)
    return list(seen.values())


def _hits(
    scene: Scene, polarity: str, products: list[Token], ranges: list[tuple[int, int]]
) -> Iterator[_Hit]:
    cues = scene.rules.roles
    for start, end, _, number, _ in within(scene.cue_hits, ranges):
        term = cues.terms[int(number)]
        for role, weight in cues.table[int(number)].items():
            context = _context(scene, term, role, weight, start, end, polarity, products)
            if context:
                yield _Hit(role, start, end, round(weight * context, 3))


def _of_goods(scene: Scene, polarity: str, products: list[Token]) -> Iterator[_Hit]:
    """四件套, 跑分, phishing kit: some goods say what their seller is."""
    for token in products:
        if polarity == "offer" or (polarity == "recruit" and token.id in _OWN_TRADE):
            for role, weight in scene.rules.roles.goods.get(token.id, ()):
                yield _Hit(role, token.start, token.end, weight)


def _context(
    scene: Scene,
    term: str,
    role: str,
    weight: float,
    start: int,
    end: int,
    polarity: str,
    products: list[Token],
) -> float:
    if role == _NOT_AUTHOR or not weight:
        return 0.0
    if (term, role) in scene.rules.roles.notes:
        return 1.0 if weight < 0 and _note_holds(scene, term, start) else 0.0
    if len(term) == 1 and start and scene.text[start - 1].isalnum():
        return 0.0
    if role == _BETWEEN and _ACTS_OF_ANOTHER.match(scene.text, end):
        return 0.0
    if scene.aside.sides.covers(start, end) or _is_told(scene, start, end, products):
        return 0.0
    if term in _OTHER_SIDE or scene.is_negated(start, end) or _about_others(scene, start):
        return 0.0
    if (polarity == "offer" and role in _DEMAND) or (polarity == "recruit" and role == "buyer"):
        return 0.0
    if polarity in {"request", "recruit"} and role in _SUPPLY:
        return 0.0
    return _escrow_context(role, weight, products) * _half(scene, term, role)


def _is_told(scene: Scene, start: int, end: int, products: list[Token]) -> bool:
    """Whether a cue stands in words about others, and goods stand outside of them."""
    told = scene.aside.told
    return told.covers(start, end) and any(not told.covers(p.start, p.end) for p in products)


def _note_holds(scene: Scene, term: str, start: int) -> bool:
    if term != "老板":
        return True
    before = scene.text[start - 1] if start else " "
    return not before.isalnum()


def _about_others(scene: Scene, start: int) -> bool:
    return scene.text[max(0, start - 10) : start].rstrip().endswith(_ABOUT_OTHERS)


def _escrow_context(role: str, weight: float, products: list[Token]) -> float:
    if role == "escrow_agent" and not any(p.id == ESCROW_SERVICE for p in products):
        return 0.0 if products else 1.0
    if role == "venue_admin" and weight < 1.5 and products:
        return 0.0
    return 1.0


def _half(scene: Scene, term: str, role: str) -> float:
    if role != "insider" or term not in _HALF:
        return 1.0
    return 1.0 if "first_person" in scene.kinds else 0.5


def _with_stance(hits: list[_Hit], stance: Stance, polarity: str) -> list[_Hit]:
    role = _STANCE_ROLE.get(polarity)
    if role is None or stance.polarity != polarity:
        return hits
    for place, hit in enumerate(hits):
        if hit.role == role and hit.start < stance.end and stance.start < hit.end:
            hits[place] = hit._replace(weight=max(hit.weight, _STANCE))
            return hits
    return [*hits, _Hit(role, stance.start, stance.end, _STANCE)]


def _reading(scene: Scene, role: str, hits: list[_Hit]) -> RoleReading:
    cues = []
    for hit in sorted(hits, key=lambda h: (h.start, h.end)):
        quote, span = scene.written(hit.start, hit.end)
        cues.append(Cue(quote, span, hit.weight))
    total = sum(cue.weight for cue in cues)
    score = round(1 / (1 + math.exp(-total)), 2)
    # One listing alone is at most medium.
    level: Level = "medium" if score >= _MEDIUM else "low"
    return RoleReading(role, level, score, tuple(cues))
