"""One graph, whichever way its files came into the case."""

import tarfile
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from evidence.case import Case, create_case
from graph.build.run import build
from graph.build.snapshot import snapshot
from graph.elements import Graph
from graph.store import open_store
from ingest.options import IngestOptions
from ingest.pipeline import ingest
from tests.demo_case import CORPUS

# Two exports of one group, which overlap.
PARTS = ("telegram/danbao", "telegram/danbao-2023", "forum", "reports")
Way = Callable[[Case, Path], None]


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ways") / "export"
    for path in sorted(path for part in PARTS for path in (CORPUS / part).rglob("*")):
        if path.is_file():
            copy = folder / path.relative_to(CORPUS)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
    return folder


def files_of(export: Path) -> list[Path]:
    return sorted(path for path in export.rglob("*") if path.is_file())


def _read(case: Case, paths: Sequence[Path], jobs: int = 1) -> None:
    report = ingest(case, paths, IngestOptions(jobs=jobs))
    assert report.posts


def whole(case: Case, export: Path) -> None:
    _read(case, [export])


def again(case: Case, export: Path) -> None:
    _read(case, [export])
    build(case)
    _read(case, [export])


def four_processes(case: Case, export: Path) -> None:
    _read(case, [export], jobs=4)


def backwards(case: Case, export: Path) -> None:
    _read(case, [path for path in files_of(export)[::-1] if path.suffix != ".jpg"])


def as_zip(case: Case, export: Path) -> None:
    path = case.root.parent / "export.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files_of(export):
            archive.write(file, file.relative_to(export))
    _read(case, [path])
    _read(case, [path])


def as_tar(case: Case, export: Path) -> None:
    path = case.root.parent / "export.tar.gz"
    with tarfile.open(path, "w:gz") as archive:
        for file in reversed(files_of(export)):
            archive.add(file, file.relative_to(export))
    _read(case, [path])


def zip_and_folder(case: Case, export: Path) -> None:
    as_zip(case, export)
    _read(case, [export])


def file_by_file(case: Case, export: Path) -> None:
    for part in reversed(PARTS):
        _read(case, [export / part])


WAYS: tuple[Way, ...] = (again, four_processes, backwards, as_zip, as_tar, zip_and_folder)


def made(way: Way, export: Path, folder: Path) -> Case:
    case = create_case(folder / "case")
    way(case, export)
    build(case)
    return case


def graph_of(case: Case) -> Graph:
    store = open_store(case)
    try:
        return Graph(list(store.nodes()), list(store.relationships()))
    finally:
        store.close()


def without_runs(graph: Graph) -> Graph:
    """The graph less how it was collected: in one run or in several."""
    nodes = [node for node in graph.nodes if node.label not in ("Run", "Build")]
    links = [one for one in graph.relationships if "Run" not in (one.start_label, one.end_label)]
    return Graph(nodes, links)


@pytest.fixture(scope="module")
def first(export: Path, tmp_path_factory: pytest.TempPathFactory) -> Graph:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        return graph_of(made(whole, export, tmp_path_factory.mktemp("whole")))


@pytest.mark.parametrize("way", WAYS)
def test_every_way_gives_the_same_snapshot(
    way: Way, first: Graph, export: Path, tmp_path: Path
) -> None:
    assert snapshot(graph_of(made(way, export, tmp_path))) == snapshot(first)


def test_in_several_runs_only_the_runs_differ(first: Graph, export: Path, tmp_path: Path) -> None:
    found = without_runs(graph_of(made(file_by_file, export, tmp_path)))
    expected = without_runs(first)
    assert {node.id for node in found.nodes} == {node.id for node in expected.nodes}
    assert snapshot(found) == snapshot(expected)
