"""Nodes that a user names: by id, by the end of one, by name; what carries a tag."""

from collections.abc import Collection, Iterable, Mapping
from difflib import get_close_matches

from evidence.errors import NotFoundError
from graph.elements import Graph, Node
from graph.ids import normal_name

_NEAREST = 3


def nodes_named(graph: Graph, label: str, texts: Iterable[str]) -> frozenset[str]:
    """Ids of the nodes of a label; a text may name several. NotFoundError with the nearest."""
    nodes = [node for node in graph.nodes if node.label == label]
    return frozenset(name for text in texts for name in _named(nodes, label, text))


def carrying(
    graph: Graph, tags: Iterable[str], given: Mapping[str, Collection[str]]
) -> frozenset[str] | None:
    """Ids of the nodes that carry one of the tags; None for no tags. NotFoundError for no node.

    `given`: tag -> the nodes that people gave it to; a venue's segments are tags of it too. With
    an actor come its accounts.
    """
    wanted = set(tags)
    if not wanted:
        return None
    known = {*given, *(segment for node in graph.nodes for segment in _segments(node))}
    for tag in sorted(wanted - known):
        raise NotFoundError(
            f"nothing carries the tag {tag!r}",
            hint=_choose(tag, known)
            or "heichan tag ID NAME gives one, and case.toml: segments under [venues.ID].",
        )
    named = {node for tag in wanted for node in given.get(tag, ())}
    found = {n.id for n in graph.nodes if n.id in named or not wanted.isdisjoint(_segments(n))}
    behind = {t.start for t in graph.relationships if t.type == "RESOLVED_TO" and t.end in found}
    return frozenset(found | behind)


def _named(nodes: Iterable[Node], label: str, text: str) -> list[str]:
    by_word: dict[str, list[str]] = {}
    for node in nodes:
        words = {node.id, node.id.rpartition(":")[2], normal_name(str(node.props.get("name", "")))}
        for word in words - {""}:
            by_word.setdefault(word, []).append(node.id)
    found = by_word.get(text) or by_word.get(normal_name(text))
    if found is None:
        raise NotFoundError(
            f"no {label.lower()} {text!r}",
            hint=_choose(text, by_word) or f"The graph holds no {label.lower()}.",
        )
    return found


def _segments(node: Node) -> list[str]:
    segments = node.props.get("segments")
    return [str(each) for each in segments] if isinstance(segments, list) else []


def _choose(text: str, known: Iterable[str]) -> str:
    listed = sorted(known)
    near = get_close_matches(text, listed, n=_NEAREST, cutoff=0.4) or listed[:_NEAREST]
    return f"Near to it: {', '.join(near)}." if near else ""
