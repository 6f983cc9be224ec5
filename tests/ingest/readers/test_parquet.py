import io
import sys
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidence.errors import HeichanError, InputError
from ingest.readers import READERS, detect
from ingest.readers.tables.parquet import ParquetReader

from .helpers import posts, problems, read, source

pa: Any = pytest.importorskip("pyarrow")
pq: Any = pytest.importorskip("pyarrow.parquet")
READER = ParquetReader()


def parquet(columns: dict[str, Any], **options: Any) -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out, **options)
    return out.getvalue()


def good(rows: int = 5, **options: Any) -> bytes:
    columns = {
        "id": list(range(1, rows + 1)),
        "time": pa.array([datetime(2021, 3, 4, 5, 6, n % 60) for n in range(rows)]),
        "author": pa.array(["ann", "bob", "cat", "dan", "eve"][:rows]).dictionary_encode()
        if rows <= 5
        else ["ann"] * rows,
        "content": [f"当天股民 {n}" for n in range(rows)],
        "price": [n / 2 for n in range(rows)],
    }
    return parquet(columns, **options)


def test_rows_of_every_row_group(tmp_path: Path) -> None:
    items = read(READER, tmp_path, good(row_group_size=2))
    assert not problems(items)
    assert [post.place for post in posts(items)] == [f"row {n}" for n in range(1, 6)]
    second = posts(items)[1]
    assert (second.native_id, second.wall, second.unix) == ("2", "2021-03-04T05:06:01", None)
    assert (second.sender, second.text) == ("bob", "当天股民 1\nprice: 0.5")
    assert posts(items)[2].text.endswith("price: 1")


def test_times_of_every_kind(tmp_path: Path) -> None:
    moment = datetime(2021, 3, 4, 5, 6, 7, tzinfo=UTC)
    kinds = [pa.timestamp(unit, "UTC") for unit in ("s", "ms", "us", "ns")]
    for kind in kinds:
        data = parquet({"text": ["a", "b"], "time": pa.array([moment, None], kind)})
        first, second = posts(read(READER, tmp_path, data))
        assert (first.unix, second.unix) == (1614834367, None)
    data = parquet({"text": ["a"], "time": [date(2021, 3, 4)]})
    assert posts(read(READER, tmp_path, data))[0].wall == "2021-03-04T00:00:00"
    data = parquet({"text": ["a"], "time": pa.array([2**62], pa.timestamp("us"))})
    assert [one.reason for one in problems(read(READER, tmp_path, data))] == ["date is not a time"]


def test_nested_columns_are_named(tmp_path: Path) -> None:
    data = parquet({"id": [1], "text": ["a"], "tags": [["x"]], "more": [{"a": 1}]})
    items = read(READER, tmp_path, data)
    assert [post.text for post in posts(items)] == ["a"]
    assert [one.where for one in problems(items)] == ["column tags", "column more"]


def test_unknown_columns_and_detection(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no known columns in: a"):
        read(READER, tmp_path, parquet({"a": [1]}))
    file = source(tmp_path, good(), "table.csv")
    assert detect(file) is not None
    assert [reader.name for reader in READERS if reader.sniff(file.head())] == ["parquet"]


def test_a_damaged_row_group_leaves_the_others(tmp_path: Path) -> None:
    data = bytearray(good(4000, row_group_size=2000, compression="snappy", use_dictionary=False))
    data[4:200] = b"\xff" * 196
    items = read(READER, tmp_path, bytes(data))
    assert [one.where for one in problems(items)] == ["row group 1, from row 1"]
    assert [post.place for post in posts(items)][:1] == ["row 2001"]
    assert len(posts(items)) == 2000


def test_cut_off_files_are_errors(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read") as failed:
        read(READER, tmp_path, good()[:300])
    assert failed.value.where["file"] == "file"


def test_without_the_library_the_extra_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "ingest.confined.parent._START",
        "import sys; sys.path.append(sys.argv[1]); sys.modules['pyarrow'] = None;"
        "from ingest.confined.child import main;"
        "main(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))",
    )
    with pytest.raises(InputError, match="pyarrow is not installed") as failed:
        read(READER, tmp_path, good())
    assert failed.value.hint == "pip install 'heichan[parquet]'"
    assert "pyarrow" in sys.modules


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(changes=st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), max_size=6))
def test_mutations_raise_nothing_else(tmp_path: Path, changes: list[tuple[int, int]]) -> None:
    data = bytearray(good())
    for place, byte in changes:
        data[place % len(data)] = byte
    with suppress(HeichanError):
        read(READER, tmp_path, bytes(data))
