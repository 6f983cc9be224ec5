"""The `heichan-spark` command: parse, call, print."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.application import Application, command, share_options
from commands.session import Session
from evidence.errors import HeichanError

if TYPE_CHECKING:  # keeps `--help` free of Spark
    from pyspark.sql import SparkSession

app = Application(
    name="heichan-spark",
    help="heichan beyond one machine: the same reading and the same rows on Apache Spark.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
share_options(app)

Output = Annotated[Path, typer.Option("-o", "--output", help="Folder to write, new or empty.")]
Cores = Annotated[
    int, typer.Option("--cores", min=1, help="Cores of a local run; spark-submit says its own.")
]
Memory = Annotated[
    str, typer.Option("--memory", metavar="SIZE", help="Heap of a local run, as in 2g.")
]
Partitions = Annotated[
    int, typer.Option("--partitions", min=1, help="Parts into which accounts are divided.")
]


def prepare(
    session: Session,
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Files and folders.")],
    output: Output,
    reader: Annotated[str | None, typer.Option("--reader", help="Read as this format.")] = None,
    mapping: Annotated[Path | None, typer.Option("--mapping", help="Mapping of a table.")] = None,
    venue: Annotated[str | None, typer.Option("--venue", help="Id of the one venue.")] = None,
    tz: Annotated[str | None, typer.Option("--tz", help="Zone of wall times.")] = None,
    received_from: Annotated[
        str | None, typer.Option("--received-from", help="Who handed the files over.")
    ] = None,
    jobs: Annotated[int | None, typer.Option("--jobs", min=1, help="Processes.")] = None,
) -> None:
    """Mask the posts of files, with the secret of the case, into Parquet for Spark.

    The only step that sees texts as written. A folder that holds some of the files is taken up.

    Example: heichan-spark --case cases/spring prepare exports/ -o masked
    """
    import msgspec

    from evidence.errors import InputError
    from ingest.options import IngestOptions

    with _needs_extra():
        from spark.prepare import prepare as prepared
    options = IngestOptions(
        reader=reader, mapping=mapping, venue=venue, tz=tz, received_from=received_from, jobs=jobs
    )
    report = prepared(session.case, paths, output, options)
    session.out.document(msgspec.to_builtins(report))
    if report.failed:
        first = report.failed[0]
        raise InputError(f"{len(report.failed)} left out; {first.path}: {first.reason}")


def extract(
    session: Session,
    folders: Annotated[
        list[Path], typer.Argument(metavar="DIR...", help="Prepared folders, the earliest first.")
    ],
    output: Output,
    lexicon: Annotated[
        list[Path] | None,
        typer.Option("--lexicon", help="Own terms or patterns; at this path on each machine."),
    ] = None,
    cores: Cores = 2,
    memory: Memory = "2g",
) -> None:
    """Read the masked posts: listings, acts and mentions.

    Example: heichan-spark extract masked -o read
    """
    import msgspec

    with _spark(cores, memory) as spark:
        from spark import steps

        report = steps.extract(spark, folders, output, tuple(lexicon or ()))
        session.output().document(msgspec.to_builtins(report))


def graph(
    session: Session,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of read posts.")],
    output: Output,
    partitions: Partitions = 8,
    cores: Cores = 2,
    memory: Memory = "2g",
) -> None:
    """Make nodes and relationships from read posts, as Parquet.

    Example: heichan-spark graph read -o graph --partitions 200
    """
    import msgspec

    with _spark(cores, memory) as spark:
        from spark import steps

        report = steps.derive(spark, folder, output, partitions)
        session.output().document(msgspec.to_builtins(report))


def files(
    session: Session,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of the graph.")],
    output: Output,
    cores: Cores = 2,
    memory: Memory = "2g",
) -> None:
    """Write the whole graph as files for `neo4j-admin database import full`, for your own server.

    Nothing is left out or redacted in them: to hand a graph on, use heichan export.

    Example: heichan-spark files graph -o import
    """
    import msgspec

    with _spark(cores, memory) as spark:
        from spark.files import write_files

        report = write_files(spark, folder, output)
        session.output().document(msgspec.to_builtins(report))


def measures(
    session: Session,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of the graph.")],
    output: Output,
    rel: Annotated[
        list[str] | None,
        typer.Option("--rel", help="Type of the ties between accounts (INTERACTS_WITH)."),
    ] = None,
    groups: Annotated[
        Path | None,
        typer.Option("--groups", help="Parquet with node and part: adds DCB and brokerage."),
    ] = None,
    cores: Cores = 2,
    memory: Memory = "2g",
) -> None:
    """Measure the position of accounts: degree, component, PageRank, brokerage, as Parquet.

    Example: heichan-spark measures graph -o measured --rel INTERACTS_WITH
    """
    with _spark(cores, memory) as spark:
        from spark import steps

        ties = steps.ties_of(spark, folder, rel or ["INTERACTS_WITH"])
        session.output().document({"accounts": steps.measure(spark, ties, output, groups)})


@contextmanager
def _needs_extra() -> Iterator[None]:
    try:
        yield
    except ImportError as error:
        raise HeichanError(
            f"{error.name} is not installed", hint="install it with: pip install heichan[spark]"
        ) from error


@contextmanager
def _spark(cores: int, memory: str) -> "Iterator[SparkSession]":
    with _needs_extra():
        from spark.session import open_session
    session = open_session(cores, memory)
    try:
        yield session
    finally:
        session.stop()


for _name, _step in (
    ("prepare", prepare),
    ("extract", extract),
    ("graph", graph),
    ("files", files),
    ("measures", measures),
):
    command(app, _name)(_step)
