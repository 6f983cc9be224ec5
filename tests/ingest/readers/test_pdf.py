from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidence.errors import HeichanError, InputError
from ingest.posts import Item, Problem, SetAside
from ingest.readers import READERS, detect
from ingest.readers.reports.reader import ReportReader, report_text

from .helpers import posts, problems, read, source
from .pdf_made import HEIGHT, Put, column, pdf

READER = ReportReader()


def texts(items: list[Item]) -> list[str]:
    return [post.text for post in posts(items)]


def asides(items: list[Item]) -> list[tuple[str, str]]:
    return [(item.name, item.reason) for item in items if isinstance(item, SetAside)]


def framed(number: int, lines: list[str]) -> list[Put]:
    """A page with a running head and a foot that counts."""
    head = Put("Invented Research Quarterly", 60, HEIGHT - 30, 8)
    return [head, *column(lines), Put(f"- {number} -", 290, 30, 8)]


def test_paragraphs_with_their_pages(tmp_path: Path) -> None:
    first = column(["April 19, 2021", "", "One line", "and"])
    second = column(["another.", "", "数据黑市的", "报告。", "", "• a point", "• another"])
    made = pdf([[Put("An invented title", 60, 800, 20), *first], second])
    items = read(READER, tmp_path, made)
    assert not problems(items)
    assert [(post.place, post.text) for post in posts(items)] == [
        ("page 1, paragraph 1", "An invented title"),
        ("page 1, paragraph 2", "April 19, 2021"),
        ("page 1, paragraph 3", "One line and another."),
        ("page 2, paragraph 1", "数据黑市的报告。"),
        ("page 2, paragraph 2", "• a point"),
        ("page 2, paragraph 3", "• another"),
    ]
    assert {post.heading for post in posts(items)} == {"An invented title"}
    assert {post.wall for post in posts(items)} == {"2021-04-19"}
    report = report_text(source(tmp_path, made))
    assert report.published == date(2021, 4, 19)
    assert all(report.text[post.offset :].startswith(post.text) for post in posts(items))


def test_running_heads_and_feet_are_set_aside(tmp_path: Path) -> None:
    pages = [framed(n, [f"Sentence {n} of page {n}.", "", "The same end."]) for n in range(3, 9)]
    items = read(READER, tmp_path, pdf(pages))
    assert texts(items) == [
        said for n in range(3, 9) for said in (f"Sentence {n} of page {n}.", "The same end.")
    ]
    assert not any("Quarterly" in text or text.startswith("- ") for text in texts(items))
    ((name, reason),) = asides(items)
    assert name.startswith("file: running heads and feet, ")
    assert reason.endswith("lines that stand on many pages")


def test_numbers_at_the_edge_that_do_not_count_pages_stay(tmp_path: Path) -> None:
    pages = [
        column([f"Row of page {'abc'[n]}", f"{price} yuan"]) for n, price in enumerate((9, 4, 7))
    ]
    said = " ".join(texts(read(READER, tmp_path, pdf(pages))))
    assert all(f"{price} yuan" in said for price in (9, 4, 7))


def test_words_broken_at_line_ends(tmp_path: Path) -> None:
    lines = ["He sold infor-", "mation by e-", "mail and real-", "time data. An e-mail came."]
    items = read(READER, tmp_path, pdf([column(lines)]))
    assert texts(items) == ["He sold information by e-mail and realtime data. An e-mail came."]


def test_columns_in_the_order_of_the_file(tmp_path: Path) -> None:
    page = [*column(["Left one", "left two"]), *column(["right one", "right two."], left=320)]
    items = read(READER, tmp_path, pdf([page]))
    assert texts(items) == ["Left one left two right one right two."]


def test_a_scanned_file_and_a_scanned_page_are_named(tmp_path: Path) -> None:
    scanned = pdf([[], []])
    with pytest.raises(InputError, match="2 pages and no text layer") as failed:
        report_text(source(tmp_path, scanned))
    assert "ocrmypdf" in failed.value.hint
    (problem,) = read(READER, tmp_path, scanned)
    assert isinstance(problem, Problem)
    assert problem.reason.startswith("2 pages and no text layer: scanned pictures (")
    items = read(READER, tmp_path, pdf([column(["Some text."]), []]))
    assert texts(items) == ["Some text."]
    assert asides(items) == [("page 2", "no text layer, a picture or drawing")]


def test_letters_that_no_font_names_are_a_problem(tmp_path: Path) -> None:
    made = pdf([column(["Good text."]), column(["\ue000\ue001\ue002\ue003"])])
    items = read(READER, tmp_path, made)
    assert [one.where for one in items if isinstance(one, Problem)] == ["page 2"]


def test_encrypted_and_damaged_files_are_named(tmp_path: Path) -> None:
    zeros = "00" * 32
    locked = f"/Encrypt << /Filter /Standard /V 1 /R 2 /O <{zeros}> /U <{zeros}> /P -4 >>"
    made = pdf([column(["a"])], trailer=f"{locked} /ID [<00> <00>]")
    with pytest.raises(InputError, match="encrypted, a password is needed") as failed:
        report_text(source(tmp_path, made))
    assert failed.value.where == {"file": "file"}
    (problem,) = problems(read(READER, tmp_path, made))
    assert problem.reason.startswith("encrypted")
    with pytest.raises(InputError, match="cannot be read"):
        read(READER, tmp_path, b"%PDF-1.7\nnothing")


def test_detected_by_content_among_all_readers(tmp_path: Path) -> None:
    file = source(tmp_path, pdf([column(["a"])]), "messages.html")
    assert detect(file) is not None
    assert [reader.name for reader in READERS if reader.sniff(file.head())] == ["report"]


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    changes=st.lists(st.tuples(st.integers(8, 10**6), st.integers(0, 255)), max_size=6),
    cut=st.integers(8, 10**6),
)
def test_mutations_raise_nothing_else(
    tmp_path: Path, changes: list[tuple[int, int]], cut: int
) -> None:
    data = bytearray(_GOOD)
    for place, byte in changes:
        data[max(place % len(data), 8)] = byte
    if cut % 3 == 0:
        del data[max(cut % len(data), 8) :]
    with suppress(HeichanError):
        read(READER, tmp_path, bytes(data))


_GOOD = pdf([framed(n, ["A line of it.", "", "数据黑市"]) for n in range(2)], title="A line")
