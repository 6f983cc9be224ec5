"""The command, as it is typed and as `spark-submit` runs it."""

import json
import os
import subprocess
import sys
from pathlib import Path

from evidence.case import Case
from tests.ingest.exports import write_qq

COMMAND = Path(sys.executable).with_name("heichan-spark")
LINES = [
    ("2013-06-01 9:00:05", "乙(10002)", "出 股民料 联通抓取 0.5元一条 飞机@demo_h01"),
    ("2013-06-01 9:01:00", "丙(10003)", "多少钱"),
]


def _run(*words: str | Path, **more: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [str(word) for word in words],
        capture_output=True,
        text=True,
        env={**os.environ, **more},
        timeout=300,
        check=False,
    )


def test_help_names_the_steps_and_needs_no_spark() -> None:
    code = "import sys; sys.modules['pyspark'] = None; from spark.cli import app; app()"
    done = _run(sys.executable, "-c", code, "--help")
    assert done.returncode == 0, done.stderr
    assert "Usage: heichan-spark" in done.stdout
    assert all(f"\n  {step} " in done.stdout for step in ("prepare", "extract", "graph", "files"))


def test_without_the_extra_the_error_says_how_to_get_it(tmp_path: Path) -> None:
    code = "import sys; sys.modules['pyspark'] = None; from spark.cli import app; app()"
    done = _run(sys.executable, "-c", code, "graph", tmp_path, "-o", tmp_path / "out")
    assert done.returncode == 1
    assert "heichan[spark]" in done.stderr


def test_spark_submit_runs_a_step(case: Case, tmp_path: Path) -> None:
    import pyspark

    import spark

    path = write_qq(tmp_path / "群.txt", "演示群", LINES)
    done = _run(
        COMMAND, "--case", case.root, "--format", "json", "prepare", path, "-o", tmp_path / "masked"
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["posts"] == len(LINES)
    submit = Path(pyspark.__file__).parent / "bin" / "spark-submit"
    script = Path(spark.__file__).with_name("__main__.py")
    words = ("--master", "local[2]", "--driver-memory", "1g", script, "--format", "json", "extract")
    folders = (tmp_path / "masked", "-o", tmp_path / "read")
    done = _run(submit, *words, *folders, PYSPARK_PYTHON=sys.executable)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {"posts": len(LINES), "errors": 0}
    assert case.secret.hex() not in done.stderr + done.stdout
    assert "股民料" not in done.stderr
