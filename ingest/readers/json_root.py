"""The one object that a JSON export is, from its opening bracket to the end of the file."""

from collections.abc import Callable, Iterator

from ingest.posts import BreaksOff, Item, Problem
from ingest.readers.jsonstream import NotJsonError, StreamEndsError, Window


def root_items(window: Window, inside: Iterator[Item], place: Callable[[], str]) -> Iterator[Item]:
    """What stands inside the root, then what is wrong behind it; BreaksOff where the file ends.

    `inside` reads on from the opened root; `place` is asked where the reading has come to.
    """
    try:
        window.expect(b"{")
        yield from inside
        if not window.at_end():
            yield Problem(f"byte {window.tell()}", "text behind the end of the export")
    except StreamEndsError as end:
        yield BreaksOff(place(), str(end) or "the file ends before the export does")
    except NotJsonError as error:
        yield BreaksOff(place(), f"not JSON at byte {window.tell()}: {error}")
