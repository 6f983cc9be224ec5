"""E-mail addresses, also with (at) and (dot)."""

import re
from typing import Final

from evidence.masking.cues import cue_of
from evidence.masking.found import MASK, Found

_AT: Final = re.compile(r"@| ?[(\[] ?at ?[)\]] ?")
_LOCAL: Final = re.compile(rf"(?<![a-z0-9{MASK}])[a-z0-9_](?:[a-z0-9._%+]|-(?!-))*$")
_LABEL: Final = "[a-z0-9]{1,63}(?:-{1,2}[a-z0-9]{1,63}){0,4}"
_DOMAIN: Final = re.compile(
    rf"(?:{_LABEL}(?:\.|\s?[(\[] ?dot ?[)\]]\s?)){{1,6}}[a-z]{{2,24}}(?![a-z0-9]|-(?!-))"
)
LONGEST_LOCAL: Final = 64
"""RFC 5321."""


def emails(text: str) -> list[Found]:
    """E-mail addresses in normal text, in order."""
    found: list[Found] = []
    done = 0
    for at in _AT.finditer(text):
        before = max(done, at.start() - LONGEST_LOCAL - 1)
        local = _LOCAL.search(text[before : at.start()])
        domain = _DOMAIN.match(text, at.end())
        if local is None or domain is None:
            continue
        start, end = before + local.start(), domain.end()
        value = re.sub(r"\s?[(\[] ?dot ?[)\]]\s?", ".", f"{local[0]}@{domain[0]}")
        found.append(Found("email", start, end, value, cue=cue_of(text, start, end)))
        done = end
    return found
