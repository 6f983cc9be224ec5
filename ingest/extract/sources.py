"""Whose data it is said to be: named organisations, vague ones, and what they are to the data."""

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from ingest.extract.passing import in_passing
from ingest.extract.products import touches_data
from ingest.extract.scene import Scene
from ingest.extract.spans import Span
from ingest.extract.tokens import INSIDER_RECRUITMENT, Token
from ingest.lexicon.frames import frame, frame_words
from ingest.lexicon.wordings import wording
from ingest.records import MethodRef, SourceClaim, SourceKind

_ALL_THREE: Final = "org/operator/cn/all_three"
_EXPANDED: Final = tuple(
    f"org/operator/cn/{name}" for name in ("china_mobile", "china_unicom", "china_telecom")
)
_COUNTED: Final = frame("counted_sources")
_COUNTED_INSIDE: Final = frame("count_word")
_NUMBERS: Final = {
    "两": 2,
    "二": 2,
    "2": 2,
    "two": 2,
    "三": 3,
    "3": 3,
    "three": 3,
    "四": 4,
    "4": 4,
    "four": 4,
}
_INSIDER: Final = frame("insider_behind")
_INSIDER_BEFORE: Final = frame("insider_before")
_PAYMENT: Final = frame("payment_behind")
_PAY_BEFORE: Final = frame("payment_before")
_HACKED: Final = frame("hacked_behind")
_HACKED_BEFORE: Final = frame("hacked_before")
_TAKEN_OFF: Final = frame("taken_off")
_VISITED: Final = ("org/gov/health", "org/gov/education")
"""Public places that people use as they use a service."""
_KITS: Final = frozenset({"service/mule_kits", "product/card_data", "service/phishing"})
_ABOUT_PEOPLE: Final = frozenset(
    [
        "service/lookup",
        "service/mule_kits",
        INSIDER_RECRUITMENT,
        "service/account_sale",
        "service/phishing",
        "service/number_scan",
    ]
)
"""Services that deal in somebody's data; others name operators as lines, not as sources."""
_MEANS: Final = ("org/app/im/", "org/app/payment/")
"""What one writes on and pays through, more often than it is a source."""
_LIST_JOIN: Final = frame("list_join")
_CONTEXT: Final = frame("source_context")
_VAGUE: Final = wording("vague_source")
_VAGUE_SIGN: Final = wording("vague_sign")
_BARE_ACTS: Final = frame_words("bare_acts")
_DENIED: Final = frame("payment_denied")
_CLOSES: Final = frame("network_closes")
_PANEL: Final = "后台"
"""What is exported from a panel need not be by those who work there."""
_BY_INSIDERS: Final = frozenset({"insider_export", "insider_query"})
_BROKEN_INTO: Final = frozenset(
    {"product/hacked_db", "service/exploit_intrusion", "service/compromised_hosts"}
)
"""Goods that come out of systems: whose they are was broken into."""
_OFF_USERS: Final = frame("taken_off_users")
_CAPITAL_AFTER: Final = frame("names_after")
_OPENS_CLAUSE: Final = frozenset("\n,、:;(【[|/ ·")
_FOLLOWS: Final = frozenset({"product", "service", "method"})
_ENDS: Final = frozenset("\n,.;!?。、)")
_KEYCAP: Final = "\u20e3"
_KIN: Final = frozenset({"courier", "bank"})
"""Kinds of organisations that are named beside each other under short names."""


def _is_numbered(scene: Scene, token: Token) -> bool:
    """3⃣网贷: the number of a row in a list and no name of three operators."""
    return _KEYCAP in scene.written(token.start, token.end)[0]


