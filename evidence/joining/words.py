"""What is compared of a text and a name, whatever format they were written in."""

import re
import unicodedata
from hashlib import blake2b
from typing import Final

LONG: Final = 6
"""Shorter texts are answers that everybody gives."""
_UNSHOWN: Final = re.compile(r"\s+|[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe0e\ufe0f\ufeff]+")
# Exporters write faces and pictures as such words, as pictures, or not at all.
_STAND_INS: Final = re.compile(r"\[[\u4e00-\u9fff]{1,6}\]")


def plain(text: str) -> str:
    """A masked text without white space, stand-ins of pictures and differences of width or case."""
    bare = _UNSHOWN.sub("", _STAND_INS.sub("", text))
    return bare.lower() if bare.isascii() else unicodedata.normalize("NFKC", bare).casefold()


def words_key(text: str) -> int:
    """A number that equal plain texts share, negative where they are short; 0 without words."""
    bare = plain(text)
    if not bare:
        return 0
    digest = blake2b(bare.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    number = (int.from_bytes(digest, "big") >> 1) or 1
    return number if len(bare) >= LONG else -number
