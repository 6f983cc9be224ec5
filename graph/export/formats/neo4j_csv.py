"""Files for `neo4j-admin database import full`: the first load of a server that is not running.

One file a label and a triple; texts quoted, quotes doubled, lists split by a character that no
value holds.
"""

import json
import shlex
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from itertools import groupby
from operator import attrgetter
from pathlib import Path

import msgspec

from evidence.errors import DataError, UsageError
from graph.elements import Graph, Node, Relationship, Value
from graph.export.clean.guard import Guard, guard_of
from graph.export.clean.plan import said
from graph.export.clean.words import Words
from graph.export.files import whole_file
from graph.schema import NODE_KINDS, RELATIONSHIP_KINDS, Property, constraints
from graph.store.owner import BUILD
from graph.store.statements import refuse_bad

MANIFEST = "manifest.json"
ARGUMENTS = "import.args"
CONSTRAINTS = "constraints.cypher"
_TYPES = {"s": "string", "i": "long", "f": "double", "b": "boolean", "d": "date", "t": "datetime"}
SEPARATORS = ("\x1f", "\x1e", "\x1d", "\x1c", "|", ";", "\t", "¦", "‖", "␟")
"""Printed in no text that was cleaned; the first that no list holds is taken."""
_BREAKS = ("\n", "\r")


class CsvReport(msgspec.Struct, frozen=True):
    """What was written, by label and type, and what was changed for it."""

    path: str
    format: str
    nodes: dict[str, int]
    relationships: dict[str, int]
    snapshot: str | None
    losses: list[str]
    files: list[str]


class _Table(msgspec.Struct, frozen=True):
    """A file of one label or triple: `option` names it to the import."""

    file: str
    option: str
    header: list[str]
    names: list[str]
    elements: Sequence[Node | Relationship]


def export_neo4j_csv(
    graph: Graph, folder: Path, *, include_accused: bool = False, guard: Guard | None = None
) -> CsvReport:
    """Write the graph to a folder that is empty or holds an earlier export.

    The import keeps no empty list: `Build` travels without its snapshot, and the push after it
    compares and completes. Raises UsageError for a folder that holds something else, DataError
    for a graph that the schema does not allow or that is of no case.
    """
    snapshot = next((n.props.get("snapshot") for n in graph.nodes if n.label == BUILD), None)
    losses: Counter[str] = Counter()
    guard = guard or guard_of(graph, include_accused=include_accused)
    graph = guard.apply(graph, losses)
    if not include_accused:
        graph = _cleaned(graph, Words(losses))
    graph = _unconfirmed(graph)
    refuse_bad(graph)
    separator = _separator(graph)
    _make_room(folder)
    tables = [*_node_tables(graph), *_tie_tables(graph)]
    report = _report(graph, folder, snapshot, said(losses), [table.file for table in tables])
    with _all_or_nothing(folder, report.files):
        breaks = [_write(folder / table.file, table, separator) for table in tables]
        options = _options(tables, separator, multiline=any(breaks))
        _text(folder / ARGUMENTS, "".join(f"{shlex.quote(option)}\n" for option in options))
        _text(folder / CONSTRAINTS, "".join(f"{text};\n" for text in constraints()))
        # Where the folder stood is nobody's business who is given it.
        told = msgspec.to_builtins(msgspec.structs.replace(report, path="."))
        _text(folder / MANIFEST, json.dumps(told, indent=1) + "\n")
    return report


@contextmanager
def _all_or_nothing(folder: Path, files: Sequence[str]) -> Iterator[None]:
    """Takes the files away again where writing them breaks off."""
    try:
        yield
    except BaseException:
        for name in (*files, ARGUMENTS, CONSTRAINTS, MANIFEST):
            (folder / name).unlink(missing_ok=True)
        raise


def _cleaned(graph: Graph, words: Words) -> Graph:
    """The graph with texts that any reader takes."""
    replace = msgspec.structs.replace
    return Graph(
        [replace(node, props=words.props(node.props)) for node in graph.nodes],
        [replace(tie, props=words.props(tie.props)) for tie in graph.relationships],
    )


def _unconfirmed(graph: Graph) -> Graph:
    """The graph without the hash that says that all of it has arrived."""
    if not any(node.label == BUILD for node in graph.nodes):
        raise DataError("the graph does not say of which case it is", hint="run `heichan build`")
    nodes = [
        msgspec.structs.replace(
            node, props={key: value for key, value in node.props.items() if key != "snapshot"}
        )
        if node.label == BUILD
        else node
        for node in graph.nodes
    ]
    return Graph(nodes, graph.relationships)


def _make_room(folder: Path) -> None:
    """Deletes an earlier export, and nothing else."""
    manifest = folder / MANIFEST
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        earlier = msgspec.json.decode(manifest.read_bytes(), type=CsvReport).files
    except FileNotFoundError:
        earlier = []
    except (OSError, msgspec.MsgspecError) as error:
        raise UsageError(
            f"{folder} cannot be written: {error}", hint="name another folder"
        ) from None
    ours = {*earlier, MANIFEST, ARGUMENTS, CONSTRAINTS}
    if others := sorted(path.name for path in folder.iterdir() if path.name not in ours):
        raise UsageError(f"{folder} holds other files: {others[0]}", hint="name an empty folder")
    for name in ours:
        (folder / name).unlink(missing_ok=True)


