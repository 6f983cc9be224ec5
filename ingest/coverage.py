"""The coverage file: on which days which venue was watched."""

import csv
import sqlite3
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import msgspec

from evidence.archive.cleaning import clean_name
from evidence.errors import InputError
from graph import ids
from ingest.posts import Problem

Watched = tuple[str, str, str]
"""Venue id, first and last day."""


class Stretch(msgspec.Struct, frozen=True):
    """A watched stretch of days, both included. `venue` as written: an id, a number or a name."""

    line: int
    venue: str
    first: date
    last: date


def read_coverage(path: Path) -> list[Stretch]:
    """Rows of a CSV file with `venue,from,to`; InputError that names the line."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = csv.DictReader(stream, strict=True)
            if missing := {"venue", "from", "to"} - set(rows.fieldnames or ()):
                raise _bad(path, 1, f"no column {', '.join(sorted(missing))}")
            return [_stretch(row, rows.line_num, path) for row in rows]
    except OSError as error:
        raise _bad(path, 0, error.strerror or str(error)) from error
    except (csv.Error, UnicodeDecodeError) as error:
        raise _bad(path, 0, f"not a CSV file in UTF-8: {error}") from error


def _stretch(row: dict[str, str], line: int, path: Path) -> Stretch:
    try:
        first, last = (date.fromisoformat((row[name] or "").strip()) for name in ("from", "to"))
    except ValueError as error:
        raise _bad(path, line, "from and to are days: 2021-03-01") from error
    if last < first:
        raise _bad(path, line, "to lies before from")
    venue = (row["venue"] or "").strip()
    if not venue:
        raise _bad(path, line, "no venue")
    return Stretch(line, venue, first, last)


def new_coverage(
    connection: sqlite3.Connection, stretches: Sequence[Stretch]
) -> tuple[list[Watched], list[Problem]]:
    """Stretches that the case does not hold yet, and a problem for each venue that is not known."""
    new, problems = [], []
    for stretch in stretches:
        venues = _venues(connection, stretch.venue)
        if len(venues) != 1:
            reason = "several venues are" if venues else "no venue of the case is"
            problem = Problem(f"line {stretch.line}", f"{reason} called so; write its id: venue:…")
            problems.append(problem)
            continue
        watched = (venues[0], stretch.first.isoformat(), stretch.last.isoformat())
        known = connection.execute(
            "SELECT 1 FROM coverage WHERE venue_id = ? AND from_day = ? AND to_day = ?", watched
        )
        if known.fetchone() is None:
            new.append(watched)
    return new, problems


def store_coverage(connection: sqlite3.Connection, watched: Sequence[Watched], run_n: int) -> None:
    """Stores watched stretches inside the caller's transaction."""
    connection.executemany(
        "INSERT OR IGNORE INTO coverage (run_n, venue_id, from_day, to_day) VALUES (?, ?, ?, ?)",
        [(run_n, *one) for one in watched],
    )


def _venues(connection: sqlite3.Connection, written: str) -> list[str]:
    """Ids of the venues that may be meant. One given by its id may have no message yet."""
    if written.startswith("venue:") and written.count(":") >= 2:
        return [written]
    rows = connection.execute("SELECT id, name FROM venue ORDER BY id").fetchall()
    name = ids.normal_name(clean_name(written))
    return [venue for venue, _ in rows if venue.split(":", 2)[2] == written] or [
        venue for venue, shown in rows if ids.normal_name(shown) == name
    ]


def _bad(path: Path, line: int, reason: str) -> InputError:
    where: dict[str, str | int] = {"file": str(path)}
    if line:
        where["line"] = line
    return InputError(
        f"coverage file {path}{f', line {line}' if line else ''}: {reason}",
        hint="a CSV file with the columns venue,from,to",
        where=where,
    )
