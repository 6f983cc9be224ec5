"""The rows of a Parquet file, one row group after the other."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, BinaryIO

import pyarrow  # type: ignore[import-untyped,import-not-found,unused-ignore]
import pyarrow.compute  # type: ignore[import-untyped,import-not-found,unused-ignore]
import pyarrow.parquet  # type: ignore[import-untyped,import-not-found,unused-ignore]

from ingest.confined.frames import Cells, Columns, Failure, Faulty, Frame

_BATCH = 1000
_FRAME_CHARACTERS = 8 << 20
_LONGEST_ROW = 12 << 20
_EPOCH = datetime(1970, 1, 1)
_UNITS = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}
_Texts = Callable[[Any], list[str]]


def work(stream: BinaryIO) -> Iterator[Frame]:
    """The columns, then rows; a row group that cannot be read is named."""
    try:
        table = pyarrow.parquet.ParquetFile(stream, pre_buffer=False)
    except (pyarrow.ArrowException, OSError) as error:
        reason = " ".join(str(error).split())[:200]
        yield Failure("encrypted" if "encrypt" in reason.lower() else "damaged", reason)
        return
    fields = list(enumerate(table.schema_arrow))
    nested = [(field.name, str(field.type)[:60]) for _, field in fields if _is_nested(field)]
    flat = [(at, field) for at, field in fields if not _is_nested(field)]
    yield Columns("", [field.name for _, field in flat], nested)
    times = [place for place, (_, field) in enumerate(flat) if _is_time(field.type)]
    first = 1
    for group in range(table.num_row_groups):
        yield from _group(table, group, first, [at for at, _ in flat], times)
        first += table.metadata.row_group(group).num_rows


def _group(
    table: Any, group: int, first: int, columns: list[int], times: list[int]
) -> Iterator[Frame]:
    try:
        batches = table.iter_batches(_BATCH, row_groups=[group], use_threads=False)
        for batch in batches:
            texts = [_texts(batch.column(at)) for at in columns]
            yield from _frames(list(map(list, zip(*texts, strict=True))), first, times)
            first += batch.num_rows
    except MemoryError:
        raise
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        reason = " ".join(str(error).split())[:200]
        yield Faulty(f"row group {group + 1}, from row {first}", f"cannot be read: {reason}")


def _frames(rows: list[list[str]], first: int, times: list[int]) -> Iterator[Frame]:
    """The rows in frames of bounded size."""
    kept: list[list[str]] = []
    size = 0
    for number, row in enumerate(rows, first):
        length = sum(map(len, row))
        if length > _LONGEST_ROW:
            yield Cells(number - len(kept), kept, times)
            kept, size = [], 0
            yield Faulty(f"row {number}", f"{length} characters, more than a row may have")
            continue
        if size + length > _FRAME_CHARACTERS:
            yield Cells(number - len(kept), kept, times)
            kept, size = [], 0
        kept.append(row)
        size += length
    yield Cells(first + len(rows) - len(kept), kept, times)


def _is_nested(field: Any) -> bool:
    return bool(pyarrow.types.is_nested(_plain(field.type)))


def _is_time(kind: Any) -> bool:
    kind = _plain(kind)
    return bool(pyarrow.types.is_timestamp(kind) or pyarrow.types.is_date(kind))


def _plain(kind: Any) -> Any:
    return kind.value_type if pyarrow.types.is_dictionary(kind) else kind


def _texts(column: Any) -> list[str]:
    """The values of a column as cells."""
    if pyarrow.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    kind = column.type
    if pyarrow.types.is_timestamp(kind):
        stamps = column.cast(pyarrow.int64()).to_pylist()
        return [_moment(stamp, _UNITS[kind.unit], kind.tz is not None) for stamp in stamps]
    if pyarrow.types.is_date(kind):
        width = pyarrow.int32() if pyarrow.types.is_date32(kind) else pyarrow.int64()
        perday = 1 if pyarrow.types.is_date32(kind) else 86_400_000
        days = column.cast(width).to_pylist()
        return [_day(number, perday) for number in days]
    return [_text(value) for value in column.to_pylist()]


def _moment(stamp: int | None, unit: int, is_utc: bool) -> str:
    """ISO: wall time, or UTC with `Z`; a moment that no calendar has as its number with a sign."""
    if stamp is None:
        return ""
    try:
        moment = _EPOCH + timedelta(seconds=stamp // unit)
    except OverflowError:
        return f"#{stamp}"
    return moment.replace(tzinfo=UTC).isoformat()[:19] + "Z" if is_utc else moment.isoformat()


def _day(number: int | None, perday: int) -> str:
    if number is None:
        return ""
    try:
        return (date(1970, 1, 1) + timedelta(days=number // perday)).isoformat()
    except OverflowError:
        return f"#{number}"


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, Decimal) and value.is_finite():
        return f"{value.normalize():f}" if abs(value.adjusted()) < 40 else str(value)
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return str(value)
