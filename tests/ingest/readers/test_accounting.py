"""Whatever a reader meets is a post, a service line, a placeholder, a reject or set aside.

Each format is counted a second time here by other means than its reader's: the standard library's
parsers and plain patterns. `beside` are notes of parts of a file that are no record of it.
"""

import csv
import email
import io
import json
import re
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import msgspec
import pytest

from evidence.case import Case, create_case
from ingest.options import IngestOptions
from ingest.pipeline import ingest
from ingest.readers import READERS
from tests.demo_case import CORPUS
from tests.ingest.exports import ask, message

from . import chatlab_made, eml_made, forum_pages, qq_made, telegram_pages
from .pdf_made import column, pdf
from .test_stix import OTHERS, REPORT, bundle, thing
from .xlsx_made import ROWS, workbook

BROKEN: list[Any] = [{"id": 9001, "type": "message"}, {"id": "x"}, 5, None, []]
_QQ_HEAD = r"^\d{4}-\d\d-\d\d +\d+:\d\d:\d\d "
_SPEAK = ("report", "note", "threat-actor", "indicator", "relationship")
NEEDS_PYARROW = pytest.mark.skipif(not find_spec("pyarrow"), reason="needs pyarrow")


class Input(msgspec.Struct, frozen=True):
    """A file of one reader and an independent count of the records in it."""

    reader: str
    data: Callable[[], bytes]
    count: Callable[[bytes], int]
    beside: int = 0


def _json_list(*keys: str) -> Callable[[bytes], int]:
    def count(data: bytes) -> int:
        value = json.loads(data)
        for key in keys:
            value = value[key]
        return len(value)

    return count


def _matches(pattern: str) -> Callable[[bytes], int]:
    return lambda data: len(re.findall(pattern, data.decode("utf-8-sig"), re.MULTILINE))


def _of_corpus(name: str) -> Callable[[], bytes]:
    return lambda: (CORPUS / name).read_bytes()


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def _telegram() -> bytes:
    chat = json.loads((CORPUS / "telegram/chuhai/result.json").read_bytes())
    chat["messages"][7:7] = BROKEN
    return _json(chat)


def _account() -> bytes:
    chats = [
        {"name": f"{n}", "type": "private_group", "id": n, "messages": [message(1, "x"), *BROKEN]}
        for n in range(1, 5)
    ]
    return _json({"about": "x", "chats": {"about": "x", "list": chats}})


def _account_count(data: bytes) -> int:
    return sum(len(chat["messages"]) for chat in json.loads(data)["chats"]["list"])


def _telegram_html() -> bytes:
    say = telegram_pages.message
    parts = [say(n, "甲" if n % 3 else None, f"第{n}条") for n in range(1, 40)]
    parts[5:5] = [telegram_pages.service(70, "乙 joined group by link from Group")]
    parts[9:9] = [telegram_pages.day(), say(71, "乙", "x", time="never")]
    return telegram_pages.page(parts).encode()


def _qq() -> bytes:
    data = (CORPUS / "qq/短信通道业务交流群.txt").read_bytes()
    return data + "\r\n2013-99-99 9:00:00 甲(10001)\r\nno day\r\n\r\n".encode()


def _qq_mht() -> bytes:
    said = qq_made.said
    days = map(qq_made.day, ("2013-06-01", "2013-13-77", "bald"))
    rows = [
        row
        for n, day in enumerate(days)
        for row in (day, *(said(f"甲({10001 + m})", f"{m}:00:0{n}", "在") for m in range(9)))
    ]
    return qq_made.mht(qq_made.conversation(*rows))


def _qq_mht_count(data: bytes) -> int:
    rows = re.findall(rb"<tr>.*?</tr>", data, re.DOTALL)
    # A row that states a day is no record, whether there is such a day or not.
    good_days = rb"\d{4}-\d\d-\d\d</td>"
    headings = sum(b"padding-left" in row and b"float:left" not in row for row in rows)
    return len(rows) - headings - sum(bool(re.search(good_days, row)) for row in rows)


