"""A workbook of text cells (Office Open XML), written as a stream.

Of its own, because a library with constant memory keeps copies of the rows in the system's
temporary folder until it is done. What Excel asks for: inline texts, `_x000A_` in a text escaped,
the number format `@`, so that a text that looks like a formula stays text when it is edited.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from typing import BinaryIO, Final, Self
from xml.sax.saxutils import escape

from evidence.errors import DataError

MOST_ROWS: Final = 1_048_576
MOST_UNITS: Final = 32_767
"""UTF-16 code units that a cell holds."""
_MOST_BYTES: Final = 2**31 - 1
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_TYPES: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_ESCAPE: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_LINE_END: Final = re.compile(r"\r\n?")
_TEXT, _TITLE = 1, 2
_STYLES: Final = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/>'
    '</font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill>'
    '<patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border>'
    '</borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
    '</cellStyleXfs><cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" '
    'xfId="0"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" '
    'applyFont="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" '
    'builtinId="0"/></cellStyles></styleSheet>'
)


class Workbook:
    """Sheets, written one after the other in any order; `cut` counts cells too long for one."""

    def __init__(self, stream: BinaryIO, sheets: Sequence[str]) -> None:
        self._archive = zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=4)
        self._sheets = list(sheets)
        self.cut = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self._archive.close()
            return
        # Closed while the stream still is open: else it would be when it is forgotten.
        with suppress(OSError):
            self._archive.close()

    def fill(self, sheet: str, titles: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """A sheet with its titles, which stay in view, and its rows. Raises DataError."""
        number = self._sheets.index(sheet) + 1
        with self._archive.open(_entry(f"xl/worksheets/sheet{number}.xml"), "w") as part:
            size = 0
            for content in _batches(self._sheet(titles, rows)):
                size += len(content)
                if size > _MOST_BYTES:
                    raise _too_large("a sheet holds no 2 GiB")
                part.write(content)

    def finish(self, described: str, day: str) -> None:
        """The parts around the sheets; `day` is when it is said to be made (YYYY-MM-DD)."""
        for name, text in _parts(self._sheets, described, day):
            self._archive.writestr(_entry(name), text)

    def _sheet(self, titles: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
        yield (
            f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0"><pane '
            'ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView>'
            f'</sheetViews><cols><col min="1" max="{len(titles)}" width="24" style="{_TEXT}" '
            'customWidth="1"/></cols><sheetData>\n'
        )
        letters = [_letters(column) for column in range(len(titles))]
        yield self._row(1, titles, letters, _TITLE)
        for number, row in enumerate(rows, 2):
            if number > MOST_ROWS:
                raise _too_large(f"a sheet holds {MOST_ROWS - 1} rows")
            yield self._row(number, row, letters, _TEXT)
        yield "</sheetData></worksheet>\n"

    def _row(self, number: int, row: Sequence[str], letters: list[str], style: int) -> str:
        cells = "".join(
            f'<c r="{letter}{number}" s="{style}" t="inlineStr"><is><t xml:space="preserve">'
            f"{self._text(text)}</t></is></c>"
            for letter, text in zip(letters, row, strict=True)
            if text
        )
        return f'<row r="{number}">{cells}</row>\n'

    def _text(self, text: str) -> str:
        if len(text) * 2 > MOST_UNITS:
            text = self._fitting(text)
        if "\r" in text:
            text = _LINE_END.sub("\n", text)
        return escape(_ESCAPE.sub("_x005F_", text) if "_x" in text else text)

    def _fitting(self, text: str) -> str:
        units = text.encode("utf-16-le")
        if len(units) <= MOST_UNITS * 2:
            return text
        self.cut += 1
        return units[: (MOST_UNITS - 1) * 2].decode("utf-16-le", "ignore") + "…"


def _batches(texts: Iterator[str]) -> Iterator[bytes]:
    """The texts in UTF-8, some hundreds at a time."""
    while batch := "".join(islice(texts, 500)):
        yield batch.encode()


def _parts(sheets: list[str], described: str, day: str) -> Iterator[tuple[str, str]]:
    numbered = list(enumerate(sheets, 1))
    overrides = [(f"/xl/worksheets/sheet{n}.xml", f"{_TYPES}.worksheet+xml") for n, _ in numbered]
    overrides += [("/xl/workbook.xml", f"{_TYPES}.sheet.main+xml")]
    overrides += [("/xl/styles.xml", f"{_TYPES}.styles+xml")]
    core = "application/vnd.openxmlformats-package.core-properties+xml"
    types = "".join(
        f'<Override PartName="{name}" ContentType="{kind}"/>'
        for name, kind in [*overrides, ("/docProps/core.xml", core)]
    )
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    yield (
        "[Content_Types].xml",
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="{rels}"/><Default Extension="xml" ContentType="application/xml"/>'
        f"{types}</Types>",
    )
    yield (
        "_rels/.rels",
        _relations(
            (f"{_OFFICE}/officeDocument", "xl/workbook.xml"),
            (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
    )
    yield (
        "xl/_rels/workbook.xml.rels",
        _relations(
            *((f"{_OFFICE}/worksheet", f"worksheets/sheet{n}.xml") for n, _ in numbered),
            (f"{_OFFICE}/styles", "styles.xml"),
        ),
    )
    listed = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, name in numbered)
    yield (
        "xl/workbook.xml",
        f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets>'
        "</workbook>",
    )
    yield "xl/styles.xml", _STYLES
    yield (
        "docProps/core.xml",
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>heichan</dc:title>'
        f"<dc:description>{escape(described)}</dc:description>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{day}T00:00:00Z</dcterms:created>'
        "</cp:coreProperties>",
    )


def _relations(*targets: tuple[str, str]) -> str:
    each = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{each}</Relationships>'


def _entry(name: str) -> zipfile.ZipInfo:
    """An entry of the archive without the clock's time."""
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _letters(column: int) -> str:
    """The name of a column, counted from 0: A to Z, AA and so on."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _too_large(why: str) -> DataError:
    return DataError(f"{why}, and there is more", hint="Choose a part of the graph, or export csv.")
