"""Labels of the page in English and Chinese."""

from typing import Final

from graph.schema import ROLES

KINDS: Final = {
    "act": ("act", "行为"),
    "product": ("product", "商品"),
    "source": ("source", "来源"),
    "method": ("method", "手法"),
    "quantity": ("quantity", "数量"),
    "price": ("price", "价格"),
    "contact": ("contact", "联系方式"),
    "escrow": ("escrow", "担保"),
    "claim": ("claim", "声称"),
    "role": ("role cue", "角色线索"),
    "negated": ("negated", "否定"),
}
"""Kinds of marks in order of the legend; the first ones colour a stretch that several cover."""
POLARITIES: Final = {
    "offer": ("offer", "出售"),
    "request": ("request", "求购"),
    "recruit": ("recruit", "招募"),
    "swap": ("swap", "交换"),
    "warning": ("warning", "警告"),
    "none": ("no listing", "非交易信息"),
}
LEVELS: Final = {"low": ("low", "低"), "medium": ("medium", "中"), "high": ("high", "高")}
_SLOTS: Final = {
    "products": "product",
    "sources": "source",
    "methods": "method",
    "quantities": "quantity",
    "prices": "price",
    "contacts": "contact",
    "escrow": "escrow",
    "claims": "claim",
}
_MEDIUM: Final = 0.6
_HIGH: Final = 0.9


def kind_of(slot: str) -> str:
    """Kind of the mark for a slot such as `products[0]` or `claims.test`."""
    return _SLOTS[slot.partition("[")[0].partition(".")[0]]


def level_of(confidence: float) -> str:
    """Word for the confidence of a reading: the limits of the roles' levels."""
    if confidence < _MEDIUM:
        return "low"
    return "high" if confidence >= _HIGH else "medium"


def role_name(code: str) -> str:
    """`supplier 料商`."""
    term = ROLES.get(code)
    return code.replace("_", " ") if term is None else f"{code.replace('_', ' ')} {term.zh}"
