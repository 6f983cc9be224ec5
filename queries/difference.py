"""What came, went and changed between two answers to one question."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any, Literal

import msgspec

Row = dict[str, Any]


class Change(msgspec.Struct, frozen=True):
    """A row that differs: `key` names it, the other two hold the columns that differ."""

    change: Literal["came", "went", "changed"]
    key: Row
    before: Row | None = None
    after: Row | None = None


def difference(before: Sequence[Row], after: Sequence[Row], keys: Sequence[str]) -> list[Change]:
    """Changes by the key columns, by key; rows of JSON's own types.

    Rows that share a key are paired where they are equal, then in their order.
    """
    old, new = _by_key(before, keys), _by_key(after, keys)
    changes: list[Change] = []
    for key in sorted(old.keys() | new.keys()):
        changes += _of_one_key(old.get(key, []), new.get(key, []), keys)
    return changes


def _by_key(rows: Sequence[Row], keys: Sequence[str]) -> dict[bytes, list[Row]]:
    grouped: dict[bytes, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[_encoded([row.get(name) for name in keys])].append(row)
    return grouped


def _of_one_key(old: Sequence[Row], new: Sequence[Row], keys: Sequence[str]) -> list[Change]:
    old, new = _without(old, new), _without(new, old)
    paired = min(len(old), len(new))
    changed = [_changed(a, b, keys) for a, b in zip(old, new, strict=False)]
    went = [Change("went", _part(row, keys), before=_rest(row, keys)) for row in old[paired:]]
    came = [Change("came", _part(row, keys), after=_rest(row, keys)) for row in new[paired:]]
    return [*changed, *went, *came]


def _without(rows: Sequence[Row], others: Sequence[Row]) -> list[Row]:
    """The rows that have no equal among the others, each equal used up once."""
    left = Counter(map(_encoded, others))
    kept = []
    for row in rows:
        text = _encoded(row)
        if left[text]:
            left[text] -= 1
        else:
            kept.append(row)
    return kept


def _changed(old: Row, new: Row, keys: Sequence[str]) -> Change:
    names = [name for name in dict.fromkeys([*old, *new]) if old.get(name) != new.get(name)]
    return Change("changed", _part(new, keys), _part(old, names), _part(new, names))


def _part(row: Row, names: Sequence[str]) -> Row:
    return {name: row.get(name) for name in names}


def _rest(row: Row, keys: Sequence[str]) -> Row:
    return {name: value for name, value in row.items() if name not in keys}


def _encoded(value: object) -> bytes:
    return msgspec.json.encode(value, order="deterministic")
