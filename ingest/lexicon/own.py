"""A user's own rows: which table a file holds, whether its rows are good, how they merge."""

import math
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Final

from evidence.errors import InputError
from ingest.text.normalise import normalise

Row = tuple[str, ...]
Rows = dict[str, list[Row]]
_READ: Final = frozenset({".tsv", ".jsonl", ".md"})
_PACKAGED_ONLY: Final = frozenset({"frames", "heads", "goods_roles", "goods_units", "composed"})
_ONE_OF: Final = {"additions": "lexicon", "role_additions": "role_cues"}
"""Packaged tables with the columns of another one, and where own rows of that shape go."""
_KEYS: Final[Mapping[str, tuple[int, ...]]] = {
    "lexicon": (0, 2),
    "role_cues": (0, 1),
    "contact_cues": (0,),
    "units": (0,),
    "currencies": (0,),
    "camouflage": (0,),
    "organisations": (0,),
}
"""Columns that tell the rows of a table apart: an own row replaces the packaged ones like it."""
_GOODS: Final = frozenset({"data_product", "service"})
_OPEN: Final = frozenset(
    {"data_product", "service", "escrow", "market", "platform"}
    | {f"source_{kind}" for kind in ("operator", "app", "bank", "courier", "gov", "bigdata_firm")}
)
"""Categories in which a user may name something new; the codes of the others are fixed."""
_KNOWN: Final[Mapping[str, Mapping[int, str]]] = {
    "role_cues": {0: "role"},
    "contact_cues": {1: "kind", 2: "value", 3: "strength"},
    "units": {1: "unit", 2: "per"},
    "currencies": {1: "currency"},
    "camouflage": {2: "kind"},
    "context": {0: "class"},
}
"""Columns whose values are those of the packaged rows."""
_NUMBERS: Final[Mapping[str, int]] = {"role_cues": 3, "currencies": 2}
_WORDS: Final[Mapping[str, int]] = {
    "lexicon": 0, "role_cues": 1, "contact_cues": 0, "units": 0, "currencies": 0,
    "camouflage": 0, "context": 1, "subjects": 2,
}  # fmt: skip
"""The column that holds the words which are looked for."""


def bad_row(shown: str, number: int, why: str) -> InputError:
    """The error for a line of a lexicon file."""
    return InputError(
        f"lexicon file {shown}, line {number}: {why}",
        hint="correct the line or take the file out of the lexicon folder",
        where={"file": shown, "line": number},
    )


def own_files(paths: Sequence[Path], suffix: str) -> Iterator[Path]:
    """Files of that suffix in folders, by name, and single files; hidden ones are left out."""
    for path in paths:
        if not path.is_dir():
            if path.suffix.lower() == suffix:
                yield path
            continue
        for file in sorted(path.iterdir()):
            if file.suffix.lower() == suffix and not file.name.startswith((".", "~")):
                yield file


def unread_files(paths: Sequence[Path]) -> list[Path]:
    """Files in folders of own rules that nothing reads: a table saved as .csv, say."""
    return [
        file
        for path in paths
        if path.is_dir()
        for file in sorted(path.iterdir())
        if file.is_file() and file.suffix.lower() not in _READ and not file.name.startswith(".")
    ]


def table_of(content: bytes, shown: str, columns: Mapping[str, Row]) -> str:
    """The table that a file's first line names; InputError where it names none."""
    first = content.removeprefix(b"\xef\xbb\xbf").split(b"\n", 1)[0].decode("utf-8", "replace")
    cells = tuple(first.rstrip("\r").split("\t"))
    for name, known in columns.items():
        if cells == known and name not in _ONE_OF:
            if name in _PACKAGED_ONLY:
                raise bad_row(shown, 1, f"{name} cannot be added to; write a pattern instead")
            return name
    names = [name for name in columns if name not in _ONE_OF and name not in _PACKAGED_ONLY]
    tables = "; ".join(f"{name}: {' '.join(columns[name])}" for name in names)
    wanted = " ".join(columns["lexicon"])
    if "\t" not in first and "," in first:
        raise bad_row(shown, 1, f"the columns are apart by commas; tabs are needed: {wanted}")
    raise bad_row(shown, 1, f"the first line must name the columns of a table ({tables})")


