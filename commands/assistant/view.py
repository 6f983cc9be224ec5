"""The part of a case that an assistant may see."""

import os
import shutil
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from commands.session import Session, Shared
from evidence.archive.ceiling import LeftOut, above, leave_out
from evidence.case import ARCHIVE, SETTINGS, Case
from evidence.errors import HeichanError
from evidence.settings import Assistant, read_settings

_OWN = ("queries", "lexicon", "patterns")
_STATE = "SELECT value FROM setting WHERE name = 'snapshot'"


class View:
    """The case below its ceiling, as a session that lends it to commands.

    Where files are marked stricter, it is a copy of the archive without them, built anew, in the
    case's own folder until the server ends: counts, roles and ties then rest on nothing else.
    """

    def __init__(self, case: Case, shared: Shared) -> None:
        self._case = case
        self._shared = replace(shared, lender=None, form=None, case=case.root)
        self._session: Session | None = None
        self._made_of: object = None
        self._folder: Path | None = None
        self.left_out = LeftOut()

    def allowed(self) -> Assistant:
        """What the case allows now. Raises HeichanError where it allows nothing."""
        settings = read_settings(self._case.root / SETTINGS)
        if not settings.mcp.enabled:
            raise HeichanError(
                "the case does not allow an assistant",
                hint='write into case.toml: [mcp], enabled = true, tlp_max = "GREEN", rows = 50',
                where={"file": str(self._case.root / SETTINGS)},
            )
        return settings.mcp

    def session(self, allowed: Assistant) -> Session:
        """The session below the ceiling; made anew where marks, rules or the graph changed."""
        with self._case.reader() as archive:
            strict = above(archive.connection, allowed.tlp_max, self._case.settings.tlp)
            built = archive.connection.execute(_STATE).fetchone()
        made_of = (strict, built, allowed.tlp_max)
        if self._session is None or made_of != self._made_of:
            self.close()
            self._session = self._restricted(strict) if strict else self._whole()
            self._made_of = made_of
        return self._session

    def close(self) -> None:
        """Closes what is open and removes the copy."""
        if self._session is not None:
            self._session.close()
            self._session = None
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None

    def _whole(self) -> Session:
        self.left_out = LeftOut()
        return _opened(self._case, self._shared)

    def _restricted(self, strict: tuple[int, ...]) -> Session:
        from graph.build import build

        self._case.graph.mkdir(mode=0o700, exist_ok=True)
        self._folder = Path(tempfile.mkdtemp(prefix="mcp-", dir=self._case.graph))
        copy = replace(self._case, root=self._folder)
        _copy_archive(self._case, copy)
        for name in _OWN:
            if (self._case.root / name).is_dir():
                shutil.copytree(self._case.root / name, copy.root / name)
        with copy.archive() as archive:
            self.left_out = leave_out(archive, strict)
        build(copy, store="embedded")
        return _opened(copy, replace(self._shared, store="embedded"))


def _opened(case: Case, shared: Shared) -> Session:
    session = Session(shared)
    session.case = case
    return session


def _copy_archive(case: Case, copy: Case) -> None:
    path = copy.root / ARCHIVE
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    with case.reader() as archive, closing(sqlite3.connect(path)) as target:
        archive.connection.backup(target)
