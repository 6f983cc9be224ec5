"""Characters written as their parts: 月殳民 (股民), 扌召 (招), and squared ones used as signs."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from ingest.text.normalise import Edit, Normal, normalise
from ingest.text.scan import Scanner, holds_one
from ingest.text.tables import table_rows

_ROWS: Final = table_rows("parts.tsv")[1:]
_WHOLE: Final = {parts: whole for parts, whole, _, _ in _ROWS}
_RARE: Final = frozenset(parts for parts, _, kind, _ in _ROWS if kind == "rare")
"""Parts that no word of plain writing has beside each other; others must make a term."""
_PARTS: Final = re.compile("|".join(sorted(_WHOLE)))
PART_FIRSTS: Final = "".join(sorted({parts[0] for parts in _WHOLE}))
PARTS: Final = f"[{PART_FIRSTS}](?=[{''.join(sorted({parts[1] for parts in _WHOLE}))}])"
"""Where parts may stand beside each other."""
_REACH: Final = 8
_SPACE: Final = re.compile(r"[^\w▮@]")
_SQUARES: Final = {char: normalise(char).text for char in "🈁🈂🈚🈯🈲🈳🈴🈵🈶🈷🈸🈹🈺🉐🉑"}
_CIRCLED: Final = {char: normalise(char).text for char in "㊣㊙㊗"}
_SQUARES.update(_CIRCLED)
_SQUARED: Final = re.compile("[🈁-🉑]")
_READ: Final = re.compile("[" + "".join(sorted(set(_SQUARES.values()))) + "]")
_SIGN: Final = "*"
"""What stands for a squared character between two others until words are joined."""


class Parts:
    """Puts parts together. `meant`: which terms of the scanner mean something."""

    def __init__(self, scanner: Scanner, meant: Sequence[bool] | Mapping[int, bool]) -> None:
        self._scanner = scanner
        self._meant = meant

    def edits(self, text: str) -> list[Edit]:
        """Edits of normal text."""
        return [
            (*match.span(), _WHOLE[match[0]])
            for match in _PARTS.finditer(text)
            if match[0] in _RARE or self._makes_term(text, match)
        ]

    def _makes_term(self, text: str, match: re.Match[str]) -> bool:
        before = _SPACE.sub("", _composed(text[max(0, match.start() - _REACH) : match.start()]))
        after = _SPACE.sub("", _composed(text[match.end() : match.end() + _REACH]))
        hits = self._scanner.scan(before + _WHOLE[match[0]] + after)
        place = len(before)
        return any(
            self._meant[number] and start <= place < end and end - start > 1
            for number, start, end in hits
        )


def _composed(text: str) -> str:
    return _PARTS.sub(lambda match: _WHOLE[match[0]], text)


def has_squares(text: str) -> bool:
    """Whether a text as written has squared characters (🈶)."""
    return _SQUARED.search(text) is not None or holds_one(text, _CIRCLED)


def squares_as_signs(text: str, normal: Normal) -> Normal:
    """Normal text with squared characters inside words as signs: 股🈶民, not 🈶货."""
    places = [place for place in _squares(text, normal) if _inside(normal.text, place)]
    return normal.edited([(place, place + 1, _SIGN) for place in places])


def squares_as_read(text: str, normal: Normal) -> Normal:
    """Squared characters that were no signs, read again."""
    edits = [
        (match.start(), match.end(), _SQUARES[written])
        for match in re.finditer(re.escape(_SIGN), normal.text)
        if (written := text[slice(*normal.back(*match.span()))][:1]) in _SQUARES
    ]
    return normal.edited(edits)


def _squares(text: str, normal: Normal) -> Iterator[int]:
    for match in _READ.finditer(normal.text):
        if text[normal.back(*match.span())[0]] in _SQUARES:
            yield match.start()


def _inside(text: str, place: int) -> bool:
    around = text[max(0, place - 1) : place] + text[place + 1 : place + 2]
    return len(around) == 2 and all("一" <= char <= "鿿" for char in around)
