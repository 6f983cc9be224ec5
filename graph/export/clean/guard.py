"""What must not leave is taken out of a graph or rewritten in it, before any row is written.

Under `contacts` and `handles` every hash that stands in an id is made anew with the recipient's
key: the hash of a relationship or a post is made of ids that a reader could try out.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import unquote

import msgspec

from graph.elements import Graph, Node, Relationship, Value
from graph.export.clean.rewrite import Rewriter, keyed, substitute
from graph.export.clean.secrets import LEVELS, Level, Secrets, Why, redacts, secrets_of
from graph.export.clean.words import MASK
from graph.schema import NODE_KINDS

_SAID: Final[dict[Why, str]] = {
    "own": "mentions of the collector's own account masked",
    "accused": "mentions of accused or third persons' contacts masked",
    "redacted": "contacts and names rewritten",
}
_VOCABULARY: Final = frozenset(
    {
        "AccessMethod", "Build", "DataField", "EscrowService", "Jurisdiction", "Organisation",
        "PaymentMethod", "Platform", "Product", "Role", "Sector",
    }
)  # fmt: skip
"""Their words are the lexicon's: who calls themself after a product takes no word away."""
_CODES: Final = frozenset(
    {
        "basis", "category", "code", "counts", "currency", "exclusivity", "extractor", "freshness",
        "grade_info", "grade_source", "kind", "lang", "layer", "lexicon_version", "measure",
        "media_kind", "method", "modality", "outcome", "per", "period", "platform", "polarity",
        "precision", "product", "qty_period", "qty_unit", "reader", "shared_reason", "side",
        "snapshot", "source_class", "status", "test", "tlp", "tool", "tool_version", "tz", "unit",
        "version", "via", "voice",
    }
)  # fmt: skip
"""Properties that hold codes and no words of people."""
_IDS: Final = frozenset(
    {
        "claims", "file_id", "first_post", "independence_key", "listings", "parent_id", "post_id",
        "posts",
    }
)  # fmt: skip
"""Properties that hold nothing but ids made of hashes."""
_HASHES: Final = frozenset(
    {
        "actor", "claim", "cluster", "decision", "event", "listing", "post", "quote", "rel",
        "source",
    }
)  # fmt: skip
"""Kinds of ids that are hashes."""
_HASHED: Final = re.compile(rf"\b(?:{'|'.join(sorted(_HASHES))}):[0-9a-f]{{32}}\b")
_HASH_LENGTH: Final = 26
_LABELS: Final = {prefix: kind.label for kind in NODE_KINDS.values() for prefix in kind.prefixes}
_NAMED: Final = frozenset({"Account", "Contact", "Handle", "Syndicate", "Venue"})
"""Labels whose ids hold words or numbers of people."""


