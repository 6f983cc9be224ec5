"""What a process of its own loads of the program that starts it."""

import subprocess
import sys
from pathlib import Path

SCRIPT = """
import multiprocessing
from contextlib import nullcontext
from graph.bare import bare

print("loaded", flush=True)
if __name__ == "__main__":
    for within in (bare(), nullcontext()):
        process = multiprocessing.get_context("spawn").Process(target=print, args=("called",))
        with within:
            process.start()
        process.join()
"""


def test_the_first_module_is_loaded_once_more_only_where_it_is_not_left_out(
    tmp_path: Path,
) -> None:
    script = tmp_path / "script.py"
    script.write_text(SCRIPT, encoding="utf-8")
    root = str(Path(__file__).parents[2])
    ran = subprocess.run(
        [sys.executable, str(script)],
        env={"PYTHONPATH": root},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.split() == ["loaded", "called", "loaded", "called"]
