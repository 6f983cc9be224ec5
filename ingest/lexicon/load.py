"""Reads and checks the data files."""

import codecs
import hashlib
import re
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Final

from evidence.errors import InputError
from ingest.lexicon.composed import composed
from ingest.lexicon.own import OwnRows, bad_row, merge, own_files, table_of
from ingest.lexicon.tables import (
    ContactCue,
    Currency,
    Lexicon,
    RoleCue,
    Sense,
    Subject,
    UnitWord,
)
from ingest.text.disguise import Row as Disguise
from ingest.text.normalise import normalise

COLUMNS: Final = {
    "lexicon": ("term", "lang", "category", "canonical", "ambiguous", "source"),
    "additions": ("term", "lang", "category", "canonical", "ambiguous", "source"),
    "role_cues": ("role", "cue", "lang", "weight", "corpus_lines", "source"),
    "role_additions": ("role", "cue", "lang", "weight", "corpus_lines", "source"),
    "contact_cues": ("cue", "kind", "value", "strength", "source"),
    "units": ("written", "unit", "per", "lang", "source"),
    "currencies": ("written", "currency", "factor", "lang", "source"),
    "subjects": ("lang", "product", "stems", "source"),
    "camouflage": ("written", "meant", "kind", "source"),
    "organisations": ("id", "name", "source"),
    "context": ("class", "term", "lang", "source"),
    "frames": ("name", "lang", "pattern", "source"),
    "goods_roles": ("goods", "role", "weight", "source"),
    "composed": ("name", "lang", "ambiguous", "words", "source"),
    "heads": ("head", "act", "not_behind", "source"),
}
_WORDS: Final = re.compile("[0-9A-Za-z一-鿿]")
"""What is never dropped from a term."""
_LANGS: Final = frozenset({"zh", "zh-Hant", "en"})
Row = tuple[str, ...]


def load_lexicon(extra: Sequence[Path] = ()) -> Lexicon:
    """The packaged data and extra lexicon files (same columns); InputError names a bad row."""
    packaged = {name: _packaged(name) for name in COLUMNS}
    added = [(path, _read(path)) for path in _paths(extra)]
    digest = hashlib.sha256()
    for content in (*packaged.values(), *(content for _, content in added)):
        digest.update(len(content).to_bytes(8) + content)
    rows = {name: list(_rows(content, name, name)) for name, content in packaged.items()}
    if added:
        merge(rows, _own(added, OwnRows(rows)))
    return _build(rows, digest.hexdigest()[:16])


def _own(added: Sequence[tuple[Path, bytes]], checks: OwnRows) -> dict[str, list[Row]]:
    """Rows of a user's files by table, which is the one that a file's first line names."""
    found: dict[str, list[Row]] = {}
    for path, content in added:
        table = table_of(content, path.name, COLUMNS)
        plain = content.removeprefix(codecs.BOM_UTF8)
        for number, cells in _numbered(plain, table, path.name):
            checks.check(table, cells, path.name, number)
            found.setdefault(table, []).append(cells)
    return found


def packaged_rows(name: str) -> Iterator[Row]:
    """The rows of one packaged data file."""
    return _rows(_packaged(name), name, name)


def _packaged(name: str) -> bytes:
    return (files(__package__) / "data" / f"{name}.tsv").read_bytes()


def _paths(extra: Sequence[Path]) -> Iterator[Path]:
    for path in extra:
        yield from own_files([path], ".tsv") if path.is_dir() else (path,)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(
            f"lexicon file {path.name} cannot be read: {error.strerror}",
            hint="check the path and the rights of the file",
            where={"file": path.name},
        ) from error


def _rows(content: bytes, name: str, shown: str) -> Iterator[Row]:
    return (cells for _, cells in _numbered(content, name, shown))


