"""One small local session for all tests of Spark, and one corpus read by both ways."""

import os
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from evidence.case import Case, create_case
from graph.build.derive import derive
from graph.elements import Graph
from ingest.options import IngestOptions
from ingest.pipeline import ingest
from tests.spark.corpus import write

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

OPTIONS = IngestOptions(jobs=1)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skips what lies beside this file where Spark is not here, and says why."""
    here = Path(__file__).parent
    if missing := _missing():
        for item in items:
            if item.path.is_relative_to(here) and "spark" not in _required():
                item.add_marker(pytest.mark.skip(reason=f"spark: {missing}"))


@cache
def _missing() -> str:
    """What Spark needs and this machine has not; empty where all is here."""
    for name in ("pyspark", "pyarrow", "pandas"):
        try:
            __import__(name)
        except ImportError:
            return f"{name} is not installed (make spark)"
    if not shutil.which("java") and not os.environ.get("JAVA_HOME"):
        return "java is not installed"
    return ""


def _required() -> list[str]:
    return os.environ.get("HEICHAN_REQUIRE", "").split(",")


@pytest.fixture(scope="session")
def session(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[SparkSession]":
    """Two workers and few parts, so that the tests wait for no machinery."""
    from spark.session import open_session

    folder = tmp_path_factory.mktemp("spark")
    settings = {
        "spark.local.dir": str(folder),
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.sql.shuffle.partitions": "3",
    }
    opened = open_session(2, "1g", settings)
    yield opened
    opened.stop()


@pytest.fixture(scope="session")
def exports(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Files of several formats that overlap, with hostile words among them."""
    return write(tmp_path_factory.mktemp("exports"))


@pytest.fixture(scope="session")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """An empty case, whose secret both ways use."""
    return create_case(tmp_path_factory.mktemp("cases") / "case")


@pytest.fixture(scope="session")
def prepared(
    case: Case, exports: list[Path], tmp_path_factory: pytest.TempPathFactory
) -> list[Path]:
    """Two folders of masked posts, prepared before anything is read into the case."""
    from spark.prepare import prepare

    folders = [tmp_path_factory.mktemp("prepared") for _ in _runs(exports)]
    for paths, folder in zip(_runs(exports), folders, strict=True):
        assert not prepare(case, paths, folder, OPTIONS).failed
    return folders


def _runs(exports: list[Path]) -> list[list[Path]]:
    """What is collected at one time."""
    return [exports[:4], exports[4:]]


@pytest.fixture(scope="session")
def read(
    session: "SparkSession", prepared: list[Path], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The posts as Spark read them."""
    from spark.steps import extract

    folder = tmp_path_factory.mktemp("read")
    assert extract(session, prepared, folder).errors == 0
    return folder


@pytest.fixture(scope="session")
def whole(case: Case, exports: list[Path], prepared: list[Path]) -> Graph:
    """The graph of one machine from the same files."""
    for paths in _runs(exports):
        ingest(case, paths, OPTIONS)
    with case.archive() as archive:
        return derive(archive, case.settings)
