"""Bakes `one_to_one.tsv` and `expand.tsv` from Unicode's names and OpenCC's TSCharacters.txt.

Run by hand with the path of TSCharacters.txt (Apache-2.0), as shipped in the packages `OpenCC`
and `opencc-python-reimplemented`: `python -m ingest.text.tables.bake TSCharacters.txt`.
"""

import re
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from ingest.text.dropped import is_dropped

HERE = Path(__file__).parent
LEFT_ALONE = frozenset("…‥™℠")
"""Common in plain text; expanding them would cost the fast path and tell nothing."""
PUNCTUATION = {
    **dict.fromkeys("‐‑‒–—―−﹘", "-"),
    **dict.fromkeys("“”„‟″", '"'),
    **dict.fromkeys("‘’‚‛′", "'"),
    "丶": "·",
    "⁄": "/",
    "∕": "/",
    "〜": "~",
    "∶": ":",
    "꞉": ":",
}
LATIN = {"ɡ": "g", "ɑ": "a", "ı": "i"}
"""Latin letters that look like plain ones and do not decompose."""
VARIANTS = dict(
    zip(
        "収売価単広応実対経発団処県権銭図験転帯総続読労両営検戸済剤斉択駅歳観圏変辺黒気糸"
        "伝仮雑毎関鉄豊隠壱弐拡拠満薬軽険鶏霊歩歴掲渋沢焼畳砕穂粋絵継縄蔵蛍覇覚訳譲賛郷醸"
        "釈鋳錬闘陥頼顕騒髄黙亜悪圧囲為壌嬢楽帰拝払撃効勅寛巌剣倹顔壊懐",
        "收卖价单广应实对经发团处县权钱图验转带总续读劳两营检户济剂齐择驿岁观圈变边黑气丝"
        "传假杂每关铁丰隐壹贰扩据满药轻险鸡灵步历揭涩泽烧叠碎穗粹绘继绳藏萤霸觉译让赞乡酿"
        "释铸炼斗陷赖显骚髓默亚恶压围为壤娘乐归拜拂击效敕宽岩剑俭颜坏怀",
        strict=True,
    )
)
"""Japanese forms of Han letters, which OpenCC's table of traditional ones does not hold."""
LETTER_NAMES = re.compile(
    r"(?:(?:NEGATIVE )?(?:CIRCLED|SQUARED) LATIN CAPITAL LETTER"
    r"|LATIN LETTER SMALL CAPITAL|TORTOISE SHELL BRACKETED LATIN CAPITAL LETTER"
    r"|PARENTHESIZED LATIN (?:CAPITAL|SMALL) LETTER) ([A-Z])"
)
NUMBER_NAMES = re.compile("(?:.*CIRCLED|HANGZHOU NUMERAL).*")


def named_letter(char: str) -> str | None:
    """The Latin letter that a squared, circled, bracketed or small capital letter stands for."""
    match = LETTER_NAMES.fullmatch(unicodedata.name(char, ""))
    return match[1].lower() if match else None


def number_of(char: str) -> str | None:
    """Decimal digits of any script, circled numbers without decomposition (❶), 〡, 🔟."""
    if (digit := unicodedata.decimal(char, None)) is not None:
        return str(digit)
    if char == "🔟":
        return "10"
    named = NUMBER_NAMES.fullmatch(unicodedata.name(char, ""))
    if named and (value := unicodedata.numeric(char, None)) is not None:
        return str(int(value)) if value == int(value) else None
    return None


def compatible(char: str) -> str:
    """NFKD without combining marks for Latin and compatibility characters, else unchanged."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", char) if not unicodedata.combining(c))
    compatibility = unicodedata.decomposition(char).startswith("<")
    single_canonical = len(unicodedata.normalize("NFD", char)) == 1
    if plain and (plain.isascii() or compatibility or single_canonical):
        return plain
    return char


def once(char: str, simplified: dict[str, str]) -> str:
    """One step of the mapping of one character."""
    if char in LEFT_ALONE:
        return char
    found = PUNCTUATION.get(char) or LATIN.get(char) or number_of(char) or named_letter(char)
    found = found or compatible(char)
    if found.isspace() != char.isspace() or (
        char.isspace() and char in "\n\r\t\v\f\x1c\x1d\x1e\x1f"
    ):
        return char
    found = "".join(c.lower() if len(c.lower()) == 1 else c for c in found)
    return "".join(simplified.get(c, c) for c in found if not is_dropped(c)) or char


def settled(char: str, simplified: dict[str, str]) -> str:
    """The mapping applied until nothing changes, so that normal text is its own normal text."""
    text = char
    for _ in range(8):
        after = "".join(once(c, simplified) for c in text)
        if after == text:
            return text
        text = after
    raise ValueError(f"U+{ord(char):04X} does not settle")


def read_simplified(path: Path) -> dict[str, str]:
    """Traditional to simplified, the first candidate of each line, single characters only."""
    lines = (line.split("\t") for line in path.read_text("utf-8").splitlines() if "\t" in line)
    pairs = ((old, new.split(" ")[0]) for old, new in lines)
    found = {old: new for old, new in pairs if len(old) == len(new) == 1 and old != new}
    return VARIANTS | found


def mapped(simplified: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Every code point that changes, with what it becomes."""
    for code in range(sys.maxunicode + 1):
        char = chr(code)
        if unicodedata.category(char) in ("Cn", "Cs", "Co", "Cc") or is_dropped(char):
            continue
        if (after := settled(char, simplified)) != char:
            yield char, after


def main(path: Path) -> None:
    """Writes both tables; hexadecimal code point, tab, what it becomes."""
    pairs = list(mapped(read_simplified(path)))
    for name, single in (("one_to_one.tsv", True), ("expand.tsv", False)):
        lines = [f"{ord(a):04X}\t{b}\n" for a, b in pairs if (len(b) == 1) is single]
        (HERE / name).write_text("".join(lines), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
