import numpy as np
import pytest

from benchmarks import measures
from benchmarks.measures_ways import ENGINES, NetworkX, Ours, heavy_tail


def test_the_invented_graph_has_the_ties_asked_for_and_a_tail() -> None:
    n, (one, other) = heavy_tail(2_000)
    ties = set(zip(np.minimum(one, other).tolist(), np.maximum(one, other).tolist(), strict=True))
    assert len(ties) == 2_000
    assert (one != other).all()
    degree = np.bincount(np.concatenate([one, other]), minlength=n)
    assert degree.max() > 10 * degree.mean()


@pytest.mark.parametrize("engine", [Ours, NetworkX])
def test_every_measure_of_the_table_runs(engine: type[Ours] | type[NetworkX]) -> None:
    known = engine()
    n, ends = heavy_tail(200)
    for work in known.measures.values():
        work(known.build(n, ends))


def test_a_row_shows_seconds_memory_and_ratio(capsys: pytest.CaptureFixture[str]) -> None:
    measures.main([200], ["core"])
    lines = capsys.readouterr().out.splitlines()
    missing = [name for name in ENGINES if not measures.is_installed(name)]
    assert lines[: len(missing)] == [f"{name} is not installed: skipped" for name in missing]
    assert lines[-1].startswith("| core | ")
    assert "×" in lines[-1]
