"""Chinese names of records by their place: the field beside the values of one victim."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import Final

import msgspec

from evidence.masking.found import MASK, Found
from evidence.masking.labels import KIN, LEADS, han_names, is_label, label_at
from evidence.masking.latin import NO_NAMES
from evidence.masking.shapes import TITLES, is_place, may_be_first, opens_as_name, rank

_HAN: Final = "\u4e00-\u9fff"
_CALLED: Final = KIN | frozenset(han_names()) | frozenset("叫名")
_PART: Final = re.compile(
    rf"(?P<struck>{MASK}+)|(?P<field>(?<![^\W_]|·)[{_HAN}]{{2,10}}(?![^\W_]|·))"
)
_IS: Final = re.compile("(?<=..)(?:是|叫|为)$")
_OURS: Final = re.compile("[我他她其][妈爸哥姐弟妹]$")
_NEAR: Final = re.compile(
    rf"[\W_]{{0,8}}(?:(?:男|女|汉族?|[0-9]{{1,3}}岁|[0-9]{{2}}|[0-9]{{4}}[-/.年][0-9]{{1,2}}[-/.月]"
    rf"[0-9]{{1,2}}日?|(?:19|20)[0-9]{{6}})[^\w\n]{{1,3}}){{0,3}}"
    rf"(?:[{_HAN}]{{0,4}}|[a-z]{{1,8}})?[\W_]{{0,4}}"
)
_TITLED: Final = re.compile(
    f"(?<=..)(?:先生|女士|小姐|{'|'.join(sorted(TITLES, key=lambda w: (-len(w), w)))})$"
)
_NUMBERED: Final = re.compile(r"\A[^\w\n]{0,3}[0-9]{1,3}[.、,:)\]】]")
"""The number of an entry in a list."""
_NEXT: Final = re.compile(r"[^\w\n]{0,8}")
_WHOLE: Final = frozenset({"identity_number", "card", "phone", "address"})
"""Two of these are a whole record, in which somebody is named."""
_RELATED: Final = 4
"""Rank of a name behind a word that says whose relative it is; the record has its own name too."""
_SHORT: Final = 4
"""A struck run as short as this was a name."""


class _Part(msgspec.Struct, frozen=True):
    start: int
    end: int
    kind: str
    """`field`, or what a struck value was; `?` for one struck before."""
    rank: int = 0


class _Entry(msgspec.Struct, frozen=True):
    """A record of a list, and where names begin in it."""

    parts: Sequence[_Part]
    names: set[int]

    @property
    def layout(self) -> tuple[str, ...]:
        """What its parts are; a name counts as any other field."""
        return tuple("field" if part.kind == "name" else part.kind for part in self.parts)

    def places(self) -> Iterator[int]:
        """The places of its names among its parts."""
        for place, part in enumerate(self.parts):
            if part.kind == "name" or part.start in self.names:
                yield place


def record_names(struck: str, chosen: Sequence[Found]) -> Iterator[tuple[int, int]]:
    """Places of names in normal text in which the values that go are struck out."""
    ordered = sorted(chosen, key=lambda value: value.start)
    starts = [value.start for value in ordered]
    edges = [match.start() for match in re.finditer("\n", struck)]
    unnamed: list[_Part] = []
    listed: list[_Entry] = []
    firsts = 0
    for line in _lines(struck, _parts(struck, ordered, starts), edges):
        if not any(part.kind not in ("field", "?") for part in line):
            continue
        for record in _records(struck, line):
            names = list(_named(struck, record))
            listed.append(_Entry(record, {start for start, _ in names}))
            first = _first(struck, record)
            if names or any(part.kind == "name" for part in record):
                firsts += first is not None and first.start in {start for start, _ in names}
                firsts += record[0].kind == "name" and len(record) > 1
            elif first is not None and len({part.kind for part in record} & _WHOLE) > 1:
                yield first.start, first.end
            elif first is not None:
                unnamed.append(first)
            yield from names
    yield from _same_place(struck, listed)
    if firsts:
        # In a list of records the field that is a name in one of them is one in all.
        yield from ((part.start, part.end) for part in unnamed)


def _same_place(struck: str, listed: Sequence[_Entry]) -> Iterator[tuple[int, int]]:
    """Fields where other records of the same layout have their name, and this one has none."""
    known: dict[tuple[str, ...], set[int]] = {}
    for entry in listed:
        known.setdefault(entry.layout, set()).update(entry.places())
    for entry in listed:
        if any(True for _ in entry.places()):
            continue
        for place in known[entry.layout]:
            part = entry.parts[place]
            word = struck[part.start : part.end]
            if 2 <= len(word) <= 4 and may_be_first(word):
                yield part.start, part.end


def _lines(struck: str, parts: Iterator[_Part], edges: Sequence[int]) -> Iterator[list[_Part]]:
    """The parts line by line; lines that hold one value each and no more are one record."""
    single: list[_Part] = []
    last = -2
    for number, group in groupby(parts, lambda part: bisect_left(edges, part.start)):
        line = list(group)
        begins = edges[number - 1] + 1 if number else 0
        ends = edges[number] if number < len(edges) else len(struck)
        before = _NUMBERED.sub("", struck[begins : line[0].start])
        rest = before + struck[line[0].end : ends]
        if len(line) == 1 and not any(char.isalnum() for char in rest):
            if single and number != last + 1:
                yield single
                single = []
            single.append(line[0])
            last = number
            continue
        if single:
            yield single
            single = []
        yield line
    if single:
        yield single


def _first(struck: str, record: Sequence[_Part]) -> _Part | None:
    """The short field right before the first value of a record that has no label there."""
    for part, following in pairwise(record):
        if following.kind not in ("field", "?"):
            word = struck[part.start : part.end]
            held = (
                part.kind == "field"
                and 2 <= len(word) <= 4
                and _NEXT.fullmatch(struck, part.end, following.start)
            )
            return part if held and may_be_first(word) else None
    return None


def _parts(struck: str, ordered: Sequence[Found], starts: Sequence[int]) -> Iterator[_Part]:
    for match in _PART.finditer(struck):
        start, end = match.span()
        if match.lastgroup == "struck":
            place = bisect_left(starts, start)
            if place == len(starts) or starts[place] >= end:
                yield _Part(start, end, "name" if end - start <= _SHORT else "?")
            while place < len(starts) and starts[place] < end:
                yield _Part(ordered[place].start, ordered[place].end, ordered[place].kind)
                place += 1
        elif not is_label(match[0]):
            part = _field(match[0], start)
            # 昵称: and 城市: say that what follows is no name.
            told = part.rank and label_at(struck, start) == "other"
            yield _Part(part.start, part.end, "field") if told else part


def _field(word: str, start: int) -> _Part:
    """A field as written, or what is left of it behind a word that says who it is."""
    if titled := _TITLED.search(word):
        word = word[: -len(titled[0])]
    best = rank(word)
    for size in (4, 3, 2) if best < 3 else ():
        if size < len(word) and (led := _led(word[:-size], word[-size:])):
            return _Part(start + len(word) - size, start + len(word), "field", led)
    return _Part(start, start + len(word), "field", best)


def _led(lead: str, word: str) -> int:
    """The rank of a word behind another, which says whose name it is; 0 if that says nothing."""
    lead = _IS.sub("", lead)
    called = _OURS.search(lead) or any(lead[-size:] in _CALLED for size in (1, 2, 3, 4))
    if called and opens_as_name(word):
        return max(rank(word), 2) if word in NO_NAMES or is_place(word) else _RELATED
    told = any(lead[-size:] in LEADS for size in (1, 2, 3))
    return rank(word) if told else 0


def _records(struck: str, line: Sequence[_Part]) -> Iterator[list[_Part]]:
    """The parts of a line, one list for each person: a kind that comes again begins another."""
    record: list[_Part] = []
    kinds: set[str] = set()
    for part in line:
        if part.kind == "field" or part.kind not in kinds:
            record.append(part)
            kinds |= {part.kind} - {"field", "?"}
            continue
        cut = len(record)
        # What stands right before the value that begins a record is the name of this record.
        if (
            record[-1].kind in ("field", "name")
            and _near(struck, record[-1], part)
            and len(record) > 1
        ):
            cut -= 1
        yield record[:cut]
        record = [*record[cut:], part]
        kinds = {part.kind}
    yield record


def _near(struck: str, left: _Part, right: _Part) -> bool:
    return _NEAR.fullmatch(struck, left.end, right.start) is not None


def _named(struck: str, record: Sequence[_Part]) -> Iterator[tuple[int, int]]:
    """The fields of one person's record that are names."""
    named = any(part.kind == "name" for part in record)
    scored = list(_scored(struck, record))
    best = max((score for score, part in scored if part.rank < _RELATED), default=0)
    for score, part in scored:
        if part.rank == _RELATED:
            yield part.start, part.end
        elif score >= _PLAIN or (score == best and score >= _ALONE and not named):
            yield part.start, part.end
            named = True


_PLAIN: Final = 5
_ALONE: Final = 2


def _scored(struck: str, record: Sequence[_Part]) -> Iterator[tuple[int, _Part]]:
    """Fields beside a struck value: by rank, and higher before it than behind it."""
    for place, part in enumerate(record):
        if part.kind != "field" or not part.rank:
            continue
        after = record[place + 1 : place + 2]
        before = record[place - 1 : place] if place else []
        leads = bool(after) and after[0].kind != "field" and _near(struck, part, after[0])
        trails = bool(before) and before[0].kind != "field" and _near(struck, before[0], part)
        if leads:
            yield 2 * part.rank + 1, part
        elif trails:
            known = part.rank == 1 and is_place(struck[part.start : part.end])
            yield 0 if known else 2 * part.rank, part
