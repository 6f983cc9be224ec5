"""The file in which decisions travel: JSON lines, a header first. Nothing in it is trusted."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Final

import msgspec

from evidence.decisions import Decision
from evidence.errors import InputError

SCHEMA: Final = 1
WHAT: Final = "decisions"
LONGEST: Final = 262_144
MOST: Final = 200_000
"""Bytes of a line and decisions of a file at the most."""
_ID: Final = re.compile(r"decision:[0-9a-f]{32}\Z")
_TIME: Final = "%Y-%m-%dT%H:%M:%SZ"
_NAME: Final = 200
_REASON: Final = 8_000
_TARGET: Final = 2_000
Problem = tuple[int, str]
"""Number of a line and why it is left out."""


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """The first line: what the file is, and from where."""

    heichan: str
    schema: int
    tool: str
    case: str
    by: str
    at: str
    decisions: int


class Line(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A decision; `value` is text, or the object that is kept as text."""

    id: str
    kind: str
    target: str
    value: msgspec.Raw
    author: str
    reason: str
    at: str
    undoes: str | None = None


class Offered(msgspec.Struct, frozen=True):
    """A decision as a file gives it, on a line of the file."""

    line: int
    decision: Decision


_header = msgspec.json.Decoder(Header).decode
_line = msgspec.json.Decoder(Line).decode


def written(header: Header, decisions: Iterable[Decision]) -> Iterator[bytes]:
    """The lines of a file."""
    yield msgspec.json.encode(header) + b"\n"
    for each in decisions:
        yield msgspec.json.encode(_told(each)) + b"\n"


def _told(each: Decision) -> Line:
    return Line(
        id=each.id,
        kind=each.kind,
        target=each.target,
        value=_raw(each.value),
        author=each.author,
        reason=each.reason,
        at=datetime.fromtimestamp(each.at, UTC).strftime(_TIME),
        undoes=each.undoes,
    )


def _raw(value: str) -> msgspec.Raw:
    """An object as it stands; any other text as a string."""
    if value.startswith("{") and "\n" not in value:
        try:
            msgspec.json.decode(value)
        except msgspec.DecodeError:
            pass
        else:
            return msgspec.Raw(value.encode())
    return msgspec.Raw(msgspec.json.encode(value))


def read_file(path: Path) -> tuple[Header, list[Offered], list[Problem]]:
    """Header, decisions, and the lines that are none. InputError where the file is no such file."""
    where: dict[str, str | int] = {"file": str(path)}
    try:
        with path.open("rb") as stream:
            return _read(stream, path)
    except OSError as error:
        why = error.strerror or str(error)
        raise InputError(f"{path} cannot be read: {why}", where=where) from error


def _read(stream: BinaryIO, path: Path) -> tuple[Header, list[Offered], list[Problem]]:
    header = _head(stream.readline(LONGEST), path)
    offered: list[Offered] = []
    problems: list[Problem] = []
    for number, text in _lines(stream):
        if len(offered) + len(problems) >= MOST:
            raise InputError(
                f"{path} has more than {MOST} decisions", where={"file": str(path), "line": number}
            )
        found = "it is too long" if text is None else _parsed(number, text)
        if isinstance(found, Offered):
            offered.append(found)
        else:
            problems.append((number, found))
    return header, offered, problems


def _head(text: bytes, path: Path) -> Header:
    where: dict[str, str | int] = {"file": str(path), "line": 1}
    hint = "heichan decisions export -o FILE makes one"
    try:
        header = _header(text.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise InputError(f"{path} holds no decisions", hint=hint, where=where) from error
    texts = (header.case, header.by, header.tool)
    if header.heichan != WHAT or any(len(each) > _NAME or not each.isprintable() for each in texts):
        raise InputError(f"{path} holds no decisions", hint=hint, where=where)
    if header.schema > SCHEMA:
        raise InputError(
            f"{path} has schema version {header.schema}; this program knows {SCHEMA}",
            hint="install a newer heichan",
            where=where,
        )
    return header


def _lines(stream: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """Numbered lines, None for one that is too long; blank ones are passed over."""
    number = 1
    while text := stream.readline(LONGEST):
        number += 1
        whole = text.endswith(b"\n") or len(text) < LONGEST
        while not whole:
            rest = stream.readline(LONGEST)
            whole, text = rest.endswith(b"\n") or len(rest) < LONGEST, b""
        if text.strip() or not text:
            yield number, text or None


def _parsed(number: int, text: bytes) -> Offered | str:
    """The decision of a line, or why it is none."""
    try:
        line = _line(text)
        value = _value(line.value)
        at = datetime.strptime(line.at, _TIME).replace(tzinfo=UTC)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return "it is no decision"
    except ValueError:
        return "at is no time such as 2021-03-04T05:06:07Z"
    if not _ID.match(line.id) or (line.undoes is not None and not _ID.match(line.undoes)):
        return "its id is no id of a decision"
    if not 0 < len(line.author.strip()) <= _NAME or not line.author.isprintable():
        return "it has no author"
    if not 0 < len(line.reason.strip()) <= _REASON:
        return "it has no reason, or too long a one"
    if not 0 < len(line.target) <= _TARGET or not line.target.isprintable():
        return "it has no target"
    fields = (line.id, line.kind, line.target, value, line.author, line.reason)
    return Offered(number, Decision(*fields, int(at.timestamp()), line.undoes))


def _value(raw: msgspec.Raw) -> str:
    text = bytes(raw)
    if text.startswith(b'"'):
        return msgspec.json.decode(text, type=str)
    # Checks that it is an object; what it says is checked by its kind.
    msgspec.json.decode(text, type=dict[str, object])
    return text.decode()
