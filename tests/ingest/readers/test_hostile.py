"""Damaged and hostile files: problems and errors with words, never a traceback, flat memory."""

import json
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidence.errors import HeichanError
from ingest.posts import (
    BreaksOff,
    Item,
    OwnAccount,
    Problem,
    ReadPost,
    ReadVenue,
    SetAside,
    VenueRenamed,
)
from ingest.readers import READERS, Reader, ReadOptions, Source, detect
from ingest.readers.tables.reader import TableReader
from ingest.readers.telegram.reader import TelegramReader

from .helpers import posts
from .test_qq import export
from .test_report import PAGE
from .test_table import CHINESE
from .test_telegram import chat, message, written

KINDS = (BreaksOff, OwnAccount, Problem, ReadPost, ReadVenue, SetAside, VenueRenamed)
MEGABYTE = 1 << 20
FIXTURES = [
    written(chat([message(n) for n in range(6)]), indent=1).encode(),
    written({"chats": {"list": [chat([message(1)]), chat([message(2)])]}}).encode(),
    export(
        "2017-02-25 10:40:20 甲(10001)\n一", "2017-02-25 1:41:20 PM 乙<a@b.example>\n二"
    ).encode(),
    CHINESE.encode("gb18030"),
    b'{"id": 1, "user": "a", "text": "x", "time": 1614834360}\n{"id": 2, "user": "a", "text": "y"}',
    b'[{"id": 1, "user": "a", "text": "x"}, {"id": 2, "user": "b", "text": "y"}]',
    PAGE.encode(),
    "# 标题\n\n第一段。\n".encode("utf-16"),
]


def items(reader: Reader, source: Source) -> list[Item]:
    try:
        return list(reader.read(source, ReadOptions()))
    except HeichanError as error:
        return [Problem(error.message, error.hint)]


def written_source(folder: Path, data: bytes) -> Source:
    path = folder / "file"
    path.write_bytes(data)
    return Source(path, "file")


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    data = bytearray(draw(st.sampled_from(FIXTURES)))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, max(0, len(data) - 1)))
        length = draw(st.integers(0, 12))
        chunk = draw(
            st.binary(max_size=6)
            | st.sampled_from(
                [b'"', b"\\", b"{", b"}", b"[", b"]", b",", b"\0", b"\n", b"\xff", b"\\x0"]
            )
        )
        data[at : at + length] = chunk
    return bytes(data)


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=damaged())
def test_damage_gives_items_or_an_error_with_words(tmp_path: Path, data: bytes) -> None:
    source = written_source(tmp_path, data)
    detect(source)
    for reader in READERS:
        for item in items(reader, source):
            assert isinstance(item, KINDS)
            json.dumps(repr(item)).encode()
            if isinstance(item, ReadPost):
                item.text.encode()
                (item.sender or "").encode()
                assert 0 <= item.offset <= len(data)
            if isinstance(item, Problem | BreaksOff):
                assert item.where
                assert item.reason


@pytest.mark.parametrize("fixture", range(len(FIXTURES)))
def test_truncated_anywhere_every_reader_stays_calm(tmp_path: Path, fixture: int) -> None:
    data = FIXTURES[fixture]
    for size in range(0, len(data), 7):
        source = written_source(tmp_path, data[:size])
        detect(source)
        for reader in READERS:
            items(reader, source)


def long_message(folder: Path, size: int) -> Path:
    """One line of `size` megabytes: a message before it, and one behind."""
    path = folder / "long.json"
    first, last = (json.dumps(message(number)) for number in (1, 3))
    with path.open("w") as stream:
        stream.write('{"name": "x", "type": "public_channel", "id": 5, "messages": [' + first)
        stream.write(', {"id": 2, "type": "message", "text": "')
        for _ in range(size):
            stream.write("a\\n" * (MEGABYTE // 3))
        stream.write(f'"}}, {last}]}}')
    return path


def peak(reading: Iterator[Item]) -> tuple[list[Item], int]:
    tracemalloc.start()
    try:
        found = list(reading)
        return found, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_message_of_a_hundred_megabytes_is_passed_over(tmp_path: Path) -> None:
    source = Source(long_message(tmp_path, 100), "long.json")
    found, memory = peak(TelegramReader().read(source, ReadOptions()))
    assert [post.native_id for post in posts(found)] == ["1", "3"]
    assert Problem("messages[1]", "longer than 8 MiB") in found
    assert memory < 40 * MEGABYTE


def test_a_hundred_megabytes_in_one_line_of_many_messages(tmp_path: Path) -> None:
    path = tmp_path / "line.json"
    block = ",".join(json.dumps(message(number, text="x" * 4200)) for number in range(250))
    with path.open("w") as stream:
        stream.write('{"name": "x", "type": "public_channel", "id": 5, "messages": [' + block)
        for _ in range(99):
            stream.write("," + block)
        stream.write("]}")
    assert path.stat().st_size > 100 * MEGABYTE

    def counted() -> Iterator[Item]:
        count = 0
        for item in TelegramReader().read(Source(path, "line.json"), ReadOptions()):
            count += isinstance(item, ReadPost)
        yield Problem("count", str(count))

    found, memory = peak(counted())
    assert found == [Problem("count", "25000")]
    assert memory < 20 * MEGABYTE


def test_a_table_with_a_line_of_a_hundred_megabytes(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    with path.open("w") as stream:
        stream.write("author,text\na,x\nb,")
        for _ in range(100):
            stream.write("y" * MEGABYTE)
        stream.write("\nc,z\n")
    found, memory = peak(TableReader().read(Source(path, "long.csv"), ReadOptions()))
    assert [post.text for post in posts(found)] == ["x", "z"]
    assert Problem("row 2", "a line longer than 1 MiB") in found
    assert memory < 20 * MEGABYTE
