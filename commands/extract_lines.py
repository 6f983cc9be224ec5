"""Texts for `extract`: lines of text, or JSON lines with `id` and `text`, masked."""

import codecs
import json
import re
import sys
from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING, BinaryIO

from commands.output import Output
from evidence.errors import InputError

if TYPE_CHECKING:
    from ingest.records import Text

_OBJECT = re.compile(r'\s*\{\s*"')


class Lines:
    """The lines of a file or of standard input; those that cannot be read are told and counted."""

    def __init__(self, path: str, out: Output) -> None:
        self._path = path
        self._out = out
        self._read = 0
        self._skipped = 0

    def masked(self) -> "Iterator[Text]":
        """Each line that says something, victims' identifiers masked; text lines count from 1."""
        from evidence.masking import mask
        from ingest.records import Text

        for number, text in self._texts():
            masked = mask(text)
            yield Text(number, masked.text, masked=masked.count)

    def end(self) -> None:
        """Raises InputError where there were lines and none could be read."""
        if self._skipped and not self._read:
            raise InputError(
                f"no line of {self._path} could be read",
                hint='Lines are UTF-8 text, or JSON such as {"id": 7, "text": "..."}.',
                where={"file": self._path},
            )

    def _texts(self) -> Iterator[tuple[str, str]]:
        for number, line in enumerate(_raw_lines(self._path), 1):
            try:
                text = line.decode("utf-8").rstrip("\r\n")
                identifier = str(number)
                if _OBJECT.match(text):
                    given, text = _json_line(text)
                    identifier = given or identifier
            except ValueError as error:
                self._skip(number, error)
                continue
            self._read += 1
            if text.strip():
                yield identifier, text

    def _skip(self, number: int, error: ValueError) -> None:
        self._skipped += 1
        reason = "not UTF-8" if isinstance(error, UnicodeDecodeError) else str(error)
        self._out.warn(f"{self._path}, line {number} skipped: {reason}")


def _json_line(line: str) -> tuple[str | None, str]:
    """Id and text of a JSON line. Raises ValueError."""
    try:
        value = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        reason = error.msg if isinstance(error, json.JSONDecodeError) else "nested too deep"
        raise ValueError(f"not JSON: {reason}") from error
    if not isinstance(value.get("text"), str):
        raise ValueError("no text in it")
    identifier = value.get("id")
    if isinstance(identifier, bool) or not isinstance(identifier, str | int | float | None):
        raise ValueError("its id is neither text nor a number")
    return (None if identifier is None else str(identifier)), value["text"]


def _raw_lines(path: str) -> Iterator[bytes]:
    try:
        if path == "-":
            yield from _without_mark(sys.stdin.buffer, path)
        else:
            with open(path, "rb") as stream:
                yield from _without_mark(stream, path)
    except FileNotFoundError as error:
        raise InputError(f"{path} does not exist", where={"file": path}) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(f"{path} could not be read: {reason}", where={"file": path}) from error


def _without_mark(stream: BinaryIO, path: str) -> Iterator[bytes]:
    first = stream.readline()
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise InputError(
            f"{path} is written in UTF-16",
            hint="extract reads UTF-8: iconv -f utf-16 -t utf-8 FILE",
            where={"file": path},
        )
    yield from chain([first.removeprefix(codecs.BOM_UTF8)], stream)
