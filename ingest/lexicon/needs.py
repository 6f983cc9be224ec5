"""What each row of the wordings needs, worked out beforehand: to parse all takes half a second.

`python -m ingest.lexicon.needs` works it out anew; until then a changed row is parsed when met.
"""

from collections.abc import Sequence
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Final

import msgspec

from ingest.lexicon.frames import frame_names, rows_of
from ingest.text.needed import all_needed

PATH: Final = Path(__file__).with_name("data") / "needs.json"
_MOST: Final = 40
"""More literals than this are looked for in one scan of a text only, never one by one."""
Needs = tuple[tuple[str, ...], ...]
"""Sets of literals of each of which every text with a match holds one: the rarest, then others."""


def needs_of(row: str) -> Needs:
    """What every text with a match of a row holds."""
    known = _worked_out().get(_key(row))
    return worked_out(row) if known is None else known


def worked_out(row: str) -> Needs:
    """The same, by parsing the row."""
    first, *others = all_needed(row) or (frozenset[str](),)
    few = sorted((words for words in others if len(words) <= _MOST), key=len)
    return tuple(tuple(sorted(words)) for words in (first, *few))


@cache
def _worked_out() -> dict[str, Needs]:
    return msgspec.json.decode(PATH.read_bytes(), type=dict[str, Needs])


def _key(row: str) -> str:
    return blake2b(row.encode(), digest_size=8).hexdigest()


def _all_rows() -> Sequence[str]:
    return [row for name in frame_names("") for row in rows_of(name)]


def main() -> None:
    """Writes the data file, one row a line."""
    found = {_key(row): worked_out(row) for row in _all_rows()}
    lines = [
        f"{msgspec.json.encode(key).decode()}:{msgspec.json.encode(needs).decode()}"
        for key, needs in sorted(found.items())
    ]
    PATH.write_text("{" + ",\n".join(lines) + "}\n", "utf-8")


if __name__ == "__main__":
    main()
