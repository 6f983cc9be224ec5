"""The market queries give what the metrics give, which count in the archive."""

from typing import get_args

import pytest

from evidence.archive.archive import Archive
from evidence.case import Case
from graph.analysis.figures import Denominator
from graph.analysis.metrics import MetricsOptions, metrics
from graph.store.base import GraphStore
from queries.pack import load_packs
from queries.run import run_query

PACKS = load_packs()
ROUNDED = 6e-5
"""The metrics give four digits."""


@pytest.mark.parametrize("bots", [False, True])
@pytest.mark.parametrize("denominator", get_args(Denominator))
def test_pgd_and_mgd(
    case: Case, store: GraphStore, archive: Archive, denominator: Denominator, bots: bool
) -> None:
    options = MetricsOptions(denominator=denominator, exclude_bots=bots)
    counted = metrics(archive, case.settings.segments, options)
    given = {"denominator": denominator, "exclude_bots": bots}
    pgd = run_query(PACKS.get("market.pgd"), store, archive, given).rows
    mgd = run_query(PACKS.get("market.mgd"), store, archive, given).rows
    wanted = [row for row in counted if row.messages]
    assert [row["period"] for row in pgd] == [row.period for row in wanted]
    for row, people, posts in zip(wanted, pgd, mgd, strict=True):
        assert people["pgd"] == pytest.approx(row.pgd, abs=ROUNDED)
        assert posts["mgd"] == pytest.approx(row.mgd, abs=ROUNDED)
        assert people["participants"] == row.participants
        assert people["group_days"] == posts["group_days"] == row.group_days
        assert people["coverage"] == pytest.approx(row.coverage, abs=ROUNDED)


def test_messages_and_growth(case: Case, store: GraphStore, archive: Archive) -> None:
    options = MetricsOptions(min_coverage=0.0)
    counted = [row for row in metrics(archive, case.settings.segments, options) if row.messages]
    query = PACKS.get("market.messages_month")
    rows = run_query(query, store, archive, {"min_coverage": 0.0}).rows
    for row, found in zip(counted, rows, strict=True):
        assert (found["messages"], found["participants"]) == (row.messages, row.participants)
        if found["messages_growth"] is not None:
            assert found["messages_growth"] == pytest.approx(row.messages_growth, abs=ROUNDED)
