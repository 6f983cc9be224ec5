"""The record of a collection run: made when something is stored, ended when all is read."""

import time
from importlib.metadata import version

from evidence.archive.archive import Archive
from evidence.archive.filing import RunFacts, add_run, end_run
from evidence.audit import append_audit
from ingest.plan import InputFile
from ingest.request import Request


class RunKeeper:
    """Makes the row of a run when first asked for, so that a run that adds nothing leaves none."""

    def __init__(self, archive: Archive, request: Request, files: list[InputFile]) -> None:
        self._archive = archive
        self._request = request
        self.id = request.run_id(files)
        self._n: int | None = None

    def number(self) -> int:
        """Row number of the run, inside a transaction of the caller."""
        if self._n is None:
            self._n = add_run(self._archive.connection, self._facts(), int(time.time()))
        return self._n

    def _facts(self) -> RunFacts:
        options = self._request.options
        return RunFacts(
            id=self.id,
            options={**self._request.changing, "reader": options.reader or "detect"},
            tz=self._request.zone,
            tool_version=version("heichan"),
            operator=options.operator,
            received_from=options.received_from,
            legal_basis=options.legal_basis,
            purpose=options.purpose,
        )

    def end(self, posts: int) -> None:
        """Notes the end of a run that was made or begun, once, and logs it."""
        now = int(time.time())
        with self._archive.transaction() as connection:
            if end_run(connection, self.id, now):
                append_audit(connection, "ingest", {"run": self.id, "new_posts": posts}, at=now)
