"""Which organisation a report calls part of another."""

import re
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise

from graph import ids
from graph.build.draft import Ref
from graph.build.rows import Post
from graph.build.world import World

Named = tuple[Post, tuple[int, int], str]
"""Passage, span and lexicon id of an organisation that it names."""

_MOST_BETWEEN = 60
# Words between the two names; the part stands first in the one, the whole in the other.
_PART_FIRST = re.compile(r"\b(?:subsidiary|unit|arm|division|brand) of\b|\bowned by\b", re.I)
_IS = re.compile("[是为系]")
_WHOLE_FIRST = re.compile(r"['’]s (?:\w+ )?(?:subsidiary|unit|arm|brand)|旗下|子公司|控股的?")
_PART_AFTER = re.compile(r"^[^,,。.;;]{0,4}(?:旗下|的?子公司|控股)")
_SENTENCE = re.compile(r"[.。!!??;;](?:\s|$)|\n")


def add_ownership(world: World, named: Iterable[Named]) -> None:
    """PART_OF between two organisations that one sentence joins by such words."""
    by_passage: dict[str, list[Named]] = defaultdict(list)
    for each in named:
        by_passage[each[0].id].append(each)
    for found in by_passage.values():
        text = _text(world, found[0][0])
        found.sort(key=lambda each: each[1])
        for left, right in pairwise(found):
            pair = _part_and_whole(text, left, right)
            if pair is not None and pair[0] != pair[1]:
                part, whole = (Ref(ids.vocabulary(each), "Organisation") for each in pair)
                world.draft.rel("PART_OF", part, whole, kind="subsidiary")


def _text(world: World, post: Post) -> str:
    row = world.connection.execute(
        "SELECT v.text FROM post p JOIN post_version v ON v.n = p.version_n WHERE p.n = ?",
        (post.n,),
    ).fetchone()
    return str(row[0])


def _part_and_whole(text: str, left: Named, right: Named) -> tuple[str, str] | None:
    between = text[left[1][1] : right[1][0]]
    if len(between) > _MOST_BETWEEN or _SENTENCE.search(between):
        return None
    if _WHOLE_FIRST.search(between):
        return right[2], left[2]
    if _PART_FIRST.search(between):
        return left[2], right[2]
    if _IS.search(between) and _PART_AFTER.search(text[right[1][1] :]):
        return left[2], right[2]
    return None