class OwnRows:
    """Checks own rows against the packaged ones."""

    def __init__(self, packaged: Rows) -> None:
        self._packaged = packaged

    @cached_property
    def canonicals(self) -> dict[str, set[str]]:
        """Packaged canonicals by category."""
        found: dict[str, set[str]] = {}
        for row in (*self._packaged["lexicon"], *self._packaged["additions"]):
            found.setdefault(row[2], set()).add(row[3])
        return found

    def check(self, table: str, cells: Row, shown: str, number: int) -> None:
        """InputError, with file and line, where a row could not be used."""
        why = self._wrong(table, cells)
        if why:
            raise bad_row(shown, number, why)

    def _wrong(self, table: str, cells: Row) -> str:
        column = _WORDS.get(table)
        if column is not None and not normalise(cells[column]).text.strip():
            return "the words are missing"
        if table == "lexicon":
            return self._wrong_term(cells)
        for place, name in _KNOWN.get(table, {}).items():
            known = {row[place] for row in self._packaged[table]}
            if cells[place] not in known:
                return f"{name} {_quoted(cells[place])} is none of {', '.join(sorted(known))}"
        if table in _NUMBERS and not _number(cells[_NUMBERS[table]]):
            return f"{_quoted(cells[_NUMBERS[table]])} is not a number"
        if table == "subjects" and not cells[1].startswith("product/"):
            return f"product {_quoted(cells[1])} does not start with product/"
        if table == "organisations" and not cells[0].startswith("org/"):
            return f"id {_quoted(cells[0])} does not start with org/"
        return ""

    def _wrong_term(self, cells: Row) -> str:
        term, _, category, canonical, _, _ = cells
        known = self.canonicals.get(category)
        if known is None:
            return f"category {_quoted(category)} is none of {', '.join(sorted(self.canonicals))}"
        prefixes = sorted({name.split("/")[0] + "/" for name in known})
        if not canonical.startswith(tuple(prefixes)) or canonical.endswith("/"):
            return f"a {category} has a canonical such as {min(known)}, not {_quoted(canonical)}"
        if category not in _OPEN and canonical not in known:
            return f"canonical {_quoted(canonical)} is unknown{nearest(canonical, known)}"
        if category.startswith("source_") and canonical.count("/") < 2:
            return f"a source has a canonical such as {min(known)}, not {_quoted(canonical)}"
        if len(normalise(term).text.strip()) < 2:
            return "a term of one character fires everywhere; give at least two"
        return ""


def nearest(name: str, known: set[str]) -> str:
    """`; did you mean …?` where something like a name is known, else nothing."""
    from difflib import get_close_matches

    found = get_close_matches(name, sorted(known), 1)
    return f"; did you mean {found[0]}?" if found else ""


def merge(packaged: Rows, own: Rows) -> None:
    """Adds own rows to the packaged ones; what has the same key is replaced, with its copies."""
    for table, rows in own.items():
        if table in _KEYS:
            mine = {_key(table, row) for row in rows}
            for name in (table, *(each for each, shape in _ONE_OF.items() if shape == table)):
                packaged[name] = [row for row in packaged[name] if _key(table, row) not in mine]
        packaged[table] = [*packaged[table], *rows]


def _key(table: str, row: Row) -> Row:
    cells = [normalise(row[place]).text.strip() for place in _KEYS[table]]
    if table == "lexicon" and cells[1] in _GOODS:
        cells[1] = "goods"
    return tuple(cells)


def _number(text: str) -> bool:
    try:
        return math.isfinite(float(text)) and abs(float(text)) <= 1e9
    except ValueError:
        return False


def _quoted(text: str) -> str:
    return repr(text[:60])
