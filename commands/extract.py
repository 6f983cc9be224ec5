"""`extract`: records from text, no case needed."""

import json
import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Annotated, Any

import typer

from commands.application import command
from commands.output import Output
from commands.session import Session
from evidence.errors import InputError, UsageError

CHUNK = 2000


def extract(
    session: Session,
    path: Annotated[str, typer.Argument(metavar="[PATH|-]", help="Text or JSON lines.")] = "-",
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
    found = _report(report) if report is not None else _listings(path, every)
    _write(out, found)


def _write(out: Output, records: Iterable[dict[str, Any]]) -> None:
    from commands.output import to_json

    if out.form == "json":
        out.data(to_json(list(records)) + "\n")
        return
    for record in records:
        out.data(to_json(record) + "\n")


def _listings(path: str, every: bool) -> Iterator[dict[str, Any]]:
    import msgspec

    from evidence.masking import mask
    from ingest.extract import Rules
    from ingest.extract import extract as read
    from ingest.records import Text

    rules = Rules.load()
    lines = _texts(path)
    while chunk := list(islice(lines, CHUNK)):
        texts = []
        for number, text in chunk:
            masked = mask(text)
            texts.append(Text(number, masked.text, masked=masked.count))
        for reading in read(texts, rules, keep_none=every):
            yield from (msgspec.to_builtins(listing) for listing in reading.listings)


def _texts(path: str) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(_lines(path), 1):
        text = line.rstrip("\r\n")
        if text.startswith("{") and text.endswith("}"):
            identifier, text = _json_line(text, number, path)
            yield identifier or str(number), text
        elif text.strip():
            yield str(number), text


def _json_line(line: str, number: int, path: str) -> tuple[str | None, str]:
    try:
        value = json.loads(line)
    except json.JSONDecodeError:
        return None, line
    if isinstance(value, dict) and isinstance(value.get("text"), str):
        identifier = value.get("id")
        return (None if identifier is None else str(identifier)), value["text"]
    raise InputError(
        "a JSON line has no text",
        hint='Write lines such as {"id": 7, "text": "..."}.',
        where={"file": path, "line": number},
    )


def _lines(path: str) -> Iterator[str]:
    if path == "-":
        sys.stdin.reconfigure(encoding="utf-8", errors="surrogateescape")  # type: ignore[union-attr]
        yield from sys.stdin
        return
    try:
        with open(path, encoding="utf-8-sig") as lines:
            yield from lines
    except FileNotFoundError as error:
        raise InputError(f"{path} does not exist", where={"file": path}) from error
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"{path} could not be read: {error}",
            hint="extract reads UTF-8 text; use ingest for exports.",
            where={"file": path},
        ) from error


def _report(path: Path) -> Iterator[dict[str, Any]]:
    import msgspec

    from evidence.masking import mask
    from ingest.extract.report import load_english, read_report
    from ingest.readers.base import Source
    from ingest.readers.report import report_text

    report = report_text(Source(path, str(path)))
    text = mask(report.text).text
    for finding in read_report(text, english=load_english(), published=report.published):
        yield msgspec.to_builtins(finding)


def register(app: typer.Typer) -> None:
    command(app, "extract")(extract)
