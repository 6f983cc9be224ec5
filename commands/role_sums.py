"""The sums behind the roles that `show` names: one row a cue, deed or feature."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from commands.output import Output, plain, short_ids
from commands.session import Session

if TYPE_CHECKING:
    from graph.explore.role_sums import RoleSum
    from graph.explore.show import Profile

COLUMNS = ("cue", "weight", "factor", "context", "value", "messages", "post", "span", "quote")


def role_sums(session: Session, profile: "Profile") -> "list[RoleSum]":
    """The sums of a listing's or an account's roles; none for other nodes."""
    from graph.build.records import Records
    from graph.explore.role_sums import of_account, of_reading

    known = profile.node.id
    if not profile.roles or not known.startswith(("listing:", "account:")):
        return []
    if known.startswith("account:"):
        zone = session.case.settings.zone
        return of_account(session.store, session.archive, zone, known, profile.roles)
    record = Records(session.archive.connection).of_id(known)
    return [] if record is None else of_reading(record.id, record.body, profile.roles)


def sum_documents(sums: "list[RoleSum]") -> list[dict[str, Any]]:
    """The sums as JSON objects."""
    return [{**plain(each), "adds_up": each.adds_up} for each in sums]


def show_sums(out: Output, sums: "list[RoleSum]") -> None:
    """Each sum as a table with its score, never a percentage."""
    for each in sums:
        since = "" if each.since is None else f", since {each.since}"
        out.text(f"\n{each.role} ({each.basis}{since}): weight × factor × context", style="bold")
        if not each.rows:
            out.text("put in by a person; no cues of the text")
            continue
        out.table(list(_rows(each)), COLUMNS)
        out.text(f"s = {each.sum:.2f}, score {each.score:.2f}: {each.note}")
        if not each.adds_up:
            out.note("The graph holds another score: it is older than the archive. heichan build")


def _rows(each: "RoleSum") -> Iterator[Mapping[str, Any]]:
    for row in each.rows:
        span = None if row.span is None else f"{row.span[0]}-{row.span[1]}"
        post = None if row.post is None else short_ids(row.post)
        known = {name: getattr(row, name) for name in COLUMNS}
        yield {**known, "span": span, "post": post}
