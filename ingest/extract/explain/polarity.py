"""The act behind a polarity, and the gate in front of it."""

from typing import Final

from ingest.extract.explain.origins import Origins
from ingest.extract.explain.records import ActReason, Gate, GateCue, Place
from ingest.extract.explain.replay import Replay
from ingest.extract.gate import UNLIKE
from ingest.extract.manner import UNIT
from ingest.extract.scene import Scene
from ingest.extract.tokens import STANCES, Token
from ingest.extract.unit import Unit
from ingest.extract.worded import LIKE, is_worded
from ingest.records import Listing

_SILENT: Final = {
    "offer": "no word of an act: goods with a price, a contact or more cues are an offer",
    "request": "no word of an act: the price of goods is asked for",
    "recruit": "people are sought",
    "swap": "goods for goods",
}
_DEALS: Final = "its acts tell of a deal or of others: "


def act_reason(replay: Replay, rows: Origins, listing: Listing, unit: Unit | None) -> ActReason:
    """The word or frame that made the polarity of a listing."""
    negated = tuple(_negated(replay))
    if listing.polarity == "warning":
        return _warning(replay, rows, negated)
    if listing.polarity == "none":
        return ActReason("none", "no listing", negated=negated)
    stance = None if unit is None else unit.stance
    if stance is None or unit is None:
        return ActReason(listing.polarity, _SILENT[listing.polarity], negated=negated)
    place = replay.place(stance.start, stance.end)
    words = replay.scene.text[stance.start : stance.end]
    if stance.sure:
        rule = "frame around a customer or a question"
    elif any((t.start, t.end) == (stance.start, stance.end) for t in replay.scene.tokens):
        rule = "word of an act"
    else:
        rule = "one-character act in front of goods, or closing a clause behind them"
    if not any(start <= stance.start < end for start, end in unit.own):
        rule += "; it stands in a line that this listing shares"
    if stance.polarity != listing.polarity:
        rule += f"; {_SILENT.get(listing.polarity, '')}"
    origins = rows.of(words, *(f"stance/{name}" for name in STANCES), *STANCES)
    acting = [t for t in replay.scene.tokens if t.start == stance.start and t.kind in STANCES]
    origins = (*filter(None, map(replay.pattern_of, acting)), *origins)
    return ActReason(listing.polarity, rule, place, origins, negated)


def _warning(replay: Replay, rows: Origins, negated: tuple[Place, ...]) -> ActReason:
    named = ", ".join(contact.value for contact in replay.accused)
    rule = f"an accusation beside a named contact: {named}"
    token = next((t for t in replay.scene.tokens if t.kind == "accuse"), None)
    if token is None:
        return ActReason("warning", rule, negated=negated)
    words = replay.scene.text[token.start : token.end]
    place = replay.place(token.start, token.end)
    return ActReason("warning", rule, place, rows.of(words, "accuse"), negated)


def _negated(replay: Replay) -> list[Place]:
    scene = replay.scene
    return [
        replay.place(t.start, t.end)
        for t in (*scene.tokens, *(g for g in replay.goods if g not in scene.tokens))
        if t.kind != "negation" and _trades(t) and scene.is_negated(t.start, t.end)
    ]


def _trades(token: Token) -> bool:
    return token.kind in STANCES or token.kind in {"product", "service"}


def gate_of(replay: Replay, listing: Listing, unit: Unit | None) -> Gate:
    """The cues of a listing's unit; for a text that is none, what was found and what failed."""
    if listing.polarity == "warning":
        return Gate(True, 0.0, found=("an accusation opens the gate by itself",))
    wording = _wording(replay.scene)
    shown = unit or _nearest(replay)
    cues = [] if shown is None else replay.gate_cues(shown)
    total = round(sum(weight for _, weight, _ in cues), 6)
    kept = tuple(GateCue(says, round(weight, 6), place) for says, weight, place in cues)
    is_open = listing.polarity != "none"
    shut = () if is_open else _shut(replay, total)
    return Gate(is_open, total, kept, _found(replay), shut, wording)


def _wording(scene: Scene) -> str:
    odds = scene.likeness
    if odds > LIKE:
        verdict = f"an ad by its wording alone (above {LIKE:g})"
    elif is_worded(scene):
        verdict = "an ad by its wording beside a price"
    elif odds < UNLIKE:
        verdict = f"no ad by its wording, whatever the cues (below {UNLIKE:g})"
    else:
        verdict = "its wording leaves it to the cues"
    told = scene.rules.manner.reasons(scene)
    most = ", ".join(f"{name!r} {weight / UNIT:+.2f}" for name, weight in told)
    return f"learned log-odds {odds:+.2f}: {verdict}" + (f"; most say {most}" if most else "")


def _nearest(replay: Replay) -> Unit | None:
    """The unit with the most goods: the one that came nearest to a listing."""
    return max(replay.units, key=lambda unit: len(unit.goods), default=None)


def _found(replay: Replay) -> tuple[str, ...]:
    scene = replay.scene
    goods = dict.fromkeys(g.id for g in replay.goods)
    acts = dict.fromkeys(act.polarity for act in replay.acts)
    prices = sum(f.kind == "price" for f in scene.figures)
    amounts = sum(f.kind == "quantity" for f in scene.figures)
    counted = (
        (f"goods: {', '.join(goods)}", goods),
        (f"acts: {', '.join(acts)}", acts),
        (f"prices: {prices}", prices),
        (f"quantities: {amounts}", amounts),
        (f"contacts: {len(scene.contacts)}", scene.contacts),
        (f"speech acts: {', '.join(_acts(replay))}", replay.reading.acts),
    )
    return tuple(words for words, holds in counted if holds)


def _acts(replay: Replay) -> list[str]:
    return list(dict.fromkeys(act.kind for act in replay.reading.acts))


def _shut(replay: Replay, total: float) -> tuple[str, ...]:
    """Why a text is no listing, the first gate that failed in front."""
    scene = replay.scene
    if not replay.hits:
        return ("no term of the lexicon stands in it",)
    if replay.strength == 0:
        return ("its terms say nothing of the trade",)
    if any(replay.act_of(unit) for unit in replay.units):
        told = ", ".join(_acts(replay))
        return (_DEALS + told if told else "its goods are denied or mean something else here",)
    reasons = []
    if replay.strength == 1 and len(replay.hits) == 1:
        reasons.append("one ambiguous word without a second cue")
    if not replay.goods:
        reasons.append("no goods are named")
    elif all(scene.is_negated(g.start, g.end) for g in replay.goods):
        reasons.append("all goods are negated: a negated trade is no trade")
    if any(t.kind == "official" for t in scene.tokens):
        reasons.append("words of news or of an authority")
    if any(t.kind == "noise" for t in scene.tokens):
        reasons.append("words of another trade")
    if not replay.acts:
        reasons.append("no act: nobody sells, buys, swaps or seeks people")
    if scene.likeness < UNLIKE:
        reasons.append("it is worded like no ad of the trade")
    reasons.append(f"too little speaks of the trade: cues sum to {total:g}")
    return tuple(reasons)
