"""`watch add|remove|list|hits`: names, handles, contacts and words over the whole archive."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands.answers import FailEmpty, Raw, end_if_empty
from commands.application import command
from commands.clock import from_unix
from commands.output import cut_off
from commands.parameters import standard_input
from commands.session import Session
from evidence.errors import HeichanError, NotFoundError, UsageError

if TYPE_CHECKING:
    from graph.explore.watch import Touched
    from graph.explore.watch_list import Entry, Watched

app = typer.Typer(
    no_args_is_help=True, help="Names, handles, contacts and words over the whole archive."
)
KINDS = ("account", "name", "handle", "contact", "word")
LISTED = ("list", "value", "kind", "added", "author", "reason", "decision")
COLUMNS = ("hit", "kind", "post", "time", "venue", "account", "sender", "new", "text", "list")

Values = Annotated[
    list[str],
    typer.Argument(
        metavar="TEXT...|-",
        help="@HANDLE, KIND:CONTACT (qq:123), account:…, else a word; - reads lines.",
    ),
]
ListName = Annotated[str, typer.Option("--list", metavar="NAME", help="The list.")]
AnyList = Annotated[
    str | None, typer.Option("--list", metavar="NAME", help="One list (default: all).")
]
As = Annotated[
    str | None, typer.Option("--as", metavar="KIND", help=f"What it is: {', '.join(KINDS)}.")
]
Reason = Annotated[str, typer.Option(metavar="TEXT", help="Why; kept with the decision.")]


def add(
    session: Session,
    values: Values,
    list_name: ListName = "main",
    kind: As = None,
    reason: Reason = "to be watched",
    raw: Raw = False,
) -> None:
    """Put names, handles, contacts, accounts or words on a watch list.

    A name is looked for in senders' names and in texts, a handle or contact also by who wore or
    gave it, an account by its id. Whatever can be a word is one, unless --as says otherwise.

    Example: heichan watch add @demo_h01 qq:10001 股民
    A number that should stay out of the shell's history: heichan watch add - < file
    """
    from evidence.audit import append_audit, user
    from graph.explore.watch_list import add as put

    entries = _entries(values, kind)
    with session.case.archive() as archive, archive.transaction() as connection:
        made = [put(connection, list_name, one, author=user(), reason=reason) for one in entries]
        new = [each for each in made if each is not None]
        for each in new:
            append_audit(connection, "watch add", {"decision": each.decision.id})
    _list(session, new)
    if len(new) < len(made):
        session.out.note(f"{len(made) - len(new)} stood on the list already")
    session.out.note("Next: heichan watch hits")


def remove(
    session: Session,
    values: Values,
    list_name: ListName = "main",
    kind: As = None,
    reason: Reason = "no longer to be watched",
    raw: Raw = False,
) -> None:
    """Take entries off a watch list; what was decided stays in the log.

    Example: heichan watch remove @demo_h01
    """
    from evidence.audit import append_audit, user
    from graph.explore.watch import forget
    from graph.explore.watch_list import remove as take

    entries = _entries(values, kind)
    with session.case.archive() as archive, archive.transaction() as connection:
        gone = [take(connection, list_name, one, author=user(), reason=reason) for one in entries]
        for each in gone:
            forget(connection, each.key)
            append_audit(connection, "watch remove", {"decision": each.decision.id})
    _list(session, gone)


def list_entries(session: Session, list_name: AnyList = None, raw: Raw = False) -> None:
    """List what is watched.

    Example: heichan watch list
    """
    _list(session, _known(session, list_name))


def hits(
    session: Session,
    list_name: AnyList = None,
    new: Annotated[
        bool, typer.Option("--new", help="Only what no earlier run of this command has shown.")
    ] = False,
    limit: Annotated[int, typer.Option(min=1, help="Hits at the most.")] = 200,
    raw: Raw = False,
    fail_empty: FailEmpty = False,
) -> None:
    """Show the posts that touch what is watched, chatter too, the newest first.

    What is shown is kept as seen, and no more than that: `--new` leaves it out the next time. The
    keys are hit, kind (sender, worn_handle, contact, mention, word), post, time, venue, account,
    sender, new, text, list.

    Example: heichan watch hits --new
    """
    import msgspec

    from graph.explore.watch import answer, touched

    if not _known(session, list_name):
        session.out.note("nothing is watched. Next: heichan watch add TEXT")
    connection = session.archive.connection
    found = touched(connection, list_name, session.progress)
    session.progress.close()
    shown, rows, more = answer(connection, found, only_new=new, limit=limit)
    documents = [msgspec.structs.asdict(row) for row in rows]
    session.out.rows(documents, COLUMNS, limit=limit, cut=cut_off(more, limit, "hits"))
    _keep(session, shown)
    if rows:
        session.out.note("Next: heichan show POST --context 5")
    end_if_empty(rows, fail_empty=fail_empty)


def read_so_far(session: Session) -> int:
    """Where the archive ends before an ingest, for `tell_new`."""
    from graph.explore.watch_new import last_version

    with session.case.reader() as archive:
        return last_version(archive.connection)


def tell_new(session: Session, after: int) -> None:
    """Says how many hits the posts read since hold; silent where nothing is watched."""
    from graph.explore.watch_list import watched
    from graph.explore.watch_new import newly_touched

    with session.case.reader() as archive:
        if not watched(archive.connection):
            return
        unseen = sum(each.new for each in newly_touched(archive.connection, after))
    next_step = ": heichan watch hits --new" if unseen else ""
    session.out.note(f"{unseen} new hits on the watch lists{next_step}")


def _entries(values: list[str], kind: str | None) -> "list[Entry]":
    from graph.explore.watch_list import entry_of

    if kind is not None and kind not in KINDS:
        raise UsageError(f"--as {kind!r} is unknown", hint=f"Choose {', '.join(KINDS)}.")
    texts = [
        text
        for value in values
        for text in (standard_input().splitlines() if value == "-" else [value])
        if text.strip() or value != "-"
    ]
    if not texts:
        raise UsageError("nothing to watch for", hint="heichan watch add TEXT")
    return list(dict.fromkeys(entry_of(text, kind) for text in texts))  # type: ignore[arg-type]


def _known(session: Session, list_name: str | None) -> "list[Watched]":
    """The entries. Raises NotFoundError for a list that is named and is not there."""
    from graph.explore.watch_list import watched

    known = watched(session.archive.connection)
    if list_name is None:
        return known
    found = [each for each in known if each.list == list_name]
    if not found:
        lists = ", ".join(sorted({each.list for each in known}))
        hint = f"there are: {lists}" if lists else "heichan watch add TEXT makes one"
        raise NotFoundError(f"no watch list {list_name}", hint=hint)
    return found


def _list(session: Session, entries: "list[Watched]") -> None:
    rows: list[dict[str, Any]] = [
        {
            "list": each.list,
            "value": each.entry.shown,
            "kind": each.entry.kind,
            "added": from_unix(each.decision.at),
            "author": each.decision.author,
            "reason": each.decision.reason,
            "decision": each.decision.id,
        }
        for each in entries
    ]
    session.out.rows(rows, LISTED)


def _keep(session: Session, shown: "list[Touched]") -> None:
    from graph.explore.watch import keep

    if not any(each.new for each in shown):
        return
    try:
        with session.case.archive() as archive, archive.transaction() as connection:
            keep(connection, shown)
    except HeichanError as error:
        session.out.warn(f"what was shown could not be kept, and counts as new: {error.message}")


def register(parent: typer.Typer) -> None:
    command(app, "add")(add)
    command(app, "remove")(remove)
    command(app, "list")(list_entries)
    command(app, "hits")(hits)
    parent.add_typer(app, name="watch")
