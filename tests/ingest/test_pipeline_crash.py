"""An ingest that is ended at any moment leaves a case that the next one completes."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from evidence.case import Case, create_case
from ingest.options import IngestOptions
from ingest.pipeline import ingest
from tests.ingest.exports import tables, twin, write_qq

_OFFER = "出 当天股民料 一手 0.{}U/条 {}00条起 可走担保 飞机@demo_h{:02d}"
_INGEST = """
import sys
from pathlib import Path
from evidence.case import open_case
from ingest.options import IngestOptions
from ingest.pipeline import ingest
case = open_case(Path(sys.argv[1]))
stops = int(sys.argv[3])
steps = 0
def progress(stage, done, total):
    global steps
    steps += 1
    print(steps, flush=True)
    if steps == stops:
        sys.stdin.read()
if __name__ == "__main__":
    ingest(case, [Path(sys.argv[2])], IngestOptions(jobs=int(sys.argv[4])), progress)
"""


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exports")
    for file in range(8):
        lines = [
            (
                f"2013-0{file + 1}-{n // 900 + 1:02d} {n // 60 % 15 + 8}:{n % 60:02d}:{n % 59:02d}",
                f"甲{n % 5}(1100{n % 5})",
                _OFFER.format(n % 9 + 1, n % 7 + 1, n % 30) if n % 40 == 0 else f"嗯 {n % 300}",
            )
            for n in range(400)
        ]
        write_qq(folder / f"{file}.txt", f"演示群{file}", lines)
    return folder


@pytest.fixture(scope="module")
def whole(exports: Path, tmp_path_factory: pytest.TempPathFactory) -> Case:
    case = create_case(tmp_path_factory.mktemp("whole") / "case")
    ingest(case, [exports], IngestOptions(jobs=1))
    return case


def _run(case: Case, exports: Path, stops: int, jobs: int) -> "subprocess.Popen[str]":
    script = case.root.parent / "ingest_script.py"
    script.write_text(_INGEST)
    return subprocess.Popen(
        [sys.executable, str(script), str(case.root), str(exports), str(stops), str(jobs)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join(
                filter(None, [os.getcwd(), os.environ.get("PYTHONPATH", "")])
            ),
        },
    )


def _ended(process: "subprocess.Popen[str]", stops: int, how: int) -> int:
    """Sends a signal to the whole group when the ingest has come to this step."""
    assert process.stdout is not None
    for line in process.stdout:
        if int(line) >= stops:
            break
    os.killpg(process.pid, how) if how == signal.SIGINT else process.kill()
    process.communicate()
    return process.returncode


@pytest.mark.parametrize(("stops", "jobs"), [(1, 1), (9, 1), (13, 2)])
def test_killed_and_completed(
    whole: Case, exports: Path, tmp_path: Path, stops: int, jobs: int
) -> None:
    case = twin(whole, tmp_path / "case")
    assert _ended(_run(case, exports, stops, jobs), stops, signal.SIGKILL) == -signal.SIGKILL
    half = tables(case)
    assert len(half["post"]) < len(tables(whole)["post"])
    ingest(case, [exports], IngestOptions(jobs=1))
    assert tables(case) == tables(whole)


def test_killed_at_odd_moments(whole: Case, exports: Path, tmp_path: Path) -> None:
    case = twin(whole, tmp_path / "case")
    for wait in (0.01, 0.15):
        process = _run(case, exports, -1, 1)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(wait)
        process.kill()
        process.communicate()
    ingest(case, [exports], IngestOptions(jobs=1))
    assert tables(case) == tables(whole)


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals to a process group")
def test_ctrl_c_keeps_what_was_committed(whole: Case, exports: Path, tmp_path: Path) -> None:
    case = twin(whole, tmp_path / "case")
    # Workers ignore the signal; the parent rolls back, ends them, and raises.
    code = _ended(_run(case, exports, 8, 2), 8, signal.SIGINT)
    assert code in (-signal.SIGINT, 1, 130)
    ingest(case, [exports], IngestOptions(jobs=1))
    assert tables(case) == tables(whole)
