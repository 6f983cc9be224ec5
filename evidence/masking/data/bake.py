"""Bakes words that have the shape of a Chinese name: everyday ones (高清, 金融) and places (常州).

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
LIKELY_PERSONS = set("王李张刘陈杨黄赵吴周徐孙马朱胡郭何罗郑梁谢宋唐许韩冯邓曹彭曾")
"""Surnames so frequent that the tag is believed, unless the word ends as things do."""
LEVELS = "省市县区州旗镇"
KNOWN = 20
"""Frequency from which a word that jieba tags as a place counts as one."""
THINGS = set("子家道树权水冠田言来")


def shaped(words: Iterator[tuple[str, int, str]]) -> Iterator[str]:
    """Words of two or three characters that start with a surname."""
    surnames = _surnames()
    for word, frequency, tag in words:
        if not (2 <= len(word) <= 3 and word[0] in surnames):
            continue
        if everyday(word, frequency, tag.startswith("nr")):
            yield word


def places(words: Iterator[tuple[str, int, str]]) -> Iterator[str]:
    """Places of two or three characters that start with a surname, also without 市 or 县."""
    surnames = _surnames()
    for word, frequency, tag in words:
        if tag != "ns" or word[0] not in surnames:
            continue
        bare = word.rstrip(LEVELS) if len(word) > 2 else word
        if bare != word or frequency >= KNOWN:
            yield from (form for form in (word, bare) if 2 <= len(form) <= 3)


def _surnames() -> set[str]:
    rare = (HERE / "surnames_rare.txt").read_text("utf-8").strip()
    return set((HERE / "surnames.txt").read_text("utf-8").split()[0] + rare)


def everyday(word: str, frequency: int, person: bool) -> bool:
    """Whether a name-shaped word is rather no name."""
    if not person:
        return frequency >= COMMON
    believed = word[0] in LIKELY_PERSONS and word[-1] not in THINGS
    return len(word) == 2 and frequency >= NOT_PERSONS and not believed


def read(path: Path) -> Iterator[tuple[str, int, str]]:
    """Word, frequency and tag of each line."""
    for line in path.read_text("utf-8").splitlines():
        word, frequency, tag = line.split(" ")
        yield word, int(frequency), tag


def main(path: Path) -> None:
    """Writes the tables, sorted, one word a line."""
    # Words of the trade and the calendar that the dictionary lacks.
    more = (HERE / "more_everyday.txt").read_text("utf-8").split()
    words = sorted({*shaped(read(path)), *more})
    (HERE / "everyday.txt").write_text("\n".join(words) + "\n", "utf-8")
    known = sorted(set(places(read(path))))
    (HERE / "places.txt").write_text("\n".join(known) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
