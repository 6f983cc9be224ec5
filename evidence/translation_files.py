"""Reads files of translations: CSV with a header, or JSON lines."""

import csv
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import msgspec

from evidence.errors import InputError, UsageError
from evidence.translations import HOWS, Offered

SUFFIXES: Final = (".csv", ".jsonl")
FIELDS: Final = ("post", "text_hash", "language", "text", "by", "how")
MOST: Final = 1_000_000
"""Characters of one record."""
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
_HASH: Final = re.compile(r"[0-9a-f]{64}")
_BY: Final = 200
Problem = tuple[str, str]


def read_translations(path: Path) -> tuple[list[Offered], list[Problem]]:
    """What the file offers, and place and reason of each record that is none.

    Raises UsageError for another suffix, InputError where it cannot be read.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise UsageError(f"{path} is neither CSV nor JSON lines", hint="name it .csv or .jsonl")
    offered: list[Offered] = []
    problems: list[Problem] = []
    try:
        for place, record in _records(path):
            found = _offered(place, record)
            if isinstance(found, Offered):
                offered.append(found)
            else:
                problems.append((place, found))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        raise InputError(f"{path} cannot be read: {why}", where={"file": str(path)}) from error
    return offered, problems


def _records(path: Path) -> Iterator[tuple[str, object]]:
    if path.suffix.lower() == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            for record in reader:
                yield f"line {reader.line_num}", record
        return
    with path.open(encoding="utf-8-sig", newline="\n") as stream:
        number = 0
        while line := stream.readline(MOST):
            number += 1
            whole = line.endswith("\n") or len(line) < MOST
            while not whole:
                rest = stream.readline(MOST)
                whole = rest.endswith("\n") or len(rest) < MOST
                line = ""
            if line.strip() or not line:
                yield f"line {number}", _parsed(line)


def _parsed(line: str) -> object:
    try:
        return msgspec.json.decode(line.encode("utf-8", "surrogatepass"))
    except (msgspec.DecodeError, RecursionError):
        return None


def _offered(place: str, record: object) -> Offered | str:
    """The translation of a record, or why it is none."""
    if not isinstance(record, Mapping):
        return "it is no record, or too long"
    fields = {name: _text(record, name) for name in FIELDS}
    post, digest = fields["post"] or None, (fields["text_hash"] or "").lower() or None
    how = fields["how"].lower()
    if (post is None) == (digest is None):
        return "it needs either post or text_hash"
    if digest is not None and not _HASH.fullmatch(digest):
        return "text_hash is no SHA-256 in hex"
    if not _LANGUAGE.fullmatch(fields["language"]):
        return "language is no language tag, as en or zh-Hans"
    if how not in HOWS:
        return f"how is none of {', '.join(HOWS)}"
    if not fields["text"] or not fields["by"] or len(fields["by"]) > _BY:
        return "it needs text, and by whom or by what, in a few words"
    return Offered(place, post, digest, fields["language"], fields["text"], fields["by"], how)


def _text(record: Mapping[Any, Any], name: str) -> str:
    value = record.get(name)
    return value.strip() if isinstance(value, str) else ""
