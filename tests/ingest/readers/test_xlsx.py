import csv
import io
import zipfile
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidence.errors import HeichanError, InputError
from ingest.posts import Item, SetAside
from ingest.readers import READERS, ReadOptions, detect, load_mapping
from ingest.readers.companions import companion_kind
from ingest.readers.tables.reader import TableReader
from ingest.readers.tables.xlsx import ExcelReader
from ingest.readers.tables.xlsx_dates import date_text, is_date_format, number_text
from tests.growth import times_as_long

from .helpers import breaks, posts, problems, read, source, venues
from .xlsx_made import HEADING, ROWS, inline, parts, workbook

READER = ExcelReader()


def asides(items: list[Item]) -> list[str]:
    return [item.name for item in items if isinstance(item, SetAside)]


def test_a_sheet_reads_as_the_same_table_in_csv(tmp_path: Path) -> None:
    text = io.StringIO()
    csv.writer(text).writerows(ROWS)
    written = posts(read(TableReader(), tmp_path, text.getvalue()))
    items = read(READER, tmp_path, workbook({"Sheet": ROWS}))
    assert not problems(items)
    fields = ("venue", "account", "sender", "native_id", "wall", "text", "heading", "kind")
    assert [[getattr(post, name) for name in fields] for post in posts(items)] == [
        [getattr(post, name) for name in fields] for post in written
    ]
    assert [post.place for post in posts(items)] == ["sheet Sheet, row 2", "sheet Sheet, row 3"]


def test_every_sheet_is_a_table_and_every_row_is_accounted_for(tmp_path: Path) -> None:
    book = workbook(
        {
            "A": [("List of March",), (), *ROWS, (3, datetime(2021, 3, 6), "ann", None, None)],
            "B": ROWS,
            "Notes": [("to do", "done")],
            "Empty": [],
        },
        hidden=["B", "A!5"],
    )
    items = read(READER, tmp_path, book)
    assert [post.place for post in posts(items)] == [
        "sheet A, row 4",
        "sheet A, row 5 (hidden)",
        "sheet B (hidden), row 2",
        "sheet B (hidden), row 3",
    ]
    assert [(one.where, one.reason) for one in problems(items)] == [
        ("sheet A, row 6", "no text"),
        ("sheet Notes", "no known columns in: to do, done"),
    ]
    assert asides(items) == ["sheet A, row 1", "sheet Empty"]
    assert [venue.name for venue in venues(items)] == ["file A", "file B"]


@pytest.mark.parametrize("since_1904", [False, True])
def test_dates_are_what_the_spreadsheet_shows(tmp_path: Path, since_1904: bool) -> None:
    book = workbook({"S": ROWS}, since_1904=since_1904)
    walls = [post.wall for post in posts(read(READER, tmp_path, book))]
    assert walls == ["2021-03-04T05:06:07", "2021-03-05T00:00:00"]


def test_dates_of_either_system_and_outside_of_the_calendar() -> None:
    assert date_text(1, since_1904=False) == "1900-01-01"
    assert date_text(59, since_1904=False) == "1900-02-28"
    assert date_text(60, since_1904=False) is None
    assert date_text(61, since_1904=False) == "1900-03-01"
    assert date_text(0, since_1904=True) == "1904-01-01"
    assert date_text(44259.21258101852, since_1904=False) == "2021-03-04T05:06:07"
    assert date_text(1e300, since_1904=False) is None
    assert date_text(-1, since_1904=True) is None
    assert [number_text(value) for value in (3.0, 0.1, 1e16)] == ["3", "0.1", "10000000000000000"]
    for code in ("yyyy-mm-dd", 'yyyy"年"m"月"', "[$-804]aaaa d", "[h]:mm:ss"):
        assert is_date_format(200, code)
    for code in ("General", '0.0"days"', "0.00", "[Red]#,##0"):
        assert not is_date_format(200, code)
    assert is_date_format(14, None)


