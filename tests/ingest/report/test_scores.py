"""The development half of the invented reports keeps its scores."""

import pytest

from benchmarks.report_scores import KINDS, annotated
from benchmarks.reports import FOLDER, halves, scores

LEAST_RECALL = 0.88
LEAST_PRECISION = 0.95


@pytest.mark.parametrize("kind", KINDS)
def test_the_development_half(kind: str) -> None:
    rows, misses = scores(halves(annotated(FOLDER))[0], None)
    assert rows[kind].recall >= LEAST_RECALL, misses
    assert rows[kind].precision >= LEAST_PRECISION, misses


def test_every_report_has_both_files() -> None:
    names = {path.stem for path in FOLDER.glob("*.txt")}
    assert names == {report.name for report in annotated(FOLDER)}
    assert len(names) >= 10