def _separator(graph: Graph) -> str:
    used: set[str] = set()
    for props in (*(n.props for n in graph.nodes), *(r.props for r in graph.relationships)):
        for value in props.values():
            if isinstance(value, list):
                used.update(*(item for item in value if isinstance(item, str)))
    free = next((each for each in SEPARATORS if each not in used), None)
    if free is None:
        raise DataError("lists hold every character that could stand between their items")
    return free


def _node_tables(graph: Graph) -> Iterator[_Table]:
    for label, each in groupby(sorted(graph.nodes, key=_by_label), key=attrgetter("label")):
        nodes = list(each)
        names = _names(nodes)
        header = node_header(label, names)
        yield _Table(f"nodes-{label}.csv", f"--nodes={label}", header, names, nodes)


def _tie_tables(graph: Graph) -> Iterator[_Table]:
    for (type_, start, end), each in groupby(
        sorted(graph.relationships, key=_by_triple), key=_triple
    ):
        ties = list(each)
        names = _names(ties)
        header = tie_header(type_, start, end, names)
        file = f"relationships-{type_}-{start}-{end}.csv"
        yield _Table(file, f"--relationships={type_}", header, names, ties)


def node_header(label: str, names: Iterable[str]) -> list[str]:
    """The columns of a label with these properties."""
    return [f"id:ID({label})", *_headers(names, NODE_KINDS[label].properties)]


def tie_header(type_: str, start: str, end: str, names: Iterable[str]) -> list[str]:
    """The columns of a triple with these properties."""
    columns = _headers(names, RELATIONSHIP_KINDS[type_].properties)
    return [f":START_ID({start})", f":END_ID({end})", "id:string", *columns]


def _by_label(node: Node) -> tuple[str, str]:
    return node.label, node.id


def _triple(tie: Relationship) -> tuple[str, str, str]:
    return tie.type, tie.start_label, tie.end_label


def _by_triple(tie: Relationship) -> tuple[str, str, str, str]:
    return *_triple(tie), tie.id


def _names(elements: Iterable[Node | Relationship]) -> list[str]:
    return sorted({name for element in elements for name in element.props})


def _headers(names: Iterable[str], kinds: Mapping[str, Property]) -> Iterator[str]:
    for name in names:
        value = kinds[name].value
        yield f"{name}:{_TYPES[value.strip('[]')]}{'[]' if value.startswith('[') else ''}"


def _write(path: Path, table: _Table, separator: str) -> bool:
    """Writes a table and says whether a field runs over several lines."""
    broken = False
    with whole_file(path) as stream:
        stream.write((header_line(table.header) + "\n").encode())
        for element in table.elements:
            line = line_of(element, table.names, separator)
            broken = broken or any(sign in line for sign in _BREAKS)
            stream.write(line.encode() + b"\n")
    return broken


def header_line(header: Iterable[str]) -> str:
    """The first line of a table."""
    return ",".join(map(_quoted, header))


def line_of(element: Node | Relationship, names: Iterable[str], separator: str) -> str:
    """The line of an element under these properties; it may run over several."""
    return ",".join(_fields(element, names, separator))


def _fields(element: Node | Relationship, names: Iterable[str], separator: str) -> Iterator[str]:
    if isinstance(element, Relationship):
        yield _quoted(element.start)
        yield _quoted(element.end)
    yield _quoted(element.id)
    for name in names:
        value = element.props.get(name)
        # Nothing at all is a missing property; `""` is an empty text or list.
        yield "" if value is None else _field(value, separator)


def _field(value: Value, separator: str) -> str:
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, list):
        return _quoted(separator.join(map(_plain, value)))
    return _plain(value)


def _plain(value: str | int | float | bool | date) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    return repr(value) if isinstance(value, float) else str(value)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _options(tables: Iterable[_Table], separator: str, *, multiline: bool) -> Iterator[str]:
    yield from (f"{table.option}=./{table.file}" for table in tables)
    yield from reading_options(separator, multiline=multiline)


def reading_options(separator: str, *, multiline: bool) -> Iterator[str]:
    """How the import is told to read the tables."""
    yield "--id-type=string"
    yield f"--array-delimiter=U+{ord(separator):04X}"
    if multiline:
        yield "--multiline-fields=true"


def _report(
    graph: Graph, folder: Path, snapshot: Value | None, losses: list[str], files: list[str]
) -> CsvReport:
    return CsvReport(
        path=str(folder),
        format="neo4j-csv",
        nodes=_counted(node.label for node in graph.nodes),
        relationships=_counted(tie.type for tie in graph.relationships),
        snapshot=None if snapshot is None else str(snapshot),
        losses=losses,
        files=files,
    )


def _counted(kinds: Iterable[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for kind in kinds:
        counts[kind] = counts.get(kind, 0) + 1
    return dict(sorted(counts.items()))


def _text(path: Path, text: str) -> None:
    with whole_file(path) as stream:
        stream.write(text.encode())
