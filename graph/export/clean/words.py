"""Values made fit for a file: texts without what XML can't hold, no dates, no large integers."""

import re
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date, datetime

from graph.elements import Value

MASK = "▮"
EXACT = 2**53
"""Above this a reader that keeps numbers as doubles would round an integer."""
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Cell = str | int | float | bool | list[str]
"""A value of a plan: no None, no dates; times and days are ISO text."""


class Words:
    """Makes text harmless: no characters outside XML; removals are counted."""

    def __init__(self, losses: Counter[str]) -> None:
        self._losses = losses

    def text(self, text: str) -> str:
        """The text without what XML can't hold."""
        # What can be printed has no character outside XML, and is nearly everything.
        if text.isprintable():
            return text
        clean, removed = NOT_XML.subn("", text)
        self._losses["characters removed"] += removed
        return clean

    def identifier(self, text: str) -> str:
        """The id; what XML can't hold is written as %XX, so that no two ids fall together."""
        if text.isprintable():
            return text
        return NOT_XML.sub(lambda match: f"%{ord(match[0]):02X}", text)

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
        if isinstance(value, str):
            return value if value.isprintable() else self.text(value)
        if isinstance(value, (bool, float)):
            return value
        if isinstance(value, int):
            return value if -EXACT <= value <= EXACT else str(value)
        if isinstance(value, list):
            return [self.text(plain(item)) for item in value]
        return plain(value) if isinstance(value, date) else self.text(plain(value))


def plain(value: object) -> str:
    """The value as text; a time in UTC as ISO 8601."""
    if isinstance(value, str):
        return value
    if isinstance(value, datetime):
        if value.tzinfo is UTC:
            return f"{value.isoformat()[:19]}Z"
        return f"{value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='seconds')}Z"
    return value.isoformat() if isinstance(value, date) else str(value)
