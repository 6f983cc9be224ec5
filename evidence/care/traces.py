"""What names, or repeats, something that is erased: decisions of people, and saved results."""

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from evidence.care.going import Going
from evidence.care.layout import RESULTS

_HASHED = re.compile(r"[a-z]+:[0-9a-f]{32,64}")
_SHORTEST = 4
"""Fewer characters say nothing of where they come from."""
_MANY = 1000
"""With more erased texts than this, each saved result is taken for one that rests on them."""


def decisions_about(connection: sqlite3.Connection, going: Going) -> list[str]:
    """Ids of the decisions that name what goes, and of all that undoes them."""
    names = _Names(going)
    rows = connection.execute("SELECT id, target, value, reason FROM decision").fetchall()
    found = {row[0] for row in rows if any(map(names.stand_in, row[1:]))}
    # What undoes comes after what it undoes.
    for decision, undone in connection.execute("SELECT id, undoes FROM decision ORDER BY n"):
        if undone in found:
            found.add(decision)
    return sorted(found)


def results_about(root: Path, going: Going) -> list[str]:
    """File names of the saved results that name what goes, hold its words, or cannot be read."""
    folder = root / RESULTS
    if not going.names or not folder.is_dir():
        return []
    names, words = _Names(going), _Words(going.texts)

    def rests_on_it(path: Path) -> bool:
        leaves = _leaves(path)
        return leaves is None or any(names.stand_in(t) or words.stand_in(t) for t in leaves)

    return sorted(path.name for path in folder.glob("*.json") if rests_on_it(path))


class _Names:
    def __init__(self, going: Going) -> None:
        self._names = going.names
        ends = r"(?![\w%./-])"
        accounts = "|".join(map(re.escape, going.accounts))
        self._accounts = re.compile(f"(?:{accounts}){ends}") if accounts else None

    def stand_in(self, text: str) -> bool:
        """Whether an id of what goes stands in a text."""
        if self._accounts is not None and self._accounts.search(text):
            return True
        return any(found in self._names for found in _HASHED.findall(text))


class _Words:
    def __init__(self, texts: Sequence[str]) -> None:
        plain = [_plain(text) for text in texts[:_MANY]]
        self._all = len(texts) > _MANY
        self._texts = [text for text in plain if len(text) >= _SHORTEST]
        self._whole = "\n".join(self._texts)

    def stand_in(self, text: str) -> bool:
        """Whether a text is a part of what goes, or holds one of its texts whole."""
        text = _plain(text)
        if self._all:
            return True
        if len(text) < _SHORTEST:
            return False
        return text in self._whole or any(one in text for one in self._texts)


def _plain(text: str) -> str:
    return " ".join(text.split()).strip("…")


def _leaves(path: Path) -> Iterator[str] | None:
    """Every string of a JSON file; None where it cannot be read."""
    try:
        return _strings([msgspec.json.decode(path.read_bytes())])
    except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def _strings(values: Iterable[object]) -> Iterator[str]:
    stack = list(values)
    while stack:
        value = stack.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            stack += [*value.keys(), *value.values()]
        elif isinstance(value, list):
            stack += value
