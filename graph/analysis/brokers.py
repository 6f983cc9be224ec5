"""Brokers: accounts through whose hands the same goods pass, ranked by matched dealings."""

import random
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec

from evidence.archive.archive import Archive
from evidence.errors import NotFoundError
from graph.analysis.dealings import Dealing, Piece, dealings, read_pieces
from graph.analysis.matching import WINDOW_DAYS, Match, by_account, match_account, raw_score
from graph.analysis.people import People, read_people
from graph.analysis.position import Brokerage, Measures, Network, Tied
from graph.store.base import GraphStore

SAMPLES = 20
KEPT = 0.8
"""Share of the pieces of evidence that each re-sample keeps."""
SEED = 1
TRIPLES = 5
EVIDENCE = 20
FEW = 3
LEAD = "A rank is a lead, not a finding; the score is a place in the ranking, not a probability."
COMPOSED = "Each triple is composed of 2 separate statements; nobody stated the whole."
_ARCS = """
MATCH (a:Account|Actor)-[f:FLOWS_TO]->(b:Account|Actor)
WHERE $product IS NULL OR f.product IS NULL OR f.product = $product
RETURN a.id AS giver, b.id AS taker ORDER BY giver, taker
"""


class BrokerOptions(msgspec.Struct, frozen=True, kw_only=True):
    """`since` included, `until` excluded; `explain`: an account to show even if unranked."""

    top: int = 10
    since: datetime | None = None
    until: datetime | None = None
    product: str | None = None
    window_days: int = WINDOW_DAYS
    include_shared: bool = False
    explain: str | None = None


class Side(msgspec.Struct, frozen=True):
    """One end of a triple: who, when, by which listings and posts."""

    id: str
    name: str
    date: str | None
    confidence: float
    evidence: list[str]
    listings: list[str]
    posts: list[str]


class Triple(msgspec.Struct, frozen=True):
    """Supplier, broker, buyer of one product; `weight` of the match from 0 to 1."""

    product: str | None
    supplier: Side
    buyer: Side
    weight: float


class BrokerRow(msgspec.Struct, frozen=True, kw_only=True):
    """One ranked account. `rank` 0: asked for, and not ranked."""

    rank: int
    id: str
    name: str
    score: float
    stability: float
    roles: list[str]
    communities: list[Tied]
    brokerage: Brokerage
    measures: Measures | None
    triples: list[Triple]
    warnings: list[str]
    evidence: list[str]

    @property
    def posts(self) -> list[str]:
        """Ids of the posts behind the triples."""
        sides = [side for triple in self.triples for side in (triple.supplier, triple.buyer)]
        return list(dict.fromkeys(post for side in sides for post in side.posts))

    def document(self) -> dict[str, Any]:
        """The row as JSON types."""
        built: dict[str, Any] = msgspec.to_builtins(self)
        return built


class BrokerReport(msgspec.Struct, frozen=True):
    rows: list[BrokerRow]
    notes: list[str]


class _Candidate(msgspec.Struct, frozen=True):
    account: str
    raw: float
    matches: list[Match]


def rank_brokers(archive: Archive, store: GraphStore, options: BrokerOptions) -> BrokerReport:
    """The top brokers with reasons, or a plain word where the evidence is too little."""
    people = read_people(store)
    pieces = read_pieces(archive, since=options.since, until=options.until, product=options.product)
    usable = [piece for piece in pieces if _ranked(piece, people, options)]
    candidates = _candidates(usable, options.window_days)
    chosen = _chosen(candidates, options)
    arcs = store.run(_ARCS, {"product": options.product}).rows
    network = Network(
        [
            (row["giver"], row["taker"])
            for row in arcs
            if options.include_shared
            or not (row["giver"] in people.shared or row["taker"] in people.shared)
        ],
        people.sides,
    )
    stable = _stability(usable, options)
    best = candidates[0].raw if candidates else 1.0
    rows = [
        _row(rank, candidate, best, stable, people, network, archive) for rank, candidate in chosen
    ]
    return BrokerReport(rows, _notes(pieces, usable, candidates, people, network, options))


def _ranked(piece: Piece, people: People, options: BrokerOptions) -> bool:
    ends = {piece.giver, piece.taker}
    return not ends & people.own and (options.include_shared or not ends & people.shared.keys())


def _candidates(pieces: Iterable[Piece], window_days: int) -> list[_Candidate]:
    found = []
    for account, (supplies, sales) in by_account(dealings(pieces)).items():
        matches = match_account(supplies, sales, window_days)
        if matches:
            raw = raw_score(matches, len(supplies) + len(sales))
            found.append(_Candidate(account, raw, matches))
    return sorted(found, key=lambda candidate: (-candidate.raw, candidate.account))


def _chosen(
    candidates: Sequence[_Candidate], options: BrokerOptions
) -> list[tuple[int, _Candidate]]:
    ranked = list(enumerate(candidates, 1))
    if options.explain is None:
        return ranked[: options.top]
    asked = [(rank, one) for rank, one in ranked if one.account == options.explain]
    return asked or [(0, _Candidate(options.explain, 0.0, []))]


