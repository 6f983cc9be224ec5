"""What is sold or wanted: goods of the lexicon, each read in its context."""

from collections.abc import Iterator
from typing import Final

from ingest.extract.about import about, by_name
from ingest.extract.beside_goods import without_details
from ingest.extract.families import goods_of
from ingest.extract.people import people_alone, people_said
from ingest.extract.price_rows import in_price_row
from ingest.extract.scene import Scene
from ingest.extract.tokens import (
    DATA_GENERIC,
    ESCROW_SERVICE,
    GOODS,
    INSIDER_RECRUITMENT,
    Token,
)
from ingest.extract.topical import row_topics, topical
from ingest.lexicon.frames import frame, frame_words
from ingest.records import ProductRef
from ingest.text.late import late

_DATA: Final = frame("data_behind")
_ORDINARY: Final = frame("ordinary_goods")
_GOES_ON: Final = late(r"(?![的吗了要来有可一当实])[一-鿿]")
"""菜籽, 菜刀: the vegetable goes on."""
_NEAR: Final = 4
_BEHIND: Final = frozenset({"data_word", "people_word"})
_FOREIGN: Final = "product/citizen_db_foreign"
_HACKED_DB: Final = "product/hacked_db"
"""Beside it words for people say whom the database holds."""
_LOOSE: Final = frame_words("loose_data")
_SHORT_LETTERS: Final = 3
_ACTS: Final = frozenset({"sell", "buy", "swap"})
_OPENS: Final = late("[\n出收求卖供有做我你、/|]|[\u2460-\u27bf\U0001f000-\U0001faff]")
"""What such letters stand behind where they name goods."""
_RAT_CONTEXT: Final = frame("remote_control")
_LOOKUP: Final = frame("lookup_goods")
_BARE_ACTS: Final = frame_words("bare_acts")
"""Acts that are goods only where nothing else is."""
_PEOPLE: Final = frame("people_behind")
_ACCOUNT: Final = frame("account_behind")
_DUMPED: Final = frame("dump_behind")
_TRAFFIC_WORDS: Final = frame_words("traffic_words")
_ATTRIBUTE: Final = frame("attribute_before")
_PURPOSE: Final = frame("purpose_before")
_CHANNELS: Final = frozenset(
    [
        "service/sms_spam",
        "service/imessage_spam",
        "service/sms_server",
        "service/hosting",
        "service/ddos",
        "service/site_build",
        "service/call_floor",
        "service/phishing",
        "service/app_rank",
        "service/captcha",
        "service/otp_reception",
        "service/traffic",
        "service/pig_butchering",
        "service/fake_docs",
        "service/face_bypass",
        "service/card_shop",
    ]
)
"""Services that name a trade's topic as what they are used for."""
_AHEAD: Final = 12
_MEANS: Final = frame("means_before")
_PLAIN_DATA: Final = frame("plain_data")
"""Words that say no more of the customers of a network than that there is data."""
_HEADER: Final = frame("forward_header")
_HEAD: Final = frame("goods_head")


def goods_tokens(scene: Scene) -> list[Token]:
    """Every token that may be goods, before stance and gate; ordinary uses are left out."""
    found: list[Token] = []
    for token in scene.tokens:
        if token.kind in GOODS and _possible(scene, token):
            found.append(token._replace(weak=False) if _with_data(scene, token) else token)
        elif token.kind == "data_word" and _names_data(scene, token):
            found.append(token._replace(kind="product", id=DATA_GENERIC, weak=True))
        if token.kind in _BEHIND or token.id == DATA_GENERIC:
            found.extend(about(scene, token))
        if token.kind == "source":
            found.extend(_of_users(scene, token))
    if not any(t.id != DATA_GENERIC for t in found):
        found.extend(
            people_said(scene)
            or list(by_name(scene))
            or topical(scene)
            or ([] if found else people_alone(scene))
        )
    found.extend(row_topics(scene, found))
    return without_details(scene, sorted(_without_bare_acts(scene, [*dict.fromkeys(found)])))


