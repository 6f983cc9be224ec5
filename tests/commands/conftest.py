"""One case of the demo corpus for all tests that only read it."""

import fcntl
import os
from pathlib import Path

import pytest

from tests.commands.process import heichan, here


@pytest.fixture(scope="session")
def state(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A state folder of the tests' own, so that nobody's list of trusted cases is touched."""
    return str(_shared(tmp_path_factory) / "state")


@pytest.fixture(scope="session")
def demo_case(tmp_path_factory: pytest.TempPathFactory, state: str) -> Path:
    """The case that `heichan demo` makes, with what it told in `told.txt`; one for a whole run."""
    folder = _shared(tmp_path_factory) / "commands-demo"
    folder.mkdir(exist_ok=True)
    told = folder / "told.txt"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not told.exists():
            done = heichan("demo", folder / "case", XDG_STATE_HOME=state)
            assert done.returncode == 0, done.stderr
            told.write_text(done.stdout, "utf-8")
    return folder / "case"


@pytest.fixture
def case(tmp_path: Path, state: str) -> Path:
    """An empty case."""
    folder = tmp_path / "case"
    assert here("init", folder, XDG_STATE_HOME=state).returncode == 0
    return folder


def _shared(factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of a run share."""
    base = factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
