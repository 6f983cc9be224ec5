"""How a graph comes into the file of the embedded engine, and what is done on the way."""

from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from pathlib import Path

import msgspec

from evidence.errors import DataError
from graph.elements import Graph
from graph.store.embedded_ahead import Ahead
from graph.store.embedded_apart import Filler, filler
from graph.store.embedded_fill import UnlikeError, Work, change, make
from graph.store.statements import batches


class Loading(msgspec.Struct, frozen=True):
    """A graph of so many elements on its way into a file.

    `beside` is called at least once: where another process stores the graph, when all was told.
    """

    file: Path
    total: int
    progress: Callable[[int, int], None] | None
    beside: Callable[[], None]

    def finish(self, graph: Graph, ahead: Ahead) -> bool:
        """Whether the graph was expected and is stored now."""
        if not ahead.began(graph):
            return False
        ahead.tell_last()
        self.beside()
        self._follow(ahead.finish(self.total), 0)
        return True

    def change(self, work: Work, ahead: Ahead) -> bool:
        """Whether that was possible; what the schema refuses is told when the graph is filled."""
        try:
            self._make(work, ahead.loaded())
        except (UnlikeError, DataError):
            return False
        return True

    def fill(self, graph: Graph) -> None:
        """Makes it from nothing."""
        self._make(Work(batches(graph), self.total), None)

    def _make(self, work: Work, begun: Filler | None) -> None:
        with closing(self._made(work, begun)) as stored:
            self._follow(stored, self.total - work.size)
        self.beside()

    def _made(self, work: Work, begun: Filler | None) -> Generator[int, None, None]:
        """Rows stored, by another process where there is one; the file is written at the end."""
        held = work.held
        with filler(self.file, self.total, changes=held is not None, begun=begun) as apart:
            if apart is not None:
                yield from apart.store(work.batches, held, self.beside)
            elif held is None:
                yield from make(self.file, work.batches)
            else:
                yield from change(self.file, work.batches, lambda: held)

    def _follow(self, stored: Iterator[int], done: int) -> None:
        for count in stored:
            done += count
            if self.progress:
                self.progress(done, self.total)