def _with_data(scene: Scene, token: Token) -> bool:
    """机票退改签 + 料: a data word right behind makes a word for a topic clear goods."""
    return (
        token.weak
        and token.kind == "product"
        and token.id != DATA_GENERIC
        and any(
            (t.kind == "data_word" or t.id == DATA_GENERIC)
            and scene.text[t.start : t.end] not in _LOOSE
            for t in scene.by_start.get(token.end, ())
        )
    )


def _without_bare_acts(scene: Scene, goods: list[Token]) -> list[Token]:
    """抓取 behind other goods says how they are got."""
    named = [g for g in goods if scene.text[g.start : g.end] not in _BARE_ACTS]
    return named if any(g.id != DATA_GENERIC for g in named) else goods


def _of_users(scene: Scene, token: Token) -> Iterator[Token]:
    """币安用户, Binance customers: people of a service are goods of its kind."""
    found = _people_of(scene, token)
    if found is None or scene.is_negated(token.start, token.end):
        return
    end, goods = found
    start = token.end + (scene.text[token.end] in " 的")
    if not any(
        t.kind in GOODS and t.id != DATA_GENERIC
        for at in range(start, end)
        for t in scene.by_start.get(at, ())
    ):
        yield Token(start, end, goods.split("/")[0], goods, True)


def _people_of(scene: Scene, token: Token) -> tuple[int, str] | None:
    family = "/".join(token.id.split("/")[1:3])
    first = family.split("/")[0]
    if dumped := _DUMPED.match(scene.text, token.end):
        return dumped.end(), _HACKED_DB
    if first in {"app", "bank"} and (account := _ACCOUNT.match(scene.text, token.end)):
        return account.end(), "service/mule_kits" if first == "bank" else "service/account_sale"
    goods = goods_of(token.id)
    if first == "operator" and not family.endswith(("/cn", "/generic")):
        goods = _FOREIGN
    people = goods and _PEOPLE.match(scene.text, token.end)
    if people and goods == _FOREIGN and _PLAIN_DATA.fullmatch(people[0]):
        return None
    return (people.end(), goods) if goods and people else None


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
    before = [t for gap in (0, 1) for t in scene.by_end.get(token.start - gap, ())]
    beside = (*after, *before)
    if any(t.kind in GOODS or t.id.startswith("org/operator/") for t in beside):
        return True
    if "一" <= scene.text[token.end : token.end + 1] <= "鿿":
        return False
    if any(t.kind in _ACTS for t in beside):
        return True
    if any(t.kind == "quality" for t in before):
        return True
    if in_price_row(scene, token):
        return True
    opens = token.start == 0 or _OPENS.match(scene.text, token.start - 1) is not None
    return opens and any(f.kind == "price" for f in scene.figures)


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
    if len(kept) < 2:
        return kept
    kept = _in_front_of_heads(scene, _behind_header(scene, _without_rivals(scene, kept)))
    exact = [g for g in kept if g.id != DATA_GENERIC]
    if exact:
        kept = exact
    by_name = [g for g in exact if not _is_of_users(scene, g)]
    if by_name and len(by_name) < len(exact):
        exact = kept = by_name
    kept = _without_attributes(scene, kept)
    if any(g.id == INSIDER_RECRUITMENT for g in kept):
        kept = [g for g in kept if not g.weak or g.id == INSIDER_RECRUITMENT]
    strong = [g for g in exact if not g.weak]
    if len(exact) > 1 or strong:
        kept = [g for g in kept if scene.text[g.start : g.end] not in _TRAFFIC_WORDS] or kept
    if any(g.id == _HACKED_DB and not g.weak for g in kept):
        kept = [g for g in kept if g.kind == "service" or not g.weak or g.id == _HACKED_DB]
    kept = _orders(scene, _without_topics(scene, _without_lookup(kept)))
    if any(g.id != ESCROW_SERVICE for g in kept):
        kept = [g for g in kept if g.id != ESCROW_SERVICE or not g.weak]
    return kept


