"""Trains the recogniser: seeded, with a held-out share that says how good it is."""

import hashlib
import random
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Final

import msgspec
from spacy.tokens import Span
from spacy.training import Example
from thinc.api import fix_random_seed

from evidence.errors import DataError
from ingest.training.model import Manifest, Model, Score, spacy_series
from ingest.training.pipeline import doc_of, new_pipeline
from ingest.training.sentences import Labelled, Sentence

if TYPE_CHECKING:
    from spacy.language import Language

FEWEST: Final = 20
"""Sentences with spans below which nothing worth its errors is learnt."""
_FEWEST_OF_LABEL: Final = 3
_BATCH: Final = 32
_DROPOUT: Final = 0.2
Told = Callable[[str, int, int | None], None]


class Settings(msgspec.Struct, frozen=True):
    """How to train. `held_out`: share of the sentences that is only for the measure."""

    epochs: int = 30
    seed: int = 1
    held_out: float = 0.2


class Trained(msgspec.Struct, frozen=True):
    """A model, and labels that were left out as too rare to be learnt, with their counts."""

    model: Model
    left_out: dict[str, int]


def train(labelled: Labelled, settings: Settings, told: Told | None = None) -> Trained:
    """A model of these sentences; DataError where they are too few. `told` hears each epoch."""
    labels, left_out = _labels(labelled.sentences)
    kept = [_only(sentence, labels) for sentence in labelled.sentences]
    named = sum(bool(sentence.runs) for sentence in kept)
    if named < FEWEST or not labels:
        raise DataError(
            f"{named} sentences with labels are too few to learn from; {FEWEST} are the least",
            hint="put more readings right (heichan correct), then export and train again",
        )
    learnt, held = _parted(kept, settings)
    fix_random_seed(settings.seed)
    nlp = new_pipeline(labels)
    _learn(nlp, learnt, settings, told)
    scores = _scores(nlp, held, labels)
    weights: bytes = nlp.get_pipe("ner").to_bytes(exclude=["vocab", "cfg"])  # type: ignore[attr-defined]
    manifest = Manifest(
        format=1,
        spacy=spacy_series(),
        labels=tuple(labels),
        # What stands only in the held-out share is as sure as the rest: a person wrote it.
        surfaces=labelled.surfaces(),
        sentences=len(kept),
        held_out=len(held),
        seed=settings.seed,
        epochs=settings.epochs,
        data=_digest(labelled.sentences),
        scores=tuple(scores),
        weights=hashlib.sha256(weights).hexdigest(),
    )
    return Trained(Model(manifest, weights), left_out)


def _labels(sentences: Iterable[Sentence]) -> tuple[list[str], dict[str, int]]:
    counts = Counter(label for sentence in sentences for _, _, label in sentence.runs)
    rare = {label: n for label, n in sorted(counts.items()) if n < _FEWEST_OF_LABEL}
    return sorted(set(counts) - set(rare)), rare


def _only(sentence: Sentence, labels: Sequence[str]) -> Sentence:
    runs = tuple(run for run in sentence.runs if run[2] in labels)
    return msgspec.structs.replace(sentence, runs=runs)


def _parted(
    sentences: Sequence[Sentence], settings: Settings
) -> tuple[list[Sentence], list[Sentence]]:
    """Sentences to learn from, and the held-out share; texts in order first, so that files may
    be sorted in any way."""
    ordered = sorted(sentences, key=lambda sentence: sentence.text)
    random.Random(settings.seed).shuffle(ordered)
    size = max(1, round(len(ordered) * settings.held_out))
    return ordered[size:], ordered[:size]


def _learn(
    nlp: "Language", sentences: Sequence[Sentence], settings: Settings, told: Told | None
) -> None:
    examples = [_example(nlp, sentence) for sentence in sentences]
    optimizer = nlp.initialize(lambda: examples)
    shuffled = random.Random(settings.seed)
    for epoch in range(settings.epochs):
        if told:
            told("train", epoch, settings.epochs)
        shuffled.shuffle(examples)
        for start in range(0, len(examples), _BATCH):
            nlp.update(examples[start : start + _BATCH], sgd=optimizer, drop=_DROPOUT)
    if told:
        told("train", settings.epochs, settings.epochs)


def _example(nlp: "Language", sentence: Sentence) -> Example:
    reference = doc_of(nlp, sentence.pieces)
    reference.set_ents([Span(reference, s, e, label=label) for s, e, label in sentence.runs])
    return Example(doc_of(nlp, sentence.pieces), reference)


def _scores(nlp: "Language", held: Sequence[Sentence], labels: Sequence[str]) -> list[Score]:
    given: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for sentence in held:
        wanted = set(sentence.runs)
        doc = nlp.get_pipe("ner")(doc_of(nlp, sentence.pieces))
        found = {(ent.start, ent.end, ent.label_) for ent in doc.ents}
        for counter, runs in ((given, wanted), (seen, found), (right, wanted & found)):
            counter.update(label for _, _, label in runs)
            counter.update("all" for _ in runs)
    return [_score(label, given[label], seen[label], right[label]) for label in ("all", *labels)]


def _score(label: str, given: int, seen: int, right: int) -> Score:
    precision = right / seen if seen else 0.0
    recall = right / given if given else 0.0
    both = precision + recall
    f1 = 2 * precision * recall / both if both else 0.0
    return Score(label, given, round(precision, 3), round(recall, 3), round(f1, 3))


def _digest(sentences: Sequence[Sentence]) -> str:
    rows = sorted((s.text, s.runs, s.forms) for s in sentences)
    # Lone surrogates are no UTF-8.
    return hashlib.sha256(repr(rows).encode("utf-8", "surrogatepass")).hexdigest()
