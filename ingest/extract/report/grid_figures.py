"""The figures of a table's cells: the row says what is counted, the column what of it and when."""

from collections.abc import Iterator, Sequence

from ingest.extract.report import figures, zh_figures
from ingest.extract.report.figure_counts import unit_of
from ingest.extract.report.findings import FigureFinding
from ingest.extract.report.grid import Cell, Grid
from ingest.extract.report.page import Sentence
from ingest.extract.report.scene import Scene
from ingest.records import Span


def read_cells(scene: Scene, grid: Grid) -> Iterator[FigureFinding]:
    """One figure a numeric cell."""
    for cell in grid.cells:
        number = _number(scene, cell)
        if number is None:
            continue
        value, unit = number
        counts = f"{cell.row}: {cell.column}"
        row = (scene.page.view.rfind("\n", 0, cell.span[0]) + 1, cell.span[1])
        yield FigureFinding(
            text=scene.page.quote(row).strip(),
            quote=scene.page.quote(cell.span),
            span=cell.span,
            value=value,
            unit=unit or unit_of(cell.row) or unit_of(cell.column),
            counts=counts,
            period=_period(scene, cell.column_span),
        )


def _number(scene: Scene, cell: Cell) -> tuple[int | float, str | None] | None:
    whole = Sentence(*cell.span, chinese=False)
    if any("\u3400" <= char <= "\u9fff" for char in scene.page.view[slice(*cell.span)]):
        found: Sequence[zh_figures.Number | figures.Number] = list(
            zh_figures.numbers_in(scene, whole)
        )
    else:
        found = list(figures.numbers_in(scene, whole))
    return (found[0].value, found[0].unit) if found else None


def _period(scene: Scene, span: Span) -> str | None:
    hits = [hit for hit in scene.dates_in(*span) if hit.period]
    return hits[0].period if hits else None
