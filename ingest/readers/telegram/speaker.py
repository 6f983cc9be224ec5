"""Whose the joined messages of a Telegram HTML page are: they follow one that shows a name."""

from itertools import islice

import msgspec

from ingest.readers.base import Source
from ingest.readers.jsonvalue import BadValueError
from ingest.readers.telegram.chat_page import pages_before
from ingest.readers.telegram.page import Piece, read_pieces
from ingest.readers.telegram.page_time import day_of
from ingest.readers.telegram.shown import Shown, read_shown

_MOST_PAGES_BACK = 50


class Speaker(msgspec.Struct, frozen=True):
    """Sender of a message, and where it was forwarded from."""

    name: str | None = None
    origin: str | None = None


UNKNOWN = Speaker()
"""Behind a line of service, a deleted account, or a message that could not be read."""


def follow(last: Speaker, shown: Shown) -> Speaker:
    """Who speaks in this message; `last`: who spoke in the one before."""
    if shown.service:
        return UNKNOWN
    return Speaker(
        last.name if shown.joined else shown.name,
        last.origin if shown.forwarded and not shown.has_origin else shown.origin,
    )


def speaker_before(source: Source, head: str) -> Speaker:
    """Who spoke last on the pages of the chat before this one, where they lie beside it."""
    for page in islice(pages_before(source, head), _MOST_PAGES_BACK):
        speaker = _last_speaker(page)
        if speaker is not None:
            return speaker
    return UNKNOWN


def _last_speaker(page: Source) -> Speaker | None:
    """Who speaks at the end of a page; None where all its messages are joined."""
    speaker: Speaker | None = None
    for piece in islice(read_pieces(page), 1, None):
        shown = _shown(piece)
        if shown is None:
            speaker = UNKNOWN
        elif shown.is_mark and day_of(shown.text, None):
            continue
        elif speaker is not None or not shown.joined:
            speaker = follow(speaker or UNKNOWN, shown)
    return speaker


def _shown(piece: Piece) -> Shown | None:
    """The message; None where it cannot be read or is cut off."""
    if piece.fault or (piece.last and not piece.ends_page):
        return None
    try:
        return read_shown(piece.text)
    except BadValueError:
        return None
