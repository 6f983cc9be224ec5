"""The record of a collection run: made when something is stored, ended when all is read."""

import time
from importlib.metadata import version

from evidence.archive.archive import Archive
from evidence.archive.filing import RunFacts, add_aside, add_run, end_run, has_aside
from evidence.archive.places import Places
from evidence.audit import append_audit
from ingest.coverage import new_coverage, store_coverage
from ingest.plan import Plan
from ingest.posts import Problem
from ingest.request import Request

_POSTS = "SELECT coalesce(sum(posts), 0) FROM file WHERE run_n = (SELECT n FROM run WHERE id = ?)"


class RunKeeper:
    """Makes the row of a run when first asked for, so that a run that adds nothing leaves none."""

    def __init__(self, archive: Archive, request: Request, plan: Plan) -> None:
        self._archive = archive
        self._request = request
        self._plan = plan
        self._id = request.run_id(plan.inputs)
        self._n: int | None = None

    def number(self) -> int:
        """Row number of the run, inside a transaction of the caller."""
        if self._n is None:
            self._n = add_run(self._archive.connection, self._facts(), int(time.time()))
        return self._n

    def _facts(self) -> RunFacts:
        options = self._request.options
        return RunFacts(
            id=self._id,
            options={**self._request.changing, "reader": options.reader or "detect"},
            tz=self._request.zone,
            tool_version=version("heichan"),
            operator=options.operator,
            received_from=options.received_from,
            legal_basis=options.legal_basis,
            purpose=options.purpose,
        )

    def add_facts(self) -> list[Problem]:
        """Stores what goes with the run beside its files; problems of the coverage file."""
        with self._archive.transaction() as connection:
            for aside in self._plan.asides:
                if not has_aside(connection, aside.name, aside.reason, aside.sha256):
                    fields = (aside.name, aside.reason, aside.sha256, aside.size)
                    add_aside(connection, self.number(), *fields)
            watched, problems = new_coverage(connection, self._request.coverage)
            if watched:
                store_coverage(connection, watched, self.number())
            places = Places(connection)
            for account in self._request.options.own_accounts:
                places.mark_own(account)
        return problems

    def end(self) -> None:
        """Notes the end of a run that was made or begun, once, and logs it."""
        now = int(time.time())
        with self._archive.transaction() as connection:
            if end_run(connection, self._id, now):
                (posts,) = connection.execute(_POSTS, (self._id,)).fetchone()
                append_audit(connection, "ingest", {"run": self._id, "posts": posts}, at=now)
