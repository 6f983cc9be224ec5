"""Values made fit for a file: texts without what XML can't hold, no contact that must not leave."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime

from graph.elements import Value

MASK = "▮"
EXACT = 2**53
"""Above this a reader that keeps numbers as doubles would round an integer."""
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Cell = str | int | float | bool | list[str]
"""A value of a plan: no None, no dates; times and days are ISO text."""


class Words:
    """Makes text harmless: no characters outside XML, no contact that must not leave."""

    def __init__(self, hidden: Iterable[str], losses: Counter[str]) -> None:
        listed = sorted(map(re.escape, hidden), key=lambda value: (-len(value), value))
        whole = rf"(?<![0-9a-z_])(?:{'|'.join(listed)})(?![0-9a-z_])"
        self._hidden = re.compile(whole, re.IGNORECASE) if listed else None
        self._losses = losses

    def text(self, text: str) -> str:
        """The text, with removals counted."""
        clean, removed = _NOT_XML.subn("", text)
        self._losses["characters removed"] += removed
        if self._hidden is None:
            return clean
        shown, masked = self._hidden.subn(lambda match: MASK * len(match[0]), clean)
        self._losses["mentions of accused or third persons' contacts masked"] += masked
        return shown

    def identifier(self, text: str) -> str:
        """The id; what XML can't hold is written as %XX, so that no two ids fall together."""
        return _NOT_XML.sub(lambda match: f"%{ord(match[0]):02X}", text)

    def line(self, text: str) -> str:
        """The text on one line."""
        return self.text(" ".join(text.split()))

    def props(self, props: Mapping[str, Value]) -> dict[str, Value]:
        """The properties with their texts made harmless, in their own types."""
        return {name: self._value(value) for name, value in props.items()}

    def _value(self, value: Value) -> Value:
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, list) and value and isinstance(value[0], str):
            return [self.text(str(item)) for item in value]
        return value

    def cell(self, value: object) -> Cell:
        """A property value as one of the types of a plan."""
        if isinstance(value, bool | float):
            return value
        if isinstance(value, int):
            return value if -EXACT <= value <= EXACT else str(value)
        if isinstance(value, list):
            return [self.text(plain(item)) for item in value]
        return self.text(plain(value))


def plain(value: object) -> str:
    """The value as text; a time in UTC as ISO 8601."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return value.isoformat() if isinstance(value, date) else str(value)
