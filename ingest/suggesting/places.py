"""Which part of a post on a page is its text, its time, its author and its number."""

import re
from collections.abc import Sequence

import msgspec
from selectolax.lexbor import LexborNode

from ingest.readers.pages.nodes import attribute
from ingest.suggesting.repeated import DATE, Part
from ingest.suggesting.values import Profile, profile

_AUTHOR = re.compile(
    r"author|user|nick|name|member|poster|profile|sender|autor|von|wer|作者|会员", re.IGNORECASE
)
_QUOTE = re.compile(r"quote|zitat|citation|引用", re.IGNORECASE)
_SIGNATURE = re.compile(r"signature|signatur|\bsig\b|签名", re.IGNORECASE)
_NUMBER = re.compile(r"\D*(\d{1,18})\D*", re.ASCII)
_ID_ATTRIBUTES = (
    "id",
    "data-id",
    "data-post-id",
    "data-postid",
    "data-pid",
    "data-nr",
    "data-post",
)
_OFTEN = 0.8
_LONGEST_NAME = 40


class PlaceDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A place of the mapping: selector, attribute and pattern as the mapping file has them."""

    field: str
    css: str | None = None
    attribute: str | None = None
    pattern: str | None = None
    why: str = ""
    examples: tuple[str, ...] = ()


def text_place(parts: Sequence[Part]) -> PlaceDraft | None:
    """The part with the longest texts that holds no date beside them."""
    wordy = [part for part in parts if part.share >= _OFTEN and _dated(part) < 0.5]
    if not wordy:
        return None
    best = max(wordy, key=lambda part: (_length(part) * part.share, "." in part.selector))
    if not _length(best):
        return None
    why = f"the longest texts without a date, {_length(best):.0f} characters on average"
    return PlaceDraft(field="text", css=best.selector, why=why, examples=tuple(best.texts[:3]))


def time_place(parts: Sequence[Part]) -> tuple[PlaceDraft, Profile] | None:
    """The part that is a time, by its attribute or as shown, and how it is written."""
    for part in sorted(parts, key=lambda part: (not part.selector.startswith("time"), -part.share)):
        if part.share < _OFTEN:
            continue
        for name in ("datetime", "title", None):
            values = [
                attribute(node, name) if name else text
                for node, text in zip(part.nodes, part.texts, strict=True)
            ]
            found = profile([value for value in values if value])
            if found.count >= _OFTEN * len(values) and found.times >= 0.9:
                why = f"{found.times:.0%} of its values are times"
                place = PlaceDraft(
                    field="time",
                    css=part.selector,
                    attribute=name,
                    why=why,
                    examples=tuple(values[:3]),
                )
                return place, found
    return None


def author_place(parts: Sequence[Part], taken: Sequence[str]) -> PlaceDraft | None:
    """The part with a short text whose class or address speaks of a user."""
    best: tuple[float, Part] | None = None
    for part in parts:
        if part.selector in taken or part.share < _OFTEN or not _is_name(part):
            continue
        hinted = bool(_AUTHOR.search(part.selector))
        linked = any(_AUTHOR.search(attribute(node, "href")) for node in part.nodes)
        score = 2.0 * hinted + 1.5 * linked - 0.01 * _length(part)
        if (hinted or linked) and (best is None or score > best[0]):
            best = score, part
    if best is None:
        return None
    part = best[1]
    why = "short, and its class or link speaks of a user"
    return PlaceDraft(field="author", css=part.selector, why=why, examples=tuple(part.texts[:3]))


def author_id_place(parts: Sequence[Part], author: PlaceDraft) -> PlaceDraft | None:
    """The number in the link of the author, where it has one."""
    part = next(part for part in parts if part.selector == author.css)
    links = [attribute(node, "href") for node in part.nodes]
    if len(set(links)) < 2 or not all(_NUMBER.fullmatch(link) for link in links):
        return None
    return PlaceDraft(
        field="author_id",
        css=part.selector,
        attribute="href",
        pattern=r"(\d+)",
        why="the number in the link",
        examples=tuple(links[:3]),
    )


def id_place(posts: Sequence[LexborNode]) -> PlaceDraft | None:
    """An attribute of the post's element with a number of its own for each post."""
    for name in _ID_ATTRIBUTES:
        values = [attribute(node, name) for node in posts]
        numbers = [match[1] for value in values if (match := _NUMBER.fullmatch(value))]
        if len(numbers) == len(values) == len(set(numbers)):
            return PlaceDraft(
                field="id",
                attribute=name,
                pattern=r"(\d+)",
                why="a number of its own for each post",
                examples=tuple(values[:3]),
            )
    return None


def quotes_and_signatures(parts: Sequence[Part]) -> dict[str, str]:
    """`quotes` and `drop`: selectors whose name says what they hold."""
    found: dict[str, str] = {}
    for part in parts:
        name = part.selector
        if "quotes" not in found and (name.startswith("blockquote") or _QUOTE.search(name)):
            found["quotes"] = name
        elif "drop" not in found and _SIGNATURE.search(name):
            found["drop"] = name
    return found


def _is_name(part: Part) -> bool:
    return all(0 < len(text) <= _LONGEST_NAME and not DATE.search(text) for text in part.texts)


def _dated(part: Part) -> float:
    return sum(DATE.search(text) is not None for text in part.texts) / len(part.texts)


def _length(part: Part) -> float:
    return sum(map(len, part.texts)) / len(part.texts)
