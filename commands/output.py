"""Rows and documents to standard output in the five formats; everything else to standard error."""

import csv
import io
import json
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, TextIO
from zoneinfo import ZoneInfo

import msgspec

from commands.clock import local_text, utc_text
from commands.terminal import safe, visible
from graph.elements import Node, Relationship
from graph.export.formats.spreadsheet import neutralise

if TYPE_CHECKING:  # keeps `--help` free of the drawing of tables
    from rich.console import Console

FORMATS = ("table", "json", "jsonl", "csv", "tsv")
Row = Mapping[str, Any]
_SURROGATE = re.compile("[\ud800-\udfff]")
_OBEYED = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_TSV = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
_HASHED = re.compile(
    r"\b(post|listing|claim|rel|cluster|event|run|source|quote|actor|decision):([0-9a-f]{32})\b"
)
_FILE = re.compile(r"\b(file):([0-9a-f]{64})\b")
_READABLE, _HEAD = 12, 5
"""Widths that a table must leave a long value and a heading, else rows stand under each other."""
SHORT = 12
"""Characters of a hash that a table shows; commands take any unique beginning of an id."""


class Output:
    """Where the answers of one command go. `zone` is the case's, for tables."""

    def __init__(
        self,
        form: str | None,
        *,
        zone: ZoneInfo,
        quiet: bool = False,
        verbose: int = 0,
        color: bool = True,
        raw: bool = False,
        stream: TextIO | None = None,
        asked: Callable[[], Mapping[str, Any]] | None = None,
        seen: Callable[[object], None] | None = None,
    ) -> None:
        self.stream: TextIO = stream or sys.stdout
        self.asked = asked
        """What `meta` says unless a command says more; None where nobody wants to know."""
        self.seen = seen
        """Told of all rows and documents."""
        self.terminal = self.stream.isatty()
        self.form = form or ("table" if self.terminal else "tsv")
        self.zone = zone
        self.quiet = quiet
        self.verbose = verbose
        self.raw = raw
        self._color = color
        self._errors = sys.stderr

    @cached_property
    def console(self) -> "Console":
        """Where tables go."""
        from rich.console import Console

        width = None if self.terminal else 100
        return Console(
            file=self.stream,
            no_color=not self._color,
            highlight=False,
            width=width,
            soft_wrap=False,
        )

    @cached_property
    def error(self) -> "Console":
        """Standard error as it was when the command began."""
        from rich.console import Console

        return Console(file=self._errors, no_color=not self._color, highlight=False, soft_wrap=True)

    @property
    def human(self) -> bool:
        return self.form == "table"

    def rows(
        self,
        rows: Iterable[Row],
        columns: Sequence[str],
        *,
        meta: Mapping[str, Any] | None = None,
        limit: int | None = None,
        cut: str = "",
    ) -> None:
        """A list; under `--meta` the JSON document becomes `{"rows": …, "meta": …}`.

        `cut` tells that more was there than is shown, and how to see it: a warning, and in `meta`.
        """
        listed = [{name: row.get(name) for name in columns} for row in rows]
        if self.seen is not None:
            self.seen(listed)
        match self.form:
            case "json":
                document = self._with_meta(listed, self._told(meta, limit, cut))
                self._write(to_json(document, terminal=self.terminal, indent=1) + "\n")
            case "jsonl":
                for row in listed:
                    self._write(to_json(row, terminal=self.terminal) + "\n")
            case "csv":
                self._csv(listed, columns)
            case "tsv":
                self._tsv(listed, columns)
            case _:
                self.table(listed, columns)
        if cut:
            self.warn(cut)

    def records(self, records: Iterable[Row]) -> None:
        """Objects that nest: one JSON document under `json`, elsewhere a line each."""
        if self.form == "json":
            document = self._with_meta(list(records), self._told(None, None, ""))
            self._write(to_json(document, terminal=self.terminal) + "\n")
            return
        for record in records:
            self._write(to_json(record, terminal=self.terminal) + "\n")

    @staticmethod
    def _with_meta(listed: list[Any], told: Mapping[str, Any] | None) -> object:
        return listed if told is None else {"rows": listed, "meta": told}

    def _told(
        self, more: Mapping[str, Any] | None, limit: int | None, cut: str
    ) -> Mapping[str, Any] | None:
        if self.asked is None:
            return None
        # What a command says last is said in the order of the document.
        return {**self.asked(), "limit": limit, "truncated": bool(cut), **(more or {})}

    def document(self, document: Mapping[str, Any]) -> None:
        """One thing: an object in JSON, name and value pairs elsewhere."""
        if self.seen is not None:
            self.seen(document)
        if self.form in ("json", "jsonl"):
            indent = 1 if self.form == "json" else None
            self._write(to_json(document, terminal=self.terminal, indent=indent) + "\n")
            return
        pairs = [{"name": name, "value": value} for name, value in document.items()]
        if self.human:
            from rich.table import Table

            grid = Table.grid(padding=(0, 2))
            for pair in pairs:
                grid.add_row(safe(str(pair["name"]), style="bold"), self._shown(pair["value"]))
            self.console.print(grid)
            return
        self.rows(pairs, ("name", "value"))

    def text(self, line: str = "", *, style: str = "") -> None:
        """A line of an answer for people (tables only)."""
        self.console.print(safe(line, style=style, lines=True))

    def hanging(self, line: str, *, style: str = "") -> None:
        """A line of an answer for people; where it is too long its rest stands further in."""
        told = line.lstrip(" ")
        depth = len(line) - len(told)
        width = max(self.console.width - depth - 2, _READABLE)
        parts = safe(told, style=style, lines=True).wrap(self.console, width)
        for number, part in enumerate(parts):
            part.rstrip()
            part.pad_left(depth + (2 if number else 0))
            self.console.print(part)
        if not parts:
            self.console.print()

    def data(self, text: str) -> None:
        """Text that is the answer itself, such as a query's source."""
        self._write(visible(text, lines=True) if self.terminal else text)

    def note(self, message: str) -> None:
        """A word to the user, on standard error; silent under `--quiet`."""
        if not self.quiet:
            self.error.print(safe(message, lines=True))

    def warn(self, message: str) -> None:
        """A warning, on standard error, always."""
        self.error.print(safe(f"warning: {message}", style="yellow", lines=True))

    def _write(self, text: str) -> None:
        self.stream.write(text)

    def _csv(self, rows: Sequence[Row], columns: Sequence[str]) -> None:
        buffer = io.StringIO()
        writer = csv.writer(buffer, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([self._csv_cell(row[name]) for name in columns] for row in rows)
        self._write(self._for_stream(buffer.getvalue()))

    def _csv_cell(self, value: object) -> str:
        text = flat(value)
        return (
            text
            if self.raw or not isinstance(value, str | list | tuple | dict)
            else neutralise(text)
        )

    def _tsv(self, rows: Sequence[Row], columns: Sequence[str]) -> None:
        lines = ["\t".join(columns)]
        lines += ["\t".join(flat(row[name]).translate(_TSV) for name in columns) for row in rows]
        for line in lines:
            shown = "\t".join(visible(cell) for cell in line.split("\t")) if self.terminal else line
            self._write(self._for_stream(shown + "\n"))

    def _for_stream(self, text: str) -> str:
        cleaned = _SURROGATE.sub("\ufffd", text)
        return visible(cleaned, lines=True) if self.terminal and self.form == "csv" else cleaned

    def table(self, rows: Sequence[Row], columns: Sequence[str]) -> None:
        """A table for people."""
        if not rows:
            self.note("no rows")
            return
        cells = [[self._shown(row.get(name)) for name in columns] for row in rows]
        if self._fits(cells, columns):
            from rich.table import Table

            table = Table(show_edge=False, pad_edge=False, header_style="bold")
            for name in columns:
                numeric = all(isinstance(row.get(name), int | float | None) for row in rows)
                side: Literal["right", "left"] = "right" if numeric else "left"
                table.add_column(safe(name), justify=side, overflow="fold")
            for line in cells:
                table.add_row(*line)
            self.console.print(table)
            return
        for number, line in enumerate(cells):
            self._record(line, columns, first=number == 0)

    def _fits(self, cells: Sequence[Sequence[Any]], columns: Sequence[str]) -> bool:
        """Whether a table leaves every column its width, or one that can still be read."""
        widest = [max(cell.cell_len for cell in column) for column in zip(*cells, strict=True)]
        needed = sum(max(_HEAD, min(width, _READABLE)) for width in widest)
        return bool(needed + 3 * (len(columns) - 1) <= self.console.width)

    def _record(self, line: Sequence[Any], columns: Sequence[str], *, first: bool) -> None:
        """One row as a list of its values, where a table would be a row of slivers."""
        if not first:
            self.console.print()
        from rich.table import Table

        grid = Table.grid(padding=(0, 2))
        grid.add_column(no_wrap=True)
        grid.add_column(overflow="fold")
        for name, cell in zip(columns, line, strict=True):
            if cell.plain:
                grid.add_row(safe(name, style="bold"), cell)
        self.console.print(grid)

    def _shown(self, value: object) -> Any:
        return safe(self.human_text(value), zero_width=self.verbose > 0)

    def human_text(self, value: object) -> str:
        """A value as people read it: local times, shortened hashes, lists cut after three."""
        if isinstance(value, datetime):
            return local_text(value, self.zone)
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, float):
            return f"{value:.2f}" if abs(value) >= 0.01 or value == 0 else f"{value:.2g}"
        if isinstance(value, list | tuple):
            head = ", ".join(self.human_text(item) for item in value[:3])
            return f"{head} +{len(value) - 3}" if len(value) > 3 else head
        if isinstance(value, Node):
            return f"{value.props.get('name', '')} ({short_ids(value.id)})"
        if isinstance(value, Mapping):
            return ", ".join(f"{name}: {self.human_text(item)}" for name, item in value.items())
        return short_ids(flat(value))


