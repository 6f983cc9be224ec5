"""STIX 2 bundles: objects with text as report passages, the others set aside by type."""

import re
from collections import Counter
from collections.abc import Iterator

from ingest.posts import BreaksOff, Item, Problem, ReadPost, SetAside
from ingest.readers.base import NO_SIGNS, Head, ReadOptions, Signs, Source, weighed
from ingest.readers.encoding import Encoding
from ingest.readers.json_records import ArrayRecords
from ingest.readers.jsonstream import NotJsonError, StreamEndsError, Window, keys
from ingest.readers.jsonvalue import BadValueError, ValueDecoder
from ingest.readers.reports.stix_object import (
    LEVELS,
    TLP,
    StixObject,
    dated,
    level,
    passages,
    title,
)

_OBJECT = ValueDecoder(StixObject)
_ID = re.compile(r'"id"\s*:\s*"[a-z0-9-]{3,250}--[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-')
_BUNDLE = re.compile(r'"type"\s*:\s*"bundle"|"id"\s*:\s*"bundle--')
_OBJECTS = re.compile(r'"objects"\s*:\s*\[')
_MOST_MARKS = 10_000


class StixReader:
    """Reads bundles of STIX 2.1 (and 2.0), TAXII envelopes, lists of objects and single ones."""

    name = "stix"

    def sniff(self, head: Head) -> Signs:
        """Strength of the signs: a bundle, its list of objects, ids of STIX."""
        text = head.text.lstrip("\ufeff \t\r\n")
        if text[:1] not in ("{", "["):
            return NO_SIGNS
        signs = ((_BUNDLE, 60), (_OBJECTS, 25), (_ID, 80 if '"type"' in text else 0))
        return weighed(signs, text, 80, "ids of STIX, or a bundle with its objects")

    def encoding(self, source: Source) -> Encoding | None:
        """How its text is encoded."""
        return source.encoding()

    def read(self, source: Source, options: ReadOptions) -> Iterator[Item]:
        """Passages in file order; BreaksOff where the file is cut off."""
        encoding = source.require_utf8()
        reading = _Reading(source.name)
        with source.open() as stream:
            stream.seek(encoding.bom)
            window = Window(stream, encoding.bom)
            try:
                yield from reading.root(window)
                if not window.at_end():
                    yield Problem(f"byte {window.tell()}", "text behind the end of the bundle")
            except StreamEndsError as end:
                yield BreaksOff(reading.place, str(end) or "the file ends before the bundle does")
            except NotJsonError as error:
                yield BreaksOff(reading.place, f"not JSON at byte {window.tell()}: {error}")
        yield from reading.marks()


class _Reading:
    """One pass over one file; spans count in the passages, a line each, a gap between objects."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._at = 0
        self._met = 0
        self._levels = dict(TLP)
        self._marked: Counter[str] = Counter()
        self.place = "the head of the file"

    def root(self, window: Window) -> Iterator[Item]:
        """The objects of the root, which is a bundle, a list or an object."""
        if window.peek() == ord("["):
            yield from self._list(window, "")
        elif self._is_object(window):
            yield from self._single(window)
        else:
            yield from self._bundle(window)
        if not self._met:
            yield Problem("objects", "no STIX object in the file")

    def _is_object(self, window: Window) -> bool:
        """Whether the root itself is the object: small, typed and without a list of others."""
        try:
            length = window.measure()
        except (StreamEndsError, NotJsonError):
            return False
        if length is None:
            return False
        try:
            found = _OBJECT(window.data[window.pos : window.pos + length])
        except BadValueError:
            return False
        return found.type != "bundle" and bool(found.id)

    def _single(self, window: Window) -> Iterator[Item]:
        yield from self._items(_OBJECT(window.cut() or b"{}"), "the object")

    def _bundle(self, window: Window) -> Iterator[Item]:
        window.expect(b"{")
        for key in keys(window):
            if key == "objects" and window.peek() == ord("["):
                yield from self._list(window, "objects")
            else:
                window.skip()

    def _list(self, window: Window, key: str) -> Iterator[Item]:
        window.expect(b"[")
        records = ArrayRecords(window, _OBJECT)
        try:
            for number, _, found in records:
                place = f"{key}[{number}]"
                if isinstance(found, BadValueError):
                    yield Problem(place, str(found))
                    self._met += 1
                else:
                    yield from self._items(found, place)
        except (StreamEndsError, NotJsonError):
            self.place = f"{key}[{records.number}]"
            raise
        self.place = f"behind {key}"

    def _items(self, found: StixObject, place: str) -> Iterator[Item]:
        self._met += 1
        self._mark(found)
        if found.revoked:
            yield _aside(found, place, "revoked")
            return
        said = False
        when, heading = dated(found), title(found)
        for passage in passages(found):
            said = True
            yield ReadPost(
                venue=None,
                account=None,
                kind="report_passage",
                native_id=found.id,
                wall=when.wall,
                unix=when.unix,
                raw_time=when.written,
                heading=heading,
                text=passage.text,
                place=passage.place,
                offset=self._at,
            )
            self._at += len(passage.text) + 1
        self._at += said
        if not said:
            yield _aside(found, place, "no text")

    def _mark(self, found: StixObject) -> None:
        if found.type == "marking-definition" and found.id and (named := level(found)):
            self._levels.setdefault(found.id, named)
        for mark in found.object_marking_refs:
            if mark in self._marked or len(self._marked) < _MOST_MARKS:
                self._marked[mark] += 1

    def marks(self) -> Iterator[Item]:
        """What the file's TLP marks are: they hold for the file only where `--tlp` says so."""
        counted = Counter[str]()
        for mark, number in self._marked.items():
            if named := self._levels.get(mark):
                counted[named] += number
        for named in LEVELS:
            if counted[named]:
                reason = f"{counted[named]} objects are marked so; --tlp {named} marks the file"
                yield SetAside(f"{self._name}: TLP:{named}", reason)


def _aside(found: StixObject, place: str, why: str) -> SetAside:
    return SetAside((found.id or place)[:300], f"STIX {found.type[:60]}, {why}")
