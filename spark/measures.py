"""Measures of an account's position as joins and group-bys, equal to those of `graph.analysis`.

Arcs are a table of `start` and `end`; groups one of `node` and `part`.
"""

from typing import Final

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as fn

from evidence.errors import DataError
from graph.analysis.measures.brokerage import LEAST_PARTNERS, ROLES
from graph.analysis.measures.pagerank import DAMPING, STEPS, TOLERANCE
from graph.analysis.measures.structural import LEAST_SURPRISE

_ROUNDS: Final = 100


def arcs_of(ties: DataFrame) -> DataFrame:
    """Each arc once, none from a node to itself."""
    return ties.select("start", "end").where("start <> end").distinct()


def nodes_of(arcs: DataFrame) -> DataFrame:
    """The ends of all arcs, as `node`."""
    return arcs.select(fn.explode(fn.array("start", "end")).alias("node")).distinct()


def near(arcs: DataFrame) -> DataFrame:
    """Each tie both ways, as `node` and `other`, whatever its direction."""
    forth = arcs.select(fn.col("start").alias("node"), fn.col("end").alias("other"))
    back = arcs.select(fn.col("end").alias("node"), fn.col("start").alias("other"))
    return forth.union(back).distinct()


def degrees(arcs: DataFrame) -> DataFrame:
    """`node`, `degree`: its partners."""
    return near(arcs).groupBy("node").agg(fn.count("*").alias("degree"))


def components(arcs: DataFrame) -> DataFrame:
    """`node`, `component`: the smallest id that it is joined to, by any way along ties.

    Each round takes the smallest label around and then that label's own, so that the rounds grow
    as the logarithm of the longest way, not as the way. Raises DataError after very many.
    """
    pairs = near(arcs).localCheckpoint()
    labels = pairs.groupBy("node").agg(fn.least("node", fn.min("other")).alias("component"))
    labels = labels.localCheckpoint()
    for _ in range(_ROUNDS):
        new = _jumped(_least_around(pairs, labels)).localCheckpoint()
        before = labels.withColumnRenamed("component", "before")
        if new.join(before, "node").where("component <> before").isEmpty():
            return new
        labels = new
    raise DataError(f"components were not settled in {_ROUNDS} rounds")


def _least_around(pairs: DataFrame, labels: DataFrame) -> DataFrame:
    told = pairs.join(labels.withColumnRenamed("node", "other"), "other").select(
        "node", "component"
    )
    return told.union(labels).groupBy("node").agg(fn.min("component").alias("component"))


def _jumped(labels: DataFrame) -> DataFrame:
    heads = labels.select(fn.col("node").alias("component"), fn.col("component").alias("head"))
    return labels.join(heads, "component").select("node", fn.col("head").alias("component"))


def pagerank(
    arcs: DataFrame, damping: float = DAMPING, *, steps: int = STEPS, tolerance: float = TOLERANCE
) -> DataFrame:
    """`node`, `rank`, by power iteration with the stop rule of the arrays."""
    arcs = arcs.localCheckpoint()
    nodes = nodes_of(arcs).localCheckpoint()
    n = nodes.count()
    gives = arcs.groupBy(fn.col("start").alias("node")).agg(fn.count("*").alias("gives"))
    ranks = nodes.join(gives, "node", "left").withColumn("rank", fn.lit(1 / max(n, 1)))
    ranks = ranks.localCheckpoint()
    for _ in range(steps):
        lost = ranks.agg(fn.sum(fn.when(fn.col("gives").isNull(), fn.col("rank"))).alias("lost"))
        new = _step(arcs, ranks, damping, (lost.first() or [0])[0] or 0.0, n).localCheckpoint()
        moved = new.agg(fn.sum(fn.abs(fn.col("rank") - fn.col("before"))).alias("moved")).first()
        ranks = new.drop("before")
        if not n or (moved is not None and moved["moved"] < n * tolerance):
            return ranks.select("node", "rank")
    raise DataError(f"the ranks were not settled in {steps} steps", hint="a larger tolerance")


def _step(arcs: DataFrame, ranks: DataFrame, damping: float, dangling: float, n: int) -> DataFrame:
    share = (fn.col("rank") / fn.col("gives") * damping).alias("share")
    sent = arcs.join(ranks.withColumnRenamed("node", "start"), "start").select("end", share)
    got = sent.groupBy(fn.col("end").alias("node")).agg(fn.sum("share").alias("got"))
    always = (damping * dangling + (1 - damping)) / n
    rank = (fn.coalesce("got", fn.lit(0.0)) + always).alias("rank")
    before = fn.col("rank").alias("before")
    return ranks.join(got, "node", "left").select("node", "gives", before, rank)


