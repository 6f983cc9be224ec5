"""The transactions in which posts are stored: each lasts twice the one before, up to seconds."""

import sqlite3
import time
from contextlib import ExitStack
from types import TracebackType
from typing import Final

from evidence.archive.archive import Archive
from evidence.pace import Pace

# Ids fall all over the indexes, so each transaction writes most of their pages anew: one for
# seconds of work writes a third of what many small ones do.
_LONGEST: Final = 5.0
"""Seconds: the most work that a kill can cost."""
_FIRST: Final = 0.1
"""Seconds: what is wrong with the case or the disk is seen soon, and little work is all kept."""


class Load:
    """A transaction that is opened when first needed and committed when it has lasted.

    Leaving it commits what is open; an exception rolls that back.
    """

    def __init__(self, archive: Archive, pace: Pace) -> None:
        self._archive = archive
        self._pace = pace
        self._stack = ExitStack()
        self._since: float | None = None
        self._enough = _FIRST

    def __enter__(self) -> "Load":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            self.commit()
        else:
            self._stack.__exit__(kind, error, trace)

    def begin(self) -> sqlite3.Connection:
        """The connection, in a transaction in which nothing may be deleted that is referred to."""
        if self._since is None:
            self._stack.enter_context(self._archive.bulk())
            self._since = time.monotonic()
        return self._archive.connection

    def stored(self) -> None:
        """Commits what was stored up to here when it is time."""
        if self._since is not None and time.monotonic() - self._since > self._enough:
            self._enough = min(2 * self._enough, _LONGEST)
            self.commit()

    def commit(self) -> None:
        """Commits what is open."""
        with self._pace.part("archive"):
            self._stack.close()
        self._since = None
