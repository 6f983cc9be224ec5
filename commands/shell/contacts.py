"""Whether a line holds a contact: such a line is not kept in the history."""

import re
import unicodedata
from collections.abc import Mapping

from ingest.extract.contact_shapes import FREE

_HASHED = re.compile(
    r"\b(?:post|listing|claim|rel|cluster|event|run|source|quote|actor|file|decision):[0-9a-f]+\b"
)
_NUMBERED = re.compile(r"\b(?:account|venue):telegram:-?\d+\b")
"""Inner numbers of a platform, by which nobody can be written to."""
_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}(?:T[\d:.Z+\-]*)?")
_NUMBER = re.compile(r"\d(?:[ \-.()_]{0,2}\d){4,}")
_LONG = re.compile(r"(?=[a-z0-9]{0,80}\d)[a-z0-9]{26,}")
"""Wallets and the ids of messengers."""
_KINDS = re.compile(r"(?<![a-z0-9_])(?:contact|handle):")
_PARAMETER = re.compile(r"(?:^:param\s+|--?(?:param[= ]\s*)?)([a-z_][\w\-]*)")
_LABEL = re.compile(r":\s*`?(?:contact|handle)\b|\b(?:uses_contact|wears|names_contact)\b")
_LITERAL = re.compile(r"['\"]")
NAMED = re.compile(
    r"contact|handle|phone|mobile|e_?mail|qq|wechat|weixin|telegram|wallet|address|account_no"
)


def holds_contact(text: str, completes: Mapping[str, str]) -> bool:
    """Whether a line holds a contact by its form, or a value where a contact belongs.

    `completes`: what the values of a query's parameters are, by name (`Contact.value`).
    """
    line = unicodedata.normalize("NFKC", text).lower()
    bare = _DAY.sub(" ", _NUMBERED.sub(" ", _HASHED.sub(" ", line)))
    if "@" in bare or any(form.search(bare) for form in (_KINDS, FREE, _NUMBER, _LONG)):
        return True
    if _LABEL.search(line) and _LITERAL.search(line):
        return True
    names = (name.replace("-", "_") for name in _PARAMETER.findall(line))
    return any(_takes_contact(name, completes) for name in names)


def _takes_contact(name: str, completes: Mapping[str, str]) -> bool:
    kind = completes.get(name, "").partition(".")[0]
    return kind in ("Contact", "Handle") or NAMED.search(name) is not None
