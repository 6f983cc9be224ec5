"""`query run all`: the answers of a pack in a folder, one file each, and a page that lists them."""

import io
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import msgspec
from msgspec.structs import replace

from commands.output import Output, to_json
from commands.query_packs import own_packs
from commands.query_run import meta, snapshot_of
from commands.session import Session
from evidence.errors import DataError, StoreError, UsageError

if TYPE_CHECKING:
    from evidence.settings import Tlp
    from queries.pack import Query
    from queries.run import QueryResult

FORMS = ("csv", "tsv", "json", "jsonl")
COLUMNS = ("query", "state", "rows", "truncated", "file", "said")
PAGE, LIST = "index.html", "index.json"
# Only what a run before may have written is taken away.
_OURS = re.compile(r"[a-z0-9_]+\.[a-z0-9_]+\.(?:csv|tsv|json|jsonl)\Z")


class Order(msgspec.Struct, frozen=True):
    """What is to be run, with what, and where to."""

    folder: Path
    pack: str | None
    given: Mapping[str, str]
    limit: int | None
    timeout: float | None
    force: bool


class Ran(msgspec.Struct, frozen=True, kw_only=True):
    """One query of the folder: its file and its answer, or why there is none."""

    query: str
    state: Literal["done", "skipped", "failed"]
    file: str | None = None
    rows: int | None = None
    truncated: bool = False
    said: str = ""
    version: str = ""
    title: tuple[str, str] = ("", "")
    question: tuple[str, str] = ("", "")
    parameters: dict[str, Any] = {}
    row_hash: str | None = None
    notes: list[str] = []


def run_all(session: Session, order: Order) -> None:
    """Runs and writes; exit 1 where a query failed. Raises UsageError for a folder in use."""
    import typer

    form = session.shared.form or "csv"
    if form not in FORMS:
        hint = f"Choose {', '.join(FORMS)}."
        raise UsageError(f"files are not written as {form}", hint=hint)
    queries = _chosen(session, order)
    seen = session.below(_mark(order))
    _prepare(order)
    ran = []
    for number, query in enumerate(queries, 1):
        session.progress(query.id, number, len(queries))
        ran.append(_ran(session, seen, query, order, form))
    session.progress.close()
    graph = snapshot_of(seen)
    _write_lists(seen, order, ran, graph)
    _audit(session, order, ran, graph)
    _tell(session, order, ran)
    if any(one.state == "failed" for one in ran):
        raise typer.Exit(1)


def _chosen(session: Session, order: Order) -> "list[Query]":
    packs = own_packs(session)
    chosen = list(packs.queries.values()) if order.pack is None else packs.pack(order.pack)
    known = {name for query in chosen for name in query.header.params}
    if unknown := sorted(order.given.keys() - known):
        hint = f"parameters: {', '.join(sorted(known))}"
        raise UsageError(f"no query has a parameter {', '.join(unknown)}", hint=hint)
    return chosen


def _mark(order: Order) -> "Tlp | None":
    """The mark up to which the case is asked. Raises UsageError for a word that is none."""
    from evidence.settings import TLP_ORDER
    from queries.header import TLP_MAX

    given = order.given.get(TLP_MAX)
    if given is None:
        return None
    if given not in TLP_ORDER:
        raise UsageError(f"{given} is no TLP mark", hint=f"one of {', '.join(TLP_ORDER)}")
    return given


def _prepare(order: Order) -> None:
    """Makes the folder, or takes what an earlier run wrote out of it."""
    folder = order.folder
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())) and not order.force:
            hint = "Give --force to write over an earlier run."
            raise UsageError(f"{folder} exists and is not empty", hint=hint)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        (folder / PAGE).unlink(missing_ok=True)
        for name in _earlier(folder / LIST):
            (folder / name).unlink(missing_ok=True)
    except OSError as error:
        said = f"{folder} cannot be written: {error.strerror or error}"
        raise UsageError(said, hint="Choose another folder.") from error


