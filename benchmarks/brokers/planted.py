"""A world as the program reads it: exports to a case, and what a ranking may look at there."""

from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import msgspec

from benchmarks.worlds import Truth
from benchmarks.worlds.trials import World, read_world
from graph.analysis.dealings import Piece
from graph.analysis.hypothesis import hypothesis, taken_as_one
from graph.analysis.network import Network, read_network
from graph.analysis.people import read_people
from graph.analysis.pieces import read_pieces
from graph.build.run import build
from graph.store import open_store

_LISTED = """
MATCH (a:Account)-[:LISTED]->(l:Listing)-[s:OFFERS|SEEKS]->(p:Product)
RETURN a.id AS account, type(s) AS said, collect(DISTINCT p.id) AS goods ORDER BY account, said
"""


class Seen(msgspec.Struct, frozen=True):
    """What was read of a world. Accounts by their key in the truth; shared services are gone.

    Strong candidates are taken as one party in `pieces` and `network`, as the program does.
    """

    truth: Truth
    pieces: tuple[Piece, ...]
    network: Network
    offers: Mapping[str, frozenset[str]]
    """Account -> goods that it offered; `requests` likewise."""
    requests: Mapping[str, frozenset[str]]
    alone: tuple[Piece, ...] = ()
    """The pieces with each account by itself."""


def see(folder: Path, world: World) -> Seen:
    """Writes a world, reads its exports into a case, and takes from it what ties people."""
    truth, case = read_world(folder, world)
    build(case)
    with case.archive() as archive, closing(open_store(case)) as store:
        people = read_people(store)
        gone = people.own | people.shared.keys()
        alone = read_pieces(archive).without(gone)
        people = taken_as_one(people, hypothesis(archive, store, people, alone).leads)
        network = read_network(store, people, left_out=gone)
        rows = store.run(_LISTED).rows
        pieces, single = tuple(alone.between(people)), tuple(alone)
    offers, requests = (
        {row["account"]: frozenset(row["goods"]) for row in rows if row["said"] == said}
        for said in ("OFFERS", "SEEKS")
    )
    return Seen(truth, pieces, network, offers, requests, single)
