"""Answers one call: below the ceiling, capped, written into the audit log before it is given."""

import json
import time
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, Final

import msgspec
import typer

from commands.assistant.tools import TOOLS, Room
from commands.assistant.view import View
from commands.output import to_json
from evidence.audit import append_audit
from evidence.case import Case
from evidence.errors import HeichanError
from evidence.settings import Assistant

# Messages of errors quote names and texts of the case, so an assistant gets these instead.
SAID: Final = {
    "usage": "the arguments are not accepted; query_list and query_show say what queries take",
    "not-found": "nothing of that name or id is known below the ceiling; try search",
    "data": "the question cannot be answered with these values, or took too long",
    "store": "the graph is out of reach",
    "refused": "the case does not allow this",
    "unlogged": "not answered, since the call cannot be written into the audit log now",
    "failed": "the call failed",
}


class Answer(msgspec.Struct, frozen=True):
    """A JSON document; `error` where the call failed."""

    document: dict[str, Any]
    error: bool

    @property
    def text(self) -> str:
        return to_json(self.document, terminal=True)


class Desk:
    """Answers calls on one case."""

    def __init__(self, root: Any, case: Case, view: View) -> None:
        self._root = root
        self._case = case
        self._view = view

    def call(self, tool: str, arguments: Mapping[str, Any]) -> Answer:
        """The answer to a call, or its error; every one is in the audit log."""
        began = time.perf_counter()
        ceiling = None
        try:
            allowed = self._view.allowed()
        except HeichanError:
            answer = _failed("refused")
        else:
            ceiling = allowed.tlp_max
            answer = self._answered(tool, arguments, allowed)
        try:
            self._log(tool, arguments, answer, ceiling, time.perf_counter() - began)
        except HeichanError:
            return _failed("unlogged")
        return answer

    def _answered(self, tool: str, arguments: Mapping[str, Any], allowed: Assistant) -> Answer:
        if tool not in TOOLS:
            return _failed("usage")
        try:
            asked = TOOLS[tool].read(dict(arguments))
            session = self._view.session(allowed)
            found = TOOLS[tool].answer(Room(self._root, session, allowed), asked)
        except HeichanError as error:
            return _failed(error.kind)
        except typer.TyperException:
            return _failed("usage")
        except Exception:
            # Whatever broke, its message may hold text of the case.
            return _failed("failed")
        return Answer(self._marked(found, allowed), error=False)

    def _marked(self, found: Any, allowed: Assistant) -> dict[str, Any]:
        """The document with its rows capped and what was left out."""
        document = found if isinstance(found, dict) and "rows" in found else {"rows": found}
        if isinstance(found, dict) and "rows" not in found:
            document = {"document": found}
        capped, cut = _capped({k: v for k, v in document.items() if k != "meta"}, allowed.rows)
        told = document.get("meta", {})
        left = self._view.left_out
        return {
            **capped,
            "meta": {
                **told,
                "truncated": bool(told.get("truncated")) or cut,
                "rows_at_most": allowed.rows,
                "tlp_max": allowed.tlp_max,
                "left_out": {"files": left.files, "posts": left.posts},
            },
        }

    def _log(
        self,
        tool: str,
        arguments: Mapping[str, Any],
        answer: Answer,
        ceiling: str | None,
        seconds: float,
    ) -> None:
        rows = answer.document.get("rows")
        meta = answer.document.get("meta", {})
        detail: dict[str, str | int | None] = {
            "parameters": json.dumps(arguments, ensure_ascii=False, default=str)[:4000],
            "error": answer.document["error"]["kind"] if answer.error else None,
            "rows": len(rows) if isinstance(rows, list) else int(not answer.error),
            "milliseconds": round(seconds * 1000),
            "graph": meta.get("graph"),
            "tlp_max": ceiling,
            "result": sha256(answer.text.encode()).hexdigest(),
        }
        named = tool if tool in TOOLS else "unknown tool"
        with self._case.archive() as archive, archive.transaction() as connection:
            append_audit(connection, f"mcp {named}", detail)


def _failed(kind: str) -> Answer:
    known = kind if kind in SAID else "failed"
    return Answer({"error": {"kind": known, "message": SAID[known]}}, error=True)


def _capped(value: Any, most: int) -> tuple[Any, bool]:
    """The value with every list of objects in it cut at `most`, and whether one was."""
    if isinstance(value, dict):
        parts = {name: _capped(part, most) for name, part in value.items()}
        return {name: part for name, (part, _) in parts.items()}, any(c for _, c in parts.values())
    if isinstance(value, list):
        kept = [_capped(part, most) for part in value[:most]]
        return [part for part, _ in kept], len(value) > most or any(cut for _, cut in kept)
    return value, False