def cut_off(cut: bool, limit: int | None, what: str = "rows", option: str = "--limit") -> str:
    """The warning of an answer that ends at its limit; empty where it is whole."""
    return f"cut off at {limit} {what}; raise {option} to see more" if cut else ""


def short_ids(text: str) -> str:
    """Hashes in ids cut to a readable prefix."""
    cut = _HASHED.sub(lambda m: f"{m[1]}:{m[2][:SHORT]}", text)
    return _FILE.sub(lambda m: f"{m[1]}:{m[2][:SHORT]}", cut)


def flat(value: object) -> str:
    """One cell as text: nothing for None, times in UTC, lists joined by `; `, maps as JSON."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return utc_text(value)
    if isinstance(value, list | tuple) and all(not isinstance(item, Mapping) for item in value):
        return "; ".join(flat(item) for item in value)
    if isinstance(value, str | int | float | date):
        return str(value)
    return to_json(value)


def plain(value: object) -> Any:
    """A value of JSON's own types; graph elements become objects."""
    if isinstance(value, datetime):
        return utc_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Node):
        return {"id": value.id, "label": value.label, **plain(value.props)}
    if isinstance(value, Relationship):
        ends = {"id": value.id, "relation": value.type, "from": value.start, "to": value.end}
        return {**ends, **plain(value.props)}
    if isinstance(value, msgspec.Struct):
        return plain(msgspec.structs.asdict(value))
    if isinstance(value, Mapping):
        return {str(name): plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value


def to_json(value: object, *, terminal: bool = False, indent: int | None = None) -> str:
    """JSON in UTF-8; what a terminal would obey is escaped when it goes to one."""
    text = json.dumps(plain(value), ensure_ascii=False, indent=indent, allow_nan=False)
    text = _SURROGATE.sub(lambda m: f"\\u{ord(m[0]):04x}", text)
    return _OBEYED.sub(lambda m: f"\\u{ord(m[0]):04x}", text) if terminal else text
