"""`demo`: the whole path on the invented corpus, told step by step."""

import shutil
from collections.abc import Sequence
from contextlib import ExitStack
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import typer

from commands.application import command
from commands.output import Output, short_ids
from commands.session import Session
from evidence.errors import UsageError

if TYPE_CHECKING:
    from evidence.archive.archive import Archive
    from evidence.case import Case
    from graph.analysis.rows import BrokerReport
    from graph.store.base import GraphStore
    from queries.run import QueryResult

MARK = "demo-case"
"""A file that tells a demo's case from one that somebody works in."""
CHAIN = "chain.insider_to_enduser"
QUERIES = (
    CHAIN,
    "brokers.many_sources",
    "sources.operator_ranking",
    "actors.accusations",
    "market.product_ranking",
    "qa.coverage_calendar",
)
"""One question of each pack."""
SHOWN = 5
WIDTH = 6
"""Columns of a query that the story shows; the command shows all."""
TOP = 3


class _Told(msgspec.Struct):
    """What the demo found, for the JSON document."""

    case: str
    ingest: dict[str, Any]
    snapshot: str
    queries: dict[str, list[dict[str, Any]]]
    brokers: list[dict[str, Any]]
    gexf: dict[str, Any]


def demo(
    session: Session,
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="Where the case goes.")] = Path(
        "heichan-demo"
    ),
    force: Annotated[bool, typer.Option("--force", help="Replace an earlier demo.")] = False,
) -> None:
    """Make a case from the bundled invented corpus and show the whole path.

    Example: heichan demo
    """
    from evidence.case import create_case
    from graph.store import open_store

    _clear(folder, force=force)
    case = create_case(folder, purpose="demo", owner="demo")
    (folder / MARK).touch()
    out = session.output(case.settings.zone)
    report = _ingest(session, case)
    with ExitStack() as stack:
        archive = stack.enter_context(case.reader())
        store = open_store(case, "embedded")
        stack.callback(store.close)
        told = _tell(out, case, report, archive, store)
    if out.form in ("json", "jsonl"):
        out.document(msgspec.structs.asdict(told))


def _clear(folder: Path, *, force: bool) -> None:
    if not folder.exists():
        return
    if not (folder / MARK).exists():
        raise UsageError(f"{folder} exists and is no demo", hint="Name another folder.")
    if not force:
        raise UsageError(f"{folder} exists", hint="Give --force to make the demo anew.")
    shutil.rmtree(folder)


def _ingest(session: Session, case: "Case") -> dict[str, Any]:
    from graph.build import build
    from ingest.options import IngestOptions
    from ingest.pipeline import ingest

    with as_file(files("demo").joinpath("corpus")) as corpus:
        options = IngestOptions(coverage=corpus / "coverage.csv", operator="demo", jobs=1)
        report = ingest(case, [corpus], options, session.progress)
    build(case, progress=session.progress)
    session.progress.close()
    built: dict[str, Any] = msgspec.to_builtins(report)
    return built


def _tell(
    out: Output, case: "Case", report: dict[str, Any], archive: "Archive", store: "GraphStore"
) -> _Told:
    from graph.analysis.brokers import BrokerOptions, rank_brokers

    answers = {name: _ask(name, store, archive) for name in QUERIES}
    ranking = rank_brokers(archive, store, BrokerOptions(top=TOP))
    gexf = _export(case, store)
    if out.form not in ("json", "jsonl"):
        _story(out, case, report, answers, ranking, gexf, archive)
    return _Told(
        case=str(case.root),
        ingest=report,
        snapshot=str((store.build_info() or {}).get("snapshot")),
        queries={name: answer.rows for name, answer in answers.items()},
        brokers=[row.document() for row in ranking.rows],
        gexf=gexf,
    )


def _ask(name: str, store: "GraphStore", archive: "Archive") -> "QueryResult":
    from queries.pack import load_packs
    from queries.run import run_query

    return run_query(load_packs().get(name), store, archive, {})


def _export(case: "Case", store: "GraphStore") -> dict[str, Any]:
    from graph.elements import Graph
    from graph.export.gexf import export_gexf

    graph = Graph(list(store.nodes()), list(store.relationships()))
    return export_gexf(graph, case.root / "demo.gexf", build=store.build_info()).document()


def _story(
    out: Output,
    case: "Case",
    report: dict[str, Any],
    answers: dict[str, "QueryResult"],
    ranking: "BrokerReport",
    gexf: dict[str, Any],
    archive: "Archive",
) -> None:
    _title(out, "1. Files in (invented material in real export shapes)")
    columns = ("path", "reader", "posts", "skipped")
    short = [{**file, "path": Path(file["path"]).name} for file in report["files"]]
    out.table(short, columns)
    out.text(
        f"{report['posts']} posts, {report['listings']} listings, {report['accounts']} accounts; "
        "victims' identifiers were masked before anything was stored"
    )
    _title(out, "2. Questions answered")
    for name in QUERIES[1:]:
        _answer(out, name, answers[name])
    _title(out, "3. A chain from the inside to its use")
    _chain(out, answers[CHAIN])
    _title(out, "4. Brokers, and why")
    _brokers(out, ranking, archive)
    _title(out, "5. For Gephi")
    out.text(f"{gexf['path']}: {gexf['nodes']} nodes, {gexf['edges']} edges")
    for loss in gexf["losses"]:
        out.text(f"  {loss}")
    _title(out, "Next")
    for line in _next(case, ranking):
        out.text(f"  {line}")


def _title(out: Output, title: str) -> None:
    out.text()
    out.text(title, style="bold")


def _answer(out: Output, name: str, answer: "QueryResult") -> None:
    from queries.pack import load_packs

    out.text(f"\n{load_packs().get(name).header.question.en}   ({name})")
    columns = [column for column in answer.columns if column != "evidence"][:WIDTH]
    out.table(answer.rows[:SHOWN], columns)
    if len(answer.rows) > SHOWN:
        out.text(f"… {len(answer.rows) - SHOWN} more rows")


def _chain(out: Output, answer: "QueryResult") -> None:
    if not answer.rows:
        out.text("no chain was found")
        return
    row = max(answer.rows, key=lambda found: found["length"])
    for name in answer.columns:
        out.text(f"  {name}: {out.human_text(row[name])}")
    for caveat in answer.caveats:
        out.text(f"  {caveat}")


def _brokers(out: Output, ranking: "BrokerReport", archive: "Archive") -> None:
    from graph.analysis.explain import explanation
    from graph.explore.evidence import words

    for row in ranking.rows:
        for line in explanation(row, words(archive, row.posts)):
            out.text(f"  {short_ids(line)}")
        out.text()
    for note in ranking.notes:
        out.text(f"  {note}")


def _next(case: "Case", ranking: "BrokerReport") -> Sequence[str]:
    here = f"heichan --case {case.root}"
    lines = [
        f"{here} query list",
        f"{here} metrics --platform qq --by year",
        f"{here} search 股民",
    ]
    lines += [f"{here} brokers --explain {row.id}" for row in ranking.rows[:1]]
    lines += [f"{here} evidence {post[:17]}" for row in ranking.rows[:1] for post in row.posts[:1]]
    return [*lines, f"open {case.root / 'demo.gexf'} in Gephi"]


def register(app: typer.Typer) -> None:
    command(app, "demo")(demo)
