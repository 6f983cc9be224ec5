"""Reads and checks the data files."""

import codecs
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from evidence.errors import InputError
from ingest.lexicon.composed import families
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

_DATA: Final = Path(__file__).with_name("data")
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
    "goods_units": ("goods", "unit", "source"),
    "composed": ("name", "lang", "ambiguous", "words", "source"),
    "heads": ("head", "act", "not_behind", "source"),
}
LEARNED: Final = {
    "manner": ("feature", "weight"),
    "named": ("feature", "weights"),
    "counts": ("feature", "weights"),
    "links": ("feature", "weight"),
}
"""Tables of learned weights, which are no part of a lexicon that a user adds to."""
_WORDS: Final = re.compile("[0-9A-Za-z一-鿿]")
"""What is never dropped from a term."""
_LANGS: Final = frozenset({"zh", "zh-Hant", "en"})
_AT_ONCE: Final = 32
Row = tuple[str, ...]


def load_lexicon(extra: Sequence[Path] = ()) -> Lexicon:
    """The packaged data and extra lexicon files (same columns); InputError names a bad row."""
    packaged = {name: _packaged(name) for name in COLUMNS}
    added = [(path, _read(path)) for path in _paths(extra)]
    version = _version(packaged, (content for _, content in added))
    rows = {name: _rows(content, name, name) for name, content in packaged.items()}
    if added:
        merge(rows, _own(added, OwnRows(rows)))
    return _build(rows, version)


def packaged_version() -> str:
    """The version of the packaged lexicon, without reading its rows."""
    return _version({name: _packaged(name) for name in COLUMNS}, ())


def _version(packaged: Mapping[str, bytes], added: Iterable[bytes]) -> str:
    """Hash of the data files, of the learned weights and of a user's files."""
    digest = hashlib.sha256()
    for content in (*packaged.values(), *map(_packaged, LEARNED), *added):
        digest.update(len(content).to_bytes(8) + content)
    return digest.hexdigest()[:16]


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
    return iter(_rows(_packaged(name), name, name))


def packaged_path(name: str) -> Path:
    """Where a packaged data file stands."""
    return _DATA / f"{name}.tsv"


def _packaged(name: str) -> bytes:
    return packaged_path(name).read_bytes()


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


def _rows(content: bytes, name: str, shown: str) -> list[Row]:
    if name in LEARNED and (rows := _at_once(content, LEARNED[name])):
        return rows
    return [cells for _, cells in _numbered(content, name, shown)]


def _at_once(content: bytes, columns: tuple[str, ...]) -> list[Row]:
    """The rows of a sound file in half the time; none of one whose faults are to be told."""
    try:
        head, *lines = content.decode("utf-8").split("\n")
    except UnicodeDecodeError:
        return []
    rows = [tuple(line.split("\t")) for line in lines if line]
    sound = tuple(head.split("\t")) == columns and {len(columns)} == set(map(len, rows))
    return rows if sound and b"\r" not in content else []


