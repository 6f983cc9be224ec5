from collections.abc import Iterator

import pytest

from evidence.archive.archive import Archive
from evidence.case import Case
from graph.store import open_store
from graph.store.base import GraphStore
from tests.demo_case import demo_case


@pytest.fixture(scope="session")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return demo_case(tmp_path_factory.getbasetemp())


@pytest.fixture(scope="session")
def store(case: Case) -> Iterator[GraphStore]:
    opened = open_store(case, "embedded")
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def archive(case: Case) -> Iterator[Archive]:
    with case.reader() as opened:
        yield opened
