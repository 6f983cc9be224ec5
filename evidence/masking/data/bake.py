"""Bakes `everyday.txt`: everyday words that have the shape of a Chinese name (高清, 金融, 安全).

Run by hand with jieba's dict.txt (MIT): `python -m evidence.masking.data.bake dict.txt`.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
COMMON = 8
"""Frequency in jieba's corpus from which a word counts as everyday."""
NOT_PERSONS = 30
"""The same for words that jieba tags as persons: its tag is often wrong."""


def shaped(words: Iterator[tuple[str, int, str]]) -> Iterator[str]:
    """Words of two or three characters made of a surname and given-name characters."""
    surnames = set((HERE / "surnames.txt").read_text("utf-8").split()[0])
    given = set((HERE / "given.txt").read_text("utf-8").strip())
    for word, frequency, tag in words:
        if not (2 <= len(word) <= 3 and word[0] in surnames and given.issuperset(word[1:])):
            continue
        person = tag.startswith("nr")
        if (person and frequency >= NOT_PERSONS and len(word) == 2) or (
            not person and frequency >= COMMON
        ):
            yield word


def read(path: Path) -> Iterator[tuple[str, int, str]]:
    """Word, frequency and tag of each line."""
    for line in path.read_text("utf-8").splitlines():
        word, frequency, tag = line.split(" ")
        yield word, int(frequency), tag


def main(path: Path) -> None:
    """Writes the table, sorted, one word a line."""
    words = sorted(set(shaped(read(path))))
    (HERE / "everyday.txt").write_text("\n".join(words) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
