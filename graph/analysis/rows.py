"""What is said of a ranked account: the fields of `brokers --format json`, in their order."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec

from graph.analysis.alike import may_mean, signs_of
from graph.analysis.between import Between
from graph.analysis.cautions import Caution
from graph.analysis.chance import Chance
from graph.analysis.communities import Tied
from graph.analysis.dealings import Dealing
from graph.analysis.ledger import Match
from graph.analysis.people import People
from graph.analysis.position import Brokerage, Measures
from graph.analysis.removal import Removal
from graph.analysis.rewired import Brokered
from graph.analysis.services import Ranks
from graph.analysis.standing import StructuralPlace

TRIPLES = 5
EVIDENCE = 20


class Side(msgspec.Struct, frozen=True):
    """One end of a triple: who, when last, and by what; `product` null where it is not told.

    `goods_by`: where this side does not tell the triple's goods, by which signs they are its
    likely ones: `words`, `listing`, `offers`, `requests`, `between`; their adverts are among
    `listings`.
    """

    id: str
    name: str
    product: str | None
    date: str | None
    confidence: float
    evidence: list[str]
    listings: list[str]
    posts: list[str]
    goods_by: list[str] = []


class Triple(msgspec.Struct, frozen=True):
    """Supplier, broker, buyer of one product; `weight` of the match from 0 to 1."""

    product: str
    supplier: Side
    buyer: Side
    weight: float


class BrokerRow(msgspec.Struct, frozen=True, kw_only=True):
    """One account. `rank` None: asked for, and not ranked. `chance` None: nothing is matched."""

    rank: int | None
    id: str
    name: str
    score: float
    stability: float
    roles: list[str]
    communities: list[Tied]
    brokerage: Brokerage
    measures: Measures
    triples: list[Triple]
    cautions: list[Caution]
    evidence: list[str]
    structural: StructuralPlace
    between: list[Between]
    removal: Removal
    chance: Chance | None
    rewired: Brokered | None
    ranks: Ranks

    @property
    def warnings(self) -> list[str]:
        """The cautions in the English words of documents."""
        return [caution.warning for caution in self.cautions]

    @property
    def posts(self) -> list[str]:
        """Ids of the posts behind the triples."""
        sides = [side for triple in self.triples for side in (triple.supplier, triple.buyer)]
        return list(dict.fromkeys(post for side in sides for post in side.posts))

    @property
    def listings(self) -> list[str]:
        """Ids of the listings behind the triples."""
        sides = [side for triple in self.triples for side in (triple.supplier, triple.buyer)]
        return list(dict.fromkeys(name for side in sides for name in side.listings))

    def document(self) -> dict[str, Any]:
        """The row as JSON types: the cautions as `warnings`."""
        built: dict[str, Any] = {**msgspec.to_builtins(self), "warnings": self.warnings}
        return {name: built[name] for name in COLUMNS}


COLUMNS = tuple("warnings" if name == "cautions" else name for name in BrokerRow.__struct_fields__)


class BrokerReport(msgspec.Struct, frozen=True):
    """Ranked rows, and what must be said beside them."""

    rows: list[BrokerRow]
    notes: list[str]
    more: int = 0
    """How many more were ranked than are shown."""
    undecided: str = ""
    """How many accounts count as one though nobody decided it."""


def triples(matches: Iterable[Match], people: People) -> list[Triple]:
    """The latest first, different suppliers before a second triple of one supplier.

    Those of goods that both sides tell, or are likeliest to mean, come before the rest.
    """
    told = [match for match in matches if match.product is not None]
    told.sort(key=lambda match: (-match.latest, match.supply.giver, match.sale.taker))
    turns: dict[str, int] = {}
    spread = []
    for place, match in enumerate(told):
        turn = turns[match.supply.giver] = turns.get(match.supply.giver, 0) + 1
        spread.append((_is_doubtful(match), turn, place, match))
    return [_triple(match, people) for *_, match in sorted(spread, key=lambda one: one[:3])][
        :TRIPLES
    ]


def _is_doubtful(match: Match) -> bool:
    product = match.product or ""
    return any(not may_mean(deal, product) for deal in (match.supply, match.sale))


def _triple(match: Match, people: People) -> Triple:
    product = match.product or ""
    return Triple(
        product=product,
        supplier=_side(match.supply.giver, match.supply, product, people),
        buyer=_side(match.sale.taker, match.sale, product, people),
        weight=round(match.weight, 4),
    )


def _side(account: str, dealing: Dealing, product: str, people: People) -> Side:
    signs, adverts = ([], []) if dealing.product == product else signs_of(dealing, product)
    return Side(
        id=account,
        name=people.name(account),
        product=dealing.product,
        date=None if dealing.last is None else _utc(dealing.last),
        confidence=round(dealing.confidence, 4),
        evidence=sorted({piece.evidence for piece in dealing.pieces}),
        listings=[*dict.fromkeys((*dealing.listings, *adverts))],
        posts=dealing.posts,
        goods_by=signs,
    )


def _utc(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def posts_behind(dealings: Iterable[Dealing]) -> list[str]:
    """Ids of all posts behind dealings, by time of the dealing, each once."""
    ordered = sorted(dealings, key=lambda deal: (deal.last or -1, deal.giver, deal.taker))
    return list(dict.fromkeys(post for deal in ordered for post in deal.posts))


def ends(posts: Sequence[str]) -> list[str]:
    """At most twenty: the earliest and the latest ten."""
    half = EVIDENCE // 2
    return list(posts) if len(posts) <= EVIDENCE else [*posts[:half], *posts[-half:]]
