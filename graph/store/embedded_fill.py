"""Fills an empty graph of the embedded engine, or changes the last one, and writes its file."""

import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Final, cast

import kglite
import msgspec

from evidence.errors import DataError, StoreError
from graph.store.statements import Batch, without_node

_AHEAD: Final = 3
"""Batches that wait for the engine."""

# Warnings are read from each result; the engine's own lines on standard error are switched off.
kglite.set_query_warning_policy("silent")


class Change(Batch, frozen=True):
    """One whose rows each reach one element that there is: `create` takes it away or sets it."""


class Work(msgspec.Struct, frozen=True):
    """Batches that make a graph from nothing, or from the one in the file."""

    batches: Iterator[Batch]
    size: int
    """Elements that are created."""
    held: Mapping[str, int] | None = None
    """How many of each label and type there are then, where it is made from the one in the file."""


class UnlikeError(Exception):
    """The file does not hold what was noted of it. It is as it was."""


def make(file: Path, work: Iterable[Batch], *, mapped: bool = False) -> Iterator[int]:
    """The elements that each batch created; behind the last the file is written.

    Raises StoreError and DataError. `mapped`: properties of nodes stand in temporary files
    meanwhile.
    """
    # No constraints: they hold half as much memory again; ids are checked with the rows.
    made = kglite.KnowledgeGraph(storage="mapped" if mapped else None)
    yield from _fill(made, work)
    _save(made, file)


def change(file: Path, work: Iterable[Batch], held: Callable[[], object]) -> Iterator[int]:
    """The same with the graph of the file, which is loaded before there is any work.

    Raises StoreError, and UnlikeError where anything is unlike what is `held`, which is asked for
    behind the last batch.
    """
    try:
        made = kglite.load(str(file))
        yield from _fill(made, work)
        if _counted(made) != held():
            raise UnlikeError
    except (kglite.KgError, DataError, OSError):
        raise UnlikeError from None
    _save(made, file)


def _fill(made: kglite.KnowledgeGraph, work: Iterable[Batch]) -> Iterator[int]:
    """Runs the batches in order; the rows of each one stored.

    The engine works without the interpreter's lock: the next rows are made meanwhile.
    """
    under_way: deque[Future[int]] = deque()
    with ThreadPoolExecutor(1) as engine:
        for batch in work:
            under_way.append(engine.submit(_run, made, batch))
            if len(under_way) > _AHEAD:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()


def _save(made: kglite.KnowledgeGraph, file: Path) -> None:
    # Lets go of what finds nodes by id, which the file does not take.
    made.reindex()
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        with warnings.catch_warnings():
            # A property set by map has no mapped form; only a mapped load would notice.
            warnings.simplefilter("ignore", kglite.MappedFallbackWarning)
            # Less than half as large, read as soon, and packed in less memory.
            made.save(str(file), layout="compact")
        file.chmod(0o600)
    except kglite.WriterLeaseHeldError as error:
        hint = "wait until the other heichan process has ended"
        raise StoreError(str(error), hint=hint, where={"file": str(file)}) from None
    except (kglite.KgError, OSError) as error:
        raise StoreError(f"the graph cannot be saved: {error}", where={"file": str(file)}) from None


def _run(made: kglite.KnowledgeGraph, batch: Batch) -> int:
    if isinstance(batch, Change):
        return _change(made, batch)
    stats = _told(made, f"{batch.match} {batch.create}", batch).stats or {}
    if stats["nodes_created"] + stats["relationships_created"] < len(batch.rows):
        found = set(_told(made, f"{batch.match} RETURN row.id AS id", batch).column("id"))
        raise without_node(next(str(row["id"]) for row in batch.rows if row["id"] not in found))
    return len(batch.rows)


def _change(made: kglite.KnowledgeGraph, batch: Change) -> int:
    text = f"{batch.match} {batch.create} RETURN count(*) AS n"
    if _told(made, text, batch).to_list() != [{"n": len(batch.rows)}]:
        raise UnlikeError
    return 0


def _counted(made: kglite.KnowledgeGraph) -> dict[str, int]:
    """Number of nodes and relationships by label and type."""
    texts = (
        "MATCH (n) RETURN labels(n)[0] AS name, count(*) AS n",
        "MATCH ()-[r]->() RETURN type(r) AS name, count(*) AS n",
    )
    rows = (row for text in texts for row in cast(kglite.ResultView, made.cypher(text)))
    return {row["name"]: row["n"] for row in rows}


def _told(made: kglite.KnowledgeGraph, text: str, batch: Batch) -> kglite.ResultView:
    return cast(kglite.ResultView, made.cypher(text, params={"rows": batch.rows}))