def _qq_json() -> bytes:
    return _json(qq_made.root([*(qq_made.record(n, f"{n}") for n in range(30)), 5, None, {}]))


def _talk() -> list[object]:
    return [*(chatlab_made.message(n, type=n % 30) for n in range(60)), 5, None, [], {}]


def _chatlab() -> bytes:
    return _json(chatlab_made.export(_talk()))


def _chatlab_lines() -> bytes:
    return chatlab_made.lines(_talk()).encode()


def _stix() -> bytes:
    return _json(bundle([REPORT, *OTHERS, 5, {}, thing("note", 9, content=7)]))


def _stix_count(data: bytes) -> int:
    """Every object is a record, one that speaks is one for each of its lines."""
    return sum(max(len(list(_said(one))), 1) for one in json.loads(data)["objects"])


def _said(one: Any) -> Iterator[str]:
    if isinstance(one, dict) and one.get("type") in _SPEAK and not one.get("revoked"):
        for name in ("name", "abstract", "description", "content"):
            if isinstance(text := one.get(name), str):
                yield from filter(None, map(str.strip, text.splitlines()))


def _mail() -> bytes:
    inner = [
        eml_made.part(eml_made.mail(f"n{n}", Message_ID=f"<{n}@x.example>"), "message/rfc822")
        for n in range(12)
    ]
    return eml_made.mixed(eml_made.part("words"), *inner)


def _mail_count(data: bytes) -> int:
    parts = email.message_from_bytes(data).walk()
    return 1 + sum(part.get_content_type() == "message/rfc822" for part in parts)


def _workbook() -> bytes:
    return workbook({"A": [*ROWS, (3, "x", "ann", None, None)], "B": ROWS, "C": [("to do",)]})


def _workbook_count(data: bytes) -> int:
    openpyxl: Any = import_module("openpyxl")
    sheets = openpyxl.load_workbook(io.BytesIO(data), read_only=True).worksheets
    # A heading is no record; a sheet without one is one reject.
    return sum(
        max(sum(any(cell is not None for cell in row) for row in sheet.values) - 1, 1)
        for sheet in sheets
    )


def _parquet() -> bytes:
    from .test_parquet import good

    return good(40, row_group_size=7)


def _parquet_count(data: bytes) -> int:
    pq: Any = import_module("pyarrow.parquet")
    return int(pq.ParquetFile(io.BytesIO(data)).metadata.num_rows)


def _table() -> bytes:
    return (CORPUS / "forum/posts.csv").read_bytes() + b'1,"two\nlines"\n,,,,\n'


def _csv_count(data: bytes) -> int:
    return sum(1 for row in csv.reader(io.StringIO(data.decode("utf-8-sig"))) if row) - 1


def _lines(data: bytes) -> int:
    return sum(bool(line.strip()) for line in data.decode("utf-8-sig").splitlines())


def _forum() -> bytes:
    quote = forum_pages.discuz_quote(1, "甲", "出料")
    posts = [forum_pages.discuz_post(n, n % 4 + 1, f"名{n % 4}", f"第{n}楼") for n in range(1, 15)]
    return forum_pages.discuz_thread(
        *posts, forum_pages.discuz_post(99, 7, "乙", f"{quote}多少钱")
    ).encode()


def _paper() -> bytes:
    pages = [column([f"Finding {n} of page {page}.", ""]) for page in range(4) for n in (1,)]
    return pdf(pages)


