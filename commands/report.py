"""`report`: a case, or one account or actor, on paper."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands.application import command
from commands.completion import complete_id
from commands.export import refuse_taken
from commands.selecting import Choice, Chosen, chosen
from commands.selecting_options import with_choice
from commands.session import Session
from commands.which import which
from evidence.errors import HeichanError, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.analysis.price_sketch import PriceSketch
    from graph.report.desk import Answer, Source
    from graph.report.gloss import Gloss
    from graph.report.words import Lang
    from queries.pack import Query

PACKS = ("chain", "brokers", "sources", "actors", "er", "qa")
"""Packs whose questions are asked of the whole material, so that what is not found is said."""
EXTRA = "pip install 'heichan[plot]'"
SAMPLES = "qa.extractor_audit"
"""Draws posts to check; its rows are no findings."""
Identifier = Annotated[
    str | None,
    typer.Argument(
        metavar="ID|@handle",
        help="One account or actor; without it the whole case.",
        autocompletion=complete_id,
    ),
]
Target = Annotated[
    Path, typer.Option("-o", "--output", help="File to write: .html or .md.", metavar="FILE")
]
Language = Annotated[str, typer.Option("--lang", help="en or zh.")]
Exhibits = Annotated[
    Path | None,
    typer.Option(
        metavar="DIR",
        help="Also a folder of numbered exhibits: each cited post in its conversation, a form for "
        "the statement, SHA256SUMS.",
    ),
]
Force = Annotated[bool, typer.Option("--force", help="Overwrite the file and the exhibits.")]


@with_choice("tlp_max", "include_accused", "redact", "recipient")
def report(
    session: Session,
    output: Target,
    choice: Choice,
    identifier: Identifier = None,
    lang: Language = "en",
    exhibits: Exhibits = None,
    force: Force = False,
) -> None:
    """Write what is claimed by whom, with evidence, gaps and the rules of wording.

    Example: heichan report -o case.html
    One account, with its exhibits: heichan report @demo_name -o one.md --exhibits exhibits
    """
    from graph.report.make import desk_of, make
    from graph.report.papers import pictures_of, write_paper

    language = _language(lang)
    _check(output, exhibits, force=force)
    part = chosen(session, choice)
    known = None if identifier is None else which(part.session, identifier)
    source = _source(session, part, choice, whole=known is None)
    if not source.pictures:
        session.out.warn(f"no pictures: they need {EXTRA}")
    desk = desk_of(source, language, known)
    gloss = _gloss(session) if language == "en" else None
    document = make(desk, gloss)
    names: list[str] = []
    if exhibits is not None:
        from graph.report.exhibits import write_exhibits

        names = write_exhibits(exhibits, desk, document, output.suffix, gloss)
    pictures = write_paper(output, document)
    told: dict[str, Any] = {
        "path": str(output),
        "bytes": output.stat().st_size,
        "pictures": str(pictures_of(output)) if pictures else None,
        "cited": len(desk.cited),
        "exhibits": None if exhibits is None else str(exhibits),
        "exhibit_files": len(names),
        "snapshot": part.stamp.snapshot,
        "tlp": part.stamp.tlp,
    }
    session.out.document({**told, "audit_head": _logged(session, told, output)})
    session.out.note(f"Next: open {output}" + (f"; look at {exhibits}" if exhibits else ""))


def _logged(session: Session, told: "Mapping[str, Any]", output: Path) -> str:
    from commands.audited import note

    names = ("path", "exhibits", "snapshot", "tlp", "cited")
    return note(session, {name: told[name] for name in names}, output)


def _language(text: str) -> "Lang":
    from graph.report.words import LANGS

    for lang in LANGS:
        if lang == text:
            return lang
    raise UsageError(f"--lang {text!r} is unknown", hint=f"Choose {', '.join(LANGS)}.")


def _check(output: Path, exhibits: Path | None, *, force: bool) -> None:
    from graph.report.papers import SUFFIXES, TEXT, check_pictures, pictures_of

    if output.suffix not in SUFFIXES:
        raise UsageError(
            f"{output} ends in neither {' nor '.join(SUFFIXES)}", hint="Name it report.html."
        )
    if not output.parent.is_dir():
        raise UsageError(f"{output.parent} is no folder", hint="Choose a folder that exists.")
    refuse_taken(output, force=force)
    if output.suffix == TEXT:
        refuse_taken(pictures_of(output), force=force)
        check_pictures(pictures_of(output))
    if exhibits is None:
        return
    from graph.report.exhibits import check_folder

    if output.suffix == TEXT and exhibits == pictures_of(output):
        raise UsageError(f"{exhibits} is where the pictures go", hint="Name another folder.")
    if exhibits.is_dir() and not any(exhibits.iterdir()):
        return
    refuse_taken(exhibits, force=force)
    check_folder(exhibits)


def _source(session: Session, part: Chosen, choice: Choice, *, whole: bool) -> "Source":
    """What the report is made from: all up to the mark."""
    from commands.clock import local_text
    from evidence.audit import verify_audit
    from graph.export.plots.target import installed
    from graph.report.desk import Source

    inner, settings = part.session, session.case.settings
    return Source(
        archive=inner.archive,
        store=inner.store,
        graph=part.graph,
        guard=part.guard,
        stamp=part.stamp,
        clock=partial(local_text, zone=session.out.zone),
        zone=settings.zone,
        answers=_answers(session, part, choice),
        facts={
            "case": settings.id,
            "purpose": settings.purpose,
            "owner": settings.owner,
            "redact": choice.redact,
            # The log of the case itself: a part of it that was made for a mark has none.
            "audit": verify_audit(session.archive.connection).head,
        },
        segments=settings.segments,
        left_out=part.left_out,
        products=_products(session, inner) if whole else None,
        pictures=installed(),
    )


def _products(session: Session, inner: Session) -> "PriceSketch | str":
    """Goods by mentions with their prices, of all days; where it fails, why."""
    from commands.metrics.products import RANKING
    from commands.product_picture import sketch
    from graph.analysis.price_sketch import PRODUCTS
    from queries.pack import load_packs
    from queries.run import run_query

    packs = load_packs(lint_shipped=False)
    try:
        result = run_query(packs.get(RANKING), inner.store, inner.archive, {}, limit=PRODUCTS)
        return sketch(inner, packs, result, (None, None))
    except HeichanError as error:
        session.out.warn(f"{RANKING}: {error.message}")
        return error.message


def _answers(session: Session, part: Chosen, choice: Choice) -> "dict[str, Answer]":
    from commands.query_packs import own_packs

    packs = own_packs(part.session)
    return {
        name: _answer(session, part, query, choice)
        for name, query in sorted(packs.queries.items())
        if name.partition(".")[0] in PACKS
        and name != SAMPLES
        and not any(param.required for param in query.header.params.values())
    }


def _answer(session: Session, part: Chosen, query: "Query", choice: Choice) -> "Answer":
    from evidence.settings import tlp_mark
    from graph.report.desk import Answer
    from queries.run import run_query

    below = None if choice.tlp_max is None else tlp_mark(choice.tlp_max)
    title = query.header.title.en, query.header.title.zh
    inner = part.session
    try:
        result = run_query(query, inner.store, inner.archive, {}, below=below)
    except HeichanError as error:
        session.out.warn(f"{query.id}: {error.message}")
        return Answer(query.id, title, failed=error.message)
    return Answer(query.id, title, result.rows, result.truncated)


def _gloss(session: Session) -> "Gloss":
    from graph.report.gloss import Gloss
    from ingest.lexicon.load import load_lexicon

    return Gloss(load_lexicon(session.case.lexicon()))


def register(app: typer.Typer) -> None:
    command(app, "report")(report)
