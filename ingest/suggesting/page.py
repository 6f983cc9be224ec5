"""The draft of a mapping for a saved page of a forum that no reader knows."""

from collections.abc import Iterator, Sequence

import msgspec
import yaml

from evidence.archive.cleaning import clean_message, clean_name
from evidence.errors import InputError
from ingest.posts import ReadPost
from ingest.readers import Mapping, Reader, ReadOptions, Source, detect, reader_named
from ingest.readers.pages.nodes import text_of
from ingest.readers.pages.saved import SavedPage, read_page
from ingest.suggesting.draft import ColumnDraft, Draft
from ingest.suggesting.places import (
    PlaceDraft,
    author_id_place,
    author_place,
    id_place,
    quotes_and_signatures,
    text_place,
    time_place,
)
from ingest.suggesting.repeated import Part, find_posts, parts_of
from ingest.suggesting.values import Profile
from ingest.suggesting.writing import comment, quoted

_HEADINGS = ("h1", "h2", "title")
_LONGEST = 40


class _Found(msgspec.Struct, frozen=True, kw_only=True):
    each: str
    posts: int
    places: list[PlaceDraft]
    times: Profile | None
    beside: dict[str, str]
    heading: str | None


def draft_page(source: Source) -> Draft:
    """The draft for a page; InputError where it is known, or nothing on it repeats like posts."""
    reader = detect(source)
    if reader is not None and (
        reader.name not in ("forum", "report") or _has_posts(source, reader, ReadOptions())
    ):
        raise InputError(
            f"{source.name}: reader {reader.name} knows it; it needs no mapping",
            hint=f"heichan ingest {source.name}",
            where={"file": source.name},
        )
    page = read_page(source)
    found = _found(page)
    if found is None:
        raise _no_posts(source, "nothing repeats on it that bears a date and words")
    text = "\n".join(_yaml(source, page, found)) + "\n"
    if not _reads(source, text):
        raise _no_posts(source, "what repeats on it cannot be read as posts")
    return Draft(
        path=clean_name(source.name),
        kind="forum",
        encoding=page.codec,
        rows=found.posts,
        unit="posts",
        heading=False,
        delimiter=None,
        time_format=found.times.form if found.times else None,
        columns=[_column(place) for place in found.places],
        yaml=text,
    )


def _found(page: SavedPage) -> _Found | None:
    if (repeated := find_posts(page.tree)) is None:
        return None
    each, posts = repeated
    parts = parts_of(posts)
    text = text_place(parts)
    if text is None:
        return None
    places, times = [text], None
    if timed := time_place(parts):
        places.append(timed[0])
        times = timed[1]
    places += _people(parts, [place.css or "" for place in places])
    if number := id_place(posts):
        places.append(number)
    heading = next((name for name in _HEADINGS if text_of(page.tree.css_first(name))), None)
    return _Found(
        each=each,
        posts=len(posts),
        places=places,
        times=times,
        beside=quotes_and_signatures(parts),
        heading=heading,
    )


def _people(parts: Sequence[Part], taken: Sequence[str]) -> Iterator[PlaceDraft]:
    if author := author_place(parts, taken):
        yield author
        if number := author_id_place(parts, author):
            yield number


def _yaml(source: Source, page: SavedPage, found: _Found) -> Iterator[str]:
    yield comment(f"Draft of a mapping for {clean_name(source.name)}, a saved page, {page.codec}.")
    yield comment(f"{found.posts} posts were looked at; examples are masked. Look it over, then:")
    yield comment(f"heichan ingest {clean_name(source.name)} --mapping THIS_FILE")
    yield "kind: forum"
    if page.host:
        yield comment(f"platform: {quoted(clean_name(page.host))}  # the page's host, unless named")
    else:
        yield comment("platform: forum  # the page states no host; accounts are known by name")
    yield comment("zone: Asia/Shanghai  # for times without a zone, else that of the case or --tz")
    if found.times and found.times.form:
        if found.times.also:
            yield comment(f"Unsure: {found.times.also} fits every time that was looked at as well.")
        yield f"time_format: {quoted(found.times.form)}"
    if found.heading:
        yield "thread:"
        yield f"  heading: {quoted(found.heading)}"
        yield comment("board: SELECTOR  # the name of the board", indent=2)
    yield "posts:"
    yield comment("repeats, with a date and words in each", indent=2)
    yield f"  each: {quoted(found.each)}"
    for place in found.places:
        yield from _place_lines(place)
    for field, selector in found.beside.items():
        yield comment("its name says so", indent=2)
        yield f"  {field}: {quoted(selector)}"


def _place_lines(place: PlaceDraft) -> Iterator[str]:
    shown = _column(place).examples
    yield comment(f"{place.why}.{f' E.g. {chr(32).join(shown[:1])}' if shown else ''}", indent=2)
    if place.attribute is None:
        yield f"  {place.field}: {quoted(place.css or '')}"
        return
    parts = {"css": place.css, "attribute": place.attribute, "pattern": place.pattern}
    inner = ", ".join(f"{name}: {quoted(value)}" for name, value in parts.items() if value)
    yield f"  {place.field}: {{{inner}}}"


def _column(place: PlaceDraft) -> ColumnDraft:
    shown = [clean_message(" ".join(text.split())) for text in place.examples]
    return ColumnDraft(
        column=" ".join(filter(None, (place.css, place.attribute))),
        field=place.field,
        taken=True,
        why=place.why,
        also=[],
        examples=[one if len(one) <= _LONGEST else f"{one[: _LONGEST - 1]}…" for one in shown],
    )


def _reads(source: Source, text: str) -> bool:
    """Whether the draft, read back, gives a post."""
    mapping = msgspec.convert(yaml.safe_load(text), Mapping)
    return _has_posts(source, reader_named("forum"), ReadOptions(mapping=mapping))


def _has_posts(source: Source, reader: Reader, options: ReadOptions) -> bool:
    """Whether the reader finds messages; the passages of an article are none."""
    items = reader.read(source, options)
    return any(isinstance(item, ReadPost) and item.kind != "report_passage" for item in items)


def _no_posts(source: Source, reason: str) -> InputError:
    return InputError(
        f"{source.name}: {reason}",
        hint="write the selectors by hand, as docs/readers.md shows",
        where={"file": source.name},
    )
