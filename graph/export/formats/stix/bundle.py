"""The bundle: objects of the nodes, notes over them, relationships between them, one grouping."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from graph.export.clean.plan import Plan, PlanEdge, PlanNode
from graph.export.formats.stix.frame import BEGINS, ENDS, Frame, strictness, time_of
from graph.export.formats.stix.notes import TOLD, Note, role_note
from graph.export.formats.stix.things import Things, is_note
from graph.export.stamp import Stamp

_ASSESSED = ("decision", "analyst")
_LABELLED = ("modality", "basis", "product", "side", "status")
_SAID = ("n", "score", "reason", "features", "counter", "persons", "measure", "valid_from")


def write(stream: BinaryIO, plan: Plan, stamp: Stamp) -> list[str]:
    """The plan as a STIX 2.1 bundle; returns what became no object.

    Raises HeichanError where the extra [stix] is not installed.
    """
    made = _Bundle(plan, stamp)
    texts = _texts(made.objects())
    head = f'{{"type":"bundle","id":"bundle--{made.frame.uuid(*stamp.lines(plan))}","objects":['
    stream.write(head.encode())
    between = "\n"
    for identifier in sorted(texts):
        stream.write(f"{between}{texts[identifier]}".encode())
        between = ",\n"
    stream.write(b"\n]}\n")
    return made.losses()


def _texts(objects: Iterable[Any]) -> dict[str, str]:
    """Objects by id; of one that two nodes became, the one marked more strictly."""
    texts: dict[str, str] = {}
    marked: dict[str, int] = {}
    for each in objects:
        strict = strictness(each) if "object_marking_refs" in each else 0
        if each.id not in texts or strict > marked[each.id]:
            texts[each.id], marked[each.id] = each.serialize(), strict
    return texts


class _Bundle:
    """The objects of a plan."""

    def __init__(self, plan: Plan, stamp: Stamp) -> None:
        self.frame = Frame(stamp)
        self._plan, self._stamp = plan, stamp
        self._nodes = {node.id: node for node in plan.nodes}
        self._notes = {name: Note(node) for name, node in self._nodes.items() if is_note(node)}
        self._things = Things(self.frame, _assessed(plan, self._nodes))
        self._refs: dict[str, str] = {}
        self._silent = 0

    def objects(self) -> Iterator[Any]:
        """All objects; a contact and a handle may be one observable, which then comes twice."""
        grouped: list[str] = []
        for each in self._content():
            grouped.append(each.id)
            yield each
        yield from self.frame.shared()
        yield self._grouping(sorted(set(grouped)) or [self.frame.creator])

    def losses(self) -> list[str]:
        """What has no object, a line a kind."""
        without = Counter(
            node.kind
            for node in self._nodes.values()
            if node.id not in self._refs and node.id not in self._notes
        )
        counted = ", ".join(f"{n} {kind}" for kind, n in sorted(without.items()))
        lines = [f"without a STIX object of their own: {counted}"] if counted else []
        silent = f"{self._silent} relationships of such nodes left out"
        return [*lines, silent] if self._silent else lines

    def _content(self) -> Iterator[Any]:
        for node in self._nodes.values():
            if (thing := self._things.of(node)) is not None:
                self._refs[node.id] = thing.id
                yield thing
                if thing.type == "user-account" and (note := role_note(self.frame, node, thing.id)):
                    yield note
        for edge in self._plan.edges:
            if (tie := self._tie(edge)) is not None:
                yield tie
        for note in self._notes.values():
            yield note.made(self.frame, self._references(sorted(note.posts)))

    def _tie(self, edge: PlanEdge) -> Any | None:
        start, end = self._nodes[edge.source], self._nodes[edge.target]
        noted = self._notes.get(start.id) or self._notes.get(end.id)
        if noted is not None:
            self._note(noted, edge, end if noted.node is start else start)
            return None
        if start.id in self._refs and end.id in self._refs:
            return self._relationship(edge, start, end)
        # A claimed role stands in a note of its own, or in the labels of its holder.
        self._silent += edge.relation != "HAS_ROLE"
        return None

    def _note(self, note: Note, edge: PlanEdge, other: PlanNode) -> None:
        if other.kind == "Post":
            note.posts.add(other.id)
            note.marks.append(self.frame.mark(other.values))
        elif other.id in self._refs:
            note.refs.add(self._refs[other.id])
        elif other.id in self._notes:
            note.refs.add(f"note--{self.frame.uuid(other.id)}")
        elif other.kind in TOLD:
            note.tell(edge, other)
        else:
            self._silent += 1

    def _relationship(self, edge: PlanEdge, start: PlanNode, end: PlanNode) -> Any:
        values = edge.values
        marks = (self.frame.mark(start.values), self.frame.mark(end.values))
        first, last = time_of(values, BEGINS), time_of(values, ENDS)
        times: dict[str, Any] = {"start_time": first} if first else {}
        if last and (first is None or last > first):
            times["stop_time"] = last
        posts = values.get("posts")
        references = self._references(posts if isinstance(posts, list) else [])
        labels = [f"{name}:{values[name]}" for name in _LABELLED if name in values]
        return self.frame.stix2.v21.Relationship(
            **self.frame.of("relationship", edge.id, values, marks),
            **times,
            **({"external_references": references} if references else {}),
            relationship_type="related-to",
            description=_description(edge),
            labels=[edge.relation, *labels],
            source_ref=self._refs[start.id],
            target_ref=self._refs[end.id],
        )

    def _references(self, posts: list[str]) -> list[Any]:
        return [self._reference(post) for post in posts if post]

    def _reference(self, post: str) -> Any:
        known = self._nodes.get(post)
        values = known.values if known is not None else {}
        said = [f"{name} {values[name]}" for name in ("posted_at", "native_id") if name in values]
        described = {"description": ", ".join(said)} if said else {}
        return self.frame.stix2.v21.ExternalReference(
            source_name="heichan archive", external_id=post, **described
        )

    def _grouping(self, refs: list[str]) -> Any:
        day = {"first_seen": self._stamp.last_day} if self._stamp.last_day else {}
        lines = list(self._stamp.lines(self._plan))
        return self.frame.stix2.v21.Grouping(
            **self.frame.of("grouping", "\x1f".join(lines), day),
            name=self._stamp.selection,
            description="\n".join(lines),
            context="suspicious-activity",
            object_refs=refs,
        )


def _assessed(plan: Plan, nodes: dict[str, PlanNode]) -> set[str]:
    """Actors that an analyst decided on, or that an assessed statement is about."""
    found = {
        node.id
        for node in nodes.values()
        if node.kind == "Actor" and node.values.get("basis") in _ASSESSED
    }
    for edge in plan.edges:
        about = edge.relation == "ABOUT" and nodes[edge.target].kind == "Actor"
        if about and nodes[edge.source].values.get("layer") == "assessed":
            found.add(edge.target)
    return found


def _description(edge: PlanEdge) -> str:
    said = [f"{name} {edge.values[name]}" for name in _SAID if name in edge.values]
    if "confidence" in edge.values:
        # Of the reading, never of the truth: no STIX `confidence`, which is of the truth.
        said.append(f"confidence of the reading {edge.values['confidence']}")
    tail = f" ({', '.join(said)})" if said else ""
    return f"{edge.kind}: {edge.values.get('modality', 'derived')}{tail}"
