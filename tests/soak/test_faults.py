"""A few of the faults that `make soak` tries in bulk."""

import pytest

from tests.soak.kills import Bench
from tests.soak.mutate import mutated
from tests.soak.packs import try_packs
from tests.soak.readers import Sample, samples, try_sample

FILES = 10
KILLS = 2


def test_a_seed_gives_the_same_file() -> None:
    data = b'{"messages": []}' * 40
    assert mutated(data, 7) == mutated(data, 7) != mutated(data, 8)


@pytest.mark.parametrize("sample", samples(), ids=lambda sample: str(sample.name))
def test_damaged_files_end_in_items_or_in_an_error(sample: Sample) -> None:
    tried = try_sample(sample, FILES)
    assert not tried.faults, tried.faults[0][1]
    assert tried.files == FILES


def test_damaged_query_files_are_named() -> None:
    tried = try_packs(60)
    assert not tried.faults, tried.faults[0][1]
    assert tried.refused


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench(tmp_path_factory.mktemp("kills") / "bench")


@pytest.mark.parametrize("command", ["ingest", "build", "gexf", "xlsx"])
def test_what_is_killed_is_completed(bench: Bench, command: str) -> None:
    assert bench.pull(command, KILLS).faults == []
