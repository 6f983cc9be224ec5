"""Text from outside in every place where it is shown or written: shown, never obeyed."""

import csv
import io
import json
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.commands.inputs import OFFER, message, telegram
from tests.commands.process import heichan, here

LONG = "名" * 10_000
HOSTILE = [
    "\x1b[2J\x1b]0;title\x07",
    "\x9b31mred",
    "\u202egpj.exe\u2066",
    "[/] [red]x[/red] [link=file:///etc]y[/link]",
    "'}) DETACH DELETE n //",
    '"`) MATCH (n) DETACH DELETE n RETURN 1 //',
    "'; DROP TABLE post; --",
    "</script><script>alert(1)</script>",
    '=HYPERLINK("http://invalid.invalid")',
    "＝1+1",
    "@SUM(1)",
    "-2+3",
    "a\x00b",
    "lone\ud800x",
    "a\tb\\n\nc\rd",
    LONG,
]
GROUP = 1_000
OBEYED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
FORMATS = ("table", "json", "csv", "tsv")
COMMANDS = [
    ("search", "股民", "--limit", "20"),
    ("timeline", f"venue:telegram:{GROUP}"),
    ("timeline", "account:telegram:500"),
    ("show", "account:telegram:508"),
    ("show", f"venue:telegram:{GROUP + 3}"),
    ("evidence", "account:telegram:501"),
    ("neighbors", "account:telegram:502", "--include-shared", "--hops", "2"),
    ("query", "run", "actors.profile", "--actor", "account:telegram:504"),
    ("query", "run", "qa.coverage_calendar"),
    (
        "cypher",
        "MATCH (n) WHERE n:Account OR n:Venue OR n:File RETURN n.name AS name, n ORDER BY name",
    ),
    ("metrics",),
    ("brokers",),
    ("brokers", "--by", "month"),
    ("status",),
    ("store", "status"),
]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, state: str) -> Path:
    """A case full of hostile names, titles, file names, texts and cells."""
    folder = tmp_path_factory.mktemp("hostile")
    exports = folder / "exports"
    exports.mkdir()
    posts = [
        message(n, f"{OFFER} {text}", **{"from": text, "from_id": f"user{500 + n}"})
        for n, text in enumerate(HOSTILE)
    ]
    for n, title in enumerate(HOSTILE):
        some = posts if n == 0 else posts[:2]
        telegram(exports / f"{n}.json", some, name=title, group=GROUP + n)
    telegram(exports / "\x1b[31m[red]\u202e＝x.json", [{"id": "\x1b[2J"}, message(1)], group=1)
    _table(exports / "table.csv")
    case = folder / "case"
    assert here("init", case, XDG_STATE_HOME=state).returncode == 0
    done = heichan("--case", case, "ingest", exports, XDG_STATE_HOME=state)
    assert done.returncode == 0, done.stderr
    assert not OBEYED.search(done.stderr)
    return case


def _table(path: Path) -> None:
    with path.open("w", encoding="utf-8", errors="replace", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["id", "date", "author", "board", "title", "content"])
        for n, text in enumerate(HOSTILE):
            bare = text.replace("\x00", "")
            writer.writerow([n, "2021-03-04 13:06:07", bare, bare, bare, f"{OFFER} {bare}"])


@pytest.fixture(scope="module", autouse=True)
def nothing_changes(hostile: Path, state: str) -> Iterator[None]:
    """Posts of the archive and nodes of the graph are as many after all tests as before."""

    def count() -> list[Any]:
        words = ("cypher", "MATCH (n) RETURN count(n) AS n")
        return [_json(hostile, state, *words), _json(hostile, state, "status")["posts"]]

    before = count()
    yield
    assert count() == before


def _json(case: Path, state: str, *words: str) -> Any:
    done = here("--case", case, *words, "--format", "json", XDG_STATE_HOME=state)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_format_of_every_reading_command(
    hostile: Path, state: str, words: tuple[str, ...]
) -> None:
    for form in FORMATS:
        done = here("--case", hostile, *words, "--format", form, XDG_STATE_HOME=state)
        assert done.returncode == 0, (form, done.stderr)
        assert "Traceback" not in done.stderr
        assert not OBEYED.search(done.stderr)
        _CHECKS[form](done.stdout)


def _table_is_safe(text: str) -> None:
    assert not OBEYED.search(text)


def _json_parses(text: str) -> None:
    json.loads(text)


def _csv_is_neutral(text: str) -> None:
    header, *rows = csv.reader(io.StringIO(text, newline=""))
    assert all(len(row) == len(header) for row in rows)
    cells = [cell for row in rows for cell in row if not re.fullmatch(r"-?[\d.]+(e-?\d+)?", cell)]
    assert not [cell for cell in cells if cell.lstrip(" ").startswith(FORMULA)]


def _tsv_is_whole(text: str) -> None:
    header, *lines = text.split("\n")
    assert lines.pop() == ""
    assert all(line.count("\t") == header.count("\t") for line in lines)
    assert "\r" not in text


_CHECKS = {
    "table": _table_is_safe,
    "json": _json_parses,
    "csv": _csv_is_neutral,
    "tsv": _tsv_is_whole,
}


