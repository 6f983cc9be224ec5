"""Fills an empty graph of the embedded engine and writes its file."""

import warnings
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Final, cast

import kglite

from evidence.errors import StoreError
from graph.store.statements import Batch, without_node

_AHEAD: Final = 3
"""Batches that wait for the engine."""

# Warnings are read from each result; the engine's own lines on standard error are switched off.
kglite.set_query_warning_policy("silent")


def make(file: Path, work: Iterable[Batch], *, mapped: bool = False) -> Iterator[int]:
    """The rows of each batch stored; behind the last the file is written. Raises StoreError.

    `mapped`: properties of nodes stand in temporary files meanwhile.
    """
    made = kglite.KnowledgeGraph(storage="mapped" if mapped else None)
    # No constraints: they hold half as much memory again, and ids are checked where rows are made.
    yield from _fill(made, work)
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
    stats = _told(made, f"{batch.match} {batch.create}", batch).stats or {}
    if stats["nodes_created"] + stats["relationships_created"] < len(batch.rows):
        found = set(_told(made, f"{batch.match} RETURN row.id AS id", batch).column("id"))
        raise without_node(next(str(row["id"]) for row in batch.rows if row["id"] not in found))
    return len(batch.rows)


def _told(made: kglite.KnowledgeGraph, text: str, batch: Batch) -> kglite.ResultView:
    return cast(kglite.ResultView, made.cypher(text, params={"rows": batch.rows}))
