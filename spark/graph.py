"""The graph of read posts as one table of elements: slices in the workers, then group-bys."""

from collections.abc import Iterable, Iterator, Sequence, Set
from functools import partial
from typing import Any, Final

import pyarrow as pa
from pyspark.sql import Column, DataFrame, SparkSession, Window
from pyspark.sql import functions as F

from evidence.errors import InputError
from evidence.settings import Settings
from graph import ids
from graph.build.accounts import add_accounts
from graph.build.contacts import MANY_ACCOUNTS
from graph.build.draft import Draft
from graph.build.provenance import add_provenance
from graph.build.run import with_build_node
from graph.build.shared import add_shared
from graph.build.world import World
from graph.elements import Graph, Relationship
from spark import elements
from spark.elements import Row, node_row, node_table, rows_of, tie_row, tie_table
from spark.facts import Prepared, fill
from spark.session import Batches, mapped
from spark.slices import HEADS, NAMED, OWN, Rules, derived, empty_archive, interaction

SLICE: Final = 20_000
"""Rows of a slice, and more where one account has more."""
FACTS: Final = "0"
_USES: Final = tie_table("USES_CONTACT", "Account", "Contact")
_EXPRESSED: Final = tie_table("EXPRESSED_IN", "Listing", "Post")
_CONTACT: Final = node_table("Contact")
_PLACE: Final = ("part", "file_n", "number")


def graph_of(
    session: SparkSession,
    posts: DataFrame,
    prepared: Sequence[Prepared],
    settings: Settings,
    partitions: int,
) -> DataFrame:
    """All nodes and relationships, one row each. `posts`: read ones, with a column `part`."""
    by = _rules(posts)
    own = {account for each in prepared for account in each.own}
    parts = _sliced(posts, by, settings.zone, own, partitions).persist()
    facts = session.createDataFrame(_arrow(_facts(prepared, settings, by)))
    heads = parts.where(F.col("table") == HEADS)
    listed = parts.where(F.col("table") == _EXPRESSED).select(F.col("end").alias("id"))
    replies = _replies(heads, listed.distinct())
    rest = parts.where(F.col("table") != HEADS)
    return _exclusive(_merged(rest.unionByName(replies).unionByName(facts)))


def _rules(posts: DataFrame) -> Rules:
    found = posts.select("extractor", "lexicon").distinct().collect()
    if len(found) != 1:
        raise InputError(
            "the posts were read by several versions of the rules" if found else "no posts",
            hint="read them anew: heichan-spark extract",
        )
    return found[0]["extractor"], found[0]["lexicon"]


def _sliced(
    posts: DataFrame, by: Rules, zone: str, own: Set[str], partitions: int
) -> DataFrame:
    """The rows of all slices: the posts of an account stand together, the places of a post too."""
    once = Window.partitionBy("id", "file", "key").orderBy(*_PLACE)
    first = Window.partitionBy("id").orderBy(*_PLACE)
    placed = (
        posts.withColumn("again", F.row_number().over(once))
        .withColumn("owner", F.first("account").over(first))
        .where("again = 1")
        .withColumn("owner", F.coalesce("owner", "id"))
        .drop("again")
    )
    together = placed.repartition(partitions, "owner").sortWithinPartitions("owner")

    def work(batches: Batches) -> Batches:
        for rows in _slices(batches):
            for chunk in _chunked(derived(rows, by, zone, own)):
                yield elements.batch_of(chunk)

    return mapped(together, work, elements.DDL)


def _slices(batches: Batches) -> Iterator[list[Row]]:
    """Rows in order of their owner, cut where one ends."""
    rows: list[Row] = []
    for batch in batches:
        for row in batch.to_pylist():
            if len(rows) >= SLICE and row["owner"] != rows[-1]["owner"]:
                yield rows
                rows = []
            rows.append(row)
    if rows:
        yield rows


def _chunked(rows: Iterable[Row], size: int = 5_000) -> Iterator[list[Row]]:
    chunk: list[Row] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) >= size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _facts(prepared: Sequence[Prepared], settings: Settings, by: Rules) -> Iterator[Row]:
    """What the files say beside their posts: few rows, made here."""
    with empty_archive() as archive:
        fill(archive, prepared)
        world = World(archive.connection, settings)
        add_provenance(world)
        yield from rows_of(world.draft, FACTS)
        world.draft = Draft()
        add_accounts(world)
        add_shared(world, {})
        yield from rows_of(world.draft, NAMED)
        (build,) = with_build_node(Graph([], []), archive, settings).nodes
    props = {**build.props, "lexicon_version": by[1]}
    # Another machine derives more than these tables: the hash over all of a graph is not theirs.
    props.pop("snapshot")
    yield node_row(type(build)(build.id, build.label, props), FACTS)


