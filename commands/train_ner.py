"""`train-ner`: a recogniser trained on the user's own labelled sentences."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands.application import command
from commands.own_rules import refuse_untrusted
from commands.session import Session
from evidence.errors import NotFoundError, UsageError

if TYPE_CHECKING:
    from ingest.training.model import Model
    from ingest.training.train import Trained

COLUMNS = ("label", "spans", "precision", "recall", "f1")


def train_ner(
    session: Session,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="JSON lines of text and spans, or .spacy.")
    ],
    out_folder: Annotated[
        Path | None,
        typer.Option("-o", "--out", metavar="DIR", help="Default: patterns/model of the case."),
    ] = None,
    epochs: Annotated[int, typer.Option(min=1, max=500, help="Rounds over the sentences.")] = 30,
    seed: Annotated[int, typer.Option(min=0, help="Start of the random numbers.")] = 1,
    held_out: Annotated[
        float, typer.Option(min=0.05, max=0.5, help="Share that only measures.")
    ] = 0.2,
    force: Annotated[bool, typer.Option("--force", help="Replace a model.")] = False,
) -> None:
    """Train a recogniser on your own labelled sentences; extraction uses it as one more voter.

    A fifth of the sentences is not learnt from and measures the rest. Nothing is downloaded.

    Example: heichan train-ner labels.jsonl --epochs 40
    """
    folder = _folder(session, out_folder)
    if any((folder / name).exists() for name in ("model.json", "weights.bin")) and not force:
        raise UsageError(f"{folder} holds a model", hint="Give --force to replace it.")
    trained, repeated = _train(session, file, epochs=epochs, seed=seed, held_out=held_out)
    from ingest.training.model import save_model

    save_model(trained.model, folder)
    session.progress.close()
    _show(session, trained, folder, repeated, in_case=out_folder is None)


def _folder(session: Session, given: Path | None) -> Path:
    if given is not None:
        if given.exists() and not given.is_dir():
            raise UsageError(f"{given} is no folder", hint="-o names a folder for the model")
        return given
    try:
        case = session.case
    except NotFoundError as error:
        raise NotFoundError(error.message, hint="name a folder for the model: -o DIR") from error
    refuse_untrusted(case, "training a model for it")
    return case.root / "patterns" / "model"


def _train(
    session: Session, file: Path, *, epochs: int, seed: int, held_out: float
) -> "tuple[Trained, int]":
    from ingest.extract import Rules
    from ingest.training.sentences import read_sentences

    view = Rules.load().views.view
    labelled = read_sentences(file, lambda text: view(text)[0])
    from ingest.training.train import Settings, train

    settings = Settings(epochs=epochs, seed=seed, held_out=held_out)
    return train(labelled, settings, session.progress), labelled.repeated


def _show(
    session: Session, trained: "Trained", folder: Path, repeated: int, *, in_case: bool
) -> None:
    out = session.out if in_case else session.output()
    model = trained.model
    if out.human:
        out.table(_scores(model), COLUMNS)
    else:
        out.document(_document(model, folder))
    manifest = model.manifest
    out.note(
        f"Learnt from {manifest.sentences - manifest.held_out} sentences, measured on "
        f"{manifest.held_out} others; {len(manifest.surfaces)} words known exactly. In {folder}"
    )
    if repeated:
        out.note(f"{repeated} sentences stood there more than once and count once")
    for label, number in trained.left_out.items():
        out.warn(f"{label} is left out: labelled {number} times, too rare to be learnt")
    if in_case:
        out.note("Next: heichan build (reads the posts again)")


def _document(model: "Model", folder: Path) -> dict[str, Any]:
    manifest = model.manifest
    return {
        "model": str(folder),
        "version": model.version,
        "sentences": manifest.sentences,
        "held_out": manifest.held_out,
        "labels": list(manifest.labels),
        "surfaces": len(manifest.surfaces),
        "scores": _scores(model),
    }


def _scores(model: "Model") -> list[dict[str, Any]]:
    return [{name: getattr(score, name) for name in COLUMNS} for score in model.manifest.scores]


def register(app: typer.Typer) -> None:
    command(app, "train-ner")(train_ner)
