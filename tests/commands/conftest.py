"""One case of the demo corpus for all tests that only read it."""

from pathlib import Path

import pytest

from tests.commands.helper import heichan


@pytest.fixture(scope="session")
def state(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A state folder of the tests' own, so that nobody's list of trusted cases is touched."""
    return str(tmp_path_factory.mktemp("state"))


@pytest.fixture(scope="session")
def demo_case(tmp_path_factory: pytest.TempPathFactory, state: str) -> Path:
    """The case that `heichan demo` makes."""
    folder = tmp_path_factory.mktemp("demo") / "case"
    done = heichan("demo", folder, XDG_STATE_HOME=state)
    assert done.returncode == 0, done.stderr
    return folder
