import sys
from importlib.machinery import PathFinder
from pathlib import Path

import pytest

from evidence.errors import HeichanError, UsageError
from graph.export.plots import target as module
from graph.export.plots.target import Target, target


def test_the_form_is_that_of_the_name(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib", reason="needs the extra [plot]")
    assert target(tmp_path / "a.svg") == Target(tmp_path / "a.svg", "svg")
    assert target(tmp_path / "a.b.PNG") == Target(tmp_path / "a.b.PNG", "png")


@pytest.mark.parametrize("name", ["a.pdf", "a", "svg", ".svg", "a.svg.gz"])
def test_other_names_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="no name of a picture") as told:
        target(tmp_path / name)
    assert ".svg" in told.value.hint


def test_nothing_is_overwritten_unasked(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib", reason="needs the extra [plot]")
    there = tmp_path / "a.svg"
    there.write_text("mine")
    with pytest.raises(UsageError, match="exists") as told:
        target(there)
    assert "--force" in told.value.hint
    assert target(there, force=True).path == there


def test_a_folder_and_a_place_in_none_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.svg").mkdir()
    with pytest.raises(UsageError, match="is a folder"):
        target(tmp_path / "a.svg", force=True)
    with pytest.raises(UsageError, match="no folder"):
        target(tmp_path / "none" / "a.svg")


def test_without_the_extra_its_name_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # An environment without the extra: only the standard library can be found.
    monkeypatch.setattr(module, "find_spec", lambda name: PathFinder.find_spec(name, [sys.prefix]))
    with pytest.raises(HeichanError, match=r"\[plot\] is not installed") as told:
        target(tmp_path / "a.svg")
    assert told.value.hint == "pip install 'heichan[plot]'"
    assert told.value.code == 1
