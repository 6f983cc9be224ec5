"""`extract`: records from text, no case needed."""

import codecs
import json
import re
import sys
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Annotated, Any, BinaryIO

import typer

from commands.application import command
from commands.output import Output, to_json
from commands.session import Session
from evidence.errors import InputError, UsageError

CHUNK = 2000
STANDARD_INPUT = Path("-")
_OBJECT = re.compile(r'\s*\{\s*"')


def extract(
    session: Session,
    path: Annotated[
        Path, typer.Argument(metavar="[PATH|-]", help="Text or JSON lines.")
    ] = STANDARD_INPUT,
    every: Annotated[
        bool, typer.Option("--all", help="Also a record for texts that are no listing.")
    ] = False,
    report: Annotated[
        Path | None, typer.Option("--report", help="Read a vendor report instead.")
    ] = None,
) -> None:
    """Extract listings: lines of text, or JSON lines with `id` and `text`, in; JSON lines out.

    Example: echo '出 股民料 联通抓取 0.5元一条 飞机@demo_name' | heichan extract
    """
    out = session.output()
    if session.shared.form not in (None, "json", "jsonl"):
        raise UsageError("records nest, so extract writes JSON", hint="Use --format json or jsonl.")
    if report is None:
        lines = _Lines(str(path), out)
        _write(out, _listings(lines, every))
        lines.end()
    elif path != STANDARD_INPUT:
        raise UsageError("--report reads one file", hint=f"heichan extract --report {report}")
    else:
        _write(out, _report(report))


def _write(out: Output, records: Iterable[dict[str, Any]]) -> None:
    if out.form == "json":
        out.data(to_json(list(records), terminal=out.terminal) + "\n")
        return
    for record in records:
        out.data(to_json(record, terminal=out.terminal) + "\n")


def _listings(lines: "_Lines", every: bool) -> Iterator[dict[str, Any]]:
    import msgspec

    from evidence.masking import mask
    from ingest.extract import Rules
    from ingest.extract import extract as read
    from ingest.records import Text

    rules = Rules.load()
    texts = lines.texts()
    while chunk := list(islice(texts, CHUNK)):
        batch = []
        for number, text in chunk:
            masked = mask(text)
            batch.append(Text(number, masked.text, masked=masked.count))
        for reading in read(batch, rules, keep_none=every):
            yield from (msgspec.to_builtins(listing) for listing in reading.listings)


class _Lines:
    """The lines of a file or of standard input; those that cannot be read are told and counted."""

    def __init__(self, path: str, out: Output) -> None:
        self._path = path
        self._out = out
        self._read = 0
        self._skipped = 0

    def texts(self) -> Iterator[tuple[str, str]]:
        """Id and text of each line that says something; ids of text lines count from 1."""
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

    def end(self) -> None:
        """Raises InputError where there were lines and none could be read."""
        if self._skipped and not self._read:
            raise InputError(
                f"no line of {self._path} could be read",
                hint='Lines are UTF-8 text, or JSON such as {"id": 7, "text": "..."}.',
                where={"file": self._path},
            )

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


def _report(path: Path) -> Iterator[dict[str, Any]]:
    import msgspec

    from evidence.masking import mask
    from ingest.extract.report import load_english, read_report
    from ingest.readers.base import Source
    from ingest.readers.report import report_text

    report = report_text(Source(path, str(path)))
    text = mask(report.text, "report").text
    for finding in read_report(text, english=load_english(), published=report.published):
        yield msgspec.to_builtins(finding)


def register(app: typer.Typer) -> None:
    command(app, "extract")(extract)