def test_json_keeps_every_value(hostile: Path, state: str) -> None:
    entries = _json(hostile, state, "timeline", f"venue:telegram:{GROUP}")
    assert len(entries) == len(HOSTILE)
    for entry, text in zip(entries, HOSTILE, strict=True):
        # A lone surrogate is no text that can be stored; what becomes of it is one character.
        kept = text.replace("\ud800", "\ufffd")
        assert entry["text"] == f"{OFFER} {kept}"
        assert entry["sender"] == kept


def test_raw_csv_keeps_formulas(hostile: Path, state: str) -> None:
    words = ("timeline", f"venue:telegram:{GROUP}", "--format", "csv", "--raw")
    done = here("--case", hostile, *words, XDG_STATE_HOME=state)
    senders = {row["sender"] for row in csv.DictReader(io.StringIO(done.stdout, newline=""))}
    assert {"＝1+1", "-2+3", "@SUM(1)"} <= senders


def test_a_table_shows_what_it_does_not_obey(hostile: Path, state: str) -> None:
    words = ("timeline", f"venue:telegram:{GROUP}", "--format", "table")
    text = here("--case", hostile, *words, XDG_STATE_HOME=state).stdout
    joined = re.sub(r"[\s│]", "", text)
    for shown in ("␛", "␀", "⟦U+202E⟧", "⟦U+009B⟧", "[link="):
        assert shown in joined, shown


@pytest.mark.parametrize("n", [n for n, text in enumerate(HOSTILE) if "\x00" not in text])
def test_as_what_a_user_types(hostile: Path, state: str, n: int) -> None:
    text = HOSTILE[n]
    for words in (
        ("search", "--", text),
        ("show", "--", f"account:{text}"),
        ("show", f"@{text}"),
        ("evidence", f"post:{text}"),
        ("timeline", f"venue:{text}"),
        ("timeline", f"venue:telegram:{GROUP}", "--grep", text),
        ("query", "run", "actors.profile", f"--actor={text}"),
        ("query", "run", f"q{text}"),
        ("cypher", "RETURN $x AS x", "--param", f"x={text}"),
        ("--format", text, "status"),
    ):
        done = here("--case", hostile, *words, XDG_STATE_HOME=state)
        # 5: `--param x=@SUM(1)` names a file.
        assert done.returncode in (0, 2, 3, 5), (words, done.stderr)
        assert "unexpected error" not in done.stderr
        assert not OBEYED.search(done.stderr), words


def test_a_file_name_that_is_no_unicode(case: Path, state: str, tmp_path: Path) -> None:
    name = bytes(telegram(tmp_path / "x.json", [message(1)])).replace(
        b"x.json", b"\xff\x1b[2J.json"
    )
    (tmp_path / "x.json").rename(name.decode("utf-8", "surrogateescape"))
    for words in ((name,), (name + b".none",)):
        done = heichan("--case", case, "ingest", "--no-build", *words, XDG_STATE_HOME=state)
        assert done.returncode == (0 if words == (name,) else 5)
        assert "unexpected" not in done.stderr
        assert not OBEYED.search(done.stderr)


def test_standard_input_with_bytes_that_are_no_text(hostile: Path, state: str) -> None:
    for words in (("search", "-"), ("cypher", "-")):
        done = here("--case", hostile, *words, given=b"\xff\x1b[2J\x00", XDG_STATE_HOME=state)
        assert done.returncode == 5
        assert "unexpected error" not in done.stderr
        assert not OBEYED.search(done.stderr)


def test_the_gexf_parses(hostile: Path, state: str, tmp_path: Path) -> None:
    file = tmp_path / "out.gexf"
    words = ("export", "gexf", "-o", file)
    done = here("--case", hostile, *words, XDG_STATE_HOME=state)
    assert done.returncode == 0, done.stderr
    text = file.read_text("utf-8")
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f]", text)
    nodes = ElementTree.parse(file).getroot().iter("{http://gexf.net/1.3}node")
    labels = {node.get("label") for node in nodes}
    assert any("<script>" in (label or "") for label in labels)


def test_on_a_terminal_csv_and_json_hold_no_escape(hostile: Path, state: str) -> None:
    for form in FORMATS:
        words = f"timeline venue:telegram:{GROUP} --no-color --format {form}"
        text = _on_a_terminal(hostile, state, words)
        plain = re.sub("\x1b\\[[01]m", "", text.replace("\r\n", "\n"))
        plain = plain.replace("\t", " ") if form == "tsv" else plain
        assert not OBEYED.search(plain), form


def _on_a_terminal(case: Path, state: str, words: str) -> str:
    from tests.commands.process import HEICHAN, environment
    from tests.commands.pseudo import on_a_terminal

    environ = environment(XDG_STATE_HOME=state, TERM="xterm-256color")
    out, _, code = on_a_terminal([HEICHAN, "--case", str(case), *words.split()], environ)
    assert code == 0
    return out


def test_a_report_with_markup(tmp_path: Path, state: str) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        "<html><body><script>alert(1)</script><p>A seller \x1b[2J offered &lt;b&gt; records of "
        "China Unicom customers in March 2021 \u202e for sale.</p></body></html>",
        "utf-8",
    )
    done = here("extract", "--report", page)
    assert done.returncode == 0, done.stderr
    assert "alert(1)" not in done.stdout
    assert "\x1b" not in done.stdout
