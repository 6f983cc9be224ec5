"""Sets of character shingles of very many texts, as the rows of one sparse array."""

from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

LENGTH: Final = 3
_PADDING: Final = "\0" * LENGTH
_LOT: Final = 1_000_000
"""Characters worked on at once."""
_CHARACTER_BITS: Final = 21

Numbers = NDArray[np.int64]
Counts = NDArray[np.int32]
Rows = Any
"""A `scipy.sparse.csr_array`; scipy's stubs don't tell its arithmetic."""


class Shingles(NamedTuple):
    """A row a text and a column a shingle of at least two texts, the rarest first.

    `sizes`: distinct shingles of each text, with those that no other text has.
    """

    rows: Rows
    sizes: Numbers


class _Lot(NamedTuple):
    """Some texts: the distinct shingles of all, and the numbers of each text's in order of text."""

    codes: Numbers
    held: Counts
    sizes: Numbers


def shingles_of(texts: Sequence[str]) -> Shingles:
    """The shingles of each text, n in all; a text under three characters is one shingle."""
    lots = [_read(texts[start:stop]) for start, stop in _lots(texts)]
    codes, places = np.unique(
        np.concatenate([lot.codes for lot in lots] or [np.empty(0, np.int64)]), return_inverse=True
    )
    parts = np.split(places, np.cumsum([len(lot.codes) for lot in lots])[:-1])
    texts_with = np.zeros(len(codes), dtype=np.int64)
    for lot, part in zip(lots, parts, strict=False):
        texts_with[part] += np.bincount(lot.held, minlength=len(part))
    # The rarest first, equally rare ones by their characters: the same for every order of texts.
    order = np.lexsort((codes, texts_with))
    alone = int(np.searchsorted(texts_with[order], 2))
    columns = np.empty(len(codes), dtype=np.int32)
    columns[order] = np.arange(-alone, len(codes) - alone, dtype=np.int32)
    width = len(codes) - alone
    kept = [_kept(lot, columns[part], width) for lot, part in zip(lots, parts, strict=False)]
    return _whole(kept, lots, width)


def _lots(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    start = size = 0
    for number, text in enumerate(texts):
        if size > _LOT:
            yield start, number
            start, size = number, 0
        size += len(text)
    if start < len(texts):
        yield start, len(texts)


def _read(texts: Sequence[str]) -> _Lot:
    codes = _packed(texts)
    lengths = np.array([len(text) for text in texts], dtype=np.int64)
    counts = np.maximum(lengths - LENGTH + 1, 1)
    starts = np.cumsum(lengths + LENGTH) - lengths - LENGTH
    found, places = np.unique(codes[spread(starts, counts)], return_inverse=True)
    keys = np.sort(np.repeat(np.arange(len(texts)), counts) * len(found) + places)
    once = np.ones(len(keys), dtype=np.bool_)
    once[1:] = keys[1:] != keys[:-1]
    owners, held = np.divmod(keys[once], len(found))
    return _Lot(found, held.astype(np.int32), np.bincount(owners, minlength=len(texts)))


def _packed(texts: Sequence[str]) -> Numbers:
    """Three characters from each place on as one number; each text ends with padding."""
    joined = "".join(text + _PADDING for text in texts)
    raw = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.int64)
    count = len(raw) - LENGTH + 1
    packed = np.zeros(count, dtype=np.int64)
    for offset in range(LENGTH):
        packed = (packed << _CHARACTER_BITS) | raw[offset : offset + count]
    return packed


def _kept(lot: _Lot, columns: Counts, width: int) -> tuple[Counts, Numbers]:
    """The columns of each text in order, those of one text alone left out; and how many."""
    found = columns[lot.held]
    owners = np.repeat(np.arange(len(lot.sizes)), lot.sizes)[found >= 0]
    counts = np.bincount(owners, minlength=len(lot.sizes))
    keys = np.sort(owners * width + found[found >= 0])
    return (keys % max(width, 1)).astype(np.int32), counts


def _whole(parts: list[tuple[Counts, Numbers]], lots: list[_Lot], width: int) -> Shingles:
    none = [np.empty(0, np.int64)]
    sizes = np.concatenate([lot.sizes for lot in lots] or none)
    kept = np.concatenate([counts for _, counts in parts] or none)
    columns = np.concatenate([found for found, _ in parts] or none)
    starts = np.concatenate(([0], np.cumsum(kept)))
    return Shingles(filled(columns, starts, width, np.bool_), sizes)


def filled(columns: NDArray[Any], starts: NDArray[Any], width: int, kind: type) -> Rows:
    """A sparse array whose row i holds 1 in the columns from starts[i] to starts[i + 1]."""
    data: NDArray[Any] = np.ones(len(columns), dtype=kind)
    return sparse.csr_array((data, columns, starts), shape=(len(starts) - 1, width))


def spread(starts: NDArray[Any], counts: NDArray[Any]) -> Numbers:
    """The numbers from starts[i] on, counts[i] of them, for each i in turn."""
    ends = np.cumsum(counts)
    numbers: Numbers = np.arange(int(counts.sum())) + np.repeat(starts - ends + counts, counts)
    return numbers
