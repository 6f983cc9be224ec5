"""Near-duplicate texts: MinHash to find candidates, exact Jaccard likeness to decide."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b

import msgspec
import numpy as np
from numpy.typing import NDArray

THRESHOLD = 0.6
SHINGLE = 3
# 20 bands of 3 rows miss a pair of likeness 0.6 in under 1 of 100 cases: (1 - 0.6^3)^20.
_BANDS = 20
_ROWS = 3
_BATCH = 2_000
_MOST_CANDIDATES = 64
# Odd numbers from a hash, not from a generator: the same in every version of every library.
_FACTORS = tuple(
    np.uint64(int.from_bytes(blake2b(b"%d" % n, digest_size=8).digest(), "big") | 1)
    for n in range(_BANDS * _ROWS)
)
# A reposter puts in an own contact: names and numbers count as one sign.
_IDENTIFIER = re.compile(r"@[a-z0-9_]+|[a-z0-9_]*[0-9_][a-z0-9_]*")
_NO_SIGN = re.compile(r"[\W_]+")
_IDENTIFIER_LENGTH = 5
_PLACE = "\ue000"

_Hashes = NDArray[np.uint64]


class Place(msgspec.Struct, frozen=True):
    """Where a text stands: the index of the text that leads its family, and its likeness to it."""

    leader: int
    similarity: float


def reduced(normal: str) -> str:
    """Normal text for comparing: signs and spaces dropped, every contact and long number alike."""
    kept = _IDENTIFIER.sub(
        lambda found: _PLACE if len(found[0]) >= _IDENTIFIER_LENGTH else found[0], normal
    )
    return _NO_SIGN.sub("", kept.replace(_PLACE, "囗")).replace("囗", _PLACE)


def families(texts: Sequence[str]) -> list[Place]:
    """The family of each of these distinct texts; earlier texts lead, so order them by time."""
    places = [Place(index, 1.0) for index in range(len(texts))]
    buckets: dict[int, list[int]] = defaultdict(list)
    shingles: dict[int, frozenset[str]] = {}
    for index, keys in _candidates(texts):
        own = _shingles(texts[index])
        best = _best(own, keys, buckets, shingles)
        if best is not None:
            places[index] = best
            continue
        shingles[index] = own
        for key in keys:
            buckets[key].append(index)
    return places


def _candidates(texts: Sequence[str]) -> Iterator[tuple[int, list[int]]]:
    """Each text that shares a band with another, with the bands that it shares."""
    if len(texts) < 2:
        return
    parts = [_bands(texts[i : i + _BATCH]) for i in range(0, len(texts), _BATCH)]
    bands = np.concatenate(parts)
    shared = np.zeros(bands.shape, dtype=bool)
    for band in range(_BANDS):
        order = np.argsort(bands[:, band], kind="stable")
        column = bands[order, band]
        equal = column[1:] == column[:-1]
        shared[order[1:][equal], band] = True
        shared[order[:-1][equal], band] = True
    for index in np.flatnonzero(shared.any(axis=1)).tolist():
        yield index, bands[index, shared[index]].tolist()


def likeness(left: str, right: str) -> float:
    """Jaccard likeness of the character shingles of two texts, 0 to 1."""
    return _jaccard(_shingles(left), _shingles(right))


def _best(
    own: frozenset[str],
    keys: Iterable[int],
    buckets: dict[int, list[int]],
    shingles: dict[int, frozenset[str]],
) -> Place | None:
    best: Place | None = None
    candidates = sorted({index for key in keys for index in buckets.get(key, ())})
    for index in candidates[:_MOST_CANDIDATES]:
        similarity = _jaccard(own, shingles[index])
        if similarity >= THRESHOLD and (best is None or similarity > best.similarity):
            best = Place(index, similarity)
    return best


def _shingles(text: str) -> frozenset[str]:
    return frozenset(text[i : i + SHINGLE] for i in range(max(1, len(text) - SHINGLE + 1)))


def _jaccard(left: frozenset[str], right: frozenset[str]) -> float:
    shared = len(left & right)
    return shared / (len(left) + len(right) - shared)


def _bands(texts: Sequence[str]) -> _Hashes:
    """One hash for each text and band, the same on every machine."""
    starts, hashes = _shingle_hashes(texts)
    signature = np.empty((len(texts), _BANDS * _ROWS), dtype=np.uint64)
    for column, factor in enumerate(_FACTORS):
        mixed = hashes * factor
        mixed ^= mixed >> np.uint64(29)
        signature[:, column] = np.minimum.reduceat(mixed * factor, starts)
    rows = signature.reshape(len(texts), _BANDS, _ROWS)
    band: _Hashes = rows[:, :, 0].copy()
    for row in range(1, _ROWS):
        band = band * np.uint64(0x9E3779B97F4A7C15) + rows[:, :, row]
    # The number of the band goes in, so that bands of one text are not taken for each other.
    return band + np.arange(_BANDS, dtype=np.uint64) * np.uint64(0xD6E8FEB86659FD93)


def _shingle_hashes(texts: Sequence[str]) -> tuple[NDArray[np.int64], _Hashes]:
    # Each text ends with padding, so that every shingle lies inside one text.
    joined = "".join(text + "\0" * (SHINGLE - 1) for text in texts)
    codes = np.frombuffer(joined.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    count = len(codes) - SHINGLE + 1
    hashes = np.zeros(count, dtype=np.uint64)
    for offset in range(SHINGLE):
        hashes = hashes * np.uint64(0x100000001B3) + codes[offset : offset + count] + np.uint64(1)
    hashes *= np.uint64(0xFF51AFD7ED558CCD)
    hashes ^= hashes >> np.uint64(32)
    lengths = np.array([len(text) + SHINGLE - 1 for text in texts], dtype=np.int64)
    starts = np.concatenate(([0], np.cumsum(lengths)[:-1])).astype(np.int64)
    return np.minimum(starts, count - 1), hashes
