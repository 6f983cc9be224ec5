"""The label of a node from its id alone."""

from evidence.errors import NotFoundError
from graph.schema import NODE_KINDS

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
