"""What one export says and the other does not, over the time that both cover."""

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

import msgspec

from evidence.compare.model import Comparison, Difference, Kind
from evidence.compare.names import renamed
from evidence.joining.words import plain

Files = Sequence[int]
_SIDE: Final = """
SELECT coalesce(k.id, p.id) AS id, coalesce(k.venue_n, p.venue_n) AS venue_n, p.utc,
  coalesce(p.sender, a.id) AS who, coalesce(a.id, '') AS account, p.native_id,
  coalesce(j.kind, p.kind) AS kind, max(p.deleted, coalesce(k.deleted, 0)) AS deleted,
  v.n AS version_n, v.text, v.text_key, f.reader, c.place, max(coalesce(v.edited_at, -1)) AS last
FROM capture c JOIN file f ON f.n = c.file_n JOIN post_version v ON v.n = c.version_n
JOIN post p ON p.n = v.post_n LEFT JOIN joined j ON j.post_n = p.n
LEFT JOIN post k ON k.n = j.kept_n
LEFT JOIN account a ON a.n = coalesce(k.account_n, p.account_n)
WHERE c.file_n IN (SELECT value FROM json_each(:{side})) GROUP BY 1
"""
_BOTH: Final = (
    f"WITH a AS MATERIALIZED ({_SIDE.format(side='a')}),"
    f" b AS MATERIALIZED ({_SIDE.format(side='b')}) "
)
_SPANS: Final = f"""{_BOTH}
SELECT 'a', venue_n, min(utc), max(utc) FROM a WHERE venue_n IS NOT NULL GROUP BY venue_n
UNION ALL SELECT 'b', venue_n, min(utc), max(utc) FROM b WHERE venue_n IS NOT NULL GROUP BY venue_n
"""
_COLUMNS: Final = "id, venue_n, utc, who, account, native_id, kind, deleted, text, place"
_ONE_SIDED: Final = f"""{_BOTH}
SELECT {_COLUMNS} FROM {{one}} WHERE id NOT IN (SELECT id FROM {{other}})
"""
_UNLIKE: Final = f"""{_BOTH}
SELECT a.id, a.venue_n, a.utc, a.who, a.account, a.native_id, a.kind, a.deleted, a.text, b.text,
  b.place, a.text_key <> b.text_key AND a.reader = b.reader
FROM a JOIN b ON b.id = a.id WHERE a.text_key <> b.text_key OR a.deleted
"""
_EQUAL: Final = f"{_BOTH} SELECT count(*) FROM a JOIN b ON b.id = a.id"
_VENUES: Final = "SELECT n, id FROM venue"


class _Message(msgspec.Struct, frozen=True, array_like=True):
    id: str
    venue_n: int | None
    utc: int | None
    who: str | None
    account: str
    native_id: str | None
    kind: str
    deleted: int
    text: str
    place: str


Span = tuple[int, int]
Pair = tuple[_Message, _Message]
Key = tuple[int, str, int]
"""Venue; number, words or sender; minute or second."""


def compare(connection: sqlite3.Connection, a: Files, b: Files) -> Comparison:
    """The files of the one side against those of the other."""
    values = {side: msgspec.json.encode(list(n)).decode() for side, n in (("a", a), ("b", b))}
    one_place, spans = _covered(connection, values)
    gone = _one_sided(connection, values, "a", "b")
    new = _one_sided(connection, values, "b", "a")
    pairs = _aligned(gone, new, one_place)
    met = {id(message) for pair in pairs for message in pair}
    rest_a = [message for message in gone if id(message) not in met]
    rest_b = [message for message in new if id(message) not in met]
    venues: dict[int, str] = dict(connection.execute(_VENUES))
    unlike, equal = _unlike(connection, values, venues)
    changed = [row for pair in pairs for row in _changed(*pair, venues, strict=False)]
    inside_a = [message for message in rest_a if _inside(message, spans)]
    inside_b = [message for message in rest_b if _inside(message, spans)]
    rows = [
        *(_row("gone", message, message.text, None, venues) for message in inside_a),
        *(_row("new", message, None, message.text, venues) for message in inside_b),
        *unlike,
        *changed,
    ]
    rows.sort(key=lambda row: (row.when or datetime.min.replace(tzinfo=UTC), row.post or ""))
    edited = sum(row.kind == "edited" for row in rows)
    return Comparison(
        rows=[*rows, *renamed(connection, a, b, ((o.account, t.account) for o, t in pairs))],
        same=equal + len(pairs) - edited,
        only_a=len(rest_a) - len(inside_a),
        only_b=len(rest_b) - len(inside_b),
        first=_when(min((span[0] for span in spans.values()), default=None)),
        last=_when(max((span[1] for span in spans.values()), default=None)),
    )


