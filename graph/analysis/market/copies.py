"""How much of the volume is copy and paste, over all posts of the archive."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from evidence.archive.archive import Archive
from graph.analysis.days import LOCAL_DAY, stretches
from graph.analysis.figures import Cells
from graph.analysis.group_days import COUNTED, bot_numbers
from graph.analysis.metrics import ALL, Material, MetricsOptions


class CopiesRow(msgspec.Struct, frozen=True, kw_only=True):
    """Posts of one period. `repost_share`: 1 - clusters / posts, copies inside the period alone.

    A lower bound: what was copied from places that nobody watched counts as an original.
    """

    period: str
    segment: str
    posts: int
    clusters: int
    repost_share: float | None
    copied_texts: int
    top_cluster: str | None
    top_posts: int

    def document(self) -> dict[str, Any]:
        """The row as JSON types."""
        return msgspec.structs.asdict(self)


COLUMNS = CopiesRow.__struct_fields__
Sizes = dict[str, int]
"""Cluster -> its posts."""


def copies(archive: Archive, material: Material, options: MetricsOptions) -> list[CopiesRow]:
    """One row a period with posts; a post without a cluster is a text of its own."""
    families = _families(archive, material, options)
    rows: list[CopiesRow] = []
    for period, cells in material.cells.items():
        sizes: Sizes = defaultdict(int)
        for day in range(period.first, period.last + 1):
            for cluster, n in families.get(day, ()):
                sizes[cluster] += n
        if cells:
            rows.append(_row(period.name, options.segment or ALL, cells, sizes))
    return rows


def _row(period: str, segment: str, cells: Cells, sizes: Sizes) -> CopiesRow:
    posts = sum(cell.posts for _, cell in cells)
    clusters = posts - sum(sizes.values()) + len(sizes)
    repeated = [(-n, cluster) for cluster, n in sizes.items() if n > 1]
    most, top = min(repeated, default=(0, None))
    return CopiesRow(
        period=period,
        segment=segment,
        posts=posts,
        clusters=clusters,
        repost_share=round(1 - clusters / posts, 6) if posts else None,
        copied_texts=len(repeated),
        top_cluster=top,
        top_posts=-most,
    )


def _families(
    archive: Archive, material: Material, options: MetricsOptions
) -> dict[int, list[tuple[str, int]]]:
    """Day -> clusters with their posts on it, in the chosen venues."""
    found: dict[int, list[tuple[str, int]]] = defaultdict(list)
    out = bot_numbers(archive) if options.exclude_bots else frozenset[int]()
    for venue, day, account, cluster, n in _rows(archive, options, split=bool(out)):
        if venue in material.chosen and account not in out:
            found[day].append((cluster, n))
    return found


def _rows(
    archive: Archive, options: MetricsOptions, *, split: bool
) -> Iterator[tuple[str, int, int | None, str, int]]:
    """(venue, day, account, cluster, posts); `split`: by account too."""
    first, last = archive.connection.execute(
        "SELECT min(utc), max(utc) FROM post JOIN text_cluster ON post_n = n"
    ).fetchone()
    if first is None:
        return
    account = "p.account_n" if split else "NULL"
    for stretch in stretches(ZoneInfo(options.zone), *_cut(first, last, options)):
        yield from archive.connection.execute(
            f"SELECT v.id, {LOCAL_DAY}, {account}, c.cluster, count(*) FROM text_cluster c"
            " JOIN post p ON p.n = c.post_n JOIN venue v ON v.n = p.venue_n"
            f" WHERE utc >= :start AND utc < :end AND p.kind IN {COUNTED} GROUP BY 1, 2, 3, 4",
            {"offset": stretch.offset, "start": stretch.start, "end": stretch.end},
        )


def _cut(first: int, last: int, options: MetricsOptions) -> tuple[int, int]:
    if options.since is not None:
        first = max(first, int(options.since.timestamp()))
    if options.until is not None:
        last = min(last, int(options.until.timestamp()) - 1)
    return first, last