INPUTS = [
    *(
        Input("telegram", _of_corpus(f"telegram/{name}/result.json"), _json_list("messages"))
        for name in ("chuhai", "danbao", "danbao-2023", "shuju")
    ),
    Input("telegram", _telegram, _json_list("messages")),
    Input("telegram", _account, _account_count),
    Input("telegram-html", _telegram_html, _matches(r'<div class="message [^"]*" id="message\d')),
    Input(
        "qq", _of_corpus("qq/流量肉鸡技术交流.txt"), _matches(r"^\d{4}-\d\d-\d\d +\d+:\d\d:\d\d ")
    ),
    Input("qq", _qq, _matches(r"^\d{4}-\d\d-\d\d +\d+:\d\d:\d\d ")),
    Input("qq-mht", _qq_mht, _qq_mht_count),
    Input("qq-json", _qq_json, _json_list("messages"), beside=3),
    Input("chatlab", _chatlab, _json_list("messages"), beside=1),
    Input("chatlab", _chatlab_lines, lambda data: _lines(data) - 1),
    Input("stix", _stix, _stix_count, beside=2),
    Input("eml", _mail, _mail_count),
    Input("excel", _workbook, _workbook_count),
    Input("parquet", _parquet, _parquet_count),
    Input("table", _table, _csv_count),
    Input("table", _of_corpus("feed/kuaixun.jsonl"), _lines),
    Input("forum", _forum, _matches(r'<div id="post_\d+"|<div class="quote">')),
    Input("report", _of_corpus("reports/短信黑产群观察.txt"), _lines),
    Input("report", _of_corpus("reports/winter-offers.md"), _lines),
    Input("report", _paper, lambda data: 4),
]
# A file of the format in which nobody says anything.
EMPTY: dict[str, Callable[[], bytes]] = {
    "telegram": lambda: _json({"name": "x", "type": "private_group", "id": 1, "messages": []}),
    "telegram-html": lambda: telegram_pages.page([]).encode(),
    "qq": lambda: "消息记录（此消息记录为文本格式，不支持重新导入）\n\n消息对象:群\n".encode(),
    "qq-mht": lambda: qq_made.mht(qq_made.conversation()),
    "qq-json": lambda: _json(qq_made.root([])),
    "chatlab": lambda: _json(chatlab_made.export([])),
    "stix": lambda: _json(bundle([thing("url", value="https://demo.example")])),
    "eml": lambda: b"\r\n",
    "excel": lambda: workbook({"A": [("author", "text")]}),
    "parquet": lambda: b"PAR1PAR1",
    "table": lambda: b"author,text,date\n",
    "forum": lambda: forum_pages.discuz_thread().encode(),
    "report": lambda: b" \n\n",
}


def _named(one: Input) -> Any:
    marks = [NEEDS_PYARROW] if one.reader == "parquet" else []
    return pytest.param(one, id=one.reader, marks=marks)


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        yield create_case(tmp_path_factory.mktemp("accounting") / "case")


def test_every_reader_is_accounted_for() -> None:
    names = {reader.name for reader in READERS}
    assert {one.reader for one in INPUTS} == names == set(EMPTY)


@pytest.mark.parametrize("one", [_named(one) for one in INPUTS])
def test_what_a_file_holds_is_what_was_met(case: Case, tmp_path: Path, one: Input) -> None:
    data = one.data()
    path = tmp_path / "input"
    path.write_bytes(data)
    report = ingest(case, [path], IngestOptions(jobs=1))
    (file,) = report.files
    assert (file.reader, report.failed) == (one.reader, ())
    ((posts, service, skipped, set_aside),) = ask(
        case,
        "SELECT posts, service, skipped, set_aside FROM file WHERE id = ?",
        f"file:{file.sha256}",
    )
    assert posts
    assert posts + service + skipped + set_aside == one.count(data) + one.beside
    assert len(file.problems) == skipped


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: str(reader.name))
def test_no_post_from_a_file_that_is_not_empty_is_an_error(
    case: Case, tmp_path: Path, reader: Any
) -> None:
    path = tmp_path / "input"
    path.write_bytes(EMPTY[reader.name]())
    report = ingest(case, [path], IngestOptions(jobs=1, reader=reader.name))
    assert (report.posts, report.failed) == (0, (str(path),))
