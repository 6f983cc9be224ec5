"""The text of a string in a workbook: its runs, without readings, with escapes undone."""

import re

_LONGEST = 1 << 20
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


class TextTaker:
    """Collects the text of `t` and `v` elements; that of phonetic readings (`rPh`) is none."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._size = 0
        self._taking = False
        self._reading = False

    def start(self, tag: str, _: dict[str, str]) -> None:
        if tag in ("t", "v"):
            self._taking = not self._reading
        elif tag == "rPh":
            self._reading = True

    def end(self, tag: str) -> None:
        if tag in ("t", "v"):
            self._taking = False
        elif tag == "rPh":
            self._reading = False

    def text(self, data: str) -> None:
        if self._taking:
            self._size += len(data)
            if self._size <= _LONGEST:
                self._pieces.append(data)

    def take(self) -> tuple[str, bool]:
        """What was collected, and whether that is all of it; begins anew."""
        text, whole = "".join(self._pieces), self._size <= _LONGEST
        self._pieces.clear()
        self._size = 0
        return (_ESCAPE.sub(_character, text) if "_x" in text else text), whole


def _character(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    # Half of a pair is no character.
    return "\ufffd" if 0xD800 <= code < 0xE000 else chr(code)