def _stability(pieces: Sequence[Piece], options: BrokerOptions) -> Mapping[str, float]:
    """Account -> share of re-samples of the evidence in which it stays in the top N."""
    chance = random.Random(SEED)
    stays: dict[str, int] = {}
    for _ in range(SAMPLES):
        kept = [piece for piece in pieces if chance.random() < KEPT]
        for candidate in _candidates(kept, options.window_days)[: options.top]:
            stays[candidate.account] = stays.get(candidate.account, 0) + 1
    return {account: n / SAMPLES for account, n in stays.items()}


def _row(
    rank: int,
    candidate: _Candidate,
    best: float,
    stable: Mapping[str, float],
    people: People,
    network: Network,
    archive: Archive,
) -> BrokerRow:
    account = candidate.account
    if account not in people.names:
        raise NotFoundError(f"{account} is not in this graph", hint="heichan search TEXT")
    measures = network.measures(account)
    posts = _posts(candidate.matches)
    return BrokerRow(
        rank=rank,
        id=account,
        name=people.names[account],
        score=round(candidate.raw / best, 4),
        stability=stable.get(account, 0.0),
        roles=people.roles.get(account, []),
        communities=network.communities(account),
        brokerage=network.brokerage(account),
        measures=measures,
        triples=_triples(candidate.matches, people),
        warnings=_warnings(account, candidate, measures, people, network, archive, posts),
        evidence=posts[:EVIDENCE],
    )


def _posts(matches: Iterable[Match]) -> list[str]:
    return list(
        dict.fromkeys(
            post for match in matches for post in (*match.supply.posts, *match.sale.posts)
        )
    )


def _triples(matches: Sequence[Match], people: People) -> list[Triple]:
    """The latest first, different suppliers before a second triple of one supplier."""
    ordered = sorted(matches, key=lambda match: (-match.latest, match.supply.giver))
    seen: dict[str, int] = {}
    turns = []
    for match in ordered:
        turns.append(seen.get(match.supply.giver, 0))
        seen[match.supply.giver] = turns[-1] + 1
    spread = [match for _, match in sorted(zip(turns, ordered, strict=True), key=lambda t: t[0])]
    return [
        Triple(
            product=match.product,
            supplier=_side(match.supply.giver, match.supply, people),
            buyer=_side(match.sale.taker, match.sale, people),
            weight=round(match.weight, 4),
        )
        for match in spread[:TRIPLES]
    ]


def _side(account: str, dealing: Dealing, people: People) -> Side:
    return Side(
        id=account,
        name=people.names.get(account, account),
        date=None if dealing.last is None else _utc(dealing.last),
        confidence=round(dealing.confidence, 4),
        evidence=sorted({piece.evidence for piece in dealing.pieces}),
        listings=dealing.listings,
        posts=dealing.posts,
    )


def _utc(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _warnings(
    account: str,
    candidate: _Candidate,
    measures: Measures | None,
    people: People,
    network: Network,
    archive: Archive,
    posts: Sequence[str],
) -> list[str]:
    ties = 0 if measures is None else measures.degree
    told = {
        "no matched dealings": not candidate.matches,
        "role unknown": not people.roles.get(account),
        "fewer than three ties": ties < FEW,
        "single source file": bool(posts) and _files(archive, posts) == 1,
        "shared service": account in people.shared,
        "approximate": network.approximate,
    }
    return [word for word, holds in told.items() if holds]


def _files(archive: Archive, posts: Sequence[str]) -> int:
    marks = ",".join("?" * len(posts))
    row = archive.connection.execute(
        "SELECT count(DISTINCT c.file_n) FROM post p JOIN post_version v ON v.post_n = p.n "
        f"JOIN capture c ON c.version_n = v.n WHERE p.id IN ({marks})",
        list(posts),
    ).fetchone()
    return int(row[0])


def _notes(
    pieces: Sequence[Piece],
    usable: Sequence[Piece],
    candidates: Sequence[_Candidate],
    people: People,
    network: Network,
    options: BrokerOptions,
) -> list[str]:
    notes = [LEAD]
    notes += [COMPOSED] if candidates else []
    if not candidates:
        linked = {end for piece in usable for end in (piece.giver, piece.taker)}
        notes.append(f"too little evidence: {len(linked)} accounts with directed links")
    left_out = {
        end for piece in pieces for end in (piece.giver, piece.taker)
    } & people.shared.keys()
    if left_out and not options.include_shared:
        notes.append(_left_out(sorted(left_out), pieces, people, options))
    if network.approximate:
        notes.append("betweenness is sampled from 256 pivots")
    return notes


def _left_out(
    shared: Sequence[str], pieces: Sequence[Piece], people: People, options: BrokerOptions
) -> str:
    kept = [piece for piece in pieces if not {piece.giver, piece.taker} & people.own]
    everybody = _candidates(kept, options.window_days)[: options.top]
    high = sum(candidate.account in people.shared for candidate in everybody)
    names = ", ".join(f"{people.names[one]} ({people.shared[one]})" for one in shared[:5])
    more = f" and {len(shared) - 5} more" if len(shared) > 5 else ""
    return (
        f"{len(shared)} shared services left out: {names}{more}; with them, {high} of the top "
        f"{options.top} places would be theirs (--include-shared)"
    )
