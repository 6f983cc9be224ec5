"""A draft for one file of whatever format."""

import sys
from pathlib import Path

from evidence.errors import InputError
from ingest.archives.room import Room
from ingest.readers import Source
from ingest.readers.walk import STANDARD_INPUT, Found, walk
from ingest.suggesting.draft import Draft, draft_table, is_saved_page
from ingest.suggesting.page import draft_page


def draft(path: Path, reader: str | None = None) -> Draft:
    """The draft of a mapping; InputError where the file cannot be read or none can be drafted."""
    with Room() as room:
        return _draft(_source(path, room), reader)


def _draft(source: Source, reader: str | None) -> Draft:
    if source.size == 0:
        raise InputError(f"{source.name}: empty", where={"file": source.name})
    page = is_saved_page(source) if reader is None else reader == "forum"
    return draft_page(source) if page else draft_table(source)


def _source(path: Path, room: Room) -> Source:
    """The file, standard input spooled; a file of no known format is still one."""
    if str(path) == STANDARD_INPUT:
        return room.spooled(sys.stdin.buffer, STANDARD_INPUT)
    found = next(iter(walk([path], room=room)))
    if isinstance(found, Found) and found.archive is not None:
        raise InputError(
            f"{found.source.name}: an archive",
            hint="unpack it and name one of its files",
            where={"file": found.source.name},
        )
    if isinstance(found, Found):
        return found.source
    source = Source(path, str(found.where.get("file", path)))
    source.head()
    return source
