"""What the labels of training data stand for."""

from typing import Final, NamedTuple

FAMILIES: Final = {
    "product": "PRODUCT",
    "service": "PRODUCT",
    "org": "SOURCE",
    "method": "METHOD",
    "escrow": "ESCROW",
}
"""First word of a canonical -> label that the recogniser learns."""
SLOTS: Final = {
    "PRODUCT": "products",
    "SOURCE": "sources",
    "METHOD": "methods",
    "ESCROW": "escrow",
    "QUANTITY": "quantities",
    "PRICE": "prices",
    "CONTACT": "contacts",
}
"""Label -> slot of the listing record whose values it votes on."""
_KINDS: Final = {
    "product": "product",
    "service": "service",
    "org": "source",
    "method": "method",
    "escrow": "escrow",
}


class Meant(NamedTuple):
    """What a surface form stood for in all of the training data."""

    kind: str
    """Kind of token."""
    canonical: str


def family(label: str) -> str:
    """The label that is learnt for a label as given, which may be a canonical."""
    first, slash, _ = label.partition("/")
    return FAMILIES.get(first, first.upper()) if slash else label.upper()


def meant(canonical: str) -> Meant:
    """The token that a canonical becomes."""
    return Meant(_KINDS[canonical.partition("/")[0]], canonical)
