"""The whole build: re-read what an older lexicon read, derive, load the store."""

import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version

import msgspec

from evidence.archive.archive import Archive
from evidence.archive.search_blocks import refresh
from evidence.audit import append_audit
from evidence.case import Case
from evidence.joining.settle import settle
from evidence.pace import Pace, Progress, pace_of
from evidence.settings import Settings, Tlp
from graph.build import state
from graph.build.below import forget
from graph.build.beside import Beside
from graph.build.collecting import uncollected
from graph.build.derive import derive
from graph.build.directory import keep_names
from graph.build.snapshot import snapshot
from graph.elements import Graph, Node, Value
from graph.offers.keeping import keep_offers
from graph.store import open_store
from graph.store.base import GraphStore
from graph.store.marks import up_to

BUILD = "build:current"


class BuildReport(msgspec.Struct, frozen=True, kw_only=True):
    """What a build did. `changed` is False where the graph was up to date already."""

    changed: bool
    reread: int
    nodes: int
    relationships: int
    snapshot: str
    store: str
    seconds: float

    def document(self) -> dict[str, str | int | float | bool]:
        """The report as one JSON object."""
        return msgspec.to_builtins(self)  # type: ignore[no-any-return]


def build(
    case: Case,
    *,
    full: bool = False,
    store: str | None = None,
    progress: Progress | None = None,
    ceiling: Tlp | None = None,
) -> BuildReport:
    """Brings the case's store, or the named one, up to date with the archive.

    With a ceiling the graph holds no node that a person marked more strictly.
    """
    # Loads the extractors, which deriving alone does not need.
    from ingest.reread import reread_archive

    started = time.monotonic()
    pace = pace_of(progress)
    with closing(open_store(case, store)) as target, case.archive() as archive:
        settings = case.settings
        if full:
            archive.connection.execute("DELETE FROM reading")
        again = reread_archive(case, archive, progress=pace)
        pace("join", 0, None)
        with pace.part("joining"):
            settle(archive)
        known, kept = state.stored(archive.connection), Beside(case, archive)
        current = None if full else _current(target, known, kept)
        if current is None:
            with pace.part("graph"):
                with uncollected():
                    expect = None if ceiling else partial(target.expect, anew=full)
                    derived = derive(archive, settings, pace, expect=expect)
                    part = derived if ceiling is None else up_to(derived, ceiling, ceiling)
                    with kept.asking():
                        graph = with_build_node(part, archive, settings)
                        make = partial(kept.make, target, graph, pace)
                        target.load(graph, progress=_loading(pace), anew=full, meanwhile=make)
                forget(case)
                current = _keep(archive, graph, kept)
        with pace.part("search"):
            refresh(archive, pace)
            keep_names(archive, current["snapshot"], partial(kept.names_in, target))
            keep_offers(case.graph, target, current["snapshot"], kept.offers)
    return BuildReport(
        changed=known != current,
        reread=again,
        nodes=int(current["nodes"]),
        relationships=int(current["relationships"]),
        snapshot=current["snapshot"],
        store=target.name,
        seconds=round(time.monotonic() - started, 3),
    )


def _current(store: GraphStore, known: dict[str, str], now: Beside) -> dict[str, str] | None:
    """The state of the last build where archive and store still are as it left them."""
    if "build_inputs" not in known or known.get("build_ends", now.ends) != now.ends:
        return None
    if known["build_inputs"] != now.inputs:
        return None
    info = store.build_info()
    return known if info is not None and info.get("snapshot") == known.get("snapshot") else None


def with_build_node(graph: Graph, archive: Archive, settings: Settings) -> Graph:
    """The graph with the node that says what it was made from."""
    props: dict[str, Value] = {
        "name": "build",
        "case_id": settings.id,
        "version": version("heichan"),
        "lexicon_version": state.lexicon_version(archive.connection),
        "tz": settings.zone,
        "built_at": datetime.now(UTC).replace(microsecond=0),
    }
    node = Node(BUILD, "Build", props)
    props["snapshot"] = snapshot(graph.with_node(node))
    return graph.with_node(node)


def _keep(archive: Archive, graph: Graph, made: Beside) -> dict[str, str]:
    node = next(node for label, nodes in graph.by_label() if label == "Build" for node in nodes)
    kept = {
        "build_ends": made.ends,
        "build_inputs": made.inputs,
        "snapshot": str(node.props["snapshot"]),
        "version": str(node.props["version"]),
        "lexicon_version": str(node.props["lexicon_version"]),
        "built_at": str(node.props["built_at"]),
        "nodes": str(len(graph.nodes)),
        "relationships": str(len(graph.relationships)),
    }
    sizes = {"nodes": len(graph.nodes), "relationships": len(graph.relationships)}
    with archive.transaction() as connection:
        state.store(connection, kept)
        append_audit(connection, "build", {"snapshot": kept["snapshot"], **sizes})
    return kept


def _loading(pace: Pace) -> Callable[[int, int], None]:
    return lambda done, total: pace("load", done, total)
