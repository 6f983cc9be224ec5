"""What holds for all tests."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

_RELEASE = re.compile(r"\[([0-9]+\.[0-9]+)")
"""How the id of a test that asks a server begins its parameters: with the server's release."""

# A busy machine is no fault of what is tested.
settings.register_profile("heichan", deadline=None)
settings.load_profile("heichan")


@cache
def _asks_the_server(file: str) -> bool:
    """Whether the tests of a file use a Neo4j server, whose one database is used by turns."""
    path = Path(__file__).parents[1] / file
    return path.parent.name == "integration" and "neo4j" in path.read_text("utf-8")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """A worker for each file; one for all tests of a server, where nobody waits for a turn."""
    if config.getvalue("dist") != "loadfile":
        return None
    from xdist.scheduler import LoadFileScheduling  # type: ignore[import-untyped]

    class ByServer(LoadFileScheduling):  # type: ignore[misc]
        def _split_scope(self, nodeid: str) -> str:
            file = str(super()._split_scope(nodeid))
            release = _RELEASE.search(nodeid)
            if file.startswith("tests/spark/"):
                # One session, whose start takes longer than most tests.
                return "spark"
            return f"server {release[1]}" if release and _asks_the_server(file) else file

    return ByServer(config, log)
