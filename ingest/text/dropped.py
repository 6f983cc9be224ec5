"""Characters that the normaliser drops: marks on the character before, and invisible ones."""

from typing import Final

MARKS: Final = (
    "\u0300-\u036f\u0483-\u0489\u180b-\u180d\u180f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff"
    "\u3099\u309a\ufe00-\ufe0f\ufe20-\ufe2f"
)
"""Combining, keycap and variation marks: they belong to the character before them."""
INVISIBLE: Final = (
    "\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064"
    "\u2066-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb"
)
"""Zero-width, bidirectional and filler characters of the basic plane."""
ASTRAL_MARKS: Final = "\U000e0100-\U000e01ef"
ASTRAL_INVISIBLE: Final = "\U000e0001\U000e0020-\U000e007f"


def _ranges(spec: str) -> tuple[tuple[str, str], ...]:
    parts: list[tuple[str, str]] = []
    place = 0
    while place < len(spec):
        ranged = spec[place + 1 : place + 2] == "-"
        parts.append((spec[place], spec[place + 2] if ranged else spec[place]))
        place += 3 if ranged else 1
    return tuple(parts)


_RANGES: Final = _ranges(MARKS + INVISIBLE + ASTRAL_MARKS + ASTRAL_INVISIBLE)


def is_dropped(char: str) -> bool:
    """Whether the normaliser drops this character."""
    return any(first <= char <= last for first, last in _RANGES)