def read_sources(
    scene: Scene, tokens: list[Token], products: list[Token], ranges: Sequence[Span] = ()
) -> tuple[SourceClaim, ...]:
    """Source entries by place, each organisation once; vague ones are looked for in `ranges`."""
    found: list[SourceClaim] = []
    seen: set[object] = set()
    if products and all(p.kind == "service" and p.id not in _ABOUT_PEOPLE for p in products):
        return ()
    sought = any(p.id == INSIDER_RECRUITMENT for p in products)
    sources = [t for t in tokens if t.kind == "source" and not _is_numbered(scene, t)]
    named = list(_accepted(scene, sources, sought=sought))
    accepted = _with_vague(scene, named, ranges)
    if not accepted:
        return ()
    operator = any(t.id.startswith("org/operator/") for t in accepted)
    # A crawl that names one platform takes the data off there; several are whose users they are.
    crawled = len(accepted) == 1 and any(
        t.id == "method/crawler" and scene.text[t.start : t.end] not in _BARE_ACTS for t in tokens
    )
    kinds = _listed(
        [_kind(scene, t, products, operator, crawled) for t in accepted], accepted, scene.text
    )
    for token, kind in zip(accepted, kinds, strict=True):
        for claim in _claims(scene, token, kind):
            key = claim.id or claim.quote
            if key not in seen:
                seen.add(key)
                found.append(claim)
    return tuple(found)


def told_by_methods(
    sources: tuple[SourceClaim, ...], methods: tuple[MethodRef, ...]
) -> tuple[SourceClaim, ...]:
    """Sources whose kind the methods tell: an insider works there, an intruder broke in there."""
    codes = {method.id for method in methods}
    kind: SourceKind | None = None
    inside = any(m.id in _BY_INSIDERS and not m.quote.startswith(_PANEL) for m in methods)
    if inside and len(sources) == 1:
        kind = "employer_of_insider"
    elif "intrusion" in codes:
        kind = "breached_system"
    if kind is None:
        return sources
    return tuple(
        source
        if source.kind == "brand_of_kit" or (source.expanded and kind == "breached_system")
        else msgspec.structs.replace(source, kind=kind)
        for source in sources
    )


def _with_vague(scene: Scene, named: list[Token], ranges: Sequence[Span]) -> list[Token]:
    """Sources that are told without a name: a state-owned bank, 某头部电商."""
    if not _VAGUE_SIGN.search(scene.text):
        return named
    found: list[Token] = []
    for start, end in ranges:
        for match in _VAGUE.finditer(scene.text, start, end):
            family = next(name for name, words in match.groupdict().items() if words)
            name = f"org/{family.partition('_')[0]}/generic"
            found.append(Token(*match.span(), "source", name, False))
    kept = [
        v for v in found
        if not scene.is_denied(v.start, v.end)
        and not any(
            t.start < v.end and v.start < t.end and not t.id.endswith("/generic") for t in named
        )
    ]  # fmt: skip
    rest = [t for t in named if not any(t.start < v.end and v.start < t.end for v in kept)]
    return sorted(rest + kept)


def _listed(kinds: list[SourceKind], tokens: list[Token], text: str) -> list[SourceKind]:
    """Organisations named in one breath share the inside that is sought: 移动联通员工."""
    for before, after in [*zip(range(len(kinds)), range(1, len(kinds)), strict=False)][::-1]:
        joined = _LIST_JOIN.fullmatch(text, tokens[before].end, tokens[after].start)
        if joined and "employer_of_insider" in (kinds[before], kinds[after]):
            kinds[before] = kinds[after] = "employer_of_insider"
    for after in range(1, len(kinds)):
        joined = _LIST_JOIN.fullmatch(text, tokens[after - 1].end, tokens[after].start)
        if joined and kinds[after - 1] == "employer_of_insider":
            kinds[after] = "employer_of_insider"
    return kinds