def _earlier(path: Path) -> list[str]:
    """Files that the list of an earlier run names."""
    try:
        listed = msgspec.json.decode(path.read_bytes())["queries"]
        names = [one.get("file") for one in listed]
    except (OSError, msgspec.MsgspecError, KeyError, TypeError, AttributeError):
        return []
    return [name for name in names if isinstance(name, str) and _OURS.match(name)]


def _ran(session: Session, seen: Session, query: "Query", order: Order, form: str) -> Ran:
    from queries.run import run_query
    from queries.saved import plain_rows, row_hash

    header = query.header
    about = Ran(
        query=query.id,
        state="skipped",
        version=header.version,
        title=(header.title.en, header.title.zh),
        question=(header.question.en, header.question.zh),
    )
    given = {name: value for name, value in order.given.items() if name in header.params}
    needs = [n for n, p in header.params.items() if p.required and not given.get(n)]
    if needs:
        return replace(about, said=f"needs {', '.join(needs)}")
    try:
        result = run_query(
            query,
            seen.store,
            seen.archive,
            given,
            limit=order.limit,
            timeout=order.timeout,
            below=_mark(order),
        )
    except StoreError:
        raise
    except (DataError, UsageError) as error:
        return replace(about, state="failed", said=error.message)
    name = f"{query.id}.{form}"
    _write(order.folder / name, _text(session, seen, result, form))
    return replace(
        about,
        state="done",
        file=name,
        rows=len(result.rows),
        truncated=result.truncated,
        said=f"cut off at {result.limit} rows" if result.truncated else "",
        parameters=msgspec.json.decode(msgspec.json.encode(result.parameters)),
        row_hash=row_hash(plain_rows(result.rows)),
        notes=[*result.caveats, *result.warnings],
    )


def _text(session: Session, seen: Session, result: "QueryResult", form: str) -> str:
    stream = io.StringIO()
    asked = session.asked if session.shared.meta else None
    out = Output(form, zone=session.out.zone, raw=session.raw, stream=stream, asked=asked)
    # A time of the clock would make two runs differ.
    told = {**meta(result), "seconds": None}
    if asked is not None:
        told["graph"] = snapshot_of(seen)
    out.rows(result.rows, result.columns, meta=told)
    return stream.getvalue()


def _write(path: Path, text: str) -> None:
    from graph.export.files import whole_file

    with whole_file(path) as stream:
        stream.write(text.encode("utf-8", "replace"))


def _write_lists(seen: Session, order: Order, ran: list[Ran], graph: str | None) -> None:
    from commands.query_page import page

    document = {
        "pack": order.pack,
        "graph": graph,
        "store": seen.store.name,
        "queries": [msgspec.to_builtins(one) for one in ran],
    }
    _write(order.folder / LIST, to_json(document, indent=1) + "\n")
    _write(order.folder / PAGE, page(ran, pack=order.pack, graph=graph or ""))


def _audit(session: Session, order: Order, ran: list[Ran], graph: str | None) -> None:
    from evidence.audit import append_audit
    from queries.saved import row_hash

    done = [msgspec.to_builtins(one) for one in ran]
    detail = {
        "pack": order.pack,
        "queries": len(ran),
        "graph": graph,
        "parameters": to_json(order.given),
        "result": row_hash(done),
    }
    with session.case.archive() as archive, archive.transaction() as connection:
        head = append_audit(connection, "query run all", detail)
    session.out.note(f"head of the audit log: {head}")


def _tell(session: Session, order: Order, ran: list[Ran]) -> None:
    out = session.out
    out.rows([{name: getattr(one, name) for name in COLUMNS} for one in ran], COLUMNS)
    for one in ran:
        if one.state == "failed":
            out.warn(f"{one.query} failed: {one.said}")
        elif one.truncated:
            out.warn(f"{one.query}: {one.said}; raise --limit to see more")
    skipped = [f"{one.query} {one.said}" for one in ran if one.state == "skipped"]
    if skipped:
        out.note(f"left out: {'; '.join(skipped)}")
    out.note(f"Next: open {order.folder / PAGE} in a browser")
