"""What a command leaves in the audit log, and the head of the log in its answer."""

import json
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path

import msgspec

from commands.output import plain
from commands.session import Session, told
from evidence.errors import DataError

ASKING = frozenset(
    (
        "brokers",
        "claims",
        "compare",
        "cypher",
        "evidence",
        "media",
        "metrics",
        "metrics compare",
        "metrics copies",
        "metrics escrow",
        "metrics growth",
        "metrics market",
        "metrics prices",
        "metrics products",
        "metrics venues",
        "neighbors",
        "path",
        "query diff",
        "query run",
        "replay",
        "resolve candidates",
        "search",
        "show",
        "timeline",
        "watch hits",
    )
)
"""Commands that answer from a case and change nothing in it."""


class Shown:
    """A hash over what a command shows, told on to `also`."""

    def __init__(self, also: Callable[[object], None] | None) -> None:
        self._also = also
        self._digest = sha256()

    def __call__(self, shown: object) -> None:
        self._digest.update(msgspec.json.encode(plain(shown), order="deterministic"))
        if self._also is not None:
            self._also(shown)

    def log(self, session: Session) -> None:
        """Logs the question; HeichanError where that cannot be done."""
        if session.command not in ASKING:
            return
        from evidence.auditing import log

        detail = {
            "parameters": parameters(session),
            "graph": session.asked()["graph"],
            "result": self._digest.hexdigest(),
        }
        log(session.case, session.command, detail)


def note(
    session: Session, detail: Mapping[str, str | int | None], output: Path | None = None
) -> str:
    """Logs what a command did; the head of the log then.

    A case on a medium that nobody can write to is read as well: its head stays as it is.
    """
    from evidence.audit import verify_audit
    from evidence.auditing import log, result_of

    whole = {"parameters": parameters(session), **detail}
    if output is not None:
        whole["result"] = result_of(output)
    try:
        head = log(session.case, session.command, whole)
    except DataError as error:
        session.out.warn(f"not in the audit log: {error.message}")
        head = verify_audit(session.archive.connection).head
    session.out.note(f"head of the audit log: {head}")
    return head


def parameters(session: Session) -> str:
    """The options and arguments as one text."""
    return json.dumps(told(session.given), ensure_ascii=False, default=str)
