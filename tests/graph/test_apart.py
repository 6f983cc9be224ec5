"""Families that another process looks for, and what comes of it when that process does not."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.build import apart
from graph.build.clusters import families_in
from graph.build.derive import derive
from graph.build.snapshot import snapshot
from tests.graph.filling import DAY, SETTINGS, Filling, filling

TEXT = "一手源头出当天实时股民料量大从优欢迎长期合作联系 @seller_{}"


@pytest.fixture
def fill(tmp_path: Path) -> Iterator[Filling]:
    with filling(tmp_path) as made:
        for number in range(6):
            made.listing(made.say(str(number), TEXT.format(number), number * DAY))
            made.say(str(number), f"{number} 今天天气不错大家吃饭了没有呢", number * DAY)
        yield made


def families(fill: Filling, path: Path) -> list[tuple[int, str, float]]:
    with apart.families_apart(fill.connection, path) as looking:
        assert isinstance(looking, apart.Apart)
        return list(looking.families().rows())


def test_another_process_finds_the_same(fill: Filling, monkeypatch: pytest.MonkeyPatch) -> None:
    with apart.families_apart(fill.connection, fill.archive.path) as looking:
        assert isinstance(looking, apart.Here)
        here = list(looking.families().rows())
    graph = snapshot(derive(fill.archive, SETTINGS))
    monkeypatch.setattr(apart, "WORTH", 1)
    assert here
    assert families(fill, fill.archive.path) == here
    assert snapshot(derive(fill.archive, SETTINGS)) == graph


def test_they_are_found_here_where_the_process_comes_to_nothing(
    fill: Filling,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    here = list(families_in(fill.connection).rows())
    monkeypatch.setattr(apart, "WORTH", 1)
    assert families(fill, tmp_path / "nothing.sqlite") == here
    assert capfd.readouterr().err == ""
