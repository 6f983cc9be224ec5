"""What people say of accounts in short texts, all read in one pass."""

import re
from typing import Final

from graph.build.identity.moved import announces, may_announce
from graph.build.identity.slips import Voices, may_tell
from graph.build.rows import TALK_SQL
from graph.build.world import World
from ingest.text.normalise import normalise

_LONGEST: Final = 200
_LONGEST_OF_VOICES: Final = 80
_SHORT: Final = f"""
SELECT p.n, p.account_n, p.utc, v.text FROM post p JOIN post_version v ON v.n = p.version_n
WHERE p.account_n IS NOT NULL AND p.forwarded = 0 AND p.kind IN {TALK_SQL}
  AND length(v.text) <= {_LONGEST} ORDER BY p.n
"""
# One class of characters is searched several times as fast as two patterns.
MAY_BE_EITHER: Final = re.compile(r"[@号號Aa\d]")


def read_words(world: World) -> tuple[dict[int, str], Voices]:
    """Normal texts that announce a change of accounts, by post number; and voices."""
    announced: dict[int, str] = {}
    voices = Voices()
    for n, account_n, utc, text in world.connection.execute(_SHORT):
        if not MAY_BE_EITHER.search(text):
            continue
        moving = utc is not None and may_announce(text)
        telling = _length(text) <= _LONGEST_OF_VOICES and may_tell(text)
        if moving or telling:
            normal = normalise(text).text
            if moving and announces(normal):
                announced[n] = normal
            if telling:
                voices.hear(world.accounts[account_n].id, n, normal)
    return announced, voices


def _length(text: str) -> int:
    """As SQLite counts, up to the first NUL."""
    return len(text.partition("\0")[0])
