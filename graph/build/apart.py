"""Families and words found by a process of its own, while the rest of the graph is derived."""

import multiprocessing
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

from evidence.archive.archive import connect
from graph.bare import bare
from graph.build.clusters import families_in
from graph.build.families import Families
from graph.build.identity.words import Words, read_words

WORTH: Final = 50_000
"""Of fewer posts the families are found sooner than a process starts."""
# spawn: the same on every system, and safe beside threads.
_context = multiprocessing.get_context("spawn")
CACHE_KIB: Final = 8 * 1024
"""Of an archive that is read once, from end to end."""
_SIZE: Final = "SELECT count(*) FROM (SELECT 1 FROM post LIMIT ?)"


class Apart:
    """The families and the words of an archive as it was committed last, asked for in this order.

    What the process came to nothing with is found here.
    """

    def __init__(self, connection: sqlite3.Connection, pipe: "Connection[object, object]") -> None:
        self._here = Here(connection)
        self._pipe = pipe

    def families(self) -> Families:
        """All families of two or more posts."""
        found = self._received()
        return found if isinstance(found, Families) else self._here.families()

    def words(self) -> Words:
        """What people say of accounts, and who calls whom."""
        found = self._received()
        return found if isinstance(found, Words) else self._here.words()

    def _received(self) -> object:
        try:
            return self._pipe.recv()
        except (EOFError, OSError):
            return None


class Here:
    """The same in this process, when asked."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def families(self) -> Families:
        """All families of two or more posts."""
        return families_in(self._connection)

    def words(self) -> Words:
        """What people say of accounts, and who calls whom."""
        return read_words(self._connection)


@contextmanager
def read_apart(connection: sqlite3.Connection, path: Path) -> Iterator[Apart | Here]:
    """Begins to look for families, then for words, where that is worth a process."""
    (size,) = connection.execute(_SIZE, (WORTH,)).fetchone()
    # A pool's own process may start none.
    if size < WORTH or multiprocessing.current_process().daemon:
        yield Here(connection)
        return
    ours, theirs = _context.Pipe(duplex=False)
    process = _context.Process(target=_find, args=(theirs, path), daemon=True)
    with closing(ours):
        with closing(theirs):
            try:
                with bare():
                    process.start()
            except OSError:
                # A machine without room for one more.
                yield Here(connection)
                return
        try:
            yield Apart(connection, ours)
        finally:
            process.terminate()
            process.join()
            process.close()


def _find(pipe: "Connection[object, object]", path: Path) -> None:
    # Ctrl-C reaches both processes; the first one ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Whatever goes wrong here goes wrong there again, where it is told.
    with suppress(Exception), closing(connect(path, "ro")) as connection:
        connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        pipe.send(families_in(connection))
        pipe.send(read_words(connection))
