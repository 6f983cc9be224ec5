"""A document as a file: one page, or Markdown with a folder of its pictures beside it."""

import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final
from urllib.parse import quote

from evidence.errors import HeichanError, UsageError
from graph.export.files import whole_file
from graph.export.plots.inline import alone
from graph.report.content import Document, Picture
from graph.report.markdown import write_markdown
from graph.report.page import write_page

PAGE, TEXT = ".html", ".md"
SUFFIXES: Final = (PAGE, TEXT)
DRAWINGS: Final = r"(?:months|products|prices|brokers(?:-\d+)?)\.svg"
"""Names of our pictures, as a pattern."""


def write_paper(path: Path, document: Document) -> list[str]:
    """Writes it whole or not at all; names of the pictures in the folder beside it.

    Raises UsageError where that folder holds anything that is not of an earlier report.
    """
    if path.suffix == PAGE:
        # The folder of that name belongs to a report in Markdown.
        with whole_file(path) as stream:
            write_page(stream, document)
        return []
    files = beside(path, document)
    with _whole_folder(pictures_of(path), files), whole_file(path) as stream:
        write_document(stream, path, document)
    return sorted(files)


def write_document(stream: BinaryIO, path: Path, document: Document) -> None:
    """The file that will stand at `path`; its links lead to the folder beside it."""
    if path.suffix == PAGE:
        write_page(stream, document)
    else:
        write_markdown(stream, document, quote(os.fsencode(pictures_of(path).name), safe=""))


def beside(path: Path, document: Document) -> dict[str, bytes]:
    """The files of the folder beside the document by name; a page holds its pictures itself."""
    if path.suffix == PAGE:
        return {}
    pictures = [block for block in document.blocks if isinstance(block, Picture)]
    return {f"{one.name}.svg": alone(one.svg) for one in pictures}


def pictures_of(path: Path) -> Path:
    """The folder beside a document."""
    return path.with_name(f"{path.stem}.pictures")


def check_pictures(folder: Path) -> None:
    """Raises UsageError where pictures cannot stand there."""
    if not os.path.lexists(folder):
        return
    if folder.is_symlink() or not folder.is_dir():
        raise UsageError(f"{folder} is no folder", hint="Name the report otherwise.")
    others = [one.name for one in folder.iterdir() if not re.fullmatch(DRAWINGS, one.name)]
    if others:
        raise UsageError(
            f"{folder} holds other files: {min(others)}", hint="Name the report otherwise."
        )


@contextmanager
def _whole_folder(folder: Path, files: Mapping[str, bytes]) -> Iterator[None]:
    """The folder holds these files alone when the block ends well, else what it held before."""
    check_pictures(folder)
    if not files and not folder.exists():
        yield
        return
    try:
        part = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name[:80]}."))
        try:
            new, old = part / "new", part / "old"
            _fill(new, files)
            if folder.exists():
                folder.rename(old)
            try:
                if files:
                    new.rename(folder)
                yield
            except BaseException:
                if folder.exists():
                    folder.rename(part / "gone")
                if old.exists():
                    old.rename(folder)
                raise
        finally:
            shutil.rmtree(part, ignore_errors=True)
    except OSError as error:
        raise HeichanError(
            f"{folder} could not be written: {error.strerror}",
            hint="Choose a place with more room.",
        ) from error


def _fill(folder: Path, files: Mapping[str, bytes]) -> None:
    folder.mkdir(mode=0o700)
    for name, content in files.items():
        (folder / name).write_bytes(content)
        (folder / name).chmod(0o600)
