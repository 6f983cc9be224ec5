"""Which lexicon counted the mentions of products, and what it left out as ambiguous."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

import msgspec

from evidence.archive.archive import Archive
from graph import ids
from graph.analysis.group_days import COUNTED, bot_numbers
from graph.analysis.metrics import MetricsOptions, Segments, chosen_venues

LeftOutOf = Callable[[str], Sequence[str]]
"""Text -> lexicon ids that its ambiguous words may mean and that are not counted."""
_VERSIONS: Final = """
SELECT r.lexicon, count(*) AS n FROM product_mention m
JOIN post p ON p.n = m.post_n JOIN reading r ON r.version_n = p.version_n
GROUP BY 1 ORDER BY n DESC, 1
"""
_TEXTS: Final = f"""
SELECT t.text, v.id, p.account_n FROM post p
JOIN post_version t ON t.n = p.version_n JOIN venue v ON v.n = p.venue_n
WHERE p.kind IN {COUNTED}
  AND (:since IS NULL OR p.utc >= :since) AND (:until IS NULL OR p.utc < :until)
ORDER BY t.text
"""


def lexicons(archive: Archive) -> dict[str, int]:
    """Version of the lexicon -> mentions that it counted, most first."""
    return dict(archive.connection.execute(_VERSIONS))


class LeftOut(msgspec.Struct, frozen=True):
    """Posts that name a product by an ambiguous word alone, and that are no mention of it."""

    product: str
    left_out: int

    def document(self) -> dict[str, Any]:
        """The row as JSON types."""
        return msgspec.structs.asdict(self)


COLUMNS = LeftOut.__struct_fields__


def left_out(
    archive: Archive, segments: Segments, options: MetricsOptions, read: LeftOutOf
) -> list[LeftOut]:
    """Counted anew over the texts, each distinct one read once; most first."""
    counts = Counter[str]()
    for text, posts in groupby(_texts(archive, segments, options), key=itemgetter(0)):
        names = read(text)
        if names:
            counts.update(dict.fromkeys(names, sum(1 for _ in posts)))
    rows = [LeftOut(ids.vocabulary(name), n) for name, n in counts.items()]
    return sorted(rows, key=lambda row: (-row.left_out, row.product))


def _texts(
    archive: Archive, segments: Segments, options: MetricsOptions
) -> Iterator[tuple[str, str, int | None]]:
    chosen = chosen_venues(archive, segments, options)
    out = bot_numbers(archive) if options.exclude_bots else frozenset[int]()
    given = {
        name: None if moment is None else int(moment.timestamp())
        for name, moment in (("since", options.since), ("until", options.until))
    }
    for row in archive.connection.execute(_TEXTS, given):
        if row[1] in chosen and row[2] not in out:
            yield row
