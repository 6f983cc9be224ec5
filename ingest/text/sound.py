"""Contact cues by their sound: other characters of the same syllables, in front of an id."""

from collections.abc import Iterable, Iterator
from typing import Final

from ingest.text.digits import NUMERALS
from ingest.text.late import late
from ingest.text.tables import table_rows

_TABLE: Final = {char: sound for sound, chars in table_rows("sounds.tsv") for char in chars}
_AFTER: Final = f"(?=[^\n]{{0,8}}?[0-9a-z@{''.join(NUMERALS)}])"
"""The id itself is read by the contact grammar; this only saves it most of the trying."""


class Sounds:
    """Places where two characters sound like a cue of two and are not the cue itself."""

    def __init__(self, cues: Iterable[str]) -> None:
        spelled = {cue: tuple(map(_TABLE.get, cue)) for cue in cues if len(cue) == 2}
        heard = {sounds: cue for cue, sounds in spelled.items() if None not in sounds}
        self._cues = {(str(first), str(second)): cue for (first, second), cue in heard.items()}
        firsts = _class(first for first, _ in self._cues)
        seconds = _class(second for _, second in self._cues)
        # The rarer second character leads, so that plain text is passed over by one class.
        self._pattern = late(f"{seconds}(?<={firsts}.){_AFTER}")

    def find(self, text: str) -> Iterator[tuple[str, int, int]]:
        """The cue that is heard, with its place in normal text."""
        for match in self._pattern.finditer(text):
            place = match.start()
            cue = self._cues.get((_TABLE[text[place - 1]], _TABLE[text[place]]))
            if cue and text[place - 1 : place + 1] != cue and not _in_word(text, place - 1):
                yield cue, place - 1, place + 1


def _class(syllables: Iterable[str]) -> str:
    wanted = set(syllables)
    chars = "".join(sorted(char for char in _TABLE if _TABLE[char] in wanted))
    return f"[{chars}]" if chars else "(?!)"


def _in_word(text: str, place: int) -> bool:
    # v stands for 微 (v芯), but not at the end of a Latin word.
    return (
        place > 0
        and text[place].isascii()
        and text[place - 1].isascii()
        and (text[place - 1].isalnum() or text[place - 1] in "_@/")
    )
