"""Compiles the lexicon into numbered terms with typed parts, nested terms included."""

import re
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Final, Generic, TypeVar

from ingest.extract.tokens import DATA_GENERIC, Meaning, Part
from ingest.lexicon import Lexicon, Sense
from ingest.lexicon.frames import frame_words
from ingest.lexicon.tables import CLAUSE, Subject

_KINDS: Final = {
    "data_product": "product",
    "service": "service",
    "method": "method",
    "field": "field",
    "geo": "geo",
    "quality_claim": "quality",
    "escrow": "escrow",
    "role": "role",
    "noise_drug": "noise",
    "source_operator": "source",
    "source_app": "source",
    "source_bank": "source",
    "source_courier": "source",
    "source_gov": "source",
    "source_bigdata_firm": "source",
}
_STANCES: Final = {
    "stance/sell": "sell",
    "stance/buy": "buy",
    "stance/recruit": "recruit",
    "stance/swap": "swap",
    "stance/negation": "negation",
}
_WORDY: Final = re.compile(
    "料|数据|粉|库|记录|资料|信息|名单|抓取|截流|截客|拦截|劫持|面单|面d|报告|正反面|手持|"
    "征信|定位|轨迹|话单|后台|渗透|爬取|采集|强登|登录态|四大件|刷货|开房|电话|过脸|"
    "动态脸|订单|流水|全家户|理赔|地址|资产|房产"
)
"""A product term that holds one of these names data; one that does not names people or a topic."""
_DATA_ZH: Final = ("料", "数据", "粉", "名单", "库")
_USERS_ZH: Final = ("用户", "客户", "会员", "买家", "玩家", "订单", "实名", "注册", "入金", "好友")
_LOOSE_ZH: Final = ("资料", "信息", "线索", "号码", "电话", "名录")
_MIDDLE_ZH: Final = ("", "用户", "客户", "会员", "人群", "买家", "注册", "实时", "精准")
_DATA_EN: Final = ("data", "database", "databases", "db", "leads", "records", "user data", "dump")
_LOOSE_EN: Final = (
    "list",
    "lists",
    "users",
    "info",
    "information",
    "customers",
    "contacts",
    "lead",
    "prospects",
    "base",
)
_PEOPLE_EN: Final = ("leads", "data", "database", "db", "records", "residents", "consumers",
                     "citizens", "consumer leads", "consumer data", "phone leads")  # fmt: skip
_CODE_WORDS: Final = frame_words("code_words")
_FOREIGN: Final = "product/citizen_db_foreign"
_HEADS: Final = {"出": "sell", "供": "sell", "卖": "sell", "收": "buy", "求": "buy", "买": "buy",
                 "接": "buy", "吃": "buy"}  # fmt: skip
_TAILS: Final = {"料": DATA_GENERIC, "数据": DATA_GENERIC, "菜": DATA_GENERIC, "购料": DATA_GENERIC}
_ONE_CHARACTER: Final = frozenset({"料", "粉"})
"""The only terms of one character that are scanned for; others are read by the stance grammar."""
_CLASSES: Final = frozenset(
    [
        "sell",
        "buy",
        "recruit",
        "swap",
        "negation",
        "official",
        "accuse",
        "own",
        "change",
        "dear",
        "past",
        "quoted",
        "rival",
        "insider_word",
        "first_person",
        "data_word",
        "people_word",
        "trade",
        "web",
    ]
)
_INNER: Final = frozenset({"source", "geo", "method"})
"""Kinds that are told apart inside a longer term."""
_INNER_CATEGORIES: Final = [category for category, kind in _KINDS.items() if kind in _INNER]
_LONGEST_INNER: Final = 8
_Value = TypeVar("_Value")
Meanings = dict[str, tuple[Meaning, ...]]
Inner = dict[str, list[tuple[str, tuple[Meaning, ...]]]]
"""First two characters (or the one there is) -> terms told apart in a longer one, longest first."""


class ByNumber(dict[int, _Value], Generic[_Value]):
    """What is said of a term by its number, found out when first asked for: a text has few."""

    def __init__(self, find: Callable[[int], _Value]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, number: int) -> _Value:
        found = self[number] = self._find(number)
        return found