def _numbered(content: bytes, name: str, shown: str) -> Iterator[tuple[int, Row]]:
    columns = LEARNED.get(name) or COLUMNS[name]
    checked = name in ("lexicon", "additions")
    try:
        lines = content.decode("utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise bad_row(shown, 1, "it is not UTF-8") from error
    if tuple(lines[0].rstrip("\r").split("\t")) != columns:
        raise bad_row(shown, 1, f"the first line must name the columns {' '.join(columns)}")
    for number, line in enumerate(lines[1:], start=2):
        if not (line := line.rstrip("\r")):
            continue
        cells = tuple(line.split("\t"))
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
    return [cell.strip() for cell in _unstripped(cells)]


def _unstripped(cells: Sequence[str]) -> list[str]:
    found: list[str] = []
    # The few texts that change in length take ten times as long as others: they stay few.
    for start in range(0, len(cells), _AT_ONCE):
        some = cells[start : start + _AT_ONCE]
        normal = normalise("\n".join(some)).text.split("\n")
        found += normal if len(normal) == len(some) else [normalise(cell).text for cell in some]
    return found


def _build(rows: dict[str, list[Row]], version: str) -> Lexicon:
    context: dict[str, list[str]] = {}
    for group, word, *_ in _normal_rows(rows["context"], 1):
        context.setdefault(group, []).append(word)
    disguises = [Disguise(*row[:3]) for row in _normal_rows(_normal_rows(rows["camouflage"], 0), 1)]
    return Lexicon(
        terms=_terms(rows),
        role_cues=tuple(_role_cues([*rows["role_cues"], *rows["role_additions"]])),
        contact_cues=tuple(ContactCue(*row[:4]) for row in _normal_rows(rows["contact_cues"], 0)),
        units=tuple(UnitWord(*row[:4]) for row in _normal_rows(rows["units"], 0)),
        currencies=tuple(
            Currency(row[0], row[1], float(row[2]), row[3])
            for row in _normal_rows(rows["currencies"], 0)
        ),
        subjects=tuple(
            Subject(row[0], row[1], tuple(normals(row[2].split()))) for row in rows["subjects"]
        ),
        camouflage={each.written: each.kind for each in disguises if each.kind != "word"},
        disguises=tuple(disguises),
        names={row[0]: row[1] for row in rows["organisations"]},
        goods_roles=_goods_roles(rows["goods_roles"]),
        goods_units={row[0]: row[1] for row in rows["goods_units"]},
        context={group: tuple(words) for group, words in context.items()},
        version=version,
    )


def _normal_rows(rows: Iterable[Row], column: int) -> Iterator[Row]:
    """The rows with the normal forms of what stands in one of their columns."""
    listed = list(rows)
    normal = normals([row[column] for row in listed])
    for cell, row in zip(normal, listed, strict=True):
        yield (*row[:column], cell, *row[column + 1 :])


def _terms(rows: dict[str, list[Row]]) -> dict[str, tuple[Sense, ...]]:
    """Each term with what it means; rows that say the same of a term share one value."""
    terms: dict[str, tuple[Sense, ...]] = {}
    said: dict[Row, tuple[Sense, ...]] = {}
    listed = [*rows["lexicon"], *rows["additions"]]
    for term, row in zip(normals([row[0] for row in listed]), listed, strict=True):
        key = row[1:5]
        sense = said.get(key)
        if sense is None:
            lang, category, canonical, ambiguous = key
            sense = said[key] = (Sense(category, canonical, ambiguous == "y", lang),)
        known = terms.setdefault(term, sense)
        if all(sense[0].canonical != other.canonical for other in known):
            terms[term] = known + sense
    _compose(terms, rows["composed"])
    return terms


def _compose(terms: dict[str, tuple[Sense, ...]], rows: list[Row]) -> None:
    """Adds composed terms; one that is stated elsewhere, or was composed before, stays as it is."""
    # Each character has a normal form of its own: words in normal form compose terms in it.
    words = _unstripped([row[3] for row in rows])
    normal = ((*row[:3], cell, row[4]) for cell, row in zip(words, rows, strict=True))
    for family in families(normal):
        senses = (family.sense,)
        for term in family.terms:
            terms.setdefault(term.strip(), senses)


def _goods_roles(rows: list[Row]) -> dict[str, tuple[tuple[str, float], ...]]:
    found: dict[str, list[tuple[str, float]]] = {}
    for goods, role, weight, _ in rows:
        found.setdefault(goods, []).append((role, float(weight)))
    return {goods: tuple(roles) for goods, roles in found.items()}


def _role_cues(rows: Sequence[Row]) -> Iterator[RoleCue]:
    cues = [row[1].partition("(") for row in rows]
    texts = normals([text for text, _, _ in cues])
    for text, (_, _, note), (role, _, lang, weight, *_) in zip(texts, cues, rows, strict=True):
        yield RoleCue(role, text, lang, float(weight), note.rstrip(")"))