def _covered(
    connection: sqlite3.Connection, values: Mapping[str, str]
) -> tuple[bool, dict[int | None, Span]]:
    """Whether each side is of one venue, and the time that both cover by venue.

    Two exports of one venue each are of one place, whatever they call it: that is what is asked.
    """
    sides: dict[str, dict[int, Span]] = {"a": {}, "b": {}}
    for side, venue, first, last in connection.execute(_SPANS, values):
        if first is not None:
            sides[side][venue] = (first, last)
    one_place = len(sides["a"]) == len(sides["b"]) == 1
    if one_place:
        ((one, span), (other, span_b)) = *sides["a"].items(), *sides["b"].items()
        both = _overlap(span, span_b)
        return True, {one: both, other: both}
    common = sides["a"].keys() & sides["b"].keys()
    return False, {venue: _overlap(sides["a"][venue], sides["b"][venue]) for venue in common}


def _overlap(one: Span, two: Span) -> Span:
    return max(one[0], two[0]), min(one[1], two[1])


def _inside(message: _Message, spans: Mapping[int | None, Span]) -> bool:
    span = spans.get(message.venue_n)
    return span is not None and message.utc is not None and span[0] <= message.utc <= span[1]


def _one_sided(
    connection: sqlite3.Connection, values: Mapping[str, str], one: str, other: str
) -> list[_Message]:
    rows = connection.execute(_ONE_SIDED.format(one=one, other=other), values)
    found = (_Message(*row) for row in rows)
    return [message for message in found if message.kind not in ("service", "report_passage")]


def _aligned(gone: Iterable[_Message], new: Sequence[_Message], one_place: bool) -> list[Pair]:
    """Messages with other ids that are one: by number, by time and words, by sender and second.

    Each must stand once on each side.
    """
    pairs: list[Pair] = []
    left = list(gone)
    for key in (_numbered, _said, _spoken):
        there = _once(new, key, one_place)
        here = _once(left, key, one_place)
        found = [(here[each], there[each]) for each in sorted(here.keys() & there.keys())]
        met = {id(message) for pair in found for message in pair}
        pairs += found
        left = [message for message in left if id(message) not in met]
        new = [message for message in new if id(message) not in met]
    return pairs


def _numbered(message: _Message, venue: int) -> Key | None:
    if message.native_id is None or message.utc is None:
        return None
    return venue, message.native_id, message.utc // 60


def _said(message: _Message, venue: int) -> Key | None:
    words = plain(message.text)
    return None if message.utc is None or not words else (venue, words, message.utc // 60)


def _spoken(message: _Message, venue: int) -> Key | None:
    who = message.who
    return None if message.utc is None or not who else (venue, plain(who), message.utc)


def _once(
    messages: Iterable[_Message], key: Callable[[_Message, int], Key | None], one_place: bool
) -> dict[Key, _Message]:
    found: dict[Key, list[_Message]] = defaultdict(list)
    for message in messages:
        made = key(message, 0 if one_place else message.venue_n or 0)
        if made is not None:
            found[made].append(message)
    return {made: several[0] for made, several in found.items() if len(several) == 1}


def _unlike(
    connection: sqlite3.Connection, values: Mapping[str, str], venues: Mapping[int, str]
) -> tuple[list[Difference], int]:
    rows = []
    for *fields, after, place, strict in connection.execute(_UNLIKE, values):
        one = msgspec.convert((*fields, place), _Message, strict=False)
        two = msgspec.structs.replace(one, text=after)
        rows += _changed(one, two, venues, strict=bool(strict))
    return rows, int(connection.execute(_EQUAL, values).fetchone()[0])


def _changed(
    one: _Message, two: _Message, venues: Mapping[int, str], *, strict: bool
) -> list[Difference]:
    """`strict`: both are of one format, so another key is another text, if only where masked."""
    if one.deleted or two.deleted:
        return [_row("recalled", two, one.text, two.text, venues)]
    if strict or plain(one.text) != plain(two.text):
        return [_row("edited", two, one.text, two.text, venues)]
    return []


def _row(
    kind: Kind,
    message: _Message,
    before: str | None,
    after: str | None,
    venues: Mapping[int, str],
) -> Difference:
    return Difference(
        kind=kind,
        post=message.id,
        when=_when(message.utc),
        who=message.who,
        before=before,
        after=after,
        venue=None if message.venue_n is None else venues.get(message.venue_n),
        place=message.place,
    )


def _when(utc: int | None) -> datetime | None:
    return None if utc is None else datetime.fromtimestamp(utc, UTC)
