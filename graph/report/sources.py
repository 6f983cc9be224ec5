"""Section: whose data it is said to be."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from graph.report.content import Block, Heading, Paragraph, Table
from graph.report.desk import Desk, posts_of
from graph.report.listings import Listed

SOURCES: Final = 60
CORROBORATED: Final = "sources.corroborated"


def sources(desk: Desk, listed: list[Listed]) -> Iterator[Block]:
    """Sources as they are named, how often, and whether anything independent supports them."""
    say = desk.say
    yield Heading(2, say("sources"))
    named = _named(desk, {one.id: one for one in listed})
    if not named:
        yield Paragraph(say("sources.none"))
        return
    yield Paragraph(say("sources.lead"), caution=True)
    runs = (node for node in desk.nodes.values() if node.label == "Run")
    collectors = {run.props.get("collector") for run in runs}
    order = sorted(named.items(), key=lambda item: (-len(item[1][0]), item[0]))
    rows = [
        [
            _words(desk, source),
            say(
                "sources.named",
                kind=desk.words.known("kind", kind),
                listings=desk.words.count("listing", len(found[0])),
                accounts=desk.words.count("account", len(found[1])),
            ),
            _support(desk, source, kind, assessable=len(collectors) > 1),
            desk.cite(found[2], 2),
        ]
        for (source, kind), found in order[:SOURCES]
    ]
    yield Table([say(f"col.{head}") for head in ("source", "named", "support", "evidence")], rows)
    if len(order) > SOURCES:
        yield Paragraph(say("more", n=len(order) - SOURCES))


_Found = tuple[set[str], set[str], list[str]]


def _named(desk: Desk, listed: dict[str, Listed]) -> dict[tuple[str, str], _Found]:
    """(organisation or words, kind) -> listings, accounts, posts."""
    resolved: dict[str, list[str]] = defaultdict(list)
    for tie in desk.ties("RESOLVES_TO"):
        resolved[tie.start].append(tie.end)
    named: dict[tuple[str, str], _Found] = {}
    for tie in desk.ties("CLAIMS_SOURCE"):
        one = listed.get(tie.start)
        if one is None:
            continue
        for source in resolved.get(tie.end) or [tie.end]:
            key = source, str(tie.props.get("kind") or "unknown")
            found = named.setdefault(key, (set(), set(), []))
            found[0].add(one.id)
            found[1].update(one.accounts)
            found[2].extend(posts_of(tie) or one.posts)
    return named


def _words(desk: Desk, source: str) -> str:
    if source.startswith("org:"):
        return desk.name(source)
    return desk.say("sources.words", text=desk.name(source))


def _support(desk: Desk, source: str, kind: str, *, assessable: bool) -> str:
    if not assessable:
        return desk.say("sources.one")
    supports = [
        row["supports"]
        for row in desk.rows(CORROBORATED)
        if row["org"] == source and row["kind"] == kind and row["supports"]
    ]
    return desk.say("sources.groups", n=max(supports)) if supports else desk.say("sources.fewer")
