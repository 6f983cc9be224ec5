"""Rows of the lexicon's files by their words: file, line, source marks."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

from ingest.extract.explain.records import Origin
from ingest.lexicon.composed import composed
from ingest.lexicon.load import normals
from ingest.lexicon.own import own_files
from ingest.text.normalise import normalise

_KEYS: Final = ("term", "cue", "written", "id", "stems")
"""Columns that hold the words of a row, one of them in each file."""
_SAID: Final = ("canonical", "role", "product", "kind", "currency", "unit", "class", "name")
"""Columns that hold what the words stand for."""
_MORE: Final = {
    "contact_cues.tsv": ("value", "strength"),
    "role_cues.tsv": ("weight",),
    "role_additions.tsv": ("weight",),
    "currencies.tsv": ("factor",),
    "units.tsv": ("per",),
}


_COMPOSED: Final = "composed.tsv"
"""Its rows hold lists of words and what they are put together to."""


class Origins:
    """All rows of the packaged files and of the extra ones."""

    def __init__(self, extra: Sequence[Path]) -> None:
        self._rows: dict[str, list[Origin]] = defaultdict(list)
        for name, content, given in _contents(extra):
            for words, origin in _rows(name, content, given):
                self._rows[words].append(origin)

    def of(self, term: str, *says: str) -> tuple[Origin, ...]:
        """Rows with these words in normal form; only those that state one of `says`, if given."""
        rows = self._rows.get(term, ())
        return tuple(row for row in rows if not says or row.says.split(" ", 1)[0] in says)

    def in_file(self, term: str, *names: str) -> tuple[Origin, ...]:
        """Rows with these words in the named files."""
        return tuple(row for row in self._rows.get(term, ()) if row.file in names)

    def longest(self, text: str, name: str, *says: str) -> tuple[Origin, ...]:
        """Rows of one file for the longest beginning of a text that has one."""
        for end in range(min(len(text), 24), 0, -1):
            found = [row for row in self.in_file(text[:end], name) if _states(row, says)]
            if found:
                return tuple(found)
        return ()

    def within(self, text: str, name: str, *says: str) -> tuple[Origin, ...]:
        """Rows of one file for the longest words anywhere in a short text."""
        found: tuple[Origin, ...] = ()
        for start in range(min(len(text), 80)):
            here = self.longest(text[start:], name, *says)
            if here and (not found or len(here[0].term) > len(found[0].term)):
                found = here
        return found


@cache
def origins(extra: tuple[Path, ...] = ()) -> Origins:
    """The rows of one set of files, read once a process."""
    return Origins(extra)


def _states(row: Origin, says: tuple[str, ...]) -> bool:
    return not says or any(word in says for word in row.says.split(" "))


def _contents(extra: Sequence[Path]) -> Iterator[tuple[str, str, bool]]:
    """Name and text of each file, a user's own ones first: their rows go before packaged ones."""
    for file in own_files(extra, ".tsv"):
        yield file.name, file.read_text("utf-8-sig"), True
    packaged = files("ingest.lexicon") / "data"
    for entry in sorted(packaged.iterdir(), key=lambda each: each.name):
        if entry.name.endswith(".tsv"):
            yield entry.name, entry.read_text("utf-8"), False


def _rows(name: str, content: str, given: bool) -> Iterator[tuple[str, Origin]]:
    lines = content.split("\n")
    columns = lines[0].rstrip("\r").split("\t")
    if name == _COMPOSED:
        yield from _composed(name, lines[1:])
        return
    key = next((column for column in _KEYS if column in columns), None)
    if key is None:
        return
    for number, line in enumerate(lines[1:], 2):
        cells = dict(zip(columns, line.rstrip("\r").split("\t"), strict=False))
        written = cells.get(key, "")
        said = _said(name, cells)
        for words in written.split() if key == "stems" else (written.partition("(")[0],):
            term = normalise(words).text.strip()
            if term:
                yield term, Origin(name, number, words, said, cells.get("source", ""), given)


def _composed(name: str, lines: Sequence[str]) -> Iterator[tuple[str, Origin]]:
    rows = [tuple(line.split("\t")) for line in lines if line]
    found = list(composed(rows))
    for term, each in zip(normals([each.term for each in found]), found, strict=True):
        source = rows[each.row][-1]
        yield term, Origin(name, each.row + 2, each.term, each.sense.canonical, source, False)


def _said(name: str, cells: dict[str, str]) -> str:
    first = next((cells[column] for column in _SAID if column in cells), "")
    return " ".join((first, *(cells.get(column, "") for column in _MORE.get(name, ()))))
