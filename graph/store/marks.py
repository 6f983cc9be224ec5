"""TLP marks: which part of a graph may travel."""

import msgspec

from evidence.settings import TLP_ORDER, tlp_mark
from graph.elements import Graph, Node

DEFAULT_MARK = "AMBER"
BUILD = "Build"


def up_to(graph: Graph, mark: str, default_mark: str = DEFAULT_MARK) -> Graph:
    """The part whose TLP marks are not stricter than `mark`; `Build.tlp` says so."""
    most = _strictness(mark)
    part = graph.part(
        lambda node: (
            node.label == BUILD or _strictness(str(node.props.get("tlp", default_mark))) <= most
        )
    )
    build = next((n for label, found in part.by_label() if label == BUILD for n in found), None)
    return part if build is None else part.with_node(_marked(build, mark))


def _marked(build: Node, mark: str) -> Node:
    return msgspec.structs.replace(build, props={**build.props, "tlp": mark})


def _strictness(mark: str) -> int:
    return TLP_ORDER.index(tlp_mark(mark))
