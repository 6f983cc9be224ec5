"""Signs from times: weak ones, told only of pairs that something else speaks for."""

from collections.abc import Iterable
from typing import Final

from graph.build.identity.against import Against
from graph.build.identity.gathered import Gathered
from graph.build.identity.rhythm import Rhythm
from graph.build.rows import Post, chunks, read_posts
from graph.build.world import World

SIMULTANEOUS: Final = 3
"""So often may two accounts have written in the same seconds by chance, or by two devices."""
_SHOWN: Final = 20
_TEXTS: Final = """
SELECT p.n, v.text FROM post p JOIN post_version v ON v.n = p.version_n
WHERE p.n IN (SELECT value FROM json_each(?))
"""


def add_timing(world: World, gathered: Gathered, against: Against) -> None:
    """What times tell for and against the pairs gathered so far.

    Of two who talk to each other times tell nothing: whoever talks takes turns.
    """
    pairs = [both for both, _ in gathered if all(each in world.account_by_id for each in both)]
    if not pairs:
        return
    against.hear(world, pairs)
    rhythm = Rhythm(world.moments)
    for both in pairs:
        one, two = (world.account_by_id[each].n for each in both)
        simultaneous = _apart(world, rhythm.at_once(one, two))
        if len(simultaneous) >= SIMULTANEOUS:
            against.wrote_at_once(both)
        elif not against.talked(both):
            for hint in rhythm.hints(one, two):
                shown = _posts(world, hint.posts)
                gathered.add(*both, hint.kind, hint.words, shown, hint.share)


def _apart(world: World, found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Posts with texts of their own; one text at once from two accounts is one program's."""
    if len(found) < SIMULTANEOUS:
        return []
    texts: dict[int, str] = {}
    for chunk in chunks([n for both in found for n in both]):
        texts.update(world.connection.execute(_TEXTS, (str(chunk),)))
    return [both for both in found if texts[both[0]] != texts[both[1]]]


def _posts(world: World, numbers: Iterable[int]) -> list[Post]:
    found = read_posts(world.connection, list(dict.fromkeys(numbers))[:_SHOWN])
    return [found[n] for n in sorted(found)]
