"""How much of the volume is copy and paste, over all posts of the archive."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from evidence.archive.archive import Archive, scan
from graph.analysis.days import LOCAL_DAY
from graph.analysis.figures import Cells
from graph.analysis.group_days import COUNTED, bot_numbers, in_chunks, selected
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
_IN_ONE_ROW = (
    f"SELECT group_concat({LOCAL_DAY}), group_concat(c.cluster)"
    " FROM text_cluster c CROSS JOIN post p ON p.n = c.post_n"
    " WHERE c.post_n >= :low AND c.post_n < :high"
    f" AND utc >= :start AND utc < :end AND p.kind IN {COUNTED}"
    " AND p.venue_n IN (SELECT value FROM json_each(:venues)) AND (p.account_n IS NULL"
    " OR p.account_n NOT IN (SELECT value FROM json_each(:out)))"
)


def copies(archive: Archive, material: Material, options: MetricsOptions) -> list[CopiesRow]:
    """One row a period with posts; a post without a cluster is a text of its own."""
    families = _families(archive, material, options)
    rows: list[CopiesRow] = []
    for (period, cells), sizes in zip(material.cells.items(), families, strict=True):
        if cells:
            rows.append(_row(period.name, options.segment or ALL, cells, sizes))
    return rows


def _row(period: str, segment: str, cells: Cells, sizes: Counter[str]) -> CopiesRow:
    posts = sum(cell.posts for _, cell in cells)
    clusters = posts - sizes.total() + len(sizes)
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
) -> Iterator[Counter[str]]:
    """Clusters with their posts in each period, in the chosen venues."""
    import numpy as np

    numbers: dict[str, int] = {}
    found = [np.zeros((2, 0), dtype=np.int64)]
    for days, clusters in _texts(archive, material, options):
        families = [numbers.setdefault(name, len(numbers)) for name in clusters.split(",")]
        found.append(np.array([np.fromstring(days, dtype=np.int64, sep=","), families]))
    days_of, families_of = np.concatenate(found, axis=1)
    order = np.argsort(days_of)
    days_of, families_of, names = days_of[order], families_of[order], list(numbers)
    for period in material.cells:
        low, high = np.searchsorted(days_of, (period.first, period.last + 1))
        inside, posts = np.unique(families_of[low:high], return_counts=True)
        known = map(names.__getitem__, inside.tolist())
        yield Counter(dict(zip(known, posts.tolist(), strict=True)))


def _texts(
    archive: Archive, material: Material, options: MetricsOptions
) -> Iterator[tuple[str, str]]:
    """Days and clusters of the posts of the chosen venues that have a cluster, with commas."""
    names = archive.connection.execute("SELECT n, id FROM venue")
    out = bot_numbers(archive) if options.exclude_bots else frozenset[int]()
    given: dict[str, str | int] = {
        "venues": json.dumps([n for n, id_ in names if id_ in material.chosen]),
        "out": json.dumps([*out]),
    }
    with scan(archive.connection):
        for part in selected(archive, ZoneInfo(options.zone), options.since, options.until):
            given |= {"offset": part.offset, "start": part.start, "end": part.end}
            yield from in_chunks(archive, _IN_ONE_ROW, given)
