"""What a process does for a graph while the rest of it is still derived."""

import os
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Final

from graph.build.handing import Handing
from graph.build.spooled import Spooled, SpooledGraph
from graph.elements import Graph
from graph.store import embedded_apart
from graph.store.embedded_apart import Filler, may_start
from graph.store.last import UNREADABLE, last_of

_LATE: Final = 0.9
"""Part of the last graph that is there again when its file is loaded: until then other processes
have work enough, and there is time left for it.
"""


class Ahead:
    """Fills by a process of its own, once there is enough; where there is a last graph, which only
    differences may be stored of when all is known, that is loaded.
    """

    def __init__(self, file: Path, *, anew: bool) -> None:
        self._file = file
        self._filler: Filler | None = None
        self._handing: Handing | None = None
        self._off = not may_start()
        self._last = None if anew or self._off else _size(file)

    def began(self, graph: Graph) -> bool:
        """Whether something of this graph is filled."""
        held = None if self._handing is None else self._handing.held
        return held is not None and isinstance(graph, SpooledGraph) and graph.held is held

    def take(self, graph: Graph) -> None:
        """Hands on what of the graph can stand already."""
        if self._off or not isinstance(graph, SpooledGraph):
            return
        if self._filler is None and graph.held.size >= max(self._enough, embedded_apart.WORTH):
            self._begin(graph.held)
        if self._filler is not None and self._handing is not None:
            self._filler.tell(self._handing.parcel())

    @property
    def _enough(self) -> float:
        return 0 if self._last is None else _LATE * self._last

    def _begin(self, held: Spooled) -> None:
        if self._last is None:
            self._fill(held)
        elif not self._alive(Filler(self._file, changes=True)):
            self._off = True

    def _fill(self, held: Spooled) -> None:
        held.spool.flush()
        # Windows hands no files on.
        if os.name != "posix":
            self._off = True
        elif held.spool.handle is not None:
            if self._alive(Filler(self._file, spool=held.spool.handle)):
                self._handing = Handing(held)
            else:
                self._off = True

    def _alive(self, filler: Filler) -> bool:
        self._filler = filler
        if not filler.begin():
            self.close()
        return self._filler is not None

    def loaded(self) -> Filler | None:
        """The process that has the last graph, which another ends; None where there is none."""
        found, self._filler = self._filler, None
        if found is not None and not found.lives:
            # It may have been for want of memory: there is more later.
            found.end()
            return None
        return found

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


def _size(file: Path) -> int | None:
    """Elements of the last graph; None where differences from it cannot be told."""
    with suppress(*UNREADABLE):
        last = last_of(file)
        if last is not None:
            with closing(last):
                return last.size
    return None
