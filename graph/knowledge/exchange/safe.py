"""What an id or a text of a stranger's file must be before it is kept."""

import re
from collections.abc import Container, Iterator
from typing import Final

from evidence.archive.cleaning import clean_id, clean_message, clean_name
from graph.schema import NODE_KINDS

LONGEST: Final = 600
_HASHED: Final = frozenset(
    {"post", "listing", "claim", "cluster", "actor", "run", "event", "source", "quote", "rel"}
)
_HASH: Final = re.compile(r"[0-9a-f]{32}\Z")
_SHA256: Final = re.compile(r"[0-9a-f]{64}\Z")
_NAMED: Final = re.compile(r"(?:account|venue):[a-z0-9_]+:.")
_PREFIXES: Final = frozenset(prefix for kind in NODE_KINDS.values() for prefix in kind.prefixes)


class MisfitError(Exception):
    """Why a decision cannot be kept, in words."""


def node_id(identifier: str, known: Container[str]) -> str:
    """The id itself. MisfitError where it is none, or may be a victim's identifier."""
    kind, _, rest = identifier.partition(":")
    if not rest or len(identifier) > LONGEST or not identifier.isprintable():
        raise MisfitError("its target is no id")
    if kind not in _PREFIXES | {"rel", "collector"}:
        raise MisfitError(f"{kind[:40]}: begins no id")
    if kind in _HASHED and not _HASH.match(rest):
        raise MisfitError(f"its target is no id of a {kind}")
    if kind == "file" and not _SHA256.match(rest):
        raise MisfitError("its target is no id of a file")
    if kind in _HASHED or kind == "file" or identifier in known:
        return identifier
    if kind in ("account", "venue"):
        whole = bool(_NAMED.match(identifier)) and clean_id(identifier) == identifier
    else:
        whole = clean_name(identifier) == identifier
    if not whole:
        raise MisfitError("its target holds what looks like a victim's identifier")
    return identifier


def leaves(value: object) -> Iterator[str]:
    """Every text in a document."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, part in value.items():
            yield str(name)
            yield from leaves(part)
    elif isinstance(value, list):
        for part in value:
            yield from leaves(part)


def harmless(text: str, post: str | None) -> bool:
    """Whether a text stands in the masked post, or holds nothing that the masking takes away."""
    return (post is not None and text in post) or clean_message(text) == text
