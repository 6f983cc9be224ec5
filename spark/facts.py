"""What is known of prepared files beside their posts: the run, the venues, whose export it is."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

import msgspec

from evidence.archive.archive import Archive
from evidence.archive.cleaning import clean_id, clean_name
from evidence.archive.filing import (
    Counts,
    FileFacts,
    RunFacts,
    State,
    add_run,
    begin_file,
    end_file,
    end_run,
)
from evidence.archive.places import Places
from evidence.errors import InputError
from evidence.settings import Settings, VenueTags
from ingest.posts import ReadVenue, VenueRenamed

FACTS: Final = "facts"
"""Folder of what is known of files, one of JSON each, beside the Parquet of their posts."""


class Prepared(msgspec.Struct, frozen=True, kw_only=True):
    """One file whose masked posts lie in Parquet. Nothing in it is as written but masked."""

    case: str
    zone: str
    tags: dict[str, VenueTags] = {}
    """Of venues by id, as the case's settings give them."""
    n: int
    """The order in which files were given."""
    file: FileFacts
    run: RunFacts
    at: int
    state: State
    counts: Counts
    timed: bool
    venues: tuple[ReadVenue, ...]
    renames: tuple[VenueRenamed, ...]
    met: tuple[str, ...]
    """Ids of venues that posts name."""
    own: tuple[str, ...]


def clean_venue(read: ReadVenue) -> ReadVenue:
    """The venue with its texts masked."""
    return msgspec.structs.replace(
        read, id=clean_id(read.id), platform=clean_name(read.platform), name=clean_name(read.name)
    )


def clean_rename(renamed: VenueRenamed) -> VenueRenamed:
    """The rename with its texts masked."""
    cleaned = clean_name if renamed.kind == "name" else clean_id
    return msgspec.structs.replace(
        renamed, venue=clean_id(renamed.venue), value=cleaned(renamed.value)
    )


def clean_facts(facts: FileFacts) -> FileFacts:
    """The facts with their texts masked."""
    origin = clean_name(facts.origin) if facts.origin else None
    return msgspec.structs.replace(facts, path=clean_name(facts.path), origin=origin)


def clean_run(facts: RunFacts) -> RunFacts:
    """The run with its texts masked."""
    texts = ("operator", "received_from", "legal_basis", "purpose")
    said = {name: clean_name(text) for name in texts if (text := getattr(facts, name))}
    return msgspec.structs.replace(facts, **said)


def read_prepared(folders: Sequence[Path]) -> list[Prepared]:
    """The facts of all prepared files, in the order of the folders and then of the files.

    Raises InputError where a folder holds none, or folders are of several cases.
    """
    found: list[Prepared] = []
    for folder in folders:
        read = [_read(path) for path in sorted((folder / FACTS).glob("[0-9]*.json"))]
        if not read:
            raise InputError(f"{folder} holds no prepared posts", hint="heichan-spark prepare")
        found += read
    if len({(each.case, each.zone) for each in found}) > 1:
        raise InputError("the folders were prepared for several cases or zones")
    return found


def settings_of(prepared: Sequence[Prepared]) -> Settings:
    """The settings of the case for which the files were prepared, as far as a graph needs them."""
    last = prepared[-1]
    return Settings(id=last.case, zone=last.zone, venues=last.tags)


def keep(prepared: Iterable[Prepared], folder: Path) -> None:
    """Writes the facts of all files into one folder, in their order."""
    place = folder / FACTS
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    for number, each in enumerate(prepared, 1):
        write_fact(place / f"{number:08}.json", each)


def write_fact(path: Path, prepared: Prepared) -> None:
    """Writes the facts of a file, whole or not at all, readable by their owner only."""
    part = path.with_name(f"_{path.name}")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as stream:
        stream.write(msgspec.json.encode(prepared))
    part.replace(path)


def _read(path: Path) -> Prepared:
    try:
        return msgspec.json.decode(path.read_bytes(), type=Prepared)
    except (OSError, msgspec.MsgspecError) as error:
        raise InputError(
            f"{path} cannot be read: {error}",
            hint="prepare its file again",
            where={"file": str(path)},
        ) from error


def fill(archive: Archive, prepared: Iterable[Prepared]) -> None:
    """Rows of runs, files, venues and own accounts, as an ingest of these files writes them."""
    places = Places(archive.connection)
    for each in prepared:
        run_n = add_run(archive.connection, each.run, each.at)
        file_n = begin_file(archive.connection, each.file, run_n, each.at)
        for venue in each.venues:
            places.add_venue(venue, file_n)
        for renamed in each.renames:
            places.rename(renamed)
        for venue_id in each.met:
            places.venue(venue_id)
        for account in each.own:
            places.mark_own(account)
        end_file(archive.connection, file_n, each.state, each.counts, each.timed)
        end_run(archive.connection, each.run.id, each.at)
