"""`demo`: the whole path on the invented corpus, told step by step."""

import json
import shutil
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

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
    from queries.pack import Packs, Query
    from queries.run import QueryResult

MARK = "demo-case"
"""A file that tells a demo's case from one that somebody works in."""
SHOWN = 5
TRIPLES = (2, 1, 1)
"""How many triples the story tells of each of the first brokers."""


class Question(msgspec.Struct, frozen=True):
    """A canned query of the story, its parameters, and the columns that it shows."""

    name: str
    columns: tuple[str, ...]
    parameters: dict[str, str] = {}


CHAIN = "chain.insider_to_enduser"
PROJECTION: Final = "chain"
QUESTIONS = (
    Question("brokers.many_sources", ("name", "sources", "sectors"), {"min_sources": "2"}),
    Question("sources.operator_ranking", ("name", "accounts", "listings", "via_all_three")),
    Question("actors.accusations", ("accuser", "accused_name", "n_posts", "outcome")),
    Question("market.product_ranking", ("product", "posts", "clusters", "sellers", "rank")),
    Question("qa.redaction_leaks", ("object", "pattern", "count")),
)
"""One question of each pack; the chain is asked beside them."""


class _Told(msgspec.Struct):
    """What the demo found, for the JSON document."""

    case: str
    ingest: dict[str, Any]
    snapshot: str
    queries: dict[str, list[dict[str, Any]]]
    brokers: list[dict[str, Any]]
    gexf: dict[str, Any]
    page: dict[str, Any]


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

    _clear(folder, force=force)
    case = create_case(folder, purpose="demo", owner="demo")
    (folder / MARK).touch()
    out = session.output(case.settings.zone)
    report = _ingest(session, case)
    inner = Session.of(case, replace(session.shared, store="embedded", lender=None))
    with closing(inner):
        told = _tell(inner, out, report)
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
    from graph.build.run import build
    from ingest.options import IngestOptions
    from ingest.pipeline import ingest

    with as_file(files("demo").joinpath("corpus")) as corpus:
        options = IngestOptions(coverage=corpus / "coverage.csv", operator="demo", jobs=1)
        report = ingest(case, [corpus], options, session.progress)
    build(case, progress=session.progress)
    session.progress.close()
    built: dict[str, Any] = msgspec.to_builtins(report)
    return built


def _tell(session: Session, out: Output, report: dict[str, Any]) -> _Told:
    from graph.analysis.brokers import BrokerOptions, rank_brokers

    case, archive, store = session.case, session.archive, session.store
    answers = {
        question.name: _ask(question, store, archive)
        for question in (Question(CHAIN, ()), *QUESTIONS)
    }
    ranking = rank_brokers(archive, store, BrokerOptions(top=len(TRIPLES)))
    gexf, page = _export(case, store), _page(session, answers[CHAIN])
    if out.form not in ("json", "jsonl"):
        _story(out, case, report, answers, ranking, (gexf, page), archive)
    return _Told(
        case=str(case.root),
        ingest=report,
        snapshot=str((store.build_info() or {}).get("snapshot")),
        queries={name: answer.rows for name, answer in answers.items()},
        brokers=[row.document() for row in ranking.rows],
        gexf=gexf,
        page=page,
    )


def _ask(question: Question, store: "GraphStore", archive: "Archive") -> "QueryResult":
    from queries.run import run_query

    return run_query(_query(question.name), store, archive, question.parameters)


@cache
def _packs() -> "Packs":
    from queries.pack import load_packs

    return load_packs(lint_shipped=False)


def _query(name: str) -> "Query":
    return _packs().get(name)


def _export(case: "Case", store: "GraphStore") -> dict[str, Any]:
    from graph.elements import Graph
    from graph.export.clean.plan import plan
    from graph.export.stamp import stamp_of
    from graph.export.write import export_plan, format_named

    graph = Graph(list(store.nodes()), list(store.relationships()))
    stamp, path = stamp_of(store.build_info()), case.root / "demo.gexf"
    return export_plan(plan(graph), stamp, path, format_named("gexf")).document()


def _page(session: Session, chains: "QueryResult") -> dict[str, Any]:
    """The page of who passes on the goods of the chains that were found."""
    from commands.selecting import Choice, chosen
    from commands.view import write_view

    choice = Choice(projection=PROJECTION, product=_passed(chains) or None)
    return write_view(chosen(session, choice), session.case.root / "demo.html")


def _passed(chains: "QueryResult") -> list[str]:
    return sorted({row["product"] for row in chains.rows})