def _accepted(scene: Scene, tokens: list[Token], *, sought: bool) -> Iterator[Token]:
    """Names that are sources; where insiders are `sought`, whom they work for is no aside."""
    sure: list[Token] = []
    for number, token in enumerate(tokens):
        if scene.is_negated(token.start, token.end) or _pays(scene, tokens[number:]):
            continue
        if not sought and in_passing(scene, token):
            continue
        if token.id == "org/courier/generic" and not _INSIDER.match(scene.text, token.end):
            continue
        beside = tokens[max(0, number - 1) : number] + tokens[number + 1 : number + 2]
        doubtful = token.weak or token.id.startswith(_MEANS)
        if not doubtful or _second_cue(scene, token, beside) or _leads_on(scene, tokens[number:]):
            sure.append(token)
    yield from sure


def _pays(scene: Scene, tokens: list[Token]) -> bool:
    """Whether the first of some names is what one pays with; the others stand behind it."""
    token = tokens[0]
    if not token.id.startswith(("org/app/payment", "org/app/im", "org/bank")):
        return False
    if _PAYMENT.match(scene.text, token.end):
        return True
    if _DENIED.search(scene.text[max(0, token.start - 8) : token.start]):
        return True
    before = _PAY_BEFORE.search(scene.text[max(0, token.start - 14) : token.start])
    about = _CONTEXT.match(scene.text, token.end) or _goods_follow(scene, token.end)
    return bool(before) and not about and not _leads_on(scene, tokens)


def _second_cue(scene: Scene, token: Token, beside: list[Token]) -> bool:
    """An ambiguous name counts in front of a data word, or in a list with a sure one."""
    word = scene.text[token.start : token.end]
    quote, _ = scene.written(token.start, token.end)
    initials = word.isascii() and word.isalpha() and len(word) <= 2 and quote.islower()
    if initials and not _names_users(scene.text, token.end):
        return False
    if (
        _CONTEXT.match(scene.text, token.end)
        or _INSIDER.match(scene.text, token.end)
        or touches_data(scene, token)
    ):
        return True
    if _goods_follow(scene, token.end) or _behind_goods(scene, token) or _is_of_it(scene, token):
        return True
    if _INSIDER_BEFORE.search(scene.text[max(0, token.start - 40) : token.start]):
        return True
    if len(quote) > 2 and quote[:1].isupper() and _named_after(scene, token.start):
        return True
    return any(_in_one_list(scene.text, token, other) for other in beside) or (
        quote[:1].isupper() and _among_kin(scene, token)
    )


def _names_users(text: str, end: int) -> bool:
    """tb用户, dy买家: initials in small letters right in front of Chinese words for users."""
    return "一" <= text[end : end + 1] <= "鿿" and _CONTEXT.match(text, end) is not None


def _leads_on(scene: Scene, tokens: list[Token]) -> bool:
    """Coinbase, PayPal and Chase sessions: a list that a word for data ends is one of sources."""
    end = tokens[0].end
    for token in tokens[1:]:
        if not _LIST_JOIN.fullmatch(scene.text, end, max(end, token.start)):
            break
        end = token.end
    listed = end > tokens[0].end
    return listed and bool(_CONTEXT.match(scene.text, end) or _goods_follow(scene, end))


def _named_after(scene: Scene, start: int) -> bool:
    """leads from Chase, someone inside Sprint: a capital behind words that a name follows."""
    return _CAPITAL_AFTER.search(scene.text[max(0, start - 14) : start]) is not None


def _goods_follow(scene: Scene, end: int) -> bool:
    """移动的股民料, LINE followers: goods right behind, over a space or 的."""
    start = end + (scene.text[end : end + 1] in {" ", "的"})
    return any(g.kind in _FOLLOWS for g in scene.by_start.get(start, ()))


def _behind_goods(scene: Scene, token: Token) -> bool:
    """WD 电信 0.9, 韩国料(KT): a network right behind its goods, at the end of what is said."""
    if not token.id.startswith("org/operator/") or not _CLOSES.match(scene.text, token.end):
        return False
    apart = token.start and scene.text[token.start - 1] in _OPENS_CLAUSE
    if apart and scene.kinds & {"product"} and not scene.latin:
        return True
    return any(
        g.kind in {"product", "data_word"}
        for at in (token.start, token.start - 1)
        for g in scene.by_end.get(at, ())
    )