def spread(arcs: DataFrame, groups: DataFrame) -> DataFrame:
    """`node`, `part`, `ties`, `expected`, `surprise`: how a node's ties are spread over groups."""
    pairs = near(arcs)
    theirs = groups.withColumnRenamed("node", "other")
    ties = pairs.join(theirs, "other").groupBy("node", "part").agg(fn.count("*").alias("ties"))
    degree = degrees(arcs)
    volume = degree.join(groups, "node").groupBy("part").agg(fn.sum("degree").alias("volume"))
    whole = fn.lit((degree.agg(fn.sum("degree")).first() or [0])[0] or 0)
    expected = (fn.col("degree") * fn.col("volume") / whole).alias("expected")
    found = ties.join(degree, "node").join(volume, "part")
    return found.select("node", "part", "ties", expected).withColumn("surprise", _surprise())


def _surprise() -> Column:
    above, expected = fn.greatest(fn.col("ties").cast("double"), "expected"), fn.col("expected")
    return above * fn.log(above / expected) - (above - expected)


def community_brokerage(arcs: DataFrame, groups: DataFrame) -> DataFrame:
    """`node`, `dcb`: the root of the best surprise times the rest; small surprises do not count."""
    kept = fn.when(fn.col("surprise") < LEAST_SURPRISE, 0.0).otherwise(fn.col("surprise"))
    best, whole = fn.max("kept"), fn.sum("kept")
    return (
        spread(arcs, groups)
        .withColumn("kept", kept)
        .groupBy("node")
        .agg(fn.sqrt(best * fn.greatest(whole - best, fn.lit(0.0))).alias("dcb"))
    )


def gould_fernandez(arcs: DataFrame, groups: DataFrame) -> DataFrame:
    """`node` and its five counts of a -> v -> b without a -> b, a and b apart.

    All two-steps are counted by group and never listed, so that a hub costs its partners and not
    their pairs; taken off are those that come back or have a shorter way.
    """
    part = fn.col("part")
    giver = groups.select(fn.col("node").alias("start"), part.alias("before"))
    own = groups.select(fn.col("node").alias("start"), part.alias("own"))
    taker = groups.select(fn.col("node").alias("end"), part.alias("after"))
    placed = arcs.join(giver, "start").join(taker, "end").localCheckpoint()
    gets = placed.groupBy(fn.col("end").alias("node"), "before").agg(fn.count("*").alias("gets"))
    gives = placed.groupBy(fn.col("start").alias("node"), "after").agg(fn.count("*").alias("gives"))
    mine = own.withColumnRenamed("start", "node")
    steps = gets.join(gives, "node").join(mine, "node")
    counted = steps.select("node", _role(), (fn.col("gets") * fn.col("gives")).alias("n"))
    less = _not_brokered(placed).join(mine, "node").select("node", _role(), fn.lit(-1).alias("n"))
    sums = [
        fn.coalesce(fn.sum(fn.when(fn.col("role") == role, fn.col("n"))), fn.lit(0)).alias(role)
        for role in ROLES
    ]
    found = counted.union(less).groupBy("node").agg(*sums)
    return nodes_of(arcs).join(found, "node", "left").fillna(0, list(ROLES))


def _role() -> Column:
    before, own, after = fn.col("before"), fn.col("own"), fn.col("after")
    same = fn.when(before == own, ROLES[0]).otherwise(ROLES[1])
    apart = fn.when(before == own, ROLES[2]).when(after == own, ROLES[3]).otherwise(ROLES[4])
    return fn.when(before == after, same).otherwise(apart).alias("role")


def _not_brokered(placed: DataFrame) -> DataFrame:
    """The steps by `node` from `before` to `after` that come back, or that an arc cuts short."""
    first = placed.select(fn.col("start").alias("giver"), fn.col("end").alias("node"), "before")
    second = placed.select(fn.col("start").alias("node"), fn.col("end").alias("taker"), "after")
    arc = placed.select(fn.col("start").alias("giver"), fn.col("end").alias("taker"))
    back = first.join(second.withColumnRenamed("taker", "giver"), ["node", "giver"])
    # Arcs cut short are looked for from each arc's ends and not among all steps of a node.
    short = arc.join(first, "giver").join(second, ["node", "taker"])
    return back.select("node", "before", "after").union(short.select("node", "before", "after"))


def role_brokerage(arcs: DataFrame, groups: DataFrame) -> DataFrame:
    """`node`, the five counts and `gf`: all but the coordinator's over d(d - 1) + 6."""
    d = fn.col("degree")
    between = sum((fn.col(role) for role in ROLES[2:]), fn.col(ROLES[1]))
    gf = fn.when(d < LEAST_PARTNERS, 0.0).otherwise(between / (d * (d - 1) + 6)).alias("gf")
    found = gould_fernandez(arcs, groups).join(degrees(arcs), "node")
    return found.select("node", *ROLES, gf)
