"""The Spark session: the cluster's where one is given, else a small local one."""

import os
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pyarrow as pa
from pyspark import SparkConf
from pyspark.sql import DataFrame, SparkSession

from evidence.errors import DataError

Batches = Iterator[pa.RecordBatch]
_ROWS: Final = "5000"
"""Rows of an Arrow batch: texts that come again are looked up within some batches."""
_LOCAL: Final = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.sql.shuffle.partitions": "8",
}
_TRIES: Final = 4
_QUIET: Final = Path(__file__).with_name("log4j2.properties").as_uri()
_ALWAYS: Final = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.execution.arrow.maxRecordsPerBatch": _ROWS,
    # A row of a log or of the page of a job shows no text of a post.
    "spark.sql.debug.maxToStringFields": "0",
    "spark.sql.redaction.string.regex": ".+",
}


def open_session(
    cores: int = 2, memory: str = "2g", settings: Mapping[str, str] | None = None
) -> SparkSession:
    """The session: local with so many cores, unless `spark-submit` named a master.

    `settings`: Spark's own, for a local session. A local task that fails is tried again, as on a
    cluster. Raises DataError where Java is missing.
    """
    conf = SparkConf()
    if not conf.contains("spark.master"):
        conf.setMaster(f"local[{cores},{_TRIES}]").set("spark.driver.memory", memory)
        conf.set("spark.driver.extraJavaOptions", f"-Dlog4j2.configurationFile={_QUIET}")
        for name, value in {**_LOCAL, **(settings or {})}.items():
            conf.setIfMissing(name, value)
    if conf.get("spark.master", "").startswith("local"):
        # Else the workers are started with whatever Python stands first on the path.
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    for name, value in _ALWAYS.items():
        conf.set(name, value)
    try:
        with _unwarned():
            session = SparkSession.builder.config(conf=conf).appName("heichan").getOrCreate()
    except Exception as error:
        raise DataError(
            f"Spark does not start: {type(error).__name__}",
            hint="it needs Java 17 or 21; see docs/scale.md",
        ) from error
    session.sparkContext.setLogLevel("ERROR")
    return session


@contextmanager
def _unwarned() -> Iterator[None]:
    """pandas is asked for and not used: the batches stay Arrow, so its version does not matter."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "PySpark does not yet", FutureWarning)
        yield


def mapped(frame: DataFrame, work: Callable[[Batches], Batches], schema: str) -> DataFrame:
    """Arrow batches through a function, in the workers."""
    with _unwarned():
        return frame.mapInArrow(work, schema)
