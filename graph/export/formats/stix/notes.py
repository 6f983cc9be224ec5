"""Listings, claims and events as notes over the objects they are tied to; roles as claims."""

from typing import Any, Final

from evidence.grading.schemes import confidence
from evidence.settings import Tlp
from graph.export.clean.plan import PlanEdge, PlanNode
from graph.export.clean.words import Cell
from graph.export.formats.stix.frame import Frame
from graph.export.formats.stix.things import role_labels

VOCABULARY: Final = frozenset(
    {"Product", "Role", "AccessMethod", "DataField", "Jurisdiction", "PaymentMethod", "Sector"}
)
TOLD: Final = VOCABULARY | {"SourceRef", "PriceQuote", "Platform"}
"""Nodes without an object, told in the notes of what leads to them."""
_QUOTED: Final = ("polarity", "voice", "kind", "measure", "date", "text", "value")
SAID_BY: Final = {
    "Listing": "Claimed in a listing, not established.",
    "Claim": "A statement as made, not established.",
    "Event": "An event as reported; being named is not guilt.",
    "Contact": "A wallet as printed in text.",
}


class Note:
    """A note while its edges are read."""

    def __init__(self, node: PlanNode) -> None:
        self.node = node
        self.refs: set[str] = set()
        self.posts: set[str] = set()
        self._lines: set[str] = set()
        self._labels: set[str] = {node.id, f"kind:{node.kind}"}
        self.marks: list[Tlp] = []

    def tell(self, edge: PlanEdge, other: PlanNode) -> None:
        """A line about a node that has no object."""
        self._lines.add(f"{_words(edge.relation)}: {other.label} [{other.id}]{_quote(edge)}")
        if other.kind in VOCABULARY:
            code = f"claimed-{other.id}" if other.kind == "Role" else other.id
            self._labels.add(code)

    def made(self, frame: Frame, references: list[Any]) -> Any:
        """The note; over its creator where nothing that it names has an object."""
        node, refs = self.node, sorted(self.refs) or [frame.creator]
        grade = confidence(str(node.values.get("grade_info")))
        return frame.stix2.v21.Note(
            **frame.of("note", node.id, node.values, self.marks),
            **({"confidence": grade} if grade and node.kind == "Claim" else {}),
            **({"external_references": references} if references else {}),
            abstract=node.label or node.id,
            content="\n".join([SAID_BY[node.kind], *_facts(node), *sorted(self._lines)]),
            labels=sorted(self._labels),
            object_refs=refs,
        )


def role_note(frame: Frame, node: PlanNode, reference: str) -> Any | None:
    """The roles that an account claims: an observable has no labels of its own."""
    labels = role_labels(node)
    roles = node.values.get("claimed_roles")
    if not labels or not isinstance(roles, list):
        return None
    return frame.stix2.v21.Note(
        **frame.of("note", f"{node.id}\x1froles", node.values),
        abstract=f"claimed roles of {node.label or node.id}",
        content="\n".join(["Roles as claimed, with their basis; none is established.", *roles]),
        labels=labels,
        object_refs=[reference],
    )


def _facts(node: PlanNode) -> list[str]:
    return [f"{name}: {_text(node.values[name])}" for name in _QUOTED if name in node.values]


def _text(cell: Cell) -> str:
    return ", ".join(cell) if isinstance(cell, list) else str(cell)


def _words(relation: str) -> str:
    return relation.lower().replace("_", " ")


def _quote(edge: PlanEdge) -> str:
    said = edge.values.get("quotes", edge.values.get("quote"))
    return f" “{_text(said)}”" if said else ""