class Guard:
    """The secrets of one whole graph, to be kept in each part of it that leaves.

    `key`: the recipient's, needed to redact. Without it an id that holds a secret is numbered.
    """

    def __init__(
        self, graph: Graph, secrets: Secrets, level: Level = "none", key: bytes | None = None
    ) -> None:
        self._secrets = secrets
        self._level: Level = level
        self._key = key
        self._rewriter = Rewriter(secrets.values, key)
        self._counted: Counter[Why] = Counter()
        self._ids = dict(self._renamed(graph.nodes))
        self.idle = not (self._rewriter or secrets.own or secrets.accused or level != "none")

    def apply(self, graph: Graph, losses: Counter[str]) -> Graph:
        """The part of the graph without secrets, sorted by id anew; `losses`: what was changed."""
        if self.idle:
            return graph
        self._counted.clear()
        nodes = [node for node in graph.nodes if self._leaves(node, losses)]
        known = {node.id for node in nodes}
        ties = [tie for tie in graph.relationships if tie.start in known and tie.end in known]
        losses["relationships left out with their nodes"] += len(graph.relationships) - len(ties)
        clean = Graph(
            sorted(map(self._node, nodes), key=lambda node: node.id),
            sorted(map(self._tie, ties), key=lambda tie: tie.id),
        )
        losses.update({_SAID[why]: count for why, count in self._counted.items()})
        return clean

    def text(self, text: str) -> str:
        """Any text about the graph without secrets: an id, a quote, a parameter."""
        if self.idle:
            return text
        if text in self._ids:
            return self._ids[text]
        clean = self._rewriter.text(text, self._counted) if self._rewriter else text
        return _HASHED.sub(lambda found: self._hashed(found[0]), clean)

    def identifier(self, identifier: str) -> str:
        """The id under which a node or relationship leaves."""
        known = self._ids.get(identifier)
        return self._hashed(identifier) if known is None else known

    def _hashed(self, identifier: str) -> str:
        """An id that is a hash, made anew; any other as it is."""
        kind = identifier.partition(":")[0]
        if self._key is None or kind not in _HASHES:
            return identifier
        return f"{kind}:{keyed(self._key, identifier, _HASH_LENGTH)}"

    def _renamed(self, nodes: Iterable[Node]) -> Iterator[tuple[str, str]]:
        number = 0
        for node in nodes:
            if node.label not in _NAMED:
                continue
            kind, _, rest = node.id.partition(":")
            place, colon, value = rest.partition(":")
            if not colon:
                place, value = "", rest
            if not redacts(node.label, self._level) and not self._named(value):
                continue
            number += 1
            new = substitute(self._key, value) if self._key is not None else f"{MASK}{number}"
            yield node.id, f"{kind}:{place}{colon}{new}"

    def _named(self, value: str) -> bool:
        holds = self._rewriter.holds
        return bool(self._rewriter) and (holds(value) or holds(unquote(value)))

    def _leaves(self, node: Node, losses: Counter[str]) -> bool:
        if node.props.get("own") or node.id in self._secrets.own:
            losses["nodes of the collector's own account left out"] += 1
            return False
        if node.id in self._secrets.accused:
            losses["contacts of accused or third persons left out"] += 1
            return False
        return True

    def _node(self, node: Node) -> Node:
        props = node.props if node.label in _VOCABULARY else self._props(node.props)
        if node.label == "Handle" and props.get("norm") != node.props.get("norm"):
            # Folded letters can be read back.
            props = {**props, "skeleton": props["norm"]}
        new = self.identifier(node.id)
        return node if props is node.props and new == node.id else Node(new, node.label, props)

    def _tie(self, tie: Relationship) -> Relationship:
        props = self._props(tie.props)
        names = self._hashed(tie.id), self.identifier(tie.start), self.identifier(tie.end)
        if props is tie.props and names == (tie.id, tie.start, tie.end):
            return tie
        return msgspec.structs.replace(tie, id=names[0], start=names[1], end=names[2], props=props)

    def _props(self, props: dict[str, Value]) -> dict[str, Value]:
        """The properties without secrets; the same object where none holds any."""
        changed = {
            name: new
            for name, value in props.items()
            if name not in _CODES and (new := self._value(name, value)) is not value
        }
        return {**props, **changed} if changed else props

    def _value(self, name: str, value: Value) -> Value:
        if isinstance(value, str):
            return self._text(name, value)
        if not isinstance(value, list) or not value or not isinstance(value[0], str):
            return value
        new = [self._text(name, str(item)) for item in value]
        return value if new == value else new

    def _text(self, name: str, text: str) -> str:
        if name in _IDS:
            return self._hashed(text)
        new = self.text(text)
        return text if new == text else new


def guard_of(
    graph: Graph,
    level: Level = "none",
    *,
    include_accused: bool = False,
    key: bytes | None = None,
) -> Guard:
    """The guard of a whole graph; one who is asked to redact needs a key."""
    if level not in LEVELS or (level != "none" and key is None):
        raise ValueError(f"no key to redact {level}")
    secrets = secrets_of(graph, level, include_accused=include_accused)
    return Guard(graph, secrets, level, key)
