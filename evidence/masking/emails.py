"""E-mail addresses, also with (at) and (dot)."""

import re
from typing import Final

from evidence.masking.cards import cards
from evidence.masking.cues import cue_of
from evidence.masking.found import MASK, Found
from evidence.masking.identity import chinese
from evidence.masking.sieve import Sieved

_DOT: Final = r"(?:\.|\s?[(\[{<] ?(?:dot|\.|点) ?[)\]}>]\s?| dot )"
_AT: Final = Sieved(
    r" ?[(\[{<] ?(?:at|@|#|a|艾特|圈a) ?[)\]}>] ?| @ |@"
    r"|(?: at | ?# ?|艾特)(?=[a-z0-9-]{2,20}(?: dot |\.)[a-z]{2,8}\b)"
)
_LOCAL: Final = re.compile(rf"(?<![a-z0-9{MASK}])[a-z0-9_](?:[a-z0-9._%+]|-(?!-))*$")
_LABEL: Final = "[a-z0-9]{1,63}(?:-{1,2}[a-z0-9]{1,63}){0,4}"
_DOMAIN: Final = re.compile(rf"(?:{_LABEL}{_DOT}){{1,6}}[a-z]{{2,24}}(?![a-z0-9]|-(?!-))")
_WRITTEN_DOT: Final = re.compile(_DOT)
_PLAIN: Final = re.compile("[a-z]{1,8}")
"""Before a sign with gaps a short plain word is a word of the sentence: find me at demo.example."""
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
        if local is None or domain is None or _is_said(at[0], local[0], domain[0]):
            continue
        start, end = before + local.start(), domain.end()
        value = f"{local[0]}@{_WRITTEN_DOT.sub('.', domain[0])}"
        # An identity or card number goes wherever it stands, and so does the address made of it.
        holds = bool(chinese(text[start:end]) or cards(text[start:end]))
        found.append(Found("email", start, end, value, cue=cue_of(text, start, end), sure=holds))
        done = end
    return found


def _is_said(sign: str, local: str, domain: str) -> bool:
    """Whether the sign is a word or a mark between two others."""
    if sign.strip() in ("@", "at", "#", "艾特") and sign != "@":
        return _PLAIN.fullmatch(local) is not None and " dot " not in domain
    return False
