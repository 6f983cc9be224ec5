"""An amount of a text, and other words for a stretch of it."""

import re
from collections.abc import Callable
from typing import Final

import msgspec

from benchmarks.gold import Key

_HAN: Final = re.compile("[一-鿿]")


class Place(msgspec.Struct, frozen=True):
    """An amount of a text. `goods`: where the text names goods."""

    text: str
    span: tuple[int, int]
    slot: str
    key: Key
    goods: frozenset[tuple[int, int]]

    @property
    def quote(self) -> str:
        return self.text[self.span[0] : self.span[1]]

    @property
    def is_han(self) -> bool:
        return _HAN.search(self.text) is not None


class Edit(msgspec.Struct, frozen=True):
    """Other words for a stretch of the text; `key` where the amount says something else then."""

    start: int
    end: int
    text: str
    key: Key | None = None


Change = Callable[[Place], Edit | None]
