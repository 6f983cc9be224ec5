"""What the line of progress says, and where it is said."""

import io
import json
import sys
from pathlib import Path

import pytest

from commands import progress
from commands.memory import Memory, memory
from commands.progress import Progress
from tests.commands.inputs import messages, telegram
from tests.commands.process import here


class _Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> _Clock:
    clock = _Clock()
    monkeypatch.setattr(progress, "time", clock)
    return clock


def _lines(clock: _Clock, monkeypatch: pytest.MonkeyPatch, *, verbose: bool) -> list[str]:
    """Half a minute of an ingest at 1,000 messages and 0.1 MB a second."""
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    shown = Progress(verbose=verbose)
    for second in range(31):
        shown.messages = 1000 * second
        shown("ingest\x1b[31m", 100_000 * second, 6_000_000)
        clock.now += 1
    shown.close()
    return stream.getvalue().splitlines()


def test_plain_lines_now_and_then_where_there_is_no_terminal(
    clock: _Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = _lines(clock, monkeypatch, verbose=True)
    assert len(lines) == 3
    assert lines[-1].startswith("ingest␛[31m: ")
    assert "1,000 messages/s" in lines[-1]
    assert "0:00:30 left" in lines[-1]


def test_nothing_is_said_without_verbose(clock: _Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _lines(clock, monkeypatch, verbose=False) == []


def test_the_rate_is_that_of_the_last_half_minute(
    clock: _Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    shown = Progress(verbose=True)
    for second in range(120):
        shown("load", min(second, 60) * 1000 + max(0, second - 60) * 10, 100_000)
        clock.now += 1
    lines = stream.getvalue().splitlines()
    assert " of 100,000, 1,000/s, 0:0" in lines[3]
    assert ", 10/s, " in lines[-1]


def test_few_steps_have_no_rate_and_no_end(clock: _Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    shown = Progress(verbose=True)
    for step in range(1, 7):
        shown("derive", step, 6)
        clock.now += 11
    assert "left" not in stream.getvalue()
    assert "/s" not in stream.getvalue()
    assert "5 of 6" in stream.getvalue()


def test_memory_counts_this_process() -> None:
    held = memory()
    if sys.platform == "win32":
        assert held is None
        return
    assert held is not None
    assert held.processes >= 1
    assert held.largest > 10 << 20
    assert held.peak(None) == held
    assert Memory(1, 9, 1).peak(Memory(5, 2, 3)) == Memory(5, 9, 3)


def test_a_summary_under_verbose_and_the_document_stays_what_it_is(
    case: Path, state: str, tmp_path: Path
) -> None:
    path = telegram(tmp_path / "x.json", [*messages(30), *messages(30, 100)])
    words = ("--case", case, "ingest", path, "--format", "json")
    done = here(*words, "-v", XDG_STATE_HOME=state)
    assert done.returncode == 0, done.stderr
    assert "seconds: " in done.stderr
    assert "graph " in done.stderr
    assert "seconds: " not in done.stdout
    told = ["files", "set_aside", "posts", "new", "listings", "accounts", "seconds"]
    assert list(json.loads(done.stdout)) == told
    quiet = here(*words, "-v", "--quiet", XDG_STATE_HOME=state)
    assert quiet.stderr == ""
    plain = here(*words, XDG_STATE_HOME=state)
    assert "seconds: " not in plain.stderr


def test_a_slow_message_and_repeats_are_named(case: Path, state: str, tmp_path: Path) -> None:
    offers = messages(3)
    offers[1]["text"] = offers[1]["text_entities"][0]["text"] = "出 股民料 0.5元一条 " * 3000
    offers[2]["text"] = offers[2]["text_entities"][0]["text"] = str(offers[0]["text"])
    path = telegram(tmp_path / "x.json", offers)
    done = here("--case", case, "ingest", path, "-v", "--no-build", XDG_STATE_HOME=state)
    assert "slow messages: " in done.stderr
    assert "messages[1] (" in done.stderr
    assert "came again and were not read again: 1" in done.stderr
