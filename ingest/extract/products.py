"""What is sold or wanted: goods of the lexicon, each read in its context."""

import re
from typing import Final

from ingest.extract.scene import Scene
from ingest.extract.tokens import DATA_GENERIC, ESCROW_SERVICE, GOODS, Token
from ingest.lexicon.frames import frame, frame_words
from ingest.records import ProductRef

_DATA: Final = frame("data_behind")
_ORDINARY: Final = frame("ordinary_goods")
_GOES_ON: Final = re.compile(r"(?![的吗了要来有可一当实])[一-鿿]")
"""菜籽, 菜刀: the vegetable goes on."""
_NEAR: Final = 4
_RUN: Final = 8
_LOOSE: Final = frame_words("loose_data")
_SHORT_LETTERS: Final = 3
_RAT_CONTEXT: Final = frame("remote_control")
_LOOKUP: Final = frame("lookup_goods")
_BARE_ACTS: Final = frame_words("bare_acts")
"""Acts that are goods only where nothing else is."""
_TRAFFIC_WORDS: Final = frame_words("traffic_words")


def goods_tokens(scene: Scene) -> list[Token]:
    """Every token that may be goods, before stance and gate; ordinary uses are left out."""
    found: list[Token] = []
    for token in scene.tokens:
        if token.kind in GOODS and _possible(scene, token):
            found.append(token)
        elif token.kind == "data_word" and _names_data(scene, token):
            found.append(token._replace(kind="product", id=DATA_GENERIC, weak=True))
        if token.kind == "data_word" or token.id == DATA_GENERIC:
            found.extend(_about(scene, token))
    return sorted(found)


def _about(scene: Scene, token: Token) -> list[Token]:
    """机票退改签料: a word for people or a topic in one run with a data word says whose data."""
    place = token.start
    while place > max(0, token.start - _RUN) and "一" <= scene.text[place - 1] <= "鿿":
        place -= 1
    found = scene.rules.subject(scene.text, place, token.start)
    if found is None or any(
        t.kind in GOODS and t.start < token.start
        for at in range(found[0] + 1, token.end)
        for t in scene.by_end.get(at, ())
    ):
        return []
    loose = scene.text[token.start : token.end] in _LOOSE
    return [Token(found[0], token.end, "product", found[1], loose)]


def _possible(scene: Scene, token: Token) -> bool:
    text = scene.text
    word = text[token.start : token.end]
    if (
        token.weak
        and word.isascii()
        and len(word) <= _SHORT_LETTERS
        and not _technique(scene, token)
    ):
        return _abbreviation(scene, token)
    if word in {"上线", "大马", "小马"}:
        return bool(_RAT_CONTEXT.search(text))
    if word == "菜":
        return not _GOES_ON.match(text, token.end)
    if word in {"料", "粉"}:
        return _names_data(scene, token)
    plain = token.weak or token.kind == "product"
    return not (plain and _ORDINARY.match(text, token.end))


def _technique(scene: Scene, token: Token) -> bool:
    return any(t.kind == "method" for t in scene.by_start.get(token.start, ()))


def _abbreviation(scene: Scene, token: Token) -> bool:
    """QP, BC, u.s.w.: only beside a data word or in a run of such letters."""
    if _DATA.match(scene.text, token.end):
        return True
    after = (t for gap in (0, 1) for t in scene.by_start.get(token.end + gap, ()))
    before = (t for gap in (0, 1) for t in scene.by_end.get(token.start - gap, ()))
    return any(t.kind in GOODS for t in (*after, *before))


def _names_data(scene: Scene, token: Token) -> bool:
    """料 and other data words: right behind a source, a place, a claim, goods or an act."""
    before = scene.text[max(0, token.start - _NEAR) : token.start]
    run = before[max((n + 1 for n, c in enumerate(before) if not "一" <= c <= "鿿"), default=0) :]
    if any(char in "出收供求买卖接吃" for char in run):
        return True
    return scene.text[token.start : token.end].isascii() or any(
        t.kind in {"source", "geo", "quality", "method", "product"}
        for at in range(token.start - len(run), token.start + 1)
        for t in scene.by_end.get(at, ())
    )


def touches_data(scene: Scene, token: Token) -> bool:
    """Whether a data word follows right behind a token."""
    return bool(_DATA.match(scene.text, token.end))


def choose_products(scene: Scene, goods: list[Token], taken: list[Token]) -> list[Token]:
    """The goods of one listing; `taken` are tokens that were read as fields."""
    fields = {(t.start, t.end) for t in taken}
    lookup = bool(_LOOKUP.search(scene.text))
    kept = [
        g for g in goods
        if not scene.is_negated(g.start, g.end)
        and ((g.start, g.end) not in fields or lookup)
    ]  # fmt: skip
    kept = _without_rivals(scene, kept)
    exact = [g for g in kept if g.id != DATA_GENERIC]
    if exact:
        kept = exact
    strong = [g for g in exact if not g.weak]
    if len(exact) > 1 or strong:
        kept = [g for g in kept if scene.text[g.start : g.end] not in _TRAFFIC_WORDS] or kept
    kept = _orders(scene, kept)
    if any(g.id != ESCROW_SERVICE for g in kept):
        kept = [g for g in kept if g.id != ESCROW_SERVICE or not g.weak]
    return kept


def _orders(scene: Scene, goods: list[Token]) -> list[Token]:
    """接单 takes orders for what is named beside it; beside intrusion alone it is the service."""
    taking = [g for g in goods if scene.text[g.start : g.end] == "接单"]
    rest = [g for g in goods if scene.text[g.start : g.end] != "接单"]
    if not taking or not rest:
        return goods
    intrusion = all(g.id == "product/pentest_feed" and g.weak for g in rest)
    return taking if intrusion else rest


def _without_rivals(scene: Scene, goods: list[Token]) -> list[Token]:
    """A term of several goods is undecided: it gives nothing; a dual one yields to exact goods."""
    by_place: dict[tuple[int, int], list[Token]] = {}
    for token in goods:
        by_place.setdefault((token.start, token.end), []).append(token)
    single = [found[0] for found in by_place.values() if len(found) == 1]
    methods = {(t.start, t.end) for t in scene.tokens if t.kind == "method"}
    data = [g for g in single if g.id.startswith("product/") and g.id != DATA_GENERIC]
    named = [g for g in single if scene.text[g.start : g.end] not in _BARE_ACTS]
    if any(g.id != DATA_GENERIC for g in named):
        single = named
    others = [g for g in data if (g.start, g.end) not in methods]
    if not others:
        return single
    return [g for g in single if (g.start, g.end) not in methods or not g.weak]


def product_refs(scene: Scene, goods: list[Token]) -> tuple[ProductRef, ...]:
    """Goods as record entries, one for each different quote."""
    found: dict[tuple[str, str], ProductRef] = {}
    for token in goods:
        quote, span = scene.written(token.start, _end(scene, token))
        found.setdefault((token.id, quote), ProductRef(token.id, quote, span))
    return tuple(found.values())


def _end(scene: Scene, token: Token) -> int:
    """A data word right behind belongs to the goods: 母婴 + 数据."""
    if token.id == DATA_GENERIC or token.kind != "product":
        return token.end
    for other in scene.by_start.get(token.end, ()):
        if (
            other.kind == "data_word" or other.id == DATA_GENERIC
        ) and not scene.text[other.start : other.end].isascii():  # fmt: skip
            return other.end
    return token.end
