"""Joins and group-bys against the arrays of one machine."""

import random
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from scipy.sparse import csgraph

from evidence.errors import InputError
from graph.analysis.measures.arrays import Arrays
from graph.analysis.measures.brokerage import gould_fernandez, role_brokerage
from graph.analysis.measures.pagerank import pagerank
from graph.analysis.measures.partition import spread
from graph.analysis.measures.structural import community_brokerage

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

TOLERANCE = 1e-4
"""Few rounds are as good as many to compare one way with the other."""
ARCS = 10_000
SIZE = 50
"""Of a group, most of whose ties are inside it."""


class Both:
    """One graph of hubs, mutual arcs, closed ways and small pieces, in both forms."""

    def __init__(self, session: "SparkSession") -> None:
        chance = random.Random(11)
        arcs = set()
        for _ in range(ARCS):
            start = int(2_500 * chance.random() ** 3)
            place = start // SIZE * SIZE + chance.randrange(SIZE)
            arcs.add((start, (place + chance.choice((0, 0, 0, SIZE, 10 * SIZE))) % 2_500))
        arcs |= {(end, start) for start, end in sorted(arcs)[::9]}
        arcs |= {(5_000 + 3 * n + k, 5_000 + 3 * n + k + 1) for n in range(40) for k in range(2)}
        kept = sorted((a, b) for a, b in arcs if a != b)
        numbers = {each: n for n, each in enumerate(sorted({end for arc in kept for end in arc}))}
        pairs = np.array([(numbers[a], numbers[b]) for a, b in kept])
        names = [f"account:qq:{each}" for each in numbers]
        self.arrays = Arrays(names, pairs[:, 0], pairs[:, 1], directed=True)
        self.groups = np.array([each // SIZE for each in numbers])
        told = [(names[a], names[b]) for a, b in pairs.tolist()]
        # An arc told twice and one to itself count for nothing.
        told += [told[0], (names[0], names[0])]
        parts = list(zip(names, self.groups.tolist(), strict=True))
        self.ties = session.createDataFrame(told, "start string, end string").localCheckpoint()
        self.parts = session.createDataFrame(parts, "node string, part int").localCheckpoint()

    def by_node(self, found: "DataFrame", *columns: str) -> list[list[Any]]:
        """The columns in the order of the arrays; each node once."""
        rows = {row["node"]: [row[name] for name in columns] for row in found.collect()}
        assert rows.keys() == set(self.arrays.names)
        return [rows[name] for name in self.arrays.names]


@pytest.fixture(scope="module")
def both(session: "SparkSession") -> Both:
    return Both(session)


def _column(
    found: Sequence[Sequence[float]],
) -> "np.ndarray[tuple[int, ...], np.dtype[np.float64]]":
    return np.array([row[0] for row in found], dtype=np.float64)


def test_degree_and_components(both: Both) -> None:
    from spark.measures import arcs_of, components, degrees

    arcs = arcs_of(both.ties)
    assert arcs.count() == both.arrays.starts.size >= ARCS - 500
    assert _column(both.by_node(degrees(arcs), "degree")).tolist() == both.arrays.degree.tolist()
    found = [row[0] for row in both.by_node(components(arcs), "component")]
    count, labels = csgraph.connected_components(both.arrays.out, directed=False)
    least: dict[int, str] = {}
    for name, label in zip(both.arrays.names, labels.tolist(), strict=True):
        least[label] = min(least.get(label, str(name)), str(name))
    assert count > 20
    assert found == [least[label] for label in labels.tolist()]


def test_pagerank(both: Both) -> None:
    from spark.measures import arcs_of
    from spark.measures import pagerank as ranked

    found = both.by_node(ranked(arcs_of(both.ties), tolerance=TOLERANCE), "rank")
    expected = pagerank(both.arrays, tolerance=TOLERANCE)
    assert np.allclose(_column(found), expected, rtol=1e-9, atol=0)


def test_ties_into_communities(both: Both) -> None:
    from spark.measures import arcs_of
    from spark.measures import community_brokerage as brokerage
    from spark.measures import spread as table

    arcs = arcs_of(both.ties)
    rows = {(r["node"], r["part"]): tuple(r)[2:] for r in table(arcs, both.parts).collect()}
    known = spread(both.arrays, both.groups)
    names = [both.arrays.names[number] for number in known.nodes.tolist()]
    values = zip(known.ties, known.expected, known.surprise, strict=True)
    expected = dict(zip(zip(names, known.groups.tolist(), strict=True), values, strict=True))
    assert rows.keys() == expected.keys()
    order = list(rows)
    assert np.allclose([rows[key] for key in order], [expected[key] for key in order], rtol=1e-9)
    dcb = _column(both.by_node(brokerage(arcs, both.parts), "dcb"))
    assert np.allclose(dcb, community_brokerage(both.arrays, both.groups), rtol=1e-9)
    assert dcb.any()


def test_gould_and_fernandez(both: Both) -> None:
    from graph.analysis.measures.brokerage import ROLES
    from spark.measures import arcs_of
    from spark.measures import role_brokerage as brokerage

    found = both.by_node(brokerage(arcs_of(both.ties), both.parts), *ROLES, "gf")
    counts = gould_fernandez(both.arrays, both.groups)
    assert [row[:5] for row in found] == counts.tolist()
    assert counts.any(axis=0).all()
    gf = [row[5] for row in found]
    assert np.allclose(gf, role_brokerage(both.arrays, both.groups), rtol=1e-12)


def test_groups_must_hold_each_account_once(
    session: "SparkSession", both: Both, tmp_path: Path
) -> None:
    from spark.steps import groups_of

    both.parts.where("part > 0").write.parquet(str(tmp_path / "some"))
    with pytest.raises(InputError, match="accounts into no group"):
        groups_of(session, tmp_path / "some", both.ties)
    both.parts.union(both.parts).write.parquet(str(tmp_path / "twice"))
    with pytest.raises(InputError, match="into two groups"):
        groups_of(session, tmp_path / "twice", both.ties)
    both.ties.write.parquet(str(tmp_path / "other"))
    with pytest.raises(InputError, match="no column node"):
        groups_of(session, tmp_path / "other", both.ties)
