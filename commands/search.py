"""`search`: nodes and posts by text."""

from typing import Annotated

import typer

from commands.answers import FailEmpty, Raw, end_if_empty
from commands.application import command
from commands.completion import complete_label
from commands.decided import Tags
from commands.output import cut_off
from commands.parameters import standard_input
from commands.session import Session
from evidence.errors import UsageError

COLUMNS = ("kind", "id", "name", "time", "text", "match")


def search(
    session: Session,
    text: Annotated[str, typer.Argument(metavar="TEXT|-", help="What to find; - reads it.")],
    kind: Annotated[
        str | None,
        typer.Option(
            metavar="LABEL", help="Only Post, Account, Contact, …", autocompletion=complete_label
        ),
    ] = None,
    tag: Tags = None,
    limit: Annotated[int, typer.Option(min=1, help="Hits at the most.")] = 50,
    raw: Raw = False,
    fail_empty: FailEmpty = False,
) -> None:
    """Find nodes and posts that hold a text, one Chinese character upwards.

    Names come first, the whole name before a part of it, then posts, the newest first. Where no
    name holds the text, names that differ by a letter or two are shown as alike.

    Example: heichan search 股民
    A number or name that should stay out of the shell's history: heichan search - < file
    """
    from graph.explore.labels import label_named
    from graph.explore.search import search as find
    from graph.knowledge.tagged import people_of, tagged

    wanted = standard_input().strip() if text == "-" else text
    if not wanted.strip():
        raise UsageError("nothing to search for", hint="heichan search TEXT")
    label = None if kind is None else label_named(kind)
    nodes = tagged(session.archive.connection, session.case.settings, tag)
    among = None if nodes is None else people_of(session.store, nodes)
    found = find(session.archive, wanted, limit, session.progress, kind=label, among=among)
    session.progress.close()
    rows = [{name: getattr(hit, name) for name in COLUMNS} for hit in found.hits]
    session.out.rows(rows, COLUMNS, limit=limit, cut=cut_off(found.cut, limit, "hits"))
    if found.unindexed:
        session.out.note("some posts are not indexed yet and were read one by one: heichan build")
    if not found.names:
        session.out.note("no names to search: heichan build makes the graph and its names")
    if found.hits:
        session.out.note("Next: heichan show ID, heichan timeline ID, heichan evidence ID")
    end_if_empty(found.hits, fail_empty=fail_empty)


def register(app: typer.Typer) -> None:
    command(app, "search")(search)
