"""Values of a sample as they may be shown: masked by what stands in the cell and beside it."""

from collections import Counter
from collections.abc import Sequence
from itertools import zip_longest

from evidence.archive.cleaning import clean_message, storable
from evidence.masking import MASK, mask
from ingest.suggesting.sample import Sample

_ROWS = 60
_SHOWN = 3
_LONGEST_CELL = 400
_LONGEST = 40


class Examples:
    """Some values of each column. Rows are masked whole, since a name is known by its company."""

    def __init__(self, sample: Sample) -> None:
        self._columns: list[list[str]] = [[] for _ in sample.names]
        self._filled = Counter[int]()
        self._struck = Counter[int]()
        for row in sample.rows[:_ROWS]:
            cells = [_flat(cell) for cell in row[: len(sample.names)]]
            for at, shown in enumerate(_masked(sample.names, cells)):
                self._keep(at, shown.strip())

    def _keep(self, at: int, shown: str) -> None:
        kept = self._columns[at]
        self._filled[at] += bool(shown)
        self._struck[at] += 2 * shown.count(MASK) > len(shown)
        if shown and len(shown) > _LONGEST:
            shown = shown[: _LONGEST - 1] + "…"
        if shown and shown not in kept and len(kept) < _SHOWN:
            kept.append(shown)

    def hidden(self) -> frozenset[int]:
        """Columns that hold victims' identifiers: no ids of posts, and no names of speakers."""
        return frozenset(at for at, struck in self._struck.items() if 2 * struck > self._filled[at])

    def of(self, at: int) -> list[str]:
        """The masked examples of a column."""
        return self._columns[at]


def _flat(cell: str) -> str:
    line = storable(cell[:_LONGEST_CELL])
    return "".join(char if char.isprintable() else " " for char in line)


def _masked(names: Sequence[str], cells: Sequence[str]) -> list[str]:
    """Each cell, struck out where it is masked alone, under its label, or in its row."""
    heading = "\t".join(_flat(name) for name in names)
    row = mask(f"{heading}\n" + "\t".join(cells)).text[len(heading) + 1 :]
    shown = []
    start = 0
    for at, cell in enumerate(cells):
        label = f"{_flat(names[at])}: "
        labelled = clean_message(label + cell)[len(label) :]
        in_row = row[start : start + len(cell)]
        start += len(cell) + 1
        shown.append(_both(cell, labelled, in_row, clean_message(cell)))
    return shown


def _both(cell: str, *masked: str) -> str:
    return "".join(
        MASK if MASK in chars else chars[0] for chars in zip_longest(cell, *masked, fillvalue=MASK)
    )
