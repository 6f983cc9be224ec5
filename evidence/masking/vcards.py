"""Visiting cards as files: the properties of a vCard, RFC 6350."""

import re
from collections.abc import Iterator
from typing import Final

from evidence.masking.found import MASK, Found, Kind, squeeze

_PROPERTY: Final = re.compile(
    r"(?<![^\n])(?:item[0-9]{1,3}\.)?(fn|n|tel|email|adr)(?:;[^:\n]{0,80})?:[ \t]?"
    r"(?:tel:)?([^\n\r]{2,200})"
)
_KINDS: Final[dict[str, Kind]] = {
    "fn": "name",
    "n": "name",
    "tel": "phone",
    "email": "email",
    "adr": "address",
}


def visiting_cards(text: str) -> Iterator[Found]:
    """Name, phone, e-mail and address of each card in normal text."""
    if "begin:vcard" not in text:
        return
    for match in _PROPERTY.finditer(text):
        value = match[2].strip("; \t")
        if value and MASK not in value:
            start = match.start(2) + match[2].index(value)
            yield Found(_KINDS[match[1]], start, start + len(value), squeeze(value), sure=True)
