"""Invented files for the readers' tests."""

from pathlib import Path

from ingest.posts import BreaksOff, Item, Problem, ReadPost, ReadVenue
from ingest.readers import Reader, ReadOptions, Source


def source(folder: Path, data: bytes | str, name: str = "file") -> Source:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return Source(path, name)


def read(
    reader: Reader, folder: Path, data: bytes | str, options: ReadOptions | None = None
) -> list[Item]:
    return list(reader.read(source(folder, data), options or ReadOptions()))


def posts(items: list[Item]) -> list[ReadPost]:
    return [item for item in items if isinstance(item, ReadPost)]


def venues(items: list[Item]) -> list[ReadVenue]:
    return [item for item in items if isinstance(item, ReadVenue)]


def problems(items: list[Item]) -> list[Problem]:
    return [item for item in items if isinstance(item, Problem)]


def breaks(items: list[Item]) -> list[BreaksOff]:
    return [item for item in items if isinstance(item, BreaksOff)]
