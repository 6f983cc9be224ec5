"""Extraction in Spark's workers: masked posts in, the same posts with what was read out."""

from functools import cache, partial
from pathlib import Path
from typing import Final

import msgspec
import pyarrow as pa
from pyspark.sql import DataFrame

from evidence.archive.outline import ReadingOutline
from ingest.collecting import seldom_collected
from ingest.extract import EXTRACTOR, Rules
from ingest.feeding import raw_of
from ingest.pool import InProcess
from ingest.work import Setup, Worked, Workshop
from ingest.workforce import Workforce
from spark.captured import draft_of
from spark.session import Batches, mapped

_ADDED: Final = "reading binary, error string, extractor string, lexicon string"
_encode = msgspec.msgpack.Encoder().encode
decode_reading = msgspec.msgpack.Decoder(ReadingOutline).decode


def read_posts(posts: DataFrame, lexicon: tuple[Path, ...] = ()) -> DataFrame:
    """The posts with four columns more: what was read, what went wrong, and by which rules.

    `lexicon`: folders of own terms and patterns, at the same place on every machine.
    """
    return mapped(posts, partial(readings, lexicon), columns_read(posts))


def columns_read(posts: DataFrame) -> str:
    """The columns of read posts, as Spark writes a schema."""
    return ", ".join([*(f"`{name}` {kind}" for name, kind in posts.dtypes), _ADDED])


def readings(lexicon: tuple[Path, ...], batches: Batches) -> Batches:
    """Batches of posts with what was read from each: all that a worker does."""
    with seldom_collected():
        for batch in batches:
            yield _read(batch, lexicon)


@cache
def _rules(lexicon: tuple[Path, ...]) -> Rules:
    """Loaded once in the life of a worker process."""
    return Rules.load(lexicon)


@cache
def _workforce(lexicon: tuple[Path, ...]) -> Workforce:
    rules = _rules(lexicon)
    # No secret: texts come masked.
    workshop = Workshop(Setup(b"", lexicon), rules)
    return Workforce(InProcess(workshop), lasting=rules.own.model is None)


def _read(batch: pa.RecordBatch, lexicon: tuple[Path, ...]) -> pa.RecordBatch:
    raws = [
        msgspec.structs.replace(raw_of(draft_of(row)), masked=row["masked"])
        for row in batch.to_pylist()
    ]
    worked = _workforce(lexicon).submit(raws).result()
    size = batch.num_rows
    columns = [
        *batch.columns,
        pa.array(list(map(_reading, worked)), pa.binary()),
        pa.array([each.error or None for each in worked], pa.string()),
        pa.array([EXTRACTOR] * size, pa.string()),
        pa.array([_rules(lexicon).version] * size, pa.string()),
    ]
    names = [*batch.schema.names, "reading", "error", "extractor", "lexicon"]
    return pa.RecordBatch.from_arrays(columns, names=names)


def _reading(worked: Worked) -> bytes | None:
    return None if worked.reading is None else _encode(worked.reading)
