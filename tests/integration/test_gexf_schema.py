"""GEXF by the official schema (RELAX NG 1.3), where `HEICHAN_GEXF_SCHEMA` names its gexf.rng.

The schema is the folder `specs/1.3` of github.com/gephi/gexf (CC BY 4.0); it is not vendored here.
"""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.elements import Graph
from graph.export.clean.plan import plan
from graph.export.stamp import stamp_of
from graph.export.write import export_plan, format_named
from tests.graph.export.inputs import exported
from tests.integration.golden import golden

SCHEMA = Path(os.environ.get("HEICHAN_GEXF_SCHEMA", ""))


@pytest.fixture(scope="module")
def complaints() -> Callable[[Path], str]:
    """What xmllint says against a file; skips, and says why, where a part is missing."""
    missing = None if SCHEMA.is_file() else "HEICHAN_GEXF_SCHEMA names no gexf.rng"
    missing = missing if shutil.which("xmllint") else "no program xmllint"
    if missing:
        if "gexf-schema" in os.environ.get("HEICHAN_REQUIRE", "").split(","):
            pytest.fail(f"gexf-schema is required: {missing}")
        pytest.skip(f"gexf-schema: {missing}")

    def check(path: Path) -> str:
        command = ["xmllint", "--noout", "--huge", "--relaxng", str(SCHEMA), str(path)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
        return "" if done.returncode == 0 else done.stderr or "not valid"

    return check


def _empty() -> Graph:
    return Graph([], [])


@pytest.mark.parametrize("made", [golden, exported, _empty])
def test_files_are_valid(
    complaints: Callable[[Path], str], tmp_path: Path, made: Callable[[], Graph]
) -> None:
    path = tmp_path / "out.gexf"
    stamp = stamp_of({"last_seen": "2021-03-04T00:00:00Z", "version": "0"}, tlp="amber")
    export_plan(plan(made()), stamp, path, format_named("gexf"))
    assert complaints(path) == ""


@pytest.mark.parametrize(
    "wrong",
    [
        ('mode="dynamic"', 'mode="lively"'),
        (' z="0.0"', ' height="0.0"'),
        ("<attvalues>", "<attvalues/><attvalues>"),
        ('start="', 'start="soon '),
    ],
)
def test_the_gate_itself_fails_on_wrong_files(
    complaints: Callable[[Path], str], tmp_path: Path, wrong: tuple[str, str]
) -> None:
    path = tmp_path / "wrong.gexf"
    export_plan(plan(exported()), stamp_of({}), path, format_named("gexf"))
    text = path.read_text("utf-8")
    path.write_text(text.replace(*wrong, 1), "utf-8")
    assert text.count(wrong[0]) > 0
    assert complaints(path) != ""
