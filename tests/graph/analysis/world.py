"""Small invented worlds of trade: pieces of evidence, an archive and a store that hold them."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import msgspec

from evidence.archive.archive import Archive
from graph import ids
from graph.analysis.dealings import DAY, Dealing, Piece, dealings
from graph.analysis.ledger import WINDOW_DAYS, Ledger, Match
from graph.build.pieces import LIKELY_TABLE
from graph.elements import Graph, Node, Relationship, Value
from graph.store.embedded import EmbeddedStore

START = 1_700_000_000


def piece(
    giver: str,
    taker: str,
    day: float | None = 0,
    product: str | None = "product:a",
    sure: float = 0.5,
    evidence: str = "answered",
    post: str | None = None,
) -> Piece:
    """A piece of evidence on a day after the start."""
    utc = None if day is None else START + round(day * DAY)
    name = post or f"post:{giver}-{taker}-{product}-{day}-{evidence}"
    return Piece(giver, taker, product, utc, sure, evidence, (name,), (f"listing:{name}",))


def deal(
    giver: str,
    taker: str,
    day: float | None = 0,
    product: str | None = "product:a",
    sure: float = 0.5,
) -> Dealing:
    """A dealing that rests on one piece."""
    return dealings([piece(giver, taker, day, product, sure)])[0]


def matches(
    account: str, found: Sequence[Dealing], window: int = WINDOW_DAYS, *, named: bool = False
) -> list[Match]:
    """The matched pairs of an account."""
    return Ledger(found, window, named=named).matches(account)


def put_pieces(archive: Archive, pieces: Iterable[Piece], kind: str = "SUPPLIES") -> None:
    """Fills the archive's tables of pieces and of their likely goods."""
    listed = list(pieces)
    archive.connection.executemany(
        "INSERT INTO tie_piece (evidence, type, from_id, to_id, giver, taker, product, modality,"
        " basis, confidence, utc, posts, listings)"
        f" VALUES (?, '{kind}', ?, ?, ?, ?, ?, 'derived', 'x', ?, ?, ?, ?)",
        [
            (
                one.evidence,
                one.giver,
                one.taker,
                one.giver,
                one.taker,
                one.product,
                one.confidence,
                one.utc,
                msgspec.json.encode(one.posts).decode(),
                msgspec.json.encode(one.listings).decode(),
            )
            for one in listed
        ],
    )
    _put_likely(archive, listed)


def _put_likely(archive: Archive, pieces: Sequence[Piece]) -> None:
    """Their likely goods, for pieces that are the last in the table."""
    archive.connection.execute(LIKELY_TABLE)
    (last,) = archive.connection.execute("SELECT max(n) FROM tie_piece").fetchone()
    first = (last or 0) - len(pieces) + 1
    archive.connection.executemany(
        "INSERT INTO tie_goods VALUES (?, ?)",
        [(n, one.likely) for n, one in enumerate(pieces, first) if one.likely],
    )


def store_of(
    folder: Path,
    pieces: Iterable[Piece],
    *,
    roles: Mapping[str, str] | None = None,
    marks: Mapping[str, dict[str, Value]] | None = None,
    others: Iterable[str] = (),
    actors: Mapping[str, str] | None = None,
    same: Mapping[tuple[str, str], float] | None = None,
) -> EmbeddedStore:
    """A store with the accounts of the pieces and one flow for each pair and product.

    `same`: pairs that may be one actor's, with their scores.
    """
    listed, actors = list(pieces), actors or {}
    names = sorted({end for one in listed for end in (one.giver, one.taker)} | set(others))
    nodes = [_account(name, (marks or {}).get(name, {})) for name in names]
    nodes += [Node(name, "Actor", {"name": name.upper()}) for name in sorted({*actors.values()})]
    held = sorted({*(roles or {}).values()})
    nodes += [Node(f"role:{code}", "Role", {"name": code, "code": code}) for code in held]
    flows = {(one.giver, one.taker, one.product): one for one in listed}
    links = [_flow(one) for one in flows.values()]
    links += [_role(name, code) for name, code in (roles or {}).items()]
    links += [
        _link("RESOLVED_TO", one, "Account", actor, "Actor", {}) for one, actor in actors.items()
    ]
    links += [_same(*both, score) for both, score in (same or {}).items()]
    store = EmbeddedStore(folder)
    store.load(
        Graph(sorted(nodes, key=lambda node: node.id), sorted(links, key=lambda one: one.id))
    )
    return store


def _account(name: str, marks: dict[str, Value]) -> Node:
    base: dict[str, Value] = {"name": name, "shared": False, "own": False, "bot": False}
    return Node(name, "Account", {**base, **marks})


def _flow(one: Piece) -> Relationship:
    props: dict[str, Value] = {} if one.product is None else {"product": one.product}
    return _link("FLOWS_TO", one.giver, "Account", one.taker, "Account", props, one.product or "")


def _role(name: str, code: str) -> Relationship:
    props: dict[str, Value] = {"basis": "self_described", "score": 0.8}
    return _link("HAS_ROLE", name, "Account", f"role:{code}", "Role", props)


def _same(one: str, two: str, score: float) -> Relationship:
    props: dict[str, Value] = {"score": score, "features": ["both wore it"], "counter": [], "n": 0}
    return _link("MAYBE_SAME", one, "Account", two, "Account", props)


def _link(
    kind: str,
    start: str,
    start_label: str,
    end: str,
    end_label: str,
    props: dict[str, Value],
    key: str = "",
) -> Relationship:
    identifier = ids.rel(kind, start, end, key)
    return Relationship(identifier, kind, start, start_label, end, end_label, props)
