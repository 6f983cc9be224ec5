"""A trained recogniser on disk, and its reading of normal texts.

A folder holds `model.json`, which says what was learnt, and `weights.bin`, numbers alone: neither
a pickle nor a configuration of spaCy is read from it.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from evidence.errors import InputError
from ingest.text.scan import Scanner
from ingest.training.labels import Meant, family, meant
from ingest.training.pieces import pieces

if TYPE_CHECKING:  # spaCy takes a second to load: only a model that is used pays for it
    from spacy.language import Language

FOLDER: Final = "model"
MANIFEST: Final = "model.json"
WEIGHTS: Final = "weights.bin"
_FORMAT: Final = 1
_MOST_BYTES: Final = 200_000_000
_TOGETHER: Final = 256
_LONGEST: Final = 4_000
"""Longer texts are read to here: the cost of a model grows with the text, and ads are short."""


class Seen(NamedTuple):
    """A span that the model sees in a normal text."""

    start: int
    end: int
    label: str


class Score(msgspec.Struct, frozen=True):
    """Exact spans of one label, or of all, in the held-out sentences."""

    label: str
    spans: int
    precision: float
    recall: float
    f1: float


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What was learnt from what."""

    format: int
    spacy: str
    labels: tuple[str, ...]
    surfaces: dict[str, str]
    """Normal form of a span -> canonical, where all of the training data gives it exactly one."""
    sentences: int
    held_out: int
    seed: int
    epochs: int
    data: str
    """Hash of the sentences."""
    scores: tuple[Score, ...]
    weights: str
    """sha256 of the weights."""


class Model:
    """A recogniser; its weights are loaded when a text is first read."""

    def __init__(self, manifest: Manifest, weights: bytes, folder: str = FOLDER) -> None:
        self.manifest = manifest
        self.version = _version(manifest)
        self._weights = weights
        self._folder = folder
        self._meanings = {form: meant(name) for form, name in manifest.surfaces.items()}
        self._forms = Scanner(sorted(manifest.surfaces))
        self._known: dict[str, tuple[Seen, ...]] = {}

    def knows(self, text: str) -> bool:
        """Whether a normal text holds words of which the training data says what they are."""
        return bool(self._meanings) and bool(self._forms.scan(text))

    def meaning(self, form: str, label: str) -> Meant | None:
        """What a surface form stood for in training under this label."""
        found = self._meanings.get(form)

        return found if found is not None and family(found.canonical) == label else None

    def read(self, text: str) -> tuple[Seen, ...]:
        """Spans in a normal text, by place; of a long one its beginning is read."""
        known = self._known.get(text)
        return next(self._read([text])) if known is None else known

    @contextmanager
    def chunk(self, texts: Sequence[str] = ()) -> Iterator[None]:
        """Inside, these texts are read already, and strings of texts are kept until the end."""
        with self._nlp.memory_zone():
            try:
                self._known = dict(zip(texts, self._read(texts), strict=True))
                yield
            finally:
                self._known = {}

    def _read(self, texts: Sequence[str]) -> Iterator[tuple[Seen, ...]]:
        from ingest.training.pipeline import doc_of

        cuts = [pieces(text[:_LONGEST]) for text in texts]
        docs = (doc_of(self._nlp, cut) for cut in cuts)
        # One text alone costs four times as much as one of many.
        read = self._nlp.get_pipe("ner").pipe(docs, batch_size=_TOGETHER)  # type: ignore[attr-defined]
        for cut, doc in zip(cuts, read, strict=True):
            yield tuple(
                Seen(cut.spans[ent.start][0], cut.spans[ent.end - 1][1], ent.label_)
                for ent in doc.ents
            )

    @cached_property
    def _nlp(self) -> "Language":
        from ingest.training.pipeline import new_pipeline

        nlp = new_pipeline(self.manifest.labels)
        try:
            nlp.initialize()
            nlp.get_pipe("ner").from_bytes(self._weights, exclude=["vocab", "cfg"])  # type: ignore[attr-defined]
        # What a damaged file makes of the readers behind it is as many kinds of errors as bytes.
        except Exception as error:
            raise _unusable(
                self._folder, f"its weights do not fit ({type(error).__name__})"
            ) from error
        return nlp


def find_model(paths: Sequence[Path]) -> Model | None:
    """The model in one of these folders, None without one; InputError where it is damaged."""
    for path in paths:
        folder = path / FOLDER
        if (folder / MANIFEST).exists() or (folder / WEIGHTS).exists():
            return load_model(folder)
    return None


def load_model(folder: Path) -> Model:
    """The model in a folder that `save_model` wrote; InputError where it cannot be used."""
    shown = f"{folder.parent.name}/{folder.name}"
    try:
        manifest = msgspec.json.decode(_bytes(folder / MANIFEST, shown), type=Manifest)
    except (msgspec.DecodeError, msgspec.ValidationError, UnicodeDecodeError) as error:
        raise _unusable(shown, f"{MANIFEST} is damaged: {str(error)[:120]}") from error
    if manifest.format != _FORMAT:
        raise _unusable(shown, f"it has format {manifest.format}, this program reads {_FORMAT}")
    if manifest.spacy != spacy_series():
        raise _unusable(shown, f"it was trained with spaCy {manifest.spacy}, not {spacy_series()}")
    weights = _bytes(folder / WEIGHTS, shown)
    if hashlib.sha256(weights).hexdigest() != manifest.weights:
        raise _unusable(shown, f"{WEIGHTS} is not the file that {MANIFEST} names")
    _check(manifest, shown)
    return Model(manifest, weights, shown)


def save_model(model: Model, folder: Path) -> None:
    """Writes the two files; the manifest last, so that a half-written model is none."""
    folder.mkdir(parents=True, exist_ok=True)
    content = msgspec.json.format(msgspec.json.encode(model.manifest, order="sorted"), indent=1)
    for name, data in ((WEIGHTS, model._weights), (MANIFEST, content + b"\n")):
        new = folder / f".{name}.new"
        new.write_bytes(data)
        new.replace(folder / name)


def spacy_series() -> str:
    """Version of spaCy as far as weights depend on it: 3.8 of 3.8.18."""
    from importlib.metadata import version as installed

    return ".".join(installed("spacy").split(".")[:2])


def _version(manifest: Manifest) -> str:
    return hashlib.sha256(msgspec.json.encode(manifest, order="sorted")).hexdigest()[:16]


def _check(manifest: Manifest, shown: str) -> None:
    surfaces: Mapping[str, str] = manifest.surfaces
    for name in surfaces.values():
        try:
            meant(name)
        except KeyError as error:
            raise _unusable(shown, f"{MANIFEST} names {name[:60]!r}, which is no value") from error


def _bytes(path: Path, shown: str) -> bytes:
    try:
        # A pipe or a device under this name would never end.
        if not path.is_file() or path.stat().st_size > _MOST_BYTES:
            raise _unusable(shown, f"{path.name} is missing or no plain file")
        return path.read_bytes()
    except OSError as error:
        raise _unusable(shown, f"{path.name} cannot be read: {error.strerror}") from error


def _unusable(shown: str, why: str) -> InputError:
    return InputError(
        f"the trained model in {shown} cannot be used: {why}",
        hint="train it again (heichan train-ner), or take the folder away",
        where={"file": shown},
    )