def _story(
    out: Output,
    case: "Case",
    report: dict[str, Any],
    answers: dict[str, "QueryResult"],
    ranking: "BrokerReport",
    files_out: tuple[dict[str, Any], dict[str, Any]],
    archive: "Archive",
) -> None:
    gexf, page = files_out
    _title(out, "1. Files in (invented material in real export shapes)")
    columns = ("path", "reader", "posts", "skipped")
    short = [{**file, "path": Path(file["path"]).name} for file in report["files"]]
    out.table(short, columns)
    out.text(
        f"{report['posts']} posts, {report['listings']} listings, {report['accounts']} accounts; "
        "victims' identifiers were masked before anything was stored"
    )
    _title(out, "2. Questions answered")
    for question in QUESTIONS:
        _answer(out, question, answers[question.name])
    _title(out, "3. A chain from the inside to its use")
    _chain(out, answers[CHAIN], archive)
    _title(out, "4. Brokers, and why")
    _brokers(out, ranking, archive)
    _title(out, "5. For Gephi")
    out.text(f"{gexf['path']}: {gexf['nodes']} nodes, {gexf['edges']} edges")
    for loss in gexf["losses"]:
        out.text(f"  {loss}")
    passed = _passed(answers[CHAIN])
    _title(out, "6. To look at")
    out.text(f"{page['path']}: {page['nodes']} accounts, {page['edges']} ties")
    goods = ", ".join(product.partition(":")[2].replace("_", " ") for product in passed)
    out.text(f"  who passes on {goods}, by layer of the chain; opens in any browser, no network")
    _title(out, "Next")
    for line in _next(case, ranking, passed):
        out.text(f"  {line}")


def _title(out: Output, title: str) -> None:
    out.text()
    out.text(title, style="bold")


def _answer(out: Output, question: Question, answer: "QueryResult") -> None:
    out.text(f"\n{_query(question.name).header.question.en}   ({question.name})")
    if not answer.rows:
        out.text("nothing was found")
        return
    out.table(answer.rows[:SHOWN], question.columns)
    if len(answer.rows) > SHOWN:
        out.text(f"… {len(answer.rows) - SHOWN} more rows")


def _chain(out: Output, answer: "QueryResult", archive: "Archive") -> None:
    """The longest chain found, each hop with the words behind it."""
    from graph.explore.evidence import words

    if not answer.rows:
        out.text("no chain was found")
        return
    row = max(answer.rows, key=lambda found: found["length"])
    out.text(f"{row['product']}, {len(answer.rows)} chains found; the longest:")
    people = list(zip(row["names"], row["roles"], row["path"], strict=True))
    for number, (name, role, account) in enumerate(people):
        out.text(f"  {name}   claimed {role.replace('_', ' ')}   {account}")
        if number < len(row["hop_dates"]):
            posts = _hop(archive, row["path"][number : number + 2], row["product"])
            out.text(f"   ↓ {row['hop_dates'][number]}   {row['hop_modalities'][number]}")
            for post, line in words(archive, posts, 60).items():
                out.text(f"       “{line}”  {short_ids(post)}")
    out.text(f"  composed of {row['composed_of']} separate statements; nobody stated the whole")


def _hop(archive: "Archive", ends: list[str], product: str) -> list[str]:
    """The posts of the surest piece of evidence behind a hop."""
    found = archive.connection.execute(
        "SELECT posts FROM tie_piece WHERE giver = ? AND taker = ? AND product = ? "
        "ORDER BY confidence DESC, utc LIMIT 1",
        (*ends, product),
    ).fetchone()
    return [] if found is None else json.loads(found[0])[:3]


def _brokers(out: Output, ranking: "BrokerReport", archive: "Archive") -> None:
    from commands.brokers import reasons
    from graph.analysis.concerned import taken_notes
    from graph.analysis.explain import brief
    from graph.explore.evidence import words

    told = [
        msgspec.structs.replace(row, triples=row.triples[:shown])
        for row, shown in zip(ranking.rows, TRIPLES, strict=False)
    ]
    said = reasons(archive, told, out.zone)
    for row in told:
        for line in brief(row, words(archive, row.posts, 60), said):
            out.hanging(f"  {short_ids(line)}")
        out.text()
    for note in [*ranking.notes, *taken_notes(ranking.undecided, told)]:
        out.hanging(f"  {note}")


def _next(case: "Case", ranking: "BrokerReport", passed: Sequence[str]) -> Sequence[str]:
    here = f"heichan --case {case.root}"
    lines = [
        f"{here} query list",
        f"{here} metrics --platform qq --by year",
        f"{here} search 股民",
    ]
    lines += [f"{here} brokers --explain {row.id}" for row in ranking.rows[:1]]
    lines += [f"{here} evidence {post[:17]}" for row in ranking.rows[:1] for post in row.posts[:1]]
    goods = "".join(f" --product {product}" for product in passed[:1])
    lines.append(f"{here} view -o {case.root / 'one.html'} --projection {PROJECTION}{goods}")
    lines.append(f"open {case.root / 'demo.html'} in a browser")
    return [*lines, f"open {case.root / 'demo.gexf'} in Gephi"]


def register(app: typer.Typer) -> None:
    command(app, "demo")(demo)
