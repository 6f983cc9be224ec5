"""Reads and checks a user's pattern files: JSON lines of `label` and `pattern`."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import msgspec

from evidence.errors import InputError
from ingest.extract.patterns.elements import read_element
from ingest.extract.patterns.records import BREAK, GAP, KINDS, STANCES, Element, Pattern
from ingest.lexicon import Lexicon, Sense
from ingest.lexicon.own import nearest, own_files
from ingest.text.late import late
from ingest.text.normalise import normalise

_KEYS: Final = frozenset({"id", "label", "pattern", "source"})
_MOST_PLACES: Final = 24
_MOST_WAYS: Final = 1000
"""Ways to fill the optional places of one pattern; more would be slow on a text made for it."""
_MOST_BYTES: Final = 8_000_000
_LABEL: Final = late(r"[a-z]+(?:/[a-z0-9_]+){1,4}")
_HAN: Final = late("[一-鿿]")
_CATEGORIES: Final = {
    "product": "data_product",
    "service": "service",
    "method": "method",
    "escrow": "escrow",
    "geo": "geo",
    "quality": "quality_claim",
    "field": "field",
    "role": "role",
    "stance": "stance",
}
_decode = msgspec.json.Decoder().decode


class PatternFiles(msgspec.Struct, frozen=True):
    """The patterns of all files. `version` is a hash of their bytes, empty without any file."""

    patterns: tuple[Pattern, ...] = ()
    version: str = ""


def load_patterns(paths: Sequence[Path], lexicon: Lexicon) -> PatternFiles:
    """Patterns of all `.jsonl` files, in order; InputError names file and line of a bad one."""
    labels = {sense.canonical for senses in lexicon.terms.values() for sense in senses}
    labels |= {f"stance/{name}" for name in STANCES}
    digest = hashlib.sha256()
    found: dict[str, Pattern] = {}
    files = list(own_files(paths, ".jsonl"))
    for path in files:
        content = _read(path)
        digest.update(len(content).to_bytes(8) + content)
        for pattern in _patterns(content, path.name, labels):
            other = found.setdefault(pattern.id, pattern)
            if other is not pattern:
                why = f"the id {pattern.id[:60]!r} stands in {other.file}, line {other.line} too"
                raise bad_pattern(path.name, pattern.line, why)
    return PatternFiles(tuple(found.values()), digest.hexdigest()[:16] if files else "")


def with_phrases(lexicon: Lexicon, patterns: Sequence[Pattern]) -> Lexicon:
    """The lexicon with the phrases among the patterns as clear terms."""
    phrases = [pattern for pattern in patterns if pattern.phrase]
    if not phrases:
        return lexicon
    terms = dict(lexicon.terms)
    for pattern in phrases:
        first = pattern.label.partition("/")[0]
        family = pattern.label.split("/")[1]
        category = f"source_{family}" if first == "org" else _CATEGORIES[first]
        lang = "zh" if _HAN.search(pattern.phrase) else "en"
        sense = Sense(category, pattern.label, False, lang)
        kept = [s for s in terms.get(pattern.phrase, ()) if s.category != category]
        terms[pattern.phrase] = (sense, *kept)
    # A word of the jargon is clear even where its form alone would look like people or a topic.
    jargon = (*lexicon.context.get("jargon", ()), *(pattern.phrase for pattern in phrases))
    return msgspec.structs.replace(
        lexicon, terms=terms, context={**lexicon.context, "jargon": jargon}
    )


def bad_pattern(shown: str, line: int, why: str) -> InputError:
    """The error for a line of a pattern file."""
    return InputError(
        f"pattern file {shown}, line {line}: {why}",
        hint="correct the line or take the file out of the patterns folder",
        where={"file": shown, "line": line},
    )


def _read(path: Path) -> bytes:
    try:
        # A pipe or a device under this name would never end.
        if not path.is_file() or path.stat().st_size > _MOST_BYTES:
            raise InputError(
                f"pattern file {path.name} is no plain file of at most {_MOST_BYTES // 10**6} MB",
                hint="take it out of the patterns folder",
                where={"file": path.name},
            )
        return path.read_bytes()
    except OSError as error:
        raise InputError(
            f"pattern file {path.name} cannot be read: {error.strerror}",
            hint="check the rights of the file",
            where={"file": path.name},
        ) from error


def _patterns(content: bytes, shown: str, labels: set[str]) -> Iterator[Pattern]:
    for number, line in enumerate(content.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            # A lone surrogate, \ud800 written out, passes the decoder and no expression.
            row = _decode(line)
            yield _pattern(row, shown, number, labels)
        except (ValueError, RecursionError, msgspec.DecodeError) as error:
            reason = "nested too deep" if isinstance(error, RecursionError) else str(error)
            raise bad_pattern(shown, number, reason[:200]) from error


def _pattern(row: object, shown: str, line: int, labels: set[str]) -> Pattern:
    if not isinstance(row, Mapping):
        raise ValueError('a line is an object such as {"label": "...", "pattern": [...]}')
    unknown = sorted(str(name)[:40] for name in row if name not in _KEYS)
    if unknown:
        raise ValueError(f"{unknown[0]!r} is none of {', '.join(sorted(_KEYS))}")
    label = _label(row.get("label"), labels, isinstance(row.get("pattern"), str))
    phrase, elements = "", tuple[Element, ...]()
    if isinstance(row.get("pattern"), str):
        phrase = _phrase(row["pattern"])
    else:
        elements = _elements(row.get("pattern"))
    name = row.get("id", f"{shown}:{line}")
    if not isinstance(name, str) or not name or not isinstance(row.get("source", ""), str):
        raise ValueError("id and source are texts")
    return Pattern(
        id=name, label=label, file=shown, line=line,
        source=row.get("source", ""), phrase=phrase, elements=elements,
    )  # fmt: skip


def _label(label: object, labels: set[str], phrase: bool) -> str:
    if not isinstance(label, str) or not _LABEL.fullmatch(label):
        raise ValueError("label is a canonical of the lexicon such as product/stock_leads")
    first = label.partition("/")[0]
    if first == "role" and not phrase:
        raise ValueError("a role needs a phrase; cues with weights go into a role_cues table")
    if first not in KINDS and first not in {"role", "stance"}:
        raise ValueError(f"label {label!r} starts with none of {', '.join(KINDS)}, stance, role")
    if label not in labels:
        word = f"label {label!r} is unknown{nearest(label, labels)}"
        raise ValueError(f"{word}; something new is named first by a row of the lexicon folder")
    return label


def _phrase(text: str) -> str:
    phrase = normalise(text).text.strip()
    if len(phrase) < 2:
        raise ValueError("a phrase has at least two characters")
    return phrase


def _elements(value: object) -> tuple[Element, ...]:
    if not isinstance(value, list) or not value:
        raise ValueError("pattern is a text or a list of places")
    if len(value) > _MOST_PLACES:
        raise ValueError(f"a pattern has at most {_MOST_PLACES} places")
    elements = tuple(read_element(spec) for spec in value)
    ways = 1
    for element in elements:
        ways *= element.high - element.low + 1
    if ways > _MOST_WAYS:
        raise ValueError(
            f"it can be filled in {ways} ways, more than {_MOST_WAYS}: name fewer optional places"
        )
    if not any(_anchors(element) for element in elements):
        raise ValueError("one place that must stand has to name an ENT_TYPE, a word or an ENT_ID")
    return elements


def _anchors(element: Element) -> bool:
    """Whether a place must stand and says which of all tokens it is."""
    named = element.types is not None and not element.types & {GAP, BREAK}
    return element.low > 0 and (named or element.words is not None or element.ids is not None)
