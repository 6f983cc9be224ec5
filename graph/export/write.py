"""A plan as a file of a chosen format."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO, Final, Literal

import msgspec

from evidence.errors import UsageError
from graph.export.clean.plan import Plan
from graph.export.files import whole_file
from graph.export.stamp import Stamp

Changed = list[str] | None
"""What a format alone can't hold, a line a kind."""
Writer = Callable[[BinaryIO, Plan, Stamp], Changed]
FolderWriter = Callable[[Path, Plan, Stamp], Changed]


class Format(msgspec.Struct, frozen=True):
    """`module` holds `write(stream, plan, stamp)`, or `write(folder, plan, stamp)` for a folder."""

    name: str
    module: str
    kind: Literal["file", "folder"]
    reader: str
    """What opens it, for the help."""
    merged: bool = True
    """Whether days of one pair are one edge."""


FORMATS: Final = (
    Format("gexf", "graph.export.formats.gexf", "file", "Gephi, Gephi Lite"),
    Format("graphml", "graph.export.formats.graphml", "file", "igraph, NetworkX, yEd, Gephi"),
    Format(
        "csv",
        "graph.export.formats.csv_folder",
        "folder",
        "Gephi's spreadsheet import, Excel, pandas",
    ),
    Format("xlsx", "graph.export.formats.xlsx", "file", "Excel, LibreOffice"),
    Format(
        "links",
        "graph.export.formats.links",
        "file",
        "i2 Analyst's Notebook (mapping i2.tsv), Maltego (mapping maltego.tsv)",
    ),
    Format("cyjs", "graph.export.formats.cyjs", "file", "Cytoscape, cytoscape.js"),
    Format(
        "jsonl",
        "graph.export.formats.jsonl",
        "file",
        "Neo4j's apoc.import.json, pandas",
        merged=False,
    ),
    Format(
        "stix", "graph.export.formats.stix", "file", "OpenCTI, MISP and other readers of STIX 2.1"
    ),
)


class ExportReport(msgspec.Struct, frozen=True):
    """What was written, and what was changed for it."""

    path: str
    format: str
    nodes: int
    edges: int
    snapshot: str | None
    losses: list[str]

    def document(self) -> dict[str, Any]:
        """The report as JSON types."""
        return msgspec.structs.asdict(self)


def format_named(name: str) -> Format:
    """The format of that name. Raises UsageError, which lists all."""
    for known in FORMATS:
        if known.name == name:
            return known
    names = ", ".join(known.name for known in FORMATS)
    raise UsageError(f"no export format {name!r}", hint=f"Formats: {names}, neo4j-csv.")


def export_plan(plan: Plan, stamp: Stamp, path: Path, form: Format) -> ExportReport:
    """Write the plan to `path`; a file appears only when it is whole. Raises UsageError."""
    write = import_module(form.module).write
    plan = plan if form.merged else plan.apart()
    if form.kind == "folder":
        changed: Changed = write(path, plan, stamp)
    else:
        with whole_file(path) as stream:
            changed = write(stream, plan, stamp)
    losses = [*plan.losses, *(changed or ())]
    return ExportReport(
        str(path), form.name, len(plan.nodes), len(plan.edges), stamp.snapshot, losses
    )
