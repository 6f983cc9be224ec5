"""Rows read from packed elements are the elements."""

import mmap
import tempfile
from array import array
from binascii import unhexlify
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

import pytest

from graph.build.packed import pack, packed
from graph.build.parcel import NODE, TIE
from graph.elements import Value
from graph.store import embedded_rows
from graph.store.embedded_rows import Ids, node_rows, tie_rows

NAMES = ["account:qq:1", "", "venue:qq:name/九州商家1群", f"handle:qq:{'长' * 200}", "x" * 70_000]
MANY: dict[str, Value] = {f"p{number:02d}": number for number in range(40)}
PROPS: list[dict[str, Value]] = [
    {},
    {"name": "一", "day": date(2020, 2, 29), "at": datetime(2020, 1, 1, 5, tzinfo=UTC)},
    {"posts": ["a", "b"], "n": -3, "score": 0.25, "own": False},
    *(dict([*MANY.items()][:size]) for size in range(11, 18)),
    MANY,
]


@contextmanager
def file_of(bodies: list[bytes]) -> Iterator[tuple[mmap.mmap, list[int]]]:
    with tempfile.TemporaryFile() as file:
        places = [file.write(body) for body in bodies]
        file.flush()
        starts = [sum(places[:at]) for at in range(len(places))]
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
            yield mapped, starts


@pytest.fixture
def ids() -> Ids:
    """The names of numbers, told in two parts."""
    made, end = Ids(), 0
    for part in (NAMES[:2], NAMES[2:]):
        ends = []
        for name in part:
            end += len(name.encode())
            ends.append(end)
        made.add("".join(part).encode(), array("Q", ends).tobytes())
    return made


@pytest.mark.parametrize("lot", [1, 3, 500])
def test_nodes(ids: Ids, lot: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded_rows, "LOT", lot)
    bodies = [packed(props) for props in PROPS]
    with file_of(bodies) as (file, starts):
        heads = b"".join(
            NODE.pack(number % len(NAMES), at, len(body))
            for number, (at, body) in enumerate(zip(starts, bodies, strict=True))
        )
        lots = list(node_rows(file, heads, ids))
    assert [len(rows) for rows in lots[:-1]] == [lot] * (len(lots) - 1)
    assert [row for rows in lots for row in rows] == [
        {**props, "id": NAMES[number % len(NAMES)]} for number, props in enumerate(PROPS)
    ]


def test_relationships(ids: Ids) -> None:
    bodies, hashed = [packed(props) for props in PROPS], f"{7:032x}"
    with file_of(bodies) as (file, starts):
        heads = b"".join(
            TIE.pack(unhexlify(hashed), 4, 2, at, len(body))
            for at, body in zip(starts, bodies, strict=True)
        )
        (rows,) = tie_rows(file, heads, ids)
    own = {"id": f"rel:{hashed}", "start_id": NAMES[4], "end_id": NAMES[2]}
    assert rows == [{**props, **own} for props in PROPS]


def test_none_are_no_lots(ids: Ids) -> None:
    with file_of([pack({})]) as (file, _):
        assert list(node_rows(file, b"", ids)) == list(tie_rows(file, b"", ids)) == []
