"""The graph of read posts as one table of elements: slices in the workers, then group-bys."""

from collections.abc import Iterable, Iterator, Sequence, Set
from functools import partial
from typing import Any, Final

import pyarrow as pa
from pyspark.sql import Column, DataFrame, SparkSession, Window
from pyspark.sql import functions as fn

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
    heads = parts.where(fn.col("table") == HEADS)
    listed = parts.where(fn.col("table") == _EXPRESSED).select(fn.col("end").alias("id"))
    replies = _replies(heads, listed.distinct())
    rest = parts.where(fn.col("table") != HEADS)
    return _exclusive(_merged(rest.unionByName(replies).unionByName(facts)))


def _rules(posts: DataFrame) -> Rules:
    found = posts.select("extractor", "lexicon").distinct().collect()
    if len(found) != 1:
        raise InputError(
            "the posts were read by several versions of the rules" if found else "no posts",
            hint="read them anew: heichan-spark extract",
        )
    return found[0]["extractor"], found[0]["lexicon"]


def _sliced(posts: DataFrame, by: Rules, zone: str, own: Set[str], partitions: int) -> DataFrame:
    """The rows of all slices: the posts of an account stand together, the places of a post too."""
    # An account is that of the first place, as it is in an archive.
    places = Window.partitionBy("id").orderBy("part", "file_n", "number")
    owner = fn.coalesce(fn.first("account").over(places), "id")
    owned = posts.withColumn("owner", owner).repartition(partitions, "owner")
    together = owned.sortWithinPartitions("owner")

    def work(batches: Batches) -> Batches:
        for rows in slices_of(batches):
            for chunk in _chunked(derived(rows, by, zone, own)):
                yield elements.batch_of(chunk)

    return mapped(together, work, elements.DDL)


def slices_of(batches: Batches, size: int = SLICE) -> Iterator[list[Row]]:
    """Rows in order of their owner, cut where one ends, behind at least so many."""
    rows: list[Row] = []
    for batch in batches:
        for row in batch.to_pylist():
            if len(rows) >= size and row["owner"] != rows[-1]["owner"]:
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
        fn.col("start").alias("account"),
        fn.col("end").alias("venue"),
        fn.col("first").alias("utc"),
        (fn.col("n") == 1).alias("talk"),
        fn.col("props")["native"].alias("native"),
        fn.col("props")["reply"].alias("reply"),
    )
    above = said.select(
        fn.col("id").alias("above"),
        fn.col("account").alias("whose"),
        fn.col("venue").alias("place"),
        fn.col("native").alias("number"),
    ).where("number IS NOT NULL")
    pairs = said.where("reply IS NOT NULL").join(
        above, (fn.col("venue") == fn.col("place")) & (fn.col("reply") == fn.col("number"))
    )
    counted = (
        pairs.where("talk AND account <> whose")
        .groupBy("account", "whose")
        .agg(fn.count("*").alias("n"), fn.min("utc").alias("first"), fn.max("utc").alias("last"))
    )
    both = (
        pairs.join(listed, "id")
        .join(listed.select(fn.col("id").alias("above")), "above")
        .select("id", "above")
    )
    return mapped(counted, partial(_each, _interacts), elements.DDL).unionByName(
        mapped(both, partial(_each, _replies_to), elements.DDL)
    )


def _each(make: Any, batches: Batches) -> Batches:
    for batch in batches:
        yield elements.batch_of(map(make, batch.to_pylist()))


def _interacts(row: Row) -> Row:
    return interaction("reply", row["account"], row["whose"], row["n"], row["first"], row["last"])


def _replies_to(row: Row) -> Row:
    id_ = ids.rel("REPLIES_TO", row["id"], row["above"])
    return tie_row(
        Relationship(id_, "REPLIES_TO", row["id"], "Post", row["above"], "Post", {}), OWN
    )


def _merged(rows: DataFrame) -> DataFrame:
    """One row an element: the lowest rank says its properties, all say its times."""
    said = fn.min_by(fn.struct("start", "end", "props"), "rank").alias("said")
    return (
        rows.groupBy("table", "id")
        .agg(
            said,
            fn.min("first").alias("first"),
            fn.max("last").alias("last"),
            fn.sum("n").alias("n"),
        )
        .select("table", "id", "said.start", "said.end", "said.props", "first", "last", "n")
    )


def _exclusive(merged: DataFrame) -> DataFrame:
    """How many accounts give a contact is known when all slices are together."""
    kept = merged.persist()
    uses = kept.where(fn.col("table") == _USES)
    users = uses.groupBy(fn.col("end").alias("contact")).agg(
        fn.countDistinct("start").alias("users")
    )
    contact = fn.when(fn.col("table") == _CONTACT, fn.col("id")).when(
        fn.col("table") == _USES, fn.col("end")
    )
    joined = kept.withColumn("contact", contact).join(users, "contact", "left")
    share = fn.map_from_arrays(
        fn.array(fn.lit("exclusivity")), fn.array((1 / fn.col("users")).cast("string"))
    )
    many = fn.col("users") > MANY_ACCOUNTS
    shared = fn.when(
        fn.coalesce(many, fn.lit(False)),
        _map({"shared": "true", "shared_reason": '"many_accounts"'}),
    ).otherwise(_map({"shared": "false"}))
    own = fn.map_filter("props", lambda name, _: name != "exclusivity")
    with_share = fn.when(fn.col("users").isNull(), own).otherwise(fn.map_concat(own, share))
    props = (
        fn.when(fn.col("table") == _USES, with_share)
        .when(fn.col("table") == _CONTACT, fn.map_concat(with_share, shared))
        .otherwise(fn.col("props"))
    )
    return joined.withColumn("props", props).drop("contact", "users")


def _map(props: dict[str, str]) -> Column:
    return fn.create_map(*(fn.lit(text) for pair in props.items() for text in pair))