def _is_of_it(scene: Scene, token: Token) -> bool:
    """聊天记录,微信的: a passage of its own that says whose."""
    first = scene.text[max(0, token.start - 1) : token.start]
    last = scene.text[token.end : token.end + 2]
    return (first == "" or first in _OPENS_CLAUSE) and last[:1] == "的" and last[1:] in {"", *_ENDS}


def _among_kin(scene: Scene, token: Token) -> bool:
    """EMS where 德邦 and 韵达 are named too."""
    family = token.id.split("/")[1]
    return family in _KIN and any(
        t.kind == "source" and not t.weak and t.id != token.id and t.id.split("/")[1] == family
        for t in scene.tokens
    )


def _in_one_list(text: str, token: Token, other: Token) -> bool:
    if token.id.split("/")[1] != other.id.split("/")[1]:
        return False
    first, last = sorted((token, other))
    return bool(_LIST_JOIN.fullmatch(text, first.end, last.start))


def _kind(
    scene: Scene, token: Token, products: list[Token], operator: bool, crawled: bool
) -> SourceKind:
    text, family = scene.text, token.id.split("/")[1]
    before = text[max(0, token.start - 40) : token.start]
    if (
        _INSIDER.match(text, token.end)
        or _INSIDER_BEFORE.search(before)
        or text[token.start : token.end].endswith("内部")
        or any(p.id == INSIDER_RECRUITMENT for p in products)
    ):
        return "employer_of_insider"
    if family == "bank" and any(p.id in _KITS for p in products):
        return "brand_of_kit"
    hacked = _HACKED_BEFORE.search(before) or _HACKED.match(text, token.end)
    if family in {"app", "bank", "courier", "gov", "bigdata", "firm"} and hacked:
        return "breached_system"
    if family in {"app", "bank", "gov", "firm"} and _out_of_systems(scene, products):
        return "breached_system"
    if token.id.startswith(_VISITED):
        return "data_subject_service"
    if family == "operator" and token.id.endswith("/generic") and _flies(products):
        return "data_subject_service"
    if family in {"operator", "gov", "bigdata"}:
        return "extraction_point"
    if not operator and (_TAKEN_OFF.match(text, token.end) or (crawled and family == "app")):
        return "extraction_point"
    return "data_subject_service" if family in {"app", "bank", "courier"} else "unknown"


def _out_of_systems(scene: Scene, products: list[Token]) -> bool:
    """Whether all goods are databases or access got by breaking in; logs are taken off users."""
    return bool(products) and all(
        p.id in _BROKEN_INTO and not _OFF_USERS.search(scene.text, p.start, p.end) for p in products
    )


def _flies(products: list[Token]) -> bool:
    """A carrier that passengers are on is an airline."""
    return bool(products) and all(p.id == "product/travel" for p in products)


def _claims(scene: Scene, token: Token, kind: SourceKind) -> Iterator[SourceClaim]:
    names = scene.rules.lexicon.names
    quote, span = scene.written(token.start, token.end)
    if token.id == _ALL_THREE:
        for name in _EXPANDED:
            yield SourceClaim(name, names[name], kind, quote, span, True, 1)
    elif token.id.endswith("/generic"):
        start, number = _counted(scene, token)
        quote, span = scene.written(start, token.end)
        yield SourceClaim(None, None, kind, quote, span, False, number)
    else:
        yield SourceClaim(token.id, names.get(token.id), kind, quote, span, False, 1)


def _counted(scene: Scene, token: Token) -> tuple[int, int | None]:
    """Where the words of a vague source begin, and how many it speaks of."""
    inside = _COUNTED_INSIDE.match(scene.text, token.start, token.end)
    if inside:
        return token.start, _NUMBERS[inside["n"]]
    first = max(0, token.start - 24)
    before = _COUNTED.search(scene.text[first : token.start])
    return (first + before.start(), _NUMBERS[before["n"]]) if before else (token.start, None)
