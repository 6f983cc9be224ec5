"""A plan as a file of a chosen format."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO, Final, Literal

import msgspec

from evidence.errors import UsageError
from graph.export.files import whole_file
from graph.export.plan import Plan
from graph.export.stamp import Stamp

Writer = Callable[[BinaryIO, Plan, Stamp], None]
FolderWriter = Callable[[Path, Plan, Stamp], None]


class Format(msgspec.Struct, frozen=True):
    """`module` holds `write(stream, plan, stamp)`, or `write(folder, plan, stamp)` for a folder."""

    name: str
    module: str
    kind: Literal["file", "folder"]
    reader: str
    """What opens it, for the help."""


FORMATS: Final = (Format("gexf", "graph.export.gexf", "file", "Gephi, Gephi Lite"),)


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
    if form.kind == "folder":
        write(path, plan, stamp)
    else:
        with whole_file(path) as stream:
            write(stream, plan, stamp)
    return ExportReport(
        str(path), form.name, len(plan.nodes), len(plan.edges), stamp.snapshot, plan.losses
    )
