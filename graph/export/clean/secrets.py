"""What of a graph must not leave as it is: the collector, accused and third persons, by choice all.

A value is what a person is reached or known by: a contact, a handle, a name, a number.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final, Literal

import msgspec

from graph.elements import Graph, Node, Relationship
from graph.ids import normal_name

Level = Literal["none", "contacts", "handles"]
LEVELS: Final[tuple[Level, ...]] = ("none", "contacts", "handles")
Why = Literal["own", "accused", "redacted"]
_SPEAKS: Final = frozenset({"GIVES_CONTACT", "ACCUSES", "VOUCHES_FOR"})
_WORN: Final = frozenset({"WEARS", "USES_CONTACT"})


class Secret(msgspec.Struct, frozen=True):
    """A value, why it must not leave, and what stands for all its written forms."""

    form: str
    why: Why
    value: str
    quote: bool = False
    """The form is a quote, in which the value may stand and other words beside it."""


class Secrets(msgspec.Struct, frozen=True):
    """`own`, `accused`: nodes that leave the graph. A value of both counts by its first reason."""

    own: frozenset[str]
    accused: frozenset[str]
    values: tuple[Secret, ...]


def secrets_of(graph: Graph, level: Level = "none", *, include_accused: bool = False) -> Secrets:
    """The secrets of a whole graph: a part of it does not know any more whose a contact is.

    `contacts`: every contact is rewritten; `handles`: handles, names and numbers of accounts too.
    Venues and the numbers of posts in them stay, by which a public post can be looked up.
    """
    nodes = {node.id: node for node in graph.nodes}
    own = _own(graph, nodes)
    accused = frozenset[str]() if include_accused else _of_others(graph) - own
    quotes = _quotes(graph)
    shown = {value for node in graph.nodes if node.id not in own for value in _known_by(node)}
    found: list[Secret] = []
    for name in sorted(own):
        found += [s for s in _secrets(nodes[name], "own", quotes) if s.form not in shown]
    for name in sorted(accused):
        found += _secrets(nodes[name], "accused", quotes)
    for node in graph.nodes:
        if redacts(node.label, level):
            found += _secrets(node, "redacted", quotes)
    return Secrets(
        own, accused, tuple({secret.form: secret for secret in reversed(found)}.values())
    )


def redacts(label: str, level: Level) -> bool:
    """Whether nodes of that label are rewritten as a whole."""
    return (level != "none" and label == "Contact") or (
        level == "handles" and label in ("Handle", "Account")
    )


def _own(graph: Graph, nodes: dict[str, Node]) -> frozenset[str]:
    """The collector's own accounts, with handles and contacts that are nobody else's."""
    accounts = {node.id for node in graph.nodes if node.props.get("own")}
    if not accounts:
        return frozenset()
    worn: dict[str, set[str]] = defaultdict(set)
    for tie in graph.relationships:
        if tie.type in _WORN and tie.end in nodes:
            worn[tie.end].add(tie.start)
    return frozenset(accounts | {name for name, by in worn.items() if by <= accounts})


def _of_others(graph: Graph) -> frozenset[str]:
    """Contacts that only ever stand as the accused's or a third person's."""
    spoken = {tie.end for tie in graph.relationships if tie.type in _SPEAKS}
    sellers = {tie.end for tie in graph.relationships if _of_a_seller(tie)}
    return frozenset(
        node.id
        for node in graph.nodes
        if node.label == "Contact" and node.id in spoken and node.id not in sellers
    )


def _of_a_seller(tie: Relationship) -> bool:
    given = tie.type == "GIVES_CONTACT" and tie.props.get("owner") == "seller"
    return given or tie.type == "USES_CONTACT"


def _quotes(graph: Graph) -> dict[str, set[str]]:
    """How each contact was written."""
    quotes: dict[str, set[str]] = defaultdict(set)
    for tie in graph.relationships:
        if tie.type == "GIVES_CONTACT" and isinstance(quote := tie.props.get("quote"), str):
            quotes[tie.end].add(quote)
    return quotes


def _secrets(node: Node, why: Why, quotes: dict[str, set[str]]) -> Iterator[Secret]:
    for value in _known_by(node):
        yield Secret(value, why, _value(node, value))
    for quote in sorted(quotes.get(node.id, ())):
        yield Secret(quote, why, _value(node, quote), quote=True)


def _value(node: Node, written: str) -> str:
    """What stands for the node's written forms: one for a contact, one a name for an account."""
    if node.label == "Contact":
        return str(node.props.get("value") or node.id.rsplit(":", 1)[-1])
    return normal_name(written)


def _known_by(node: Node) -> Iterator[str]:
    names: Iterable[str] = ()
    if node.label == "Contact":
        names = [str(node.props.get("value") or node.id.rsplit(":", 1)[-1])]
    elif node.label == "Handle":
        names = [str(node.props.get(name) or "") for name in ("text", "norm", "name")]
    elif node.label == "Account":
        native = str(node.props.get("native_id") or node.id.split(":", 2)[-1])
        # An account that is known by its name only has it at the end of its id.
        named = native.startswith("name/")
        names = [native.rsplit("/", 1)[-1] if named else native, str(node.props.get("name") or "")]
    yield from dict.fromkeys(name for name in names if name.strip())
