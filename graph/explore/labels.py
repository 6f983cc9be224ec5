"""Labels and relationship types as a user names them, and the label of a node from its id."""

from collections.abc import Iterable
from difflib import get_close_matches

from evidence.errors import NotFoundError, UsageError
from graph.schema import NODE_KINDS, RELATIONSHIP_KINDS

_LABELS = {prefix: kind.label for kind in NODE_KINDS.values() for prefix in kind.prefixes}


def label_of(identifier: str) -> str:
    """The first label of the node with that id. Raises NotFoundError for an unknown kind."""
    kind, colon, _ = identifier.partition(":")
    if not colon or kind not in _LABELS:
        raise NotFoundError(
            f"{identifier!r} is no id",
            hint="An id begins with its kind, as in account: or product:. Try: heichan search TEXT",
        )
    return _LABELS[kind]


def label_named(text: str) -> str:
    """The label meant, in any case of letters. Raises UsageError with the nearest ones."""
    return _named(text, NODE_KINDS, "label")


def type_named(text: str) -> str:
    """The relationship type meant, in any case of letters. Raises UsageError."""
    return _named(text, RELATIONSHIP_KINDS, "relationship type")


def _named(text: str, known: Iterable[str], what: str) -> str:
    names = {name.lower(): name for name in known}
    found = names.get(text.lower())
    if found is None:
        near = get_close_matches(text.lower(), names, n=3, cutoff=0.5) or sorted(names)
        raise UsageError(
            f"no {what} {text!r}", hint=f"Choose {', '.join(names[name] for name in near)}."
        )
    return found
