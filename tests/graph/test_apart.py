"""Families and words that another process looks for, also where it comes to nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.build import apart
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
            made.say(
                str(number), f"换号了,新号 @new_{number},旧号 @old_{number} 不用了", number * DAY
            )
            made.say(str(number), f"@seller_{number} 靠谱", number * DAY)
        yield made


def found(
    looking: apart.Apart | apart.Here,
) -> tuple[list[tuple[int, str, float]], list[object]]:
    families, words = looking.families(), looking.words()
    voices = [dict(words.voices.slips), dict(words.voices.praise)]
    return list(families.rows()), [words.announced, words.calling, *voices]


def found_apart(fill: Filling, path: Path) -> tuple[list[tuple[int, str, float]], list[object]]:
    with apart.read_apart(fill.connection, path) as looking:
        assert isinstance(looking, apart.Apart)
        return found(looking)


def test_another_process_finds_the_same(fill: Filling, monkeypatch: pytest.MonkeyPatch) -> None:
    with apart.read_apart(fill.connection, fill.archive.path) as looking:
        assert isinstance(looking, apart.Here)
        here = found(looking)
    graph = snapshot(derive(fill.archive, SETTINGS))
    monkeypatch.setattr(apart, "WORTH", 1)
    families, (announced, calling, _, praise) = here
    assert all((families, announced, calling, praise))
    assert found_apart(fill, fill.archive.path) == here
    assert snapshot(derive(fill.archive, SETTINGS)) == graph


def test_they_are_found_here_where_the_process_comes_to_nothing(
    fill: Filling,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    here = found(apart.Here(fill.connection))
    monkeypatch.setattr(apart, "WORTH", 1)
    assert found_apart(fill, tmp_path / "nothing.sqlite") == here
    assert capfd.readouterr().err == ""
