"""Engine warnings about names: worth telling only where the schema does not know the name."""

import re

from graph.schema import NODE_KINDS, RELATIONSHIP_KINDS

_NAME = re.compile(r"['`]([^'`]*)['`]")
_KNOWN = frozenset(
    {*NODE_KINDS, *RELATIONSHIP_KINDS}
    | {name for kind in NODE_KINDS.values() for name in kind.properties}
    | {name for kind in RELATIONSHIP_KINDS.values() for name in kind.properties}
)


def worth_telling(text: str) -> bool:
    """False for a label, type or property that exists and that this graph happens not to hold."""
    named = _NAME.search(text)
    return named is None or named[1] not in _KNOWN
