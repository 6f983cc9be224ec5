"""Texts that a person gives with a decision: short, of one line, masked."""

import re
import unicodedata
from typing import Final

from evidence.errors import UsageError

NAME: Final = 80
TEXT: Final = 2_000
"""Characters of a name and of a reason or source at the most."""
_BASIS: Final = re.compile(r"[a-z]+(?:_[a-z]+)*\Z")
_BASIS_LENGTH: Final = 32
DERIVED: Final = frozenset(
    {
        "accused", "act_derived", "alias", "conversation", "decision", "escrow_notice", "forward",
        "name", "self_described",
    }
)  # fmt: skip
"""Words that say how the program came to a relationship."""


def basis_of(text: str | None) -> str:
    """What a statement rests on, in one word. UsageError."""
    word = (text or "").strip()
    hint = "Such as court, report, explicit_text, interview or observation."
    if not _BASIS.match(word) or len(word) > _BASIS_LENGTH:
        raise UsageError("--basis is one word of small letters, parts joined by _", hint=hint)
    if word in DERIVED:
        raise UsageError(f"--basis {word} is the program's own word", hint=hint)
    return word


def line(text: str | None, option: str, length: int = TEXT) -> str:
    """A text on one line, masked. UsageError where it is empty or too long."""
    whole = " ".join(unicodedata.normalize("NFC", text or "").split())
    if not whole:
        raise UsageError(f"{option} is missing", hint=f"{option} TEXT")
    if len(whole) > length:
        raise UsageError(f"{option} has more than {length} characters", hint="Say it shorter.")
    return masked(whole)


def masked(text: str) -> str:
    """The text as it may be stored."""
    # The masker's tables take longer to load than a command that only reads decisions.
    from evidence.archive.cleaning import clean_name

    return clean_name(text)