class Vocabulary:
    """Normal terms by number; one that means nothing only keeps shorter ones from matching."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._jargon = frozenset(lexicon.context.get("jargon", ()))
        self._said = self._in_context()
        self._composed = _composed_terms(lexicon)
        stated = (term for term in lexicon.terms if len(term) > 1 or self._is_stated(term))
        numbered = dict.fromkeys((*stated, *self._said, *self._composed))
        self.terms = [term for term in numbered if len(term) > 1 or term in _ONE_CHARACTER]
        self.meant = ByNumber(lambda number: bool(self._own(self.terms[number])))
        self.parts = ByNumber(self._parts)

    def means(self, term: str) -> bool:
        """Whether a term that is scanned for means anything."""
        return (len(term) > 1 or term in _ONE_CHARACTER) and bool(self._own(term))

    def _own(self, term: str) -> tuple[Meaning, ...]:
        """What a term means by itself; for most terms this is never asked."""
        said = self._said.get(term)
        if said is None:
            said = self._stated(term)
        return self._composed.get(term, ()) if said is None else said

    def _is_stated(self, term: str) -> bool:
        if len(term) > 1 or term in _ONE_CHARACTER:
            return True
        return self._lexicon.terms[term][0].category == "geo"

    def _stated(self, term: str) -> tuple[Meaning, ...] | None:
        """What the rows of the lexicon say of a term; None where it has none."""
        senses = self._lexicon.terms.get(term)
        if senses is None or not self._is_stated(term):
            return None
        return tuple(_of_senses(term, senses, term in self._lexicon.camouflage, self._jargon))

    def _in_context(self) -> Meanings:
        """Terms of the classes of context, with all that they mean."""
        table: Meanings = {}
        for group in sorted(_CLASSES):
            for term in self._lexicon.context.get(group, ()):
                known = table[term] if term in table else self._stated(term) or ()
                goods = any(m.kind in {"product", "method"} for m in known)
                keeps = goods and group in {"data_word", "people_word"}
                table[term] = known if keeps else (*known, Meaning(group, group))
        for term in self._lexicon.context.get("mask", ()):
            if term not in table:
                table[term] = self._stated(term) or ()
        return table

    @cached_property
    def _inner(self) -> Inner:
        inner: Inner = {}
        for term, _ in self._lexicon.terms_of(*_INNER_CATEGORIES):
            found = self._own(term) if len(term) <= _LONGEST_INNER else ()
            if any(m.kind in _INNER for m in found):
                inner.setdefault(term[:2], []).append((term, found))
        for listed in inner.values():
            listed.sort(key=lambda item: -len(item[0]))
        return inner

    def _parts(self, number: int) -> tuple[Part, ...]:
        term = self.terms[number]
        return _parts(term, self._own(term), self._inner)


def _composed_terms(lexicon: Lexicon) -> Meanings:
    foreign = (Meaning("product", _FOREIGN),)
    table: Meanings = dict.fromkeys(_of_places(lexicon), foreign)
    for subject in lexicon.subjects:
        if subject.lang == CLAUSE:
            continue
        clear = (Meaning("product", subject.product),)
        weak = (Meaning("product", subject.product, True),)
        for term, is_weak in _composed(subject):
            table.setdefault(term, weak if is_weak else clear)
    return table


def _of_senses(
    term: str, senses: tuple[Sense, ...], disguised: bool, jargon: frozenset[str]
) -> Iterator[Meaning]:
    for sense in senses:
        kind = _STANCES.get(sense.canonical) or _KINDS.get(sense.category)
        if kind is None:
            kind = "trade" if sense.category in {"payment", "contact", "unit"} else None
        if kind is None or (kind == "trade" and len(term) < 2):
            continue
        weak = term not in jargon and (sense.ambiguous or disguised or _bare(term, sense))
        yield Meaning(kind, sense.canonical, weak)


def _bare(term: str, sense: Sense) -> bool:
    if sense.category != "data_product" or sense.lang == "en":
        return False
    return not _WORDY.search(term)


def _of_places(lexicon: Lexicon) -> Iterator[str]:
    """US leads, Canada data: people of a foreign country, whatever they are wanted for."""
    for place, senses in lexicon.terms_of("geo"):
        first = senses[0]
        foreign = first.category == "geo" and first.canonical not in {"geo/cn", "geo/sea"}
        if foreign and first.lang == "en" and place not in _CODE_WORDS:
            yield from (f"{place} {word}" for word in _PEOPLE_EN)


def _composed(subject: Subject) -> Iterator[tuple[str, bool]]:
    if subject.lang == "en":
        for stem in subject.stems:
            for word in _DATA_EN:
                yield f"{stem} {word}", False
            for word in _LOOSE_EN:
                yield f"{stem} {word}", True
        return
    for stem in subject.stems:
        for middle in _MIDDLE_ZH:
            for word in _DATA_ZH:
                yield stem + middle + word, False
            for word in _LOOSE_ZH:
                yield stem + middle + word, True


def _parts(term: str, own: tuple[Meaning, ...], inner: Inner) -> tuple[Part, ...]:
    parts = [Part(0, len(term), meaning) for meaning in own]
    kinds = {meaning.kind for meaning in own}
    if kinds & {"role", "buy"}:
        parts.extend(_stance_and_goods(term, all(m.weak for m in own)))
    if kinds & {"product", "service", "method", "quality", "source", "role"}:
        parts.extend(_nested(term, kinds, inner))
    if "method" in kinds and any(p.meaning.kind == "source" and p.start == 0 for p in parts):
        parts = [_act_of_method(term, part, parts) for part in parts]
    return tuple(parts)


def _act_of_method(term: str, part: Part, parts: list[Part]) -> Part:
    # 三网抓取 names the source and then the act: the act alone is the method's quote.
    if part.meaning.kind != "method" or part.start or not term.endswith("抓取"):
        return part
    after = max(p.end for p in parts if p.meaning.kind == "source" and p.start == 0)
    return Part(after, part.end, part.meaning)


def _stance_and_goods(term: str, weak: bool) -> Iterator[Part]:
    stance, goods = _HEADS.get(term[0]), _TAILS.get(term[1:])
    if stance is None:
        return
    if goods is not None:
        yield Part(0, 1, Meaning(stance, stance))
        yield Part(
            len(term) - len(term[1:].removeprefix("购")), len(term), Meaning("product", goods, weak)
        )
    elif term[1:] == "号":
        yield Part(0, 1, Meaning(stance, stance))
        yield Part(1, 2, Meaning("service", "service/account_sale", weak))


def _nested(term: str, kinds: set[str], inner: Inner) -> Iterator[Part]:
    size = len(term)
    for start, first in enumerate(term):
        for word, meanings in (*inner.get(term[start : start + 2], ()), *inner.get(first, ())):
            if len(word) == size or not term.startswith(word, start):
                continue
            end = start + len(word)
            found = [m for m in meanings if _shows_inside(m, kinds, term[end:])]
            if found and _bounded(term, start, end):
                yield from (Part(start, end, meaning._replace(weak=False)) for meaning in found)
                break
    if "quality" in kinds:
        for word in ("料", "数据"):
            if term.endswith(word) and size > len(word):
                yield Part(size - len(word), size, Meaning("product", DATA_GENERIC, True))


def _shows_inside(meaning: Meaning, kinds: set[str], rest: str) -> bool:
    if meaning.kind == "source" and "source" not in kinds:
        if meaning.id == "org/courier/generic":
            return False
        return not meaning.weak or rest.startswith((*_DATA_ZH, *_USERS_ZH))
    if meaning.kind == "geo":
        return "method" not in kinds and (not meaning.weak or rest == "料" or rest.startswith(" "))
    if meaning.kind == "method":
        return bool(kinds & {"product", "role"}) and meaning.id in {
            "method/operator_dpi", "method/operator_dmp", "method/sdk", "method/crawler",
            "method/intrusion", "method/infostealer", "method/sms_interception",
        } and rest != "" and not rest.startswith(("标签",))  # fmt: skip
    return False


def _bounded(term: str, start: int, end: int) -> bool:
    before = start and term[start - 1].isascii() and term[start - 1].isalpha()
    after = end < len(term) and term[end].isascii() and term[end].isalpha()
    return not (before and term[start].isascii()) and not (after and term[end - 1].isascii())