def _numbered(content: bytes, name: str, shown: str) -> Iterator[tuple[int, Row]]:
    columns = COLUMNS[name]
    checked = name in ("lexicon", "additions")
    try:
        lines = content.decode("utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise bad_row(shown, 1, "it is not UTF-8") from error
    if tuple(lines[0].rstrip("\r").split("\t")) != columns:
        raise bad_row(shown, 1, f"the first line must name the columns {' '.join(columns)}")
    for number, line in enumerate(lines[1:], start=2):
        cells = tuple(line.rstrip("\r").split("\t"))
        if cells == ("",):
            continue
        if len(cells) != len(columns):
            raise bad_row(shown, number, f"it has {len(cells)} columns instead of {len(columns)}")
        if checked:
            _check(cells, shown, number)
        yield number, cells


def _check(cells: Row, shown: str, number: int) -> None:
    term, lang, _, canonical, ambiguous, _ = cells
    if not (_WORDS.search(term) or _normal(term)):
        raise bad_row(shown, number, "the term is empty")
    if lang not in _LANGS:
        raise bad_row(shown, number, f"lang {lang!r} is none of {', '.join(sorted(_LANGS))}")
    if ambiguous not in {"y", "n"}:
        raise bad_row(shown, number, "ambiguous must be y or n")
    if "/" not in canonical:
        raise bad_row(shown, number, f"canonical {canonical!r} has no slash")


def _normal(text: str) -> str:
    return normalise(text).text.strip()


def normals(cells: Sequence[str]) -> list[str]:
    """The normal forms of cells, which hold no line ends: read at once, which is much faster."""
    found = normalise("\n".join(cells)).text.split("\n")
    return [cell.strip() for cell in found] if len(found) == len(cells) else [*map(_normal, cells)]


def _build(rows: dict[str, list[Row]], version: str) -> Lexicon:
    terms: dict[str, list[Sense]] = {}
    listed = [*rows["lexicon"], *rows["additions"]]
    written = normals([row[0] for row in listed])
    for term, (_, lang, category, canonical, ambiguous, _) in zip(written, listed, strict=True):
        sense = Sense(category, canonical, ambiguous == "y", lang)
        known = terms.setdefault(term, [])
        if not known or all(sense.canonical != other.canonical for other in known):
            known.append(sense)
    _compose(terms, rows["composed"])
    context: dict[str, list[str]] = {}
    words = normals([row[1] for row in rows["context"]])
    for word, row in zip(words, rows["context"], strict=True):
        context.setdefault(row[0], []).append(word)
    return Lexicon(
        terms={term: tuple(senses) for term, senses in terms.items()},
        role_cues=tuple(_role_cue(row) for row in (*rows["role_cues"], *rows["role_additions"])),
        contact_cues=tuple(ContactCue(_normal(row[0]), *row[1:4]) for row in rows["contact_cues"]),
        units=tuple(UnitWord(_normal(row[0]), *row[1:4]) for row in rows["units"]),
        currencies=tuple(
            Currency(_normal(row[0]), row[1], float(row[2]), row[3]) for row in rows["currencies"]
        ),
        subjects=tuple(
            Subject(row[0], row[1], tuple(_normal(s) for s in row[2].split()))
            for row in rows["subjects"]
        ),
        camouflage={_normal(row[0]): row[2] for row in rows["camouflage"] if row[2] != "word"},
        disguises=tuple(
            Disguise(_normal(row[0]), _normal(row[1]), row[2]) for row in rows["camouflage"]
        ),
        names={row[0]: row[1] for row in rows["organisations"]},
        goods_roles=_goods_roles(rows["goods_roles"]),
        context={group: tuple(words) for group, words in context.items()},
        version=version,
    )


def _compose(terms: dict[str, list[Sense]], rows: list[Row]) -> None:
    """Adds composed terms; one that is stated elsewhere, or was composed before, stays as it is."""
    found = list(composed(rows))
    for term, each in zip(normals([each.term for each in found]), found, strict=True):
        terms.setdefault(term, [each.sense])


def _goods_roles(rows: list[Row]) -> dict[str, tuple[tuple[str, float], ...]]:
    found: dict[str, list[tuple[str, float]]] = {}
    for goods, role, weight, _ in rows:
        found.setdefault(goods, []).append((role, float(weight)))
    return {goods: tuple(roles) for goods, roles in found.items()}


def _role_cue(row: Row) -> RoleCue:
    role, cue, lang, weight, _, _ = row
    text, _, note = cue.partition("(")
    return RoleCue(role, _normal(text), lang, float(weight), note.rstrip(")"))
