"""Character tables, most of them baked: `bake.py` and `bake_sounds.py` make them."""

from pathlib import Path
from typing import Final

_FOLDER: Final = Path(__file__).parent


def table_rows(name: str) -> list[list[str]]:
    """The cells of each row of a packaged table, its head among them where it has one."""
    text = (_FOLDER / name).read_text("utf-8")
    return [line.split("\t") for line in text.split("\n") if line]
