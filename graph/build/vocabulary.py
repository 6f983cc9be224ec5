"""Nodes of the fixed vocabulary, made when something refers to them."""

from collections.abc import Callable
from functools import lru_cache

from graph import ids
from graph.build.draft import Draft, Ref
from graph.schema import ROLES

_SECTORS = {
    "operator": "telecom",
    "bank": "banking",
    "courier": "logistics",
    "gov": "government",
    "bigdata": "data",
}
_KINDS = {"bigdata": "bigdata_firm"}
_WITH_COUNTRY = ("operator", "bank")

# By the thresholds of the interpretation of 2017-06-01 (50, 500 and 5,000 items); passwords and
# identity and biometric data are put with the first by the law of 2021-11-01.
_HIGH = frozenset(
    {"location", "messages", "balance", "property", "identity_number", "biometrics", "password"}
)
_MEDIUM = frozenset({"call_records", "health", "transactions", "browsing", "family"})

CRYPTO = frozenset({"USDT", "BTC", "ETH", "TRX", "XMR", "LTC", "forum_coin"})


class Terms:
    """What listings refer to again and again: each node is filled in once."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.contacts: dict[str, Ref] = {}
        self._made: dict[tuple[Callable[[Draft, str], Ref], str], Ref] = {}

    def of(self, make: Callable[[Draft, str], Ref], code: str) -> Ref:
        """What one of this module's functions makes of a code."""
        found = self._made.get((make, code))
        if found is None:
            found = self._made[make, code] = make(self.draft, code)
        return found


@lru_cache(10_000)
def words(code: str) -> str:
    """A code as words: `stock_leads` → `stock leads`."""
    return code.rsplit("/", 1)[-1].replace("_", " ")


def product(draft: Draft, canonical: str) -> Ref:
    """A product or service, by its lexicon canonical."""
    kind, _, code = canonical.partition("/")
    family = code.split("_", 1)[0]
    return draft.node(
        "Product",
        ids.vocabulary(canonical),
        words(code),
        code=code,
        kind="service" if kind == "service" else "data",
        family=family,
    )


def role(draft: Draft, code: str) -> Ref:
    """A role by its code."""
    term = ROLES[code]
    return draft.node(
        "Role",
        f"role:{code}",
        term.en,
        code=code,
        layer=term.layer,
        zh=term.zh,
        en=term.en,
    )


def organisation(draft: Draft, canonical: str, name: str | None) -> Ref:
    """An organisation by its lexicon canonical, `org/<kind>/…/<code>`."""
    _, kind, *path = canonical.split("/")
    place = path[0] if len(path) > 1 else None
    sector = _SECTORS.get(kind) or place or kind
    country = place.upper() if place and kind in _WITH_COUNTRY else None
    return draft.node(
        "Organisation",
        ids.vocabulary(canonical),
        name or words(canonical),
        kind=_KINDS.get(kind, kind),
        sector=sector,
        country=country,
    )


def country_of(canonical: str) -> str | None:
    """The country that an organisation's canonical states, as ISO code."""
    _, kind, *path = canonical.split("/")
    return path[0].upper() if len(path) > 1 and kind in _WITH_COUNTRY else None


def method(draft: Draft, code: str) -> Ref:
    """An access method by its code."""
    return draft.node("AccessMethod", f"method:{code}", words(code), code=code)


def field(draft: Draft, code: str) -> Ref:
    """A kind of personal datum by its code."""
    sensitivity = "high" if code in _HIGH else "medium" if code in _MEDIUM else "low"
    return draft.node("DataField", f"field:{code}", words(code), code=code, sensitivity=sensitivity)


def jurisdiction(draft: Draft, code: str) -> Ref:
    """A country or area by its code."""
    return draft.node("Jurisdiction", f"jurisdiction:{code}", code, code=code)


def payment(draft: Draft, currency: str) -> Ref:
    """A payment rail by the currency that is asked for."""
    code = currency.lower()
    return draft.node("PaymentMethod", f"payment:{code}", code, code=code)


def escrow(draft: Draft, canonical: str) -> Ref:
    """An escrow service by its lexicon canonical; it serves many by its nature."""
    return draft.node(
        "EscrowService",
        ids.vocabulary(canonical),
        words(canonical),
        shared=True,
        shared_reason="escrow",
    )
