"""Which goods a word names by what is traded beside it, and words that only describe goods."""

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from ingest.extract.scene import Scene
from ingest.extract.tokens import Token
from ingest.lexicon.frames import frame
from ingest.records import Listing

_LOOKUP: Final = "product/lookup_"
_TRAVEL: Final = "product/travel"
_MOVEMENT: Final = "product/lookup_movement"
_MISC: Final = "product/lookup_misc"
_RECORDS: Final = frozenset({"record", "thousand", "ten_thousand"})
_OF_LOTS: Final = {"社保": "product/gov_data", "学历": "product/education"}
"""What is looked up of one person, and sold of many as something else."""
_BESIDE: Final = {
    ("service/pig_butchering", "service/site_build"): frame("built_sites"),
    ("product/kyc_bundle", "service/fake_docs"): frame("made_papers"),
}
"""What a word means, and what it means instead beside goods of that id."""
_UNSETTLED: Final = frozenset({_TRAVEL, _MISC, *(stated for stated, _ in _BESIDE)})
_BEHIND: Final = frame("attribute_behind")
_FIELDS: Final = frame("fields_behind")
_FEATURE: Final = frame("tool_features")
_FEATURES_BEHIND: Final = frame("features_behind")
_TOOLS: Final = frozenset({"service/rat", "service/sms_forwarder"})
_AHEAD: Final = 12
_OF_FIELDS: Final = frozenset({"service/account_sale", "service/mule_kits", _MISC})


def without_details(scene: Scene, goods: Sequence[Token]) -> list[Token]:
    """The goods without words that only describe others."""
    if len(goods) < 2:
        return list(goods)
    return [g for g in goods if not _describes(scene, g, goods)] or list(goods)


def settled(scene: Scene, goods: Sequence[Token], found: list[Listing]) -> list[Listing]:
    """Listings whose goods have the ids that they have beside each other."""
    ids = {p.id for each in found for p in each.products}
    if ids.isdisjoint(_UNSETTLED):
        return found
    words = {scene.written(g.start, g.end)[1][0]: scene.text[g.start : g.end] for g in goods}
    return [_renamed(each, ids, words) for each in found]


def _renamed(listing: Listing, ids: set[str], words: Mapping[int, str]) -> Listing:
    products = tuple(
        msgspec.structs.replace(
            product, id=_meant(product.id, words.get(product.span[0], product.quote), listing, ids)
        )
        for product in listing.products
    )
    return msgspec.structs.replace(listing, products=products)


def _meant(known: str, word: str, listing: Listing, ids: set[str]) -> str:
    if known == _TRAVEL and _is_query(listing) and any(i.startswith(_LOOKUP) for i in ids):
        return _MOVEMENT
    if known == _MISC and _sold_in_lots(listing):
        return _OF_LOTS.get(word, known)
    for (stated, other), words in _BESIDE.items():
        if known == stated and other in ids and words.fullmatch(word):
            return other
    return known


def _is_query(listing: Listing) -> bool:
    """Whether each price is for one answer: 高铁 260/次 beside 开房 380/次."""
    pers = {price.per for price in listing.prices}
    return bool(pers) and pers <= {None, "query"}


def _sold_in_lots(listing: Listing) -> bool:
    lots = any(quantity.unit == "record" for quantity in listing.quantities)
    return lots or any(price.per in _RECORDS for price in listing.prices)


def _describes(scene: Scene, token: Token, goods: Sequence[Token]) -> bool:
    """流水大的一类卡, 宝妈学生各半, 手机号微信号都有, 远控带键盘记录."""
    if _is_feature(scene, token, goods):
        return True
    if not token.weak or all(g.start == token.start for g in goods):
        return False
    if _BEHIND.match(scene.text, _end_of_run(token, goods)):
        return True
    return (
        token.id in _OF_FIELDS
        and goods[0].start < token.start
        and _FIELDS.match(scene.text, token.end) is not None
    )


def _end_of_run(token: Token, goods: Sequence[Token]) -> int:
    """Where goods end that stand behind each other without a sign: 老人学生各半."""
    ends = {g.start: g.end for g in goods if g.start > token.start}
    end = token.end
    while end in ends:
        end = ends[end]
    return end


def _is_feature(scene: Scene, token: Token, goods: Sequence[Token]) -> bool:
    """Whether a word only says what a tool in front of it can do."""
    before = [g for g in goods if g.end <= token.start]
    if not any(g.id in _TOOLS for g in before) or not _FEATURE.fullmatch(
        scene.text, token.start, token.end
    ):
        return False
    if any(g.end == token.start for g in before):
        return True
    first = max(0, token.start - _AHEAD)
    return _FEATURES_BEHIND.search(scene.text, first, token.start) is not None
