"""Puts a true picture of the demo's output into the README."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

README = Path(__file__).parents[1] / "README.md"
OPENS = "```text\n"
CLOSES = "```\n<!-- end of picture -->"
FIRST = "3. A chain from the inside to its use"
LAST = "  2. "
"""The picture ends before the second triple of the first broker."""


def picture() -> str:
    """The chain and the first broker, as `heichan demo` prints them."""
    with tempfile.TemporaryDirectory() as folder:
        command = [str(Path(sys.executable).with_name("heichan")), "demo", f"{folder}/case"]
        environment = {**os.environ, "XDG_STATE_HOME": folder}
        done = subprocess.run(
            command, capture_output=True, text=True, encoding="utf-8", env=environment, check=True
        )
    lines = done.stdout.splitlines()
    start = lines.index(FIRST)
    end = next(n for n, line in enumerate(lines) if n > start and line.startswith(LAST))
    return "\n".join(line.rstrip() for line in lines[start:end]) + "\n"


def shown() -> str:
    """The picture that stands in the README."""
    return README.read_text(encoding="utf-8").split(OPENS, 1)[1].split(CLOSES, 1)[0]


def main() -> None:
    """Write the picture anew."""
    text = README.read_text(encoding="utf-8")
    before, rest = text.split(OPENS, 1)
    after = rest.split(CLOSES, 1)[1]
    README.write_text(before + OPENS + picture() + CLOSES + after, encoding="utf-8")


if __name__ == "__main__":
    main()
