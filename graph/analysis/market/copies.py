"""How much of the volume is copy and paste, over all posts of the archive."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from evidence.archive.archive import Archive
from graph.analysis.days import LOCAL_DAY, stretches
from graph.analysis.figures import Cells
from graph.analysis.group_days import COUNTED, bot_numbers, extent
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


def copies(archive: Archive, material: Material, options: MetricsOptions) -> list[CopiesRow]:
    """One row a period with posts; a post without a cluster is a text of its own."""
    families = _families(archive, material, options)
    rows: list[CopiesRow] = []
    for period, cells in material.cells.items():
        sizes = Counter[str]()
        for day in range(period.first, period.last + 1):
            sizes.update(families.get(day, {}))
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
) -> dict[int, Counter[str]]:
    """Day -> clusters with their posts on it, in the chosen venues."""
    found: dict[int, Counter[str]] = defaultdict(Counter)
    names = archive.connection.execute("SELECT n, id FROM venue")
    chosen = {n for n, id_ in names if id_ in material.chosen}
    out = bot_numbers(archive) if options.exclude_bots else frozenset[int]()
    for venue, day, account, cluster in _rows(archive, options):
        if venue in chosen and account not in out:
            found[day][cluster] += 1
    return found


def _rows(archive: Archive, options: MetricsOptions) -> Iterator[tuple[int, int, int | None, str]]:
    """(venue, day, account, cluster) of each post that has a cluster."""
    ends = extent(archive)
    if ends is None:
        return
    for stretch in stretches(ZoneInfo(options.zone), *_cut(*ends, options)):
        yield from archive.connection.execute(
            f"SELECT p.venue_n, {LOCAL_DAY}, p.account_n, c.cluster FROM text_cluster c"
            " JOIN post p ON p.n = c.post_n"
            f" WHERE utc >= :start AND utc < :end AND p.kind IN {COUNTED}",
            {"offset": stretch.offset, "start": stretch.start, "end": stretch.end},
        )


def _cut(first: int, last: int, options: MetricsOptions) -> tuple[int, int]:
    if options.since is not None:
        first = max(first, int(options.since.timestamp()))
    if options.until is not None:
        last = min(last, int(options.until.timestamp()) - 1)
    return first, last
