"""Whether a stretch of a post is a listing, and which act it performs."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from ingest.extract.cues import INSIDE, is_terse, trade_cues
from ingest.extract.everyday import (
    JOB,
    SHORT,
    TRADE_CONTACTS,
    is_everyday,
    names_ordinary,
    sells_ordinary,
    speaks_of_household,
)
from ingest.extract.in_numbers import sold_in_numbers
from ingest.extract.money import Figure
from ingest.extract.phrase import closes, talks
from ingest.extract.scene import Scene
from ingest.extract.spans import within
from ingest.extract.stances import Stance, asks_price, leftover, near_goods
from ingest.extract.style import clipped, evidence, said_of_trade
from ingest.extract.tokens import DATA_GENERIC, GOODS, INSIDER_RECRUITMENT, STANCES, Token
from ingest.extract.unit import Unit
from ingest.extract.worded import LIKE, VERY_LIKE, is_worded, quite_like
from ingest.lexicon.frames import frame
from ingest.lexicon.wordings import wording

_STUB: Final = 30
_PEOPLE: Final = frame("people_goods")
"""People are bought by nobody but the trade: 谁家有股民."""
_LACK: Final = frame("lack")
_HANDS: Final = frame("trade_hands")
_SEEKS_HANDS: Final = wording("seeks_hands")
_ADJACENT: Final = 3
_BETWEEN: Final = 4
_ABUNDANT: Final = 5.0
_PLENTY: Final = 3.0
_MUCH: Final = 2.0
_SOME: Final = 1.5
_SOME_CUES: Final = 0.5
_SURE_CUES: Final = 2.0
"""How much evidence is enough in any text, beside a price, and in the clipped style of an ad."""
_TRADERS_ACTS: Final = frozenset("出收供")
_OPENERS: Final = frozenset({"recruit", "product", "service", *STANCES})
_AGENTS: Final = frame("agents")
_ASKS_WHO: Final = wording("asks_whether")
_SOUGHT: Final = 10
UNLIKE: Final = -0.25
_FAR_FROM: Final = -1.4
"""Log-odds of a wording that outweighs cues; that outweighs even an act or clear goods."""
_NOTHING_LIKE: Final = -4.5
"""Nothing outweighs such a wording: a notice of what swindlers pay for a card."""
_BACKED: Final = 3.5
"""Cues that, with a price and an amount, make up for goods that are named by no clear word."""
_LONG: Final = 400
"""Longer prose without a price or contact is talk about the trade, not a listing."""


def polarity_of(scene: Scene, unit: Unit, tokens: list[Token], figures: list[Figure]) -> str | None:
    """The act of a unit, or None where it is no listing."""
    weighed = _Weighed(
        any(f.kind in {"price", "problem"} for f in figures),
        trade_cues(scene, unit, tokens, figures),
        _has_strong(scene, unit, figures),
    )
    barred = _is_barred(scene, unit, tokens, figures, weighed)
    act = None if barred else _by_cues(scene, unit, tokens, figures, weighed)
    if act is None:
        if sold_in_numbers(scene, unit, figures):
            return _act(scene, unit, weighed.priced)
        opens = scene.by_wording and _is_like(scene, unit, weighed, barred=barred)
        told = opens and _says_something(scene, unit, weighed)
        return _act(scene, unit, weighed.priced) if told else None
    backed = weighed.priced and weighed.cues >= _BACKED and _counts(figures)
    firm = unit.stance is not None or weighed.strong or backed
    unlike = scene.likeness < (_FAR_FROM if firm else UNLIKE)
    if scene.likeness < _NOTHING_LIKE:
        return None
    return None if unlike and not _outweighs(scene, unit) else act


def _counts(figures: Sequence[Figure]) -> bool:
    return any(figure.kind == "quantity" for figure in figures)


def _is_like(scene: Scene, unit: Unit, weighed: "_Weighed", *, barred: bool) -> bool:
    """Whether a unit is worded so much like an ad that it is one in spite of what bars it."""
    if not barred:
        return is_worded(scene) if weighed.priced else scene.likeness > LIKE
    if not unit.goods or is_everyday(scene, unit, weighed.priced):
        return scene.likeness > VERY_LIKE
    return scene.likeness > quite_like(priced=weighed.priced)


class _Weighed(NamedTuple):
    """What the parts of the gate ask of a unit again and again."""

    priced: bool
    cues: float
    strong: bool
    """Whether goods are named by a clear word."""


def _has_strong(scene: Scene, unit: Unit, figures: list[Figure]) -> bool:
    near = bool(scene.reach) or any(f.kind in {"price", "problem"} for f in figures)
    return any(
        not g.weak and (g.id != DATA_GENERIC or near or _clipped_act(scene, unit))
        for g in unit.goods
    )


def _outweighs(scene: Scene, unit: Unit) -> bool:
    """Whether goods are clear by several words, or a price stands behind an accusation.

    Such words are worded like no ad because of what else the post says.
    """
    if "accuse" in scene.kinds and any(figure.kind == "price" for figure in scene.figures):
        return True
    terms = set(scene.all_tokens)
    clear = [goods for goods in unit.goods if not goods.weak]
    if any(goods not in terms for goods in clear):
        return True
    words = {(goods.id, scene.text[goods.start : goods.end]) for goods in clear}
    agreeing = len(words) > len({name for name, _ in words})
    return agreeing and any(figure.kind == "price" for figure in scene.figures)


def _says_something(scene: Scene, unit: Unit, weighed: _Weighed) -> bool:
    """Whether an act, a price, a contact or a cue stands there, and no goods that are denied."""
    goods = () if unit.goods else [t for t in scene.all_tokens if t.kind in GOODS]
    if goods and not (weighed.priced and scene.likeness > quite_like(priced=True)):
        return False
    if any(scene.is_denied(t.start, t.end) for t in goods):
        return False
    if unit.stance is None and scene.is_denied(0, 1):
        # The act that opens an ad is denied, or a scope was read too wide: no act is known.
        return False
    return unit.stance is not None or weighed.priced or weighed.cues > 0


def _is_barred(
    scene: Scene, unit: Unit, tokens: list[Token], figures: list[Figure], weighed: _Weighed
) -> bool:
    """Whether something says for sure that a unit is of another trade or of none."""
    priced, cues, strong = weighed
    if is_everyday(scene, unit, priced):
        return True
    if _ordinary(scene, unit, tokens, figures, cues, strong=strong):
        return True
    if "noise" in scene.kinds and not strong and cues < _ABUNDANT:
        return True
    if len(scene.text) > _LONG and not (priced or scene.reach) and "\n" not in scene.text:
        return True
    return _plain_job(scene, unit, cues)


def _by_cues(
    scene: Scene, unit: Unit, tokens: list[Token], figures: list[Figure], weighed: _Weighed
) -> str | None:
    priced, cues, strong = weighed
    if not unit.goods:
        return _without_goods(scene, unit, tokens, cues, priced)
    if _enough(scene, unit, strong, cues, priced, bool(scene.reach)) or _shown(
        scene, unit, tokens, figures, cues
    ):
        return _act(scene, unit, priced)
    return None


def _ordinary(
    scene: Scene,
    unit: Unit,
    tokens: list[Token],
    figures: list[Figure],
    cues: float,
    *,
    strong: bool,
) -> bool:
    """Whether the words of a sale that all do stand around goods; clear goods need company too."""
    if not unit.goods or (strong and scene.reach):
        return False
    if strong and cues >= 1 and not speaks_of_household(scene):
        return False
    if not sells_ordinary(scene, unit, household=strong):
        return False
    hidden = any(c.kind in TRADE_CONTACTS for c in scene.reach)
    if not hidden and cues < _PLENTY and sells_ordinary(scene, unit, household=True):
        return True
    return strong or cues < _SURE_CUES or evidence(scene, unit, tokens, figures) < _PLENTY


def _shown(
    scene: Scene, unit: Unit, tokens: list[Token], figures: list[Figure], cues: float
) -> bool:
    """Whether goods, however they are named, stand with enough else that an ad is made of."""
    named = any(g.id != DATA_GENERIC for g in unit.goods)
    if not named or (scene.text.endswith("?") and unit.stance is None and not figures):
        return False
    strong = any(not g.weak for g in unit.goods)
    total = evidence(scene, unit, tokens, figures) + 0.5 * strong
    if unit.stance is None and talks(scene) and not asks_price(scene.text):
        total -= 1
    if strong and (total >= _MUCH or _stub(scene, unit)):
        return True
    priced = any(f.kind in {"price", "problem"} for f in figures)
    if priced and unit.beside:
        return True
    if total >= _PLENTY or (total >= _MUCH and priced and cues >= _SOME_CUES * 2):
        return True
    acting = unit.stance is not None and near_goods(scene, unit.stance, unit.goods)
    first = min(unit.goods, key=_start)
    opens = first.start <= _ADJACENT and total >= _SOME and (strong or closes(scene, first))
    if priced and is_terse(scene) and (acting or opens):
        return True
    said = acting or priced or scene.reach or said_of_trade(unit, tokens)
    return bool(said and total >= _SOME and (cues >= _SOME_CUES or acting) and clipped(scene, unit))


def _stub(scene: Scene, unit: Unit) -> bool:
    """微信老号 实名 80: clear goods open a short line with a number in it."""
    opens = min(g.start for g in unit.goods) <= _ADJACENT and len(scene.text) < _STUB
    return opens and is_terse(scene) and any(char.isdigit() for char in scene.text)


def _start(token: Token) -> int:
    return token.start


def _clipped_act(scene: Scene, unit: Unit) -> bool:
    return unit.stance is not None and clipped(scene, unit)


def _enough(
    scene: Scene, unit: Unit, strong: bool, cues: float, priced: bool, reachable: bool
) -> bool:
    acting = unit.stance is not None and (
        unit.stance.sure or near_goods(scene, unit.stance, unit.goods) or _heads_list(scene, unit)
    )
    if acting:
        asking = unit.stance is not None and unit.stance.sure
        if strong or _lacks(scene, unit) or (_in_one_breath(scene, unit) and is_terse(scene)):
            return True
        if _says_twice(scene, unit):
            return True
        return cues >= (0.3 if asking else 0.5 if priced and is_terse(scene) else 1)
    if priced and reachable and _outbids(scene, unit):
        return True
    if strong:
        return priced or reachable or cues >= (0.5 if is_terse(scene) else 2) or _asks(scene)
    return cues >= 2 and (priced or reachable or (is_terse(scene) and cues >= 2.5))


def _outbids(scene: Scene, unit: Unit) -> bool:
    """@a 卖网贷九毛,我这边四毛: goods that others are said to sell, and a price of the author."""
    return any(scene.aside.told.covers(g.start, g.end) for g in unit.goods)


def _in_one_breath(scene: Scene, unit: Unit) -> bool:
    """收股民: nobody but a trader puts such an act right in front of people."""
    stance = unit.stance
    if stance is None:
        return False
    if stance.polarity == "request" and any(
        0 <= g.start - stance.end <= 1 and _PEOPLE.search(scene.text, g.start, g.end)
        for g in unit.goods
    ):
        return True
    if scene.text[stance.end - 1 : stance.end] not in _TRADERS_ACTS:
        return False
    return any(
        g.start >= stance.end
        and g.id.startswith("product/")
        and (
            g.start == stance.end
            or (
                _PEOPLE.search(scene.text, g.start, g.end) is not None
                and closes(scene, g)
                and leftover(scene, stance.end, g.start) <= _BETWEEN
            )
        )
        for g in unit.goods
    )


def _lacks(scene: Scene, unit: Unit) -> bool:
    """网贷断货了,有的救急: what has run out is asked for."""
    wanted = unit.stance is not None and unit.stance.polarity == "request"
    return wanted and any(_LACK.match(scene.text, g.end) for g in unit.goods)


def _says_twice(scene: Scene, unit: Unit) -> bool:
    """谁家产检的出得多?我全吃: two acts that agree around goods that are named exactly."""
    stance = unit.stance
    if stance is None or all(g.id == DATA_GENERIC for g in unit.goods):
        return False
    if "official" in scene.kinds or "negation" in scene.kinds:
        return False
    said = {(stance.start, stance.end)}
    said |= {
        (t.start, t.end)
        for t in within(scene.tokens, unit.ranges)
        if STANCES.get(t.kind) == stance.polarity
        and (t.end <= stance.start or stance.end <= t.start)
    }
    if stance.polarity == "request":
        said |= {m.span() for m in _ASKS_WHO.finditer(scene.text) if m.start() >= stance.end}
    return len(said) > 1 and not sells_ordinary(scene, unit)


def _asks(scene: Scene) -> bool:
    return asks_price(scene.text) and len(scene.text) < SHORT


def _heads_list(scene: Scene, unit: Unit) -> bool:
    """An act in a shared line (出各类料:) governs the lines below."""
    return unit.stance is not None and not any(s <= unit.stance.start < e for s, e in unit.own)


def _act(scene: Scene, unit: Unit, priced: bool) -> str:
    recruiting = _recruiting(scene, unit)
    if recruiting:
        return "recruit"
    if unit.stance is not None:
        return unit.stance.polarity
    return "request" if asks_price(scene.text) and not priced else "offer"


def _recruiting(scene: Scene, unit: Unit) -> bool:
    if any(g.id == INSIDER_RECRUITMENT for g in unit.goods):
        return True
    stance: Stance | None = unit.stance
    if stance is None or stance.polarity == "recruit":
        return stance is not None
    if stance.polarity == "request" and _SEEKS_HANDS.search(scene.text):
        return True
    if stance.polarity == "offer" and not stance.sure and _seeks_agents(scene):
        return True
    # 直招供料: who recruits suppliers does not sell.
    return "recruit" in scene.kinds and any(
        t.kind == "recruit" and 0 <= stance.start - t.end <= _ADJACENT for t in scene.tokens
    )


def _plain_job(scene: Scene, unit: Unit, cues: float) -> bool:
    """招快递员,包吃住: people whom everybody hires, and no more that speaks of this trade."""
    hires = [g for g in unit.goods if g.id == INSIDER_RECRUITMENT]
    if not hires or len(hires) < len(unit.goods) or not all(g.weak for g in hires):
        return False
    secret = any(c.kind in TRADE_CONTACTS for c in scene.reach)
    return not secret and (cues < _SOME_CUES or JOB.search(scene.text) is not None)


def _seeks_agents(scene: Scene) -> bool:
    """诚招各地代理:我们做查人: an ad that opens with whom it seeks, and what they will sell."""
    first = next((t for t in scene.tokens if t.kind in _OPENERS), None)
    if first is None or first.kind != "recruit" or first.start > _ADJACENT:
        return False
    sought = _AGENTS.search(scene.text, first.start, first.end + _SOUGHT)
    return sought is not None and not any(
        f.kind == "price" and f.per != "percent" for f in scene.figures
    )


def _without_goods(
    scene: Scene, unit: Unit, tokens: list[Token], cues: float, priced: bool
) -> str | None:
    """Offers of stock, access or brokerage that name no goods need two clear cues and an act."""
    if names_ordinary(scene):
        return None
    sure = {t.id for t in tokens if not t.weak and t.kind in {"method", "insider_word"}}
    sure |= {t.id for t in tokens if t.id in {"quality/first_hand", "quality/source_claim"}}
    sure |= {t.id for t in tokens if t.kind == "role" and not t.weak and not t.id.endswith("cheat")}
    if unit.stance is not None and unit.stance.polarity == "recruit":
        people = any(t.kind in {"insider_word", "role"} for t in tokens)
        if not people and _HANDS.search(scene.text, unit.stance.start):
            return "recruit" if JOB.search(scene.text) is None or scene.reach else None
        if JOB.search(scene.text) and not any(c.kind in TRADE_CONTACTS for c in scene.reach):
            return None
        return "recruit" if people and (cues >= 1 or scene.reach or priced) else None
    if unit.stance is not None and unit.stance.polarity in {"offer", "swap"}:
        return unit.stance.polarity if cues >= (1 if sure else 1.5) else None
    inside = any(t.kind == "first_person" for t in tokens) and INSIDE.search(scene.text)
    if inside and (priced or scene.reach or is_terse(scene)):
        return "offer"
    return "offer" if sure and cues >= 1.5 and (priced or scene.reach) else None
