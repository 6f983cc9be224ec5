"""Originals on their way into the vault, and the words of posts as they stand in one."""

from collections.abc import Collection, Generator, Iterator
from contextlib import closing
from pathlib import Path

import msgspec

from evidence.archive.cleaning import text_key
from evidence.archive.filing import FileRow, find_file
from evidence.case import Case
from evidence.errors import DataError
from evidence.vault.vault import Vault
from ingest.plan import InputFile
from ingest.posts import ReadPost
from ingest.readers import ReadOptions, Source, load_mapping, reader_named
from ingest.request import Request


class Originals:
    """Keeps what is read in the case's vault; does nothing where there is none."""

    def __init__(self, case: Case, request: Request) -> None:
        self._vault = Vault(case) if case.settings.vault else None
        mapping = request.options.mapping
        if self._vault is not None and mapping is not None:
            # Without it a table cannot be read again.
            with mapping.open("rb") as stream:
                self._vault.keep(request.changing["mapping"], stream)

    def keep(self, file: InputFile) -> None:
        """Keeps a file, or a member of an archive, before its first post is stored."""
        if self._vault is not None:
            with file.source.open() as stream:
                self._vault.keep(file.sha256, stream)


class Wanted(msgspec.Struct, frozen=True):
    """The words of a post at a place of a file. `key`, `length`: by which they are known."""

    place: str
    key: bytes
    length: int


def written(case: Case, digest: str, wanted: Collection[Wanted]) -> dict[Wanted, str]:
    """The words as written in an original, read as they were read before.

    Raises HeichanError where the vault, its key or the original is not there.
    """
    vault = Vault(case)
    with case.reader() as archive, case.temporary() as folder:
        row = find_file(archive.connection, digest)
        if row is None:
            raise DataError(f"file:{digest} is not in this case")
        (name,) = archive.connection.execute(
            "SELECT path FROM file WHERE n = ?", (row.n,)
        ).fetchone()
        plain = folder / digest
        vault.take_out(digest, plain)
        options = _options(vault, row, folder)
        reader = reader_named(row.options["reader"])
        by_place = {one.place: one for one in wanted}
        found: dict[Wanted, str] = {}
        with closing(_posts(reader.read(Source(plain, name), options))) as posts:
            for post in posts:
                one = by_place.get(post.place)
                if one is not None and _is_it(case, one, post.text):
                    found[one] = post.text
                    if len(found) == len(by_place):
                        break
    return found


def _posts(items: Iterator[object]) -> Generator[ReadPost, None, None]:
    for item in items:
        if isinstance(item, ReadPost):
            yield item


def _is_it(case: Case, wanted: Wanted, text: str) -> bool:
    """Whether these are the words that were masked, not those of another reader's place."""
    if case.kept_secret is None:
        return len(text) == wanted.length
    return text_key(text, case.kept_secret) == wanted.key


def _options(vault: Vault, row: FileRow, folder: Path) -> ReadOptions:
    """The options with which a file was read."""
    digest = row.options.get("mapping")
    mapping = None
    if digest is not None:
        path = folder / "mapping.yaml"
        vault.take_out(digest, path)
        mapping = load_mapping(path)
    return ReadOptions(mapping=mapping, venue=row.options.get("venue"))
