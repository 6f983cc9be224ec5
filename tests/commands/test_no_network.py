"""No command opens a connection: Python tells every attempt to a hook that forbids it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.process import environment
from tests.demo_case import CORPUS

_HOOK = """
import sys
ASKED = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto")
def forbid(event, arguments):
    if event in ASKED:
        raise RuntimeError(f"{event} {arguments}")
sys.addaudithook(forbid)
"""
_RUN = "import sitecustomize; from cli import app; app()"
LINES = (
    ("ingest", str(CORPUS / "telegram"), "--jobs", "2"),
    ("status",),
    ("query", "run", "market.product_ranking"),
    ("search", "飞机"),
    ("brokers",),
    ("metrics",),
    ("export", "gexf", "-o", "{folder}/a.gexf"),
    ("view", "--label", "Venue", "-o", "{folder}/a.html"),
    ("report", "-o", "{folder}/b.html"),
    ("doctor",),
)


def _run(hooked: Path, *line: str) -> "subprocess.CompletedProcess[str]":
    place = environment(XDG_STATE_HOME=str(hooked / "state"))
    place["PYTHONPATH"] = os.pathsep.join(map(str, (hooked, Path(__file__).parents[2])))
    return subprocess.run(
        [sys.executable, "-c", _RUN, *line], capture_output=True, text=True, env=place
    )


@pytest.fixture(scope="module")
def hooked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hooked")
    (folder / "sitecustomize.py").write_text(_HOOK)
    assert _run(folder, "init", str(folder / "case")).returncode == 0
    return folder


def test_the_hook_forbids(hooked: Path) -> None:
    code = "import sitecustomize, socket; socket.create_connection(('127.0.0.1', 9))"
    place = environment() | {"PYTHONPATH": str(hooked)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=place)
    assert "RuntimeError: socket." in done.stderr


def test_no_command_asks_for_a_connection(hooked: Path) -> None:
    for line in LINES:
        arguments = [part.replace("{folder}", str(hooked)) for part in line]
        done = _run(hooked, "--case", str(hooked / "case"), *arguments)
        assert "socket." not in done.stderr, (line, done.stderr)
        assert done.returncode in (0, 1), (line, done.stderr)
