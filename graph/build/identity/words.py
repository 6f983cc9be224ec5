"""What people say of accounts in short texts, all read in one pass over the archive."""

import re
import sqlite3
from typing import Final

import msgspec

from graph.build.identity.moved import announces, may_announce
from graph.build.identity.slips import Voices, may_tell
from graph.build.rows import TALK_SQL
from ingest.text.normalise import normalise

_LONGEST: Final = 200
_LONGEST_OF_VOICES: Final = 80
_SHORT: Final = f"""
SELECT p.n, p.account_n, p.utc, v.text FROM post p JOIN post_version v ON v.n = p.version_n
WHERE p.account_n IS NOT NULL AND p.forwarded = 0 AND p.kind IN {TALK_SQL}
  AND length(v.text) <= {_LONGEST} ORDER BY p.n
"""
_CALLING: Final = """
SELECT p.n FROM post p JOIN post_version v ON v.n = p.version_n
WHERE p.reply_to IS NULL AND p.kind = 'message' AND substr(v.text, 1, 1) = '@'
"""
# One class of characters is searched several times as fast as two patterns.
MAY_BE_EITHER: Final = re.compile(r"[@号號Aa\d]")


class Words(msgspec.Struct, frozen=True):
    """Normal texts that announce a change of accounts, by post number; voices; and callers.

    `calling`: numbers of the posts that begin with a name and reply to nothing.
    """

    announced: dict[int, str]
    voices: Voices
    calling: frozenset[int]


def read_words(connection: sqlite3.Connection) -> Words:
    """Words of all posts."""
    announced: dict[int, str] = {}
    voices = Voices()
    for n, account_n, utc, text in connection.execute(_SHORT):
        if not MAY_BE_EITHER.search(text):
            continue
        moving = utc is not None and may_announce(text)
        telling = _length(text) <= _LONGEST_OF_VOICES and may_tell(text)
        if moving or telling:
            normal = normalise(text).text
            if moving and announces(normal):
                announced[n] = normal
            if telling:
                voices.hear(account_n, n, normal)
    return Words(announced, voices, frozenset(n for (n,) in connection.execute(_CALLING)))


def _length(text: str) -> int:
    """As SQLite counts, up to the first NUL."""
    return len(text.partition("\0")[0])
