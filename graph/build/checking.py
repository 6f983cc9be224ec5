"""Whether the stored graph is the one that the archive gives."""

from collections.abc import Iterator
from importlib.metadata import version

from evidence.archive.archive import Archive, open_writer
from evidence.archive.copying import copy_archive
from evidence.case import ARCHIVE, Case
from evidence.errors import DataError, StoreError
from evidence.pace import Progress
from evidence.verify.found import Checked
from graph.build import state
from graph.build.derive import derive
from graph.build.run import BUILD, with_build_node
from graph.build.snapshot import elements, snapshot
from graph.elements import Graph
from graph.store.base import GraphStore

_MOST_TOLD = 200


def check_graph(case: Case, archive: Archive, store: GraphStore, progress: Progress) -> Checked:
    """The store's graph against the last build's hash, and against a graph derived anew."""
    checked = Checked(check="graph")
    known = state.stored(archive.connection)
    if "snapshot" not in known:
        checked.said.append("the graph was never built; heichan build")
        return checked
    checked.of = int(known["nodes"]) + int(known["relationships"])
    held = _held(store, known["snapshot"], checked)
    if held is None:
        return checked
    checked.looked_at = checked.of
    if reason := _not_now(case, archive, known):
        checked.said.append(f"not derived anew: {reason}")
        return checked
    try:
        again = _again(case, archive, progress)
    except DataError as error:
        checked.said.append(f"not derived anew: {error.message}")
        return checked
    if snapshot(again) != known["snapshot"] or checked.differences:
        for id_, said in _unlike(again, held):
            checked.differs(id_, store.name, said)
        if not checked.differences:
            checked.differs(BUILD, store.name, "the archive gives a graph with another snapshot")
    return checked


def _held(store: GraphStore, kept: str, checked: Checked) -> Graph | None:
    """The store's graph; None where it cannot be read or holds none."""
    try:
        graph = Graph(list(store.nodes()), list(store.relationships()))
        info = store.build_info() or {}
    except StoreError as error:
        checked.differs(BUILD, store.name, error.message)
        return None
    if not graph.nodes:
        checked.differs(BUILD, store.name, "the store is empty; heichan build --full fills it")
        return None
    now, told = snapshot(graph), info.get("snapshot", "none")
    if (now, told) != (kept, kept):
        said = f"its snapshot is {now}; it says {told}, the last build gave {kept}"
        checked.differs(BUILD, store.name, said)
    return graph


def _not_now(case: Case, archive: Archive, known: dict[str, str]) -> str:
    """Why a graph derived now need not be that of the last build; empty where it must be."""
    program = version("heichan")
    if known.get("version") != program:
        return f"it was built by version {known.get('version')}, this is {program}"
    if known.get("build_inputs") != state.inputs(archive.connection, case.settings, program):
        return "archive or case.toml changed since the last build; heichan build"
    return ""


def _again(case: Case, archive: Archive, progress: Progress) -> Graph:
    """The graph of a copy of the archive: deriving fills tables, and nothing may change here."""
    with case.temporary() as folder:
        path = folder / ARCHIVE
        copy_archive(archive.connection, path)
        with open_writer(path, archive.kept_secret) as copy:
            return with_build_node(derive(copy, case.settings, progress), copy, case.settings)


def _unlike(again: Graph, held: Graph) -> Iterator[tuple[str, str]]:
    """Ids of what one of the graphs lacks or holds otherwise."""
    new, old = dict(elements(again)), dict(elements(held))
    found = sorted(id_ for id_ in new.keys() | old.keys() if new.get(id_) != old.get(id_))
    for id_ in found[:_MOST_TOLD]:
        if id_ not in old:
            yield id_, "follows from the archive and is not in the store"
        elif id_ not in new:
            yield id_, "is in the store and does not follow from the archive"
        else:
            yield id_, "follows otherwise from the archive than the store holds it"
    if len(found) > _MOST_TOLD:
        yield BUILD, f"and {len(found) - _MOST_TOLD} more nodes and relationships"
