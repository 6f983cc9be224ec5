"""How the data is said to be got, only where said."""

from typing import Final

from ingest.extract.scene import Scene
from ingest.extract.stances import leftover
from ingest.extract.tokens import DATA_GENERIC, INSIDER_RECRUITMENT, Token
from ingest.lexicon.frames import frame
from ingest.lexicon.wordings import wording
from ingest.records import MethodRef

_WEB: Final = frame("web_before")
_WEB_AFTER: Final = frame("web_after")
_GRABBED: Final = "抓取"
_NOT: Final = frame("claim_denied")
_UNWANTED: Final = frame("unwanted_behind")
_LOOKUP: Final = frame("lookup_method")
_NEEDS_DATA: Final = frozenset(
    [
        "method/intrusion",
        "method/purchase_resale",
        "method/physical",
        "method/infostealer",
        "method/phishing",
        "method/credential_stuffing",
        "method/verification_call",
        "method/sms_interception",
    ]
)
_BY_FORCE: Final = frozenset({"service/exploit_intrusion", "service/compromised_hosts"})
"""Services whose goods are themselves got by intrusion."""
_SHOWN_BY_GOODS: Final = frozenset(
    f"method/{code}" for code in ("intrusion", "operator_dpi", "operator_dmp", "sdk", "crawler")
)
"""Methods that stay where the goods are named after them: a DPI料 is goods, and got by DPI."""
_SHOWN_BY_DATA: Final = _SHOWN_BY_GOODS | {"method/infostealer", "method/sms_interception"}
_NEVER_ALONE: Final = frozenset({"method/repack"})
_INSIDE: Final = {code: wording(code) for code in ("insider_export", "insider_query")}
_EXPORTS: Final = frame("export_act")
_CHANNELS: Final = frozenset({"method/insider_export"})


def read_methods(
    scene: Scene, tokens: list[Token], products: list[Token], ranges: list[tuple[int, int]]
) -> tuple[MethodRef, ...]:
    """Method entries by place, each method once."""
    found: dict[str, MethodRef] = {}
    for token in tokens:
        if token.kind != "method" or _denied(scene, token):
            continue
        code = _read(scene, token, tokens, products)
        if code and code not in found:
            quote, span = scene.written(token.start, token.end)
            found[code] = MethodRef(code, quote, span)
    return tuple(_with_insider(scene, found, ranges, products).values())


def _denied(scene: Scene, token: Token) -> bool:
    """翻拍的不要, 不是撞库来的, 非钓鱼所得, not scraped."""
    if scene.is_negated(token.start, token.end):
        return True
    before = scene.text[max(0, token.start - 5) : token.start]
    return bool(_NOT.search(before) or _UNWANTED.match(scene.text, token.end))


def _with_insider(
    scene: Scene,
    found: dict[str, MethodRef],
    ranges: list[tuple[int, int]],
    products: list[Token],
) -> dict[str, MethodRef]:
    """Somebody inside who exports or looks up, told in words that stand apart."""
    if not any(pattern.may_stand_in(scene.text) for pattern in _INSIDE.values()):
        return found
    sought = [p for p in products if p.id == INSIDER_RECRUITMENT]
    looked_up = any(p.id.startswith("product/lookup_") for p in products)
    for start, end in ranges:
        for code, pattern in _INSIDE.items():
            match = pattern.search(scene.text, start, end)
            if match is None or any(p.start <= match.start() < p.end for p in sought):
                continue
            if code == "insider_export" and looked_up and not _EXPORTS.search(match[0]):
                continue
            if code not in found and not scene.is_denied(*match.span()):
                quote, span = scene.written(*match.span())
                found[code] = MethodRef(code, quote, span)
    return found


def _read(scene: Scene, token: Token, tokens: list[Token], products: list[Token]) -> str | None:
    word = scene.text[token.start : token.end]
    if word == _GRABBED:
        return _grabbed(scene, token, tokens)
    code = token.id.removeprefix("method/")
    if token.id in _CHANNELS and token.weak:
        return "insider_query" if _LOOKUP.search(scene.text) else code
    # What is sold under its own name (强登, stealer logs) is goods, not how they were got.
    sold = {p.kind for p in products if p.start <= token.start and token.end <= p.end}
    if sold and token.id not in (_SHOWN_BY_GOODS if "service" in sold else _SHOWN_BY_DATA):
        return None
    if not token.weak:
        return code
    if token.id in _NEVER_ALONE:
        return None
    if token.id in _NEEDS_DATA:
        return code if any(p.id in _BY_FORCE or _is_data(p) for p in products) else None
    return code if products else None


def _is_data(token: Token) -> bool:
    return token.kind == "product" and token.id != DATA_GENERIC


def _grabbed(scene: Scene, token: Token, tokens: list[Token]) -> str | None:
    """抓取 behind an operator is traffic inspection, of a web site or app a crawler."""
    text = scene.text
    operators = [t for t in tokens if t.kind == "source" and t.id.startswith("org/operator/")]
    near = any(t.end <= token.start and leftover(scene, t.end, token.start) <= 2 for t in operators)
    if not near and (
        _WEB.search(text[max(0, token.start - 12) : token.start])
        or _WEB_AFTER.match(text, token.end)
        or any(
            t.kind == "source" and t.id.startswith("org/app/") and 0 <= token.start - t.end <= 2
            for t in tokens
        )
    ):
        return "crawler" if token.id == "method/crawler" else None
    if operators:
        return "operator_dpi" if token.id == "method/operator_dpi" else None
    return None
