"""What holds for every row of the table of formats."""

import resource
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import pytest

from evidence.errors import HeichanError
from graph.elements import Graph, Node, Relationship
from graph.export.clean.plan import Plan, plan
from graph.export.stamp import stamp_of
from graph.export.write import FORMATS, ExportReport, Format, export_plan
from tests.graph.export.inputs import exported
from tests.integration.golden import golden

STAMP = stamp_of({"snapshot": "abc", "version": "0.1.0", "last_seen": "2021-03-04T05:06:07Z"})
GRAPHS = {"exported": exported(), "golden": golden(), "empty": Graph([], [])}

every_format = pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)


def export(planned: Plan, path: Path, form: Format) -> ExportReport:
    return export_plan(planned, STAMP, path, form)


def contents(path: Path) -> dict[str, bytes]:
    """The bytes of each file that a format wrote, unpacked."""
    if path.is_dir():
        return {each.name: each.read_bytes() for each in sorted(path.iterdir())}
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    return {path.name: path.read_bytes()}


@every_format
@pytest.mark.parametrize("name", GRAPHS)
def test_two_exports_are_equal_byte_for_byte(form: Format, name: str, tmp_path: Path) -> None:
    paths = [tmp_path / folder / "out" for folder in ("first", "second")]
    for path in paths:
        path.parent.mkdir()
        export(plan(GRAPHS[name]), path, form)
    assert contents(paths[0]) == contents(paths[1])
    if paths[0].is_file():
        assert paths[0].read_bytes() == paths[1].read_bytes()


@every_format
def test_a_hostile_graph_survives(form: Format, tmp_path: Path) -> None:
    planned = plan(exported())
    report = export(planned, tmp_path / "out", form)
    assert any("characters removed" in loss for loss in report.losses)
    assert report.nodes == len(planned.nodes)
    for content in contents(tmp_path / "out").values():
        text = content.decode("utf-8")
        assert not set(text) & {"\x00", "\x1b", "\x07"}
        assert "\\u001b" not in text
        assert "\\ud800" not in text.lower()


@every_format
def test_what_breaks_off_leaves_nothing(form: Format, tmp_path: Path) -> None:
    path = tmp_path / "out"
    with small_disk(), pytest.raises(HeichanError, match="could not be written"):
        export(plan(many()), path, form)
    assert list(path.iterdir() if path.is_dir() else tmp_path.iterdir()) == []


def many() -> Graph:
    """Accounts that stand in a chain."""
    ids = [f"account:qq:{number:04}" for number in range(500)]
    nodes = [Node(id_, "Account", {"name": noise(id_) * 9}) for id_ in ids]
    ties = [
        Relationship(f"rel:{start}", "SUPPLIES", start, "Account", end, "Account", {"n": 1})
        for start, end in pairwise(ids)
    ]
    return Graph(nodes, ties)


def noise(text: str) -> str:
    """A text that a packer makes no shorter."""
    return sha256(text.encode()).hexdigest()


@contextmanager
def small_disk() -> Iterator[None]:
    """No file may grow over 4 KiB: writing on fails as it does on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
