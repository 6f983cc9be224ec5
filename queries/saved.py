"""Results that are kept in the case: one file a name, whole and checked when it is read."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
from rapidfuzz import process

from evidence.errors import DataError, NotFoundError, UsageError
from graph.export.files import whole_file
from queries.pack import Query
from queries.run import QueryResult

FOLDER = "results"
_SUFFIX = ".json"
_NAME = re.compile(r"[^\W_][\w.-]{0,63}\Z")
# Names that a system takes for devices, whatever stands behind the dot.
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|\Z)", re.I)
Plain = dict[str, Any]


class Saved(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A kept answer and all that a run needs to be made again."""

    name: str
    query: str
    version: str
    text_hash: str
    given: Plain
    """Parameters as the user gave them; `parameters` as they were bound."""
    parameters: Plain
    store: str
    graph: str | None
    """Snapshot of the graph at that time."""
    limit: int
    truncated: bool
    columns: list[str]
    keys: list[str]
    row_hash: str
    saved_at: str
    rows: list[Plain]


def kept(
    name: str,
    query: Query,
    result: QueryResult,
    *,
    given: Mapping[str, object],
    store: str,
    graph: str | None,
    at: datetime | None = None,
) -> Saved:
    """The answer as it is kept. Raises UsageError for a name that is none."""
    rows = plain_rows(result.rows)
    return Saved(
        name=checked(name),
        query=query.id,
        version=result.version,
        text_hash=text_hash(query),
        given=_plain(dict(given)),
        parameters=_plain(result.parameters),
        store=store,
        graph=graph,
        limit=result.limit,
        truncated=result.truncated,
        columns=result.columns,
        keys=keys(query),
        row_hash=row_hash(rows),
        saved_at=(at or datetime.now(UTC)).strftime("%Y-%m-%dT%H:%M:%SZ"),
        rows=rows,
    )


def refuse_taken(root: Path, name: str, *, force: bool) -> None:
    """Raises UsageError for a name that is none, or is taken and not to be written over."""
    if _path(root, checked(name)).exists() and not force:
        hint = f"see what changed: heichan query diff {name}; write over it: --force"
        raise UsageError(f"a result named {name} is kept already", hint=hint)


def save(root: Path, saved: Saved, *, force: bool = False) -> Path:
    """Writes the result into the case, readable by its owner only. Raises UsageError."""
    refuse_taken(root, saved.name, force=force)
    path = _path(root, saved.name)
    try:
        path.parent.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise DataError(
            f"the result cannot be kept: {error.strerror or error}", where={"file": str(path)}
        ) from error
    with whole_file(path) as stream:
        stream.write(msgspec.json.format(msgspec.json.encode(saved), indent=1) + b"\n")
    return path


def read(root: Path, name: str) -> Saved:
    """The kept result. Raises NotFoundError with the nearest names, or DataError."""
    path = _path(root, checked(name))
    if not path.is_file():
        near = [found[0] for found in process.extract(name, names(root), limit=5)]
        said = f"near to it: {', '.join(near)}" if near else "there are none"
        hint = f"{said}; heichan query run ID --save NAME keeps one"
        raise NotFoundError(f"no result named {name} is kept", hint=hint)
    try:
        saved = msgspec.json.decode(path.read_bytes(), type=Saved)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise _damaged(path, str(error)) from None
    if row_hash(saved.rows) != saved.row_hash:
        raise _damaged(path, "its rows are not those that were saved")
    return saved


def names(root: Path) -> list[str]:
    """Names of the kept results, in order."""
    found = (root / FOLDER).glob(f"*{_SUFFIX}")
    return sorted(path.stem for path in found if path.is_file() and _NAME.match(path.stem))


def checked(name: str) -> str:
    """The name, if it can be that of a file anywhere. Raises UsageError."""
    text = unicodedata.normalize("NFC", name)
    if not _NAME.match(text) or _DEVICE.match(text) or text.endswith("."):
        hint = "letters, digits, - _ and ., at most 64, a letter or digit first"
        raise UsageError(f"{name!r} is no name for a result", hint=hint)
    return text


def text_hash(query: Query) -> str:
    """SHA-256 of what decides the rows: body, step and declared columns."""
    parts = [query.header.engine, query.header.post, query.body, query.header.returns]
    return sha256(msgspec.json.encode(parts, order="deterministic")).hexdigest()


def row_hash(rows: Sequence[Plain]) -> str:
    """SHA-256 of rows of JSON's own types, whatever the order of their columns."""
    return sha256(msgspec.json.encode(rows, order="deterministic")).hexdigest()


def plain_rows(rows: Sequence[Mapping[str, Any]]) -> list[Plain]:
    """Rows of JSON's own types: times in UTC with `Z`."""
    return [_plain(dict(row)) for row in rows]


def keys(query: Query) -> list[str]:
    """Columns that together name a row."""
    return [name for name, column in query.header.returns.items() if column.key]


def _plain(value: Plain) -> Plain:
    made: Plain = msgspec.json.decode(msgspec.json.encode(value))
    return made


def _path(root: Path, name: str) -> Path:
    return root / FOLDER / f"{name}{_SUFFIX}"


def _damaged(path: Path, reason: str) -> DataError:
    hint = "run the query again with --save NAME --force"
    return DataError(f"the kept result is damaged: {reason}", hint=hint, where={"file": str(path)})
