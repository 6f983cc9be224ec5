"""Bakes `sounds.tsv`: the characters that sound like those of the contact cues below.

Run by hand where the package pypinyin (MIT) is installed:
`python -m ingest.text.tables.bake_sounds`.
"""

from collections.abc import Mapping
from importlib import import_module
from itertools import chain
from pathlib import Path
from unicodedata import normalize

HERE = Path(__file__).parent
CUES = ("微信", "扣扣", "电报", "飞机")
"""Cues of two characters. Left out are those that sound like everyday words (手机 like 收集) or
like words that stand before figures in trade talk (企鹅 like 起额, 蝙蝠 like 边付)."""
LOOKALIKES = {"v": "微", "徽": "微", "❤": "信", "♥": "信"}
"""Team knowledge: what is drawn instead of a character, not sounded."""


def syllable(readings: str) -> str:
    """The first reading without tone, zh z, ch c, sh s and -ng -n being the same."""
    plain = "".join(c for c in normalize("NFD", readings.split(",")[0]) if c.isalpha())
    for written, same in (("zh", "z"), ("ch", "c"), ("sh", "s")):
        if plain.startswith(written):
            plain = same + plain.removeprefix(written)
    return plain.removesuffix("g") if plain.endswith("ng") else plain


def is_common(char: str) -> bool:
    """Whether GB 2312 has the character: rarer ones are typed by nobody."""
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def sounds(readings: Mapping[int, str]) -> dict[str, str]:
    """Character to syllable, for the syllables of the cues."""
    wanted = {syllable(readings[ord(char)]) for char in chain(*CUES)}
    found = ((chr(code), syllable(written)) for code, written in readings.items())
    table = {char: sound for char, sound in found if sound in wanted and is_common(char)}
    return table | {char: table[meant] for char, meant in LOOKALIKES.items()}


def main() -> None:
    """Writes the table; one line a syllable, tab, its characters."""
    table = sounds(import_module("pypinyin.constants").PINYIN_DICT)
    lines = [
        f"{sound}\t{''.join(sorted(char for char in table if table[char] == sound))}\n"
        for sound in sorted(set(table.values()))
    ]
    (HERE / "sounds.tsv").write_text("".join(lines), "utf-8")


if __name__ == "__main__":
    main()
