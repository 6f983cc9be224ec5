"""Workbooks for tests: whole ones by openpyxl, hostile ones part by part."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime

import openpyxl  # type: ignore[import-untyped]
from openpyxl.utils.datetime import CALENDAR_MAC_1904  # type: ignore[import-untyped]

Cell = str | int | float | bool | datetime | None
Rows = Sequence[Sequence[Cell]]

HEADING = ("id", "time", "author", "title", "content", "price")
ROWS: Rows = (
    HEADING,
    (1, datetime(2021, 3, 4, 5, 6, 7), "老张", "出料", "当天股民 一手", 0.5),
    (2, datetime(2021, 3, 5), "小李", "求购", "收母婴", 300),
)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def workbook(
    sheets: Mapping[str, Rows], *, since_1904: bool = False, hidden: Sequence[str] = ()
) -> bytes:
    """A workbook; `hidden`: names of hidden sheets, or `sheet!row` for rows."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    if since_1904:
        book.epoch = CALENDAR_MAC_1904
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        if name in hidden:
            sheet.sheet_state = "hidden"
        for mark in hidden:
            if mark.startswith(f"{name}!"):
                sheet.row_dimensions[int(mark.split("!")[1])].hidden = True
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def parts(
    sheet: str, strings: str = "", more: Mapping[str, bytes] | None = None, formats: str = ""
) -> bytes:
    """A workbook of one sheet, from the text of its `sheetData`, strings and style formats."""
    relation = f'<Relationship Id="r%s" Type="{_LINKS}/%s" Target="%s"/>'
    book = "".join(
        relation % one
        for one in (
            ("1", "worksheet", "worksheets/sheet1.xml"),
            ("2", "sharedStrings", "sharedStrings.xml"),
            ("3", "styles", "styles.xml"),
        )
    )
    files = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": _relations(relation % ("1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><sheets>'
        '<sheet name="One" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations(book),
        "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}">{strings}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}">{formats}</styleSheet>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_MAIN}"><sheetData>{sheet}</sheetData>'
        "</worksheet>",
    }
    data = {name: text.encode() for name, text in files.items()} | dict(more or {})
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in data.items():
            package.writestr(name, content)
    return out.getvalue()


def inline(*rows: Sequence[str]) -> str:
    """Rows of cells whose text stands in the sheet itself."""
    return "".join(
        "<row>" + "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in row) + "</row>"
        for row in rows
    )


def _relations(inside: str) -> str:
    return f'<Relationships xmlns="{_PACKAGE}">{inside}</Relationships>'
