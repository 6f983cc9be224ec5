"""Whose data it is said to be: named organisations, vague ones, and what they are to the data."""

from collections.abc import Iterator
from typing import Final

from ingest.extract.products import touches_data
from ingest.extract.scene import Scene
from ingest.extract.tokens import INSIDER_RECRUITMENT, Token
from ingest.lexicon.frames import frame
from ingest.records import SourceClaim, SourceKind

_ALL_THREE: Final = "org/operator/cn/all_three"
_EXPANDED: Final = tuple(
    f"org/operator/cn/{name}" for name in ("china_mobile", "china_unicom", "china_telecom")
)
_COUNTED: Final = frame("counted_sources")
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
_ABOUT_PEOPLE: Final = frozenset(
    {"service/lookup", "service/mule_kits", INSIDER_RECRUITMENT, "service/account_sale"}
)
"""Services that deal in somebody's data; others name operators as lines, not as sources."""
_LIST_JOIN: Final = frame("list_join")
_CONTEXT: Final = frame("source_context")


def read_sources(
    scene: Scene, tokens: list[Token], products: list[Token]
) -> tuple[SourceClaim, ...]:
    """Source entries by place, each organisation once."""
    found: list[SourceClaim] = []
    seen: set[object] = set()
    if products and all(p.kind == "service" and p.id not in _ABOUT_PEOPLE for p in products):
        return ()
    accepted = list(_accepted(scene, [t for t in tokens if t.kind == "source"]))
    operator = any(t.id.startswith("org/operator/") for t in accepted)
    kinds = _listed([_kind(scene, t, products, operator) for t in accepted], accepted, scene.text)
    for token, kind in zip(accepted, kinds, strict=True):
        for claim in _claims(scene, token, kind):
            key = claim.id or claim.quote
            if key not in seen:
                seen.add(key)
                found.append(claim)
    return tuple(found)


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


def _accepted(scene: Scene, tokens: list[Token]) -> Iterator[Token]:
    sure: list[Token] = []
    for number, token in enumerate(tokens):
        if scene.is_negated(token.start, token.end) or _pays(scene, token):
            continue
        if token.id == "org/courier/generic" and not _INSIDER.match(scene.text, token.end):
            continue
        beside = tokens[max(0, number - 1) : number] + tokens[number + 1 : number + 2]
        if not token.weak or _second_cue(scene, token, beside):
            sure.append(token)
    yield from sure


def _pays(scene: Scene, token: Token) -> bool:
    if not token.id.startswith(("org/app/payment", "org/app/im", "org/bank")):
        return False
    if _PAYMENT.match(scene.text, token.end):
        return True
    before = _PAY_BEFORE.search(scene.text[max(0, token.start - 14) : token.start])
    return bool(before) and not _CONTEXT.match(scene.text, token.end)


def _second_cue(scene: Scene, token: Token, beside: list[Token]) -> bool:
    """An ambiguous name counts in front of a data word, or in a list with a sure one."""
    word = scene.text[token.start : token.end]
    quote, _ = scene.written(token.start, token.end)
    if word.isascii() and word.isalpha() and len(word) <= 2 and quote.islower():
        return False
    if (
        _CONTEXT.match(scene.text, token.end)
        or _INSIDER.match(scene.text, token.end)
        or touches_data(scene, token)
    ):
        return True
    if any(g.kind == "product" for g in scene.by_start.get(token.end, ())):
        return True
    return any(_in_one_list(scene.text, token, other) for other in beside)


def _in_one_list(text: str, token: Token, other: Token) -> bool:
    if token.id.split("/")[1] != other.id.split("/")[1]:
        return False
    first, last = sorted((token, other))
    return bool(_LIST_JOIN.fullmatch(text, first.end, last.start))


def _kind(scene: Scene, token: Token, products: list[Token], operator: bool) -> SourceKind:
    text, family = scene.text, token.id.split("/")[1]
    before = text[max(0, token.start - 40) : token.start]
    if (
        _INSIDER.match(text, token.end)
        or _INSIDER_BEFORE.search(before)
        or text[token.start : token.end].endswith("内部")
    ):
        return "employer_of_insider"
    if family == "bank" and any(p.id == "service/mule_kits" for p in products):
        return "brand_of_kit"
    hacked = _HACKED_BEFORE.search(before) or _HACKED.match(text, token.end)
    if family in {"app", "bank", "courier", "gov", "bigdata"} and hacked:
        return "breached_system"
    if family in {"operator", "gov", "bigdata"}:
        return "extraction_point"
    if not operator and _TAKEN_OFF.match(text, token.end):
        return "extraction_point"
    return "data_subject_service" if family in {"app", "bank", "courier"} else "unknown"


def _claims(scene: Scene, token: Token, kind: SourceKind) -> Iterator[SourceClaim]:
    names = scene.rules.lexicon.names
    quote, span = scene.written(token.start, token.end)
    if token.id == _ALL_THREE:
        for name in _EXPANDED:
            yield SourceClaim(name, names[name], kind, quote, span, True, 1)
    elif token.id.endswith("/generic"):
        counted = _COUNTED.search(scene.text[max(0, token.start - 24) : token.start])
        if counted:
            before = len(scene.text[max(0, token.start - 24) : token.start]) - counted.start()
            quote, span = scene.written(token.start - before, token.end)
        number = _NUMBERS[counted["n"]] if counted else None
        yield SourceClaim(None, None, kind, quote, span, False, number)
    else:
        yield SourceClaim(token.id, names.get(token.id), kind, quote, span, False, 1)
