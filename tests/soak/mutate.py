"""Damages bytes by a seed: what disks, tools and hostile hands do to files."""

import random
from collections.abc import Callable
from typing import Final

Damage = Callable[[random.Random, bytearray], None]
_TOKENS: Final = (
    *(b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\r", b"\n\n\n", b"\\ud800", b"\xed\xa0\x80", b"&#0;"),
    *(b"99999999999999999999", b"-1", b"1e999", b"NaN", b"null", b"0x", b"9999-99-99 99:99:99"),
    *(b'"', b"'", b"<", b">", b"]]>", b"{", b"}", b"[" * 2000, b'{"a":' * 1500, b"<div>" * 1500),
    *(b"<!ENTITY x SYSTEM 'file:///nowhere'>", b"&x;", b"../../x", b"\x1b]0;x\x07", b"=1+1"),
    *("\u202e\u200b".encode(), "👨‍👩‍👧".encode() * 50, "说".encode("gb18030"), b"A" * 70_000),
)
_MOST: Final = 12
"""Damages of one file at most."""


def mutated(data: bytes, seed: int) -> bytes:
    """The bytes with one to twelve damages; the same seed gives the same file."""
    chance = random.Random(seed)
    damaged = bytearray(data)
    for _ in range(min(_MOST, 1 + int(chance.expovariate(0.5)))):
        chance.choice(_DAMAGES)(chance, damaged)
    return bytes(damaged)


def _place(chance: random.Random, data: bytearray) -> int:
    return chance.randrange(len(data) + 1)


def _stretch(chance: random.Random, data: bytearray) -> slice:
    start = _place(chance, data)
    return slice(start, start + int(chance.expovariate(1 / 200)) + 1)


def _flip(chance: random.Random, data: bytearray) -> None:
    for _ in range(chance.randint(1, 20)):
        if data:
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def _overwrite(chance: random.Random, data: bytearray) -> None:
    stretch = _stretch(chance, data)
    data[stretch] = chance.randbytes(len(data[stretch]))


def _delete(chance: random.Random, data: bytearray) -> None:
    del data[_stretch(chance, data)]


def _repeat(chance: random.Random, data: bytearray) -> None:
    stretch = _stretch(chance, data)
    data[stretch] = bytes(data[stretch]) * chance.randint(2, 40)


def _move(chance: random.Random, data: bytearray) -> None:
    stretch = _stretch(chance, data)
    moved = bytes(data[stretch])
    del data[stretch]
    place = _place(chance, data)
    data[place:place] = moved


def _insert(chance: random.Random, data: bytearray) -> None:
    place = _place(chance, data)
    data[place:place] = chance.choice(_TOKENS)


def _cut(chance: random.Random, data: bytearray) -> None:
    del data[_place(chance, data) :]


def _recode(chance: random.Random, data: bytearray) -> None:
    text = bytes(data).decode("utf-8", "replace")
    codec = chance.choice(("utf-16", "gb18030", "big5", "utf-8-sig", "utf-16-be"))
    data[:] = text.encode(codec, "replace")


_DAMAGES: Final[tuple[Damage, ...]] = (
    *(_flip, _overwrite, _delete, _repeat, _move, _insert, _insert, _cut),
    _recode,
)