def test_a_mapping_and_its_zone_and_real_dates(tmp_path: Path) -> None:
    mapping = tmp_path / "map.yaml"
    mapping.write_text(
        "platform: shop\nzone: Asia/Shanghai\ntime_format: '%d.%m.%Y'\n"
        "columns: {text: Ware, time: Tag, author: Wer}\n"
    )
    book = workbook(
        {
            "S": [
                ("Wer", "Tag", "Ware"),
                ("a", datetime(2021, 3, 4), "real"),
                ("a", "05.03.2021", "written"),
            ]
        }
    )
    options = ReadOptions(mapping=load_mapping(mapping))
    first, second = posts(read(READER, tmp_path, book, options))
    assert (first.wall, first.unix) == ("2021-03-04T00:00:00", 1614787200)
    assert (second.wall, second.unix) == ("2021-03-05T00:00:00", 1614873600)


def test_formulas_are_their_stored_values_and_never_computed(tmp_path: Path) -> None:
    rows = (
        inline(("id", "author", "text"))
        + '<row><c><v>1</v></c><c t="str"><f>HYPERLINK("x")</f><v>ann</v></c>'
        + '<c t="str"><f>A1</f><v>stored</v></c></row>'
        + '<row><c><v>2</v></c><c t="inlineStr"><is><t>bob</t></is></c><c><f>1+1</f></c></row>'
    )
    items = read(READER, tmp_path, parts(rows))
    (post,) = posts(items)
    assert (post.sender, post.text) == ("ann", "stored")
    assert [one.reason for one in problems(items)] == ["no text"]
    assert asides(items) == ["sheet One: 1 formulas"]


def test_strings_with_runs_readings_and_escapes(tmp_path: Path) -> None:
    strings = (
        "<si><t>id</t></si><si><t>text</t></si>"
        "<si><r><t>ri</t></r><r><t>ch</t></r><rPh><t>reading</t></rPh></si>"
        "<si><t>a_x000A_b_xD800_c</t></si>"
    )
    rows = "".join(
        f'<row><c t="s"><v>{a}</v></c><c t="s"><v>{b}</v></c></row>'
        for a, b in ((0, 1), (2, 3), (3, 9), (0, "x"))
    )
    items = read(READER, tmp_path, parts(rows, strings))
    (post,) = posts(items)
    assert (post.native_id, post.text) == ("rich", "a\nb\ufffdc")
    assert [one.reason for one in problems(items)] == [
        "a string that the workbook does not hold",
        "a string without a number",
    ]


def test_numbers_that_a_spreadsheet_rounds_are_no_ids(tmp_path: Path) -> None:
    rows = inline(("id", "user id", "text")) + "".join(
        f'<row><c><v>{number}</v></c><c><v>1234567</v></c><c t="str"><v>t{number}</v></c></row>'
        for number in ("1.23456789012346E+17", "77")
    )
    items = read(READER, tmp_path, parts(rows))
    assert [post.native_id for post in posts(items)] == [None, "77"]
    assert {post.account for post in posts(items)} == {"account:forum:1234567"}
    assert asides(items) == ["sheet One, column id"]


def test_what_is_no_cell_is_set_aside(tmp_path: Path) -> None:
    rows = inline(("id", "text"), ("1", "x"))
    more = {"xl/media/image1.png": b"x", "xl/vbaProject.bin": b"x", "xl/comments1.xml": b"x"}
    items = read(READER, tmp_path, parts(rows, more=more))
    assert asides(items) == ["xl/comments1.xml", "xl/media/image1.png", "xl/vbaProject.bin"]


def test_no_sheet_with_known_columns_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no known columns in: a, b") as failed:
        read(READER, tmp_path, workbook({"S": [("a", "b")]}))
    assert "--mapping" in failed.value.hint


