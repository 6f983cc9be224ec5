"""A graph that is filled while the rest of it is still derived."""

import multiprocessing
import os
from collections.abc import Iterator
from pathlib import Path

from graph.build.handing import Handing
from graph.build.spooled import SpooledGraph
from graph.elements import Graph
from graph.store import embedded_apart
from graph.store.embedded_apart import Filler
from graph.store.last import last_of


class Ahead:
    """Fills by a process of its own, once there is enough and where there is no last graph."""

    def __init__(self, file: Path, *, anew: bool) -> None:
        self._file = file
        self._filler: Filler | None = None
        self._handing: Handing | None = None
        # Where only differences are stored all must be known before.
        self._off = not _possible() or not (anew or last_of(file) is None)

    def began(self, graph: Graph) -> bool:
        """Whether something of this graph is filled."""
        held = None if self._handing is None else self._handing.held
        return held is not None and isinstance(graph, SpooledGraph) and graph.held is held

    def take(self, graph: Graph) -> None:
        """Hands on what of the graph can stand already."""
        if self._off or not isinstance(graph, SpooledGraph):
            return
        if self._handing is None and graph.held.size >= embedded_apart.WORTH:
            self._begin(graph)
        if self._filler is not None and self._handing is not None:
            self._filler.tell(self._handing.parcel())

    def _begin(self, graph: SpooledGraph) -> None:
        graph.held.spool.flush()
        handle = graph.held.spool.handle
        if handle is None:
            return
        self._filler = Filler(self._file, spool=handle)
        if self._filler.begin():
            self._handing = Handing(graph.held)
        else:
            self._off = True
            self.close()

    def tell_last(self) -> None:
        """Hands on what is left; behind it the file is written."""
        assert self._filler is not None
        assert self._handing is not None
        self._filler.tell(self._handing.parcel(whole=True))
        self._filler.tell_end()

    def finish(self, size: int) -> Iterator[int]:
        """The rows stored until all is; raises what went wrong on the way."""
        assert self._filler is not None
        yield from self._filler.finish(size)

    def close(self) -> None:
        """Ends the process; what was filled and not finished goes."""
        if self._filler is not None:
            self._filler.end()
            self._filler = None


def _possible() -> bool:
    # A pool's own process may start none, and Windows hands no files on.
    return os.name == "posix" and not multiprocessing.current_process().daemon
