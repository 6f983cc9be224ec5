"""Labelled sentences: JSON lines of `text` and `spans`, or a DocBin of spaCy."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import msgspec

from evidence.errors import InputError
from ingest.text.normalise import Normal
from ingest.training.labels import FAMILIES, family
from ingest.training.pieces import Pieces, pieces

_MOST_BYTES: Final = 500_000_000
_MOST_LABEL: Final = 40
View = Callable[[str], Normal]
"""The text that rules read, with its way back to the text as written."""


class Span(NamedTuple):
    """A labelled stretch of a text as written. `canonical` is empty where none is named."""

    start: int
    end: int
    label: str
    canonical: str = ""


class Sentence(msgspec.Struct, frozen=True):
    """A sentence as it is learnt: its tokens, and labels over runs of them (first, behind last)."""

    text: str
    pieces: Pieces
    runs: tuple[tuple[int, int, str], ...]
    forms: tuple[tuple[str, str], ...]
    """Normal form of a span and the canonical it was labelled with."""


class Labelled(msgspec.Struct, frozen=True):
    """All sentences, each text once. `repeated`: texts that stood more than once."""

    sentences: tuple[Sentence, ...]
    repeated: int

    def surfaces(self) -> dict[str, str]:
        """Form -> canonical, where every sentence that labels the form says the same one."""
        found: dict[str, set[str]] = defaultdict(set)
        for sentence in self.sentences:
            for form, canonical in sentence.forms:
                found[form].add(canonical)
        return {
            form: next(iter(names))
            for form, names in sorted(found.items())
            if len(names) == 1 and "" not in names and len(form) > 1
        }


def read_sentences(path: Path, view: View) -> Labelled:
    """The sentences of a file; InputError names the file and the line of what is wrong."""
    content = _read(path)
    rows = _of_docs(content, path) if path.suffix.lower() == ".spacy" else _of_lines(content, path)
    found: dict[str, Sentence] = {}
    repeated = 0
    for text, spans in rows:
        sentence = _sentence(text, spans, view(text))
        if found.setdefault(sentence.text, sentence) is not sentence:
            repeated += 1
    return Labelled(tuple(found.values()), repeated)


def _read(path: Path) -> bytes:
    where: dict[str, str | int] = {"file": str(path)}
    try:
        if not path.is_file():
            raise InputError(f"{path} is no file", hint="give JSON lines or .spacy", where=where)
        if path.stat().st_size > _MOST_BYTES:
            raise InputError(f"{path} is larger than {_MOST_BYTES // 10**6} MB", where=where)
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}", where=where) from error


def _of_lines(content: bytes, path: Path) -> Iterator[tuple[str, list[Span]]]:
    for number, line in enumerate(content.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line.decode("utf-8"))
            yield _row(row)
        except (ValueError, RecursionError) as error:
            raise _bad(path, number, _words(error)) from error


def _row(row: object) -> tuple[str, list[Span]]:
    if not isinstance(row, Mapping) or not isinstance(row.get("text"), str):
        raise ValueError('a line is {"text": "...", "spans": [[start, end, "LABEL"]]}')
    given, values = row.get("spans"), row.get("values")
    if not isinstance(given, list):
        raise ValueError("spans is a list, empty where nothing is named")
    if values is not None and (not isinstance(values, list) or len(values) != len(given)):
        raise ValueError("values holds one list for each span")
    spans = [_span(one, values[n] if values else None) for n, one in enumerate(given)]
    return row["text"], _checked(spans, row["text"])


def _span(one: object, values: object) -> Span:
    if not isinstance(one, list) or len(one) not in (3, 4):
        raise ValueError("a span is [start, end, label]")
    start, end, label = one[:3]
    whole = type(start) is int and type(end) is int
    if not whole or not isinstance(label, str) or not 0 < len(label) <= _MOST_LABEL:
        raise ValueError("a span is [start, end, label]: two whole numbers and a short text")
    if "/" in label and label.partition("/")[0] not in FAMILIES:
        raise ValueError(f"label {label!r} starts with none of {', '.join(FAMILIES)}")
    named = [one[3]] if len(one) == 4 else values if isinstance(values, list) else []
    canonical = label if "/" in label else ""
    if len(named) == 1 and isinstance(named[0], str):
        canonical = _canonical(named[0], family(label))
    return Span(start, end, family(label), canonical)


def _canonical(value: str, label: str) -> str:
    """The id in a value as corrections write it (`extraction_point org/…`); empty without one."""
    word = next((word for word in value.split() if "/" in word), value)
    if label == "METHOD" and "/" not in word:
        word = f"method/{word}"
    return word if word.partition("/")[0] in FAMILIES and family(word) == label else ""


def _checked(spans: Sequence[Span], text: str) -> list[Span]:
    done = 0
    for span in sorted(spans):
        if not 0 <= span.start < span.end <= len(text):
            raise ValueError(f"span {span.start}-{span.end} lies outside its text")
        if span.start < done:
            raise ValueError(f"span {span.start}-{span.end} overlaps another one")
        done = span.end
    return sorted(spans)


def _of_docs(content: bytes, path: Path) -> Iterator[tuple[str, list[Span]]]:
    from spacy.tokens import DocBin
    from spacy.vocab import Vocab

    try:
        docs: list[Any] = list(DocBin().from_bytes(content).get_docs(Vocab()))
    # What a damaged file makes of the readers behind it is as many kinds of errors as bytes.
    except Exception as error:
        raise InputError(
            f"{path} is no DocBin of spaCy: {type(error).__name__}",
            hint="write one with DocBin.to_disk, or give JSON lines",
            where={"file": str(path)},
        ) from error
    for number, doc in enumerate(docs, 1):
        try:
            spans = [_of_entity(ent) for ent in doc.ents]
            yield doc.text, _checked(spans, doc.text)
        except ValueError as error:
            raise _bad(path, number, str(error)) from error


def _of_entity(ent: Any) -> Span:
    one = [ent.start_char, ent.end_char, ent.label_]
    return _span([*one, ent.ent_id_] if ent.ent_id_ else one, None)


def _sentence(text: str, spans: Sequence[Span], normal: Normal) -> Sentence:
    cut = pieces(normal.text)
    places = [normal.back(start, end) for start, end in cut.spans]
    runs, forms = [], []
    done = 0
    for span in spans:
        inside = [n for n, (s, e) in enumerate(places) if s < span.end and span.start < e]
        # A span that cuts a word or number takes the whole of it, unless another one has it.
        inside = [n for n in inside if n >= done]
        if not inside:
            continue
        first, done = inside[0], inside[-1] + 1
        runs.append((first, done, span.label))
        form = normal.text[cut.spans[first][0] : cut.spans[done - 1][1]]
        forms.append((form, span.canonical))
    return Sentence(normal.text, cut, tuple(runs), tuple(forms))


def _words(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "nested too deep"
    if isinstance(error, UnicodeDecodeError):
        return "not UTF-8"
    return f"not JSON: {error.msg}" if isinstance(error, json.JSONDecodeError) else str(error)


def _bad(path: Path, number: int, why: str) -> InputError:
    return InputError(
        f"{path}, line {number}: {why}",
        hint='write lines such as {"text": "出股民料", "spans": [[1, 4, "PRODUCT"]]}',
        where={"file": str(path), "line": number},
    )
