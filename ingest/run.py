"""The record of a collection run: made when something is stored, ended when all is read."""

import sqlite3
import time
from importlib.metadata import version

from evidence.archive.archive import Archive
from evidence.archive.filing import RunFacts, add_aside, add_run, end_run, has_aside
from evidence.archive.places import Places
from evidence.archive.suppression import Suppressed
from evidence.audit import append_audit
from evidence.provenance.manifests import keep_manifest
from evidence.provenance.runs import keep_files
from ingest.coverage import new_coverage, store_coverage
from ingest.manifest import Compared
from ingest.plan import Plan
from ingest.posts import Problem
from ingest.request import Request

_POSTS = "SELECT coalesce(sum(posts), 0) FROM file WHERE run_n = (SELECT n FROM run WHERE id = ?)"


class RunKeeper:
    """Makes the row of a run when first asked for, so that a run that adds nothing leaves none."""

    def __init__(
        self, archive: Archive, request: Request, plan: Plan, compared: Compared | None = None
    ) -> None:
        self._archive = archive
        self._request = request
        self._plan = plan
        self._compared = compared
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
            places, suppressed = Places(connection), Suppressed(self._archive)
            for account in self._request.options.own_accounts:
                if not suppressed.holds(account):
                    places.mark_own(account)
        return problems

    def end(self) -> None:
        """Notes the end of a run that was made or begun, once, and logs it."""
        now = int(time.time())
        with self._archive.transaction() as connection:
            if end_run(connection, self._id, now):
                (posts,) = connection.execute(_POSTS, (self._id,)).fetchone()
                root = keep_files(connection, self.number(), self._plan.hashes)
                detail = {"run": self._id, "posts": posts, "root": root}
                append_audit(connection, "ingest", detail, at=now)
            self._keep_manifest(connection, now)

    def _keep_manifest(self, connection: sqlite3.Connection, now: int) -> None:
        if self._compared is not None:
            listed = self._compared.manifest
            named = (listed.sha256, str(listed.path))
            keep_manifest(connection, self.number(), *named, self._compared.files, now)
            report = self._compared.report()
            detail: dict[str, str | int | None] = {
                "run": self._id,
                "manifest": report.sha256,
                "matches": report.matches,
                "differs": len(report.differs),
                "missing": len(report.missing),
                "unlisted": len(report.unlisted),
            }
            append_audit(connection, "ingest manifest", detail, at=now)
