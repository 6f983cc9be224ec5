"""The machine-readable lines of passports and identity cards, ICAO document 9303."""

import re
from collections.abc import Iterator
from typing import Final

from evidence.masking.found import MASK, Found

_NAMES: Final = re.compile(
    r"(?<![a-z0-9<])(?:p[a-z<]|[iac][a-z<])[a-z]{3}[a-z]{2,30}<<?[a-z<]{2,40}|(?<![^\n])[a-z]{2,25}<<[a-z<]{8,28}(?![^\n])"
)
_NUMBERS: Final = re.compile(
    r"(?<![a-z0-9<])(?:[a-z0-9<]{9}[0-9<][a-z<]{3}[0-9]{6}[0-9][mfx<][0-9]{6}[0-9][a-z0-9<]{0,16}"
    r"|[iac][a-z<][a-z]{3}[a-z0-9<]{9}[0-9][a-z0-9<]{15}"
    r"|[0-9]{6}[0-9][mfx<][0-9]{6}[0-9][a-z<]{3}[a-z0-9<]{11}[0-9])(?![a-z0-9<])"
)


def machine_lines(text: str) -> Iterator[Found]:
    """Names and numbers in normal text, each line as one value."""
    if "<" not in text:
        return
    for match in _NAMES.finditer(text):
        if "<<" in match[0] and MASK not in match[0]:
            yield Found("name", *match.span(), match[0], sure=True)
    for match in _NUMBERS.finditer(text):
        if any(char.isdigit() for char in match[0]):
            yield Found("identity_number", *match.span(), match[0].strip("<"), sure=True)