def _arrow(rows: Iterable[Row]) -> pa.Table:
    return pa.Table.from_batches([elements.batch_of(rows)])


def _replies(heads: DataFrame, listed: DataFrame) -> DataFrame:
    """Replies between accounts as counts, and between posts that are nodes."""
    said = heads.select(
        "id",
        F.col("start").alias("account"),
        F.col("end").alias("venue"),
        F.col("first").alias("utc"),
        (F.col("n") == 1).alias("talk"),
        F.col("props")["native"].alias("native"),
        F.col("props")["reply"].alias("reply"),
    )
    above = said.select(
        F.col("id").alias("above"),
        F.col("account").alias("whose"),
        F.col("venue").alias("place"),
        F.col("native").alias("number"),
    ).where("number IS NOT NULL")
    pairs = said.where("reply IS NOT NULL").join(
        above, (F.col("venue") == F.col("place")) & (F.col("reply") == F.col("number"))
    )
    counted = (
        pairs.where("talk AND account <> whose")
        .groupBy("account", "whose")
        .agg(F.count("*").alias("n"), F.min("utc").alias("first"), F.max("utc").alias("last"))
    )
    both = (
        pairs.join(listed, "id")
        .join(listed.select(F.col("id").alias("above")), "above")
        .select("id", "above")
    )
    return mapped(counted, partial(_each, _interacts), elements.DDL).unionByName(
        mapped(both, partial(_each, _replies_to), elements.DDL)
    )


def _each(make: Any, batches: Batches) -> Batches:
    for batch in batches:
        yield elements.batch_of(map(make, batch.to_pylist()))


def _interacts(row: Row) -> Row:
    return interaction(
        "reply", row["account"], row["whose"], row["n"], row["first"], row["last"]
    )


def _replies_to(row: Row) -> Row:
    id_ = ids.rel("REPLIES_TO", row["id"], row["above"])
    return tie_row(
        Relationship(id_, "REPLIES_TO", row["id"], "Post", row["above"], "Post", {}), OWN
    )


def _merged(rows: DataFrame) -> DataFrame:
    """One row an element: the lowest rank says its properties, all say its times."""
    said = F.min_by(F.struct("start", "end", "props"), "rank").alias("said")
    return (
        rows.groupBy("table", "id")
        .agg(
            said,
            F.min("first").alias("first"),
            F.max("last").alias("last"),
            F.sum("n").alias("n"),
        )
        .select("table", "id", "said.start", "said.end", "said.props", "first", "last", "n")
    )


def _exclusive(merged: DataFrame) -> DataFrame:
    """How many accounts give a contact is known when all slices are together."""
    kept = merged.persist()
    uses = kept.where(F.col("table") == _USES)
    users = uses.groupBy(F.col("end").alias("contact")).agg(F.countDistinct("start").alias("users"))
    contact = F.when(F.col("table") == _CONTACT, F.col("id")).when(
        F.col("table") == _USES, F.col("end")
    )
    joined = kept.withColumn("contact", contact).join(users, "contact", "left")
    share = F.map_from_arrays(F.array(F.lit("exclusivity")), F.array((1 / F.col("users")).cast("string")))
    many = F.col("users") > MANY_ACCOUNTS
    shared = F.when(
        F.coalesce(many, F.lit(False)),
        _map({"shared": "true", "shared_reason": '"many_accounts"'}),
    ).otherwise(_map({"shared": "false"}))
    own = F.map_filter("props", lambda name, _: name != "exclusivity")
    with_share = F.when(F.col("users").isNull(), own).otherwise(F.map_concat(own, share))
    props = (
        F.when(F.col("table") == _USES, with_share)
        .when(F.col("table") == _CONTACT, F.map_concat(with_share, shared))
        .otherwise(F.col("props"))
    )
    return joined.withColumn("props", props).drop("contact", "users")


def _map(props: dict[str, str]) -> Column:
    return F.create_map(*(F.lit(text) for pair in props.items() for text in pair))