def test_detected_by_content_among_all_readers(tmp_path: Path) -> None:
    for number, data in enumerate((workbook({"S": ROWS}), parts(inline(HEADING)))):
        file = source(tmp_path, data, f"{number}.csv")
        assert detect(file) is not None
        assert [reader.name for reader in READERS if reader.sniff(file.head())] == ["excel"]
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as package:
        package.writestr("in.xlsx", workbook({"S": ROWS}))
    assert companion_kind(other.getvalue(), "") == "archive"
    assert companion_kind(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old.xls")


HOSTILE = {
    "entities": '<!DOCTYPE x [<!ENTITY a "b">]><worksheet>&a;</worksheet>',
    "external": '<!DOCTYPE x SYSTEM "file:///etc/passwd"><worksheet/>',
    "broken": "<worksheet><sheetData><row><c>",
    "deep": "<a>" * 100_000,
    "long tag": f'<worksheet a="{"x" * (3 << 20)}"/>',
    "nul": "<worksheet>\0</worksheet>",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_xml_breaks_off_with_a_reason(tmp_path: Path, name: str) -> None:
    more = {"xl/worksheets/sheet1.xml": HOSTILE[name].encode()}
    items = read(READER, tmp_path, parts("", more=more))
    assert breaks(items)
    assert not posts(items)


def test_rows_and_cells_out_of_place(tmp_path: Path) -> None:
    rows = inline(("id", "text")) + "".join(
        f'<row r="{row}"><c r="A{row}"><v>1</v></c><c r="{cell}" t="str"><v>x</v></c></row>'
        for row, cell in ((5, "B5"), (5, "B5"), (9999999, "B1"), (8, "ZZZ8"), (9, "XFD9"))
    )
    items = read(READER, tmp_path, parts(rows))
    assert [post.place for post in posts(items)] == ["sheet One, row 5"]
    assert [one.reason for one in problems(items)] == [
        "row numbers do not rise",
        "row numbers do not rise",
        "a cell beyond the last column",
        "no text",
    ]


def test_a_long_cell_is_a_problem_and_the_next_row_is_read(tmp_path: Path) -> None:
    rows = inline(("id", "text"), ("1", "x" * (2 << 20)), ("2", "good"))
    items = read(READER, tmp_path, parts(rows))
    assert [post.text for post in posts(items)] == ["good"]
    assert len(problems(items)) == 1


def test_a_part_that_expands_without_measure_breaks_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.readers.tables.xlsx_package.SMALL", 1 << 16)
    rows = inline(("id", "text"), ("1", "x")) + " " * (8 << 20)
    items = read(READER, tmp_path, parts(rows))
    assert [post.text for post in posts(items)] == ["x"]
    assert "expands more than" in breaks(items)[0].reason


@pytest.mark.parametrize("kept", [30, 0.5, 0.9])
def test_cut_off_workbooks_are_errors(tmp_path: Path, kept: float) -> None:
    data = workbook({"S": ROWS})
    size = int(kept if kept > 1 else len(data) * kept)
    with pytest.raises(InputError, match="cut off or damaged") as failed:
        read(READER, tmp_path, data[:size])
    assert failed.value.hint


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(changes=st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), max_size=6))
def test_mutations_raise_nothing_else(tmp_path: Path, changes: list[tuple[int, int]]) -> None:
    data = bytearray(_GOOD)
    for place, byte in changes:
        data[place % len(data)] = byte
    with suppress(HeichanError):
        read(READER, tmp_path, bytes(data))


_GOOD = parts(inline(HEADING, ("1", "2021-03-04", "a", "b", "c", "d")), "<si><t>x</t></si>")


def test_time_grows_with_the_rows(tmp_path: Path) -> None:
    def work(rows: int) -> object:
        data = parts(inline(("id", "text"), *((str(n), f"text {n}") for n in range(rows))))
        return lambda: read(READER, tmp_path, data)

    small, large = work(2_000), work(10_000)
    assert callable(small)
    assert callable(large)
    assert times_as_long(small, large, 9) < 9