def _behind_header(scene: Scene, goods: list[Token]) -> list[Token]:
    """[转自 面单交流群] names where a post came from, not what it sells."""
    header = _HEADER.match(scene.text)
    return [g for g in goods if g.start >= header.end()] or goods if header else goods


def _in_front_of_heads(scene: Scene, goods: list[Token]) -> list[Token]:
    """母婴面单, 卡车车主: goods that touch a head say what kind of it."""
    heads = {g.start for g in goods if _HEAD.fullmatch(scene.text, g.start, g.end)}
    return [g for g in goods if g.end not in heads] if heads else goods


def _without_attributes(scene: Scene, goods: list[Token]) -> list[Token]:
    """fullz with background report, 话务员打股民的: what goods come with or are used for."""
    if len({g.id for g in goods}) < 2:
        return goods
    channel = any(g.id in _CHANNELS and not g.weak for g in goods)
    named = any(g.kind == "product" and g.id not in {_FOREIGN, DATA_GENERIC} for g in goods)
    kept = [
        g for g in goods
        if not (channel and g.weak and g.kind == "product")
        and not (named and g.weak and g.id == _FOREIGN)
        and not _is_attribute(scene, g, goods)
    ]  # fmt: skip
    return kept or goods


def _is_attribute(scene: Scene, token: Token, goods: list[Token]) -> bool:
    before = scene.text[max(0, token.start - _AHEAD) : token.start]
    if token.kind == "product" and _PURPOSE.search(before):
        return True
    if _MEANS.search(before) and _technique(scene, token):
        return True
    return bool(_ATTRIBUTE.search(before)) and any(g.end <= token.start for g in goods)


def _without_lookup(goods: list[Token]) -> list[Token]:
    """代查征信: what is looked up is the goods."""
    exact = any(g.kind == "product" for g in goods)
    return [g for g in goods if not (exact and g.weak and g.id == "service/lookup")]


def _without_topics(scene: Scene, goods: list[Token]) -> list[Token]:
    """棋牌源码, casino traffic: a topic right in front of a service says what it is for."""
    starts = {g.start for g in goods if g.kind == "service"}
    kept = [
        g for g in goods
        if g.kind == "service" or not (
            g.end in starts
            or (g.end + 1 in starts and scene.text[g.start : g.end + 1].isascii()
                and scene.text[g.end] == " ")
        )
    ]  # fmt: skip
    return kept or goods


def _is_of_users(scene: Scene, token: Token) -> bool:
    return token.weak and any(
        t.kind == "source"
        for at in (token.start, token.start - 1)
        for t in scene.by_end.get(at, ())
        if _people_of(scene, t) == (token.end, token.id)
    )


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
    exact = {(g.start, g.end) for g in goods if g.id != DATA_GENERIC}
    for token in goods:
        if token.id != DATA_GENERIC or (token.start, token.end) not in exact:
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


def product_refs(scene: Scene, goods: list[Token], act: int = -1) -> tuple[ProductRef, ...]:
    """Goods as record entries, one an id: its clearest term, first the one behind the act."""
    best: dict[str, Token] = {goods[0].id: goods[0]} if len(goods) == 1 else {}
    line = scene.text.find("\n", act) if act >= 0 else -1
    behind = range(act, line if line >= 0 else len(scene.text)) if act >= 0 else range(0)
    if not best:
        for token in sorted(goods, key=lambda g: (g.weak, g.start not in behind, g.start)):
            best.setdefault(token.id, token)
    found = []
    for token in sorted(best.values()):
        quote, span = scene.written(token.start, _end(scene, token))
        found.append(ProductRef(token.id, quote, span))
    return tuple(found)


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
