"""The page that `show` prints of a node."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec

from commands.assertion import shown as assertion
from commands.clock import local_text
from commands.correct import SHORT as CORRECTION
from commands.correct import shown as correction
from commands.judged import judged, tell
from commands.output import Output, plain
from commands.role_sums import role_sums, show_sums, sum_documents
from commands.session import Session

if TYPE_CHECKING:
    from graph.explore.page import Page
    from graph.explore.show import Profile
    from graph.explore.traces import Traces

SHOWN = 12
"""Rows of one part on a terminal; every other format has all."""
ROLE = ("role", "zh", "basis", "since", "until", "acts", "score")
NEIGHBOURS = ("relation", "direction", "label", "n", "examples")
ASSESSED = ("start", "type", "end", "basis", "confidence", "author", "at", "reason", "source")
PARTS = {
    "accounts": ("accounts", ("account", "name", "how", "n", "first", "last")),
    "names": ("names", ("name", "since", "until", "n")),
    "products": ("products (as claimed)", ("name", "side", "listings", "first", "last", "product")),
    "prices": (
        "prices (as asked or bid)",
        ("side", "kind", "low", "median", "high", "currency", "per", "n"),
    ),
    "venues": ("venues", ("name", "posts", "listings", "first", "last", "venue")),
    "contacts": ("contacts", ("contact", "n", "first", "last", "shared")),
    "dealings": (
        "dealings (claimed or derived)",
        ("giver_name", "taker_name", "product", "n", "first", "last", "rel"),
    ),
    "disputes": (
        "disputes and praise (said, not shown to be so)",
        ("what", "speaker_name", "about_name", "n", "outcome", "first", "last", "rel"),
    ),
}


def show_profile(
    session: Session, profile: "Profile", decided: list[dict[str, object]] | None
) -> None:
    """One node: for programs one object, for people one page."""
    if not session.out.human:
        session.out.document(_document(session, profile, decided))
        return
    out, node = session.out, profile.node
    out.text(f"{node.props.get('name', '')}  {node.label}", style="bold")
    out.document({"id": node.id, **node.props})
    tell(out, judged(session, node.id))
    if tags := tags_of(session, node.id):
        out.document({"tags": ", ".join(map(out.human_text, tags))})
    if profile.traces is not None:
        _trace(out, profile.traces)
    if profile.roles:
        out.text("\nclaimed roles (an order among readings, not a probability)", style="bold")
        _part(out, [_chosen(role, ROLE) for role in profile.roles], ROLE)
    _parts(out, profile.page)
    out.text("\nneighbours", style="bold")
    _part(out, [_chosen(group, NEIGHBOURS) for group in profile.neighbours], NEIGHBOURS)
    show_sums(out, role_sums(session, profile))
    if assessed := _assessed(session, node.id):
        out.text("\nput down by analysts (assessed; nobody in the material says so)", style="bold")
        _part(out, assessed, ASSESSED)
    if decided:
        out.text("\ncorrections of a person", style="bold")
        out.table(decided, [name for name in CORRECTION if name != "listing"])
    out.note(f"Next: heichan timeline {node.id}, heichan evidence {node.id}")


def decisions(session: Session, identifier: str) -> list[dict[str, object]] | None:
    """What a person decided about the reading of a listing; None for any other node."""
    if not identifier.startswith("listing:"):
        return None
    from evidence.corrections.view import rows

    return [correction(row) for row in rows(session.archive.connection, identifier)]


def _document(
    session: Session, profile: "Profile", decided: list[dict[str, object]] | None
) -> dict[str, Any]:
    document = {
        **plain(profile.node),
        "claimed_roles": plain(profile.roles),
        **plain(profile.page),
        "traces": plain(profile.traces),
        "neighbours": plain(profile.neighbours),
        "role_sums": sum_documents(role_sums(session, profile)),
        "assessed": plain(_assessed(session, profile.node.id)),
        "tags": tags_of(session, profile.node.id),
        **plain(judged(session, profile.node.id)),
    }
    return document if decided is None else {**document, "corrections": plain(decided)}


def _assessed(session: Session, identifier: str) -> list[dict[str, Any]]:
    """The assertions in force about a node."""
    from graph.knowledge.shown import rows

    reviewers = session.case.settings.resolve.reviewers
    found = rows(session.archive.connection, reviewers, identifier)
    return [assertion(row) for row in found if row.state == "in force"]


def tags_of(session: Session, identifier: str) -> list[str]:
    """The tags that people gave to a node."""
    from graph.knowledge.tags import nodes_by_tag

    found = nodes_by_tag(session.archive.connection)
    return sorted(name for name, nodes in found.items() if identifier in nodes)


def _trace(out: Output, traces: "Traces") -> None:
    out.text("\nseen", style="bold")
    silent = traces.silent_days
    out.document(
        {
            "posts": traces.posts,
            "listings": traces.listings,
            "first": traces.first_seen,
            "last": traces.last_seen,
            "silent": None
            if silent is None
            else f"{silent} days until the last post of its venues",
            "evidence": ", ".join(map(out.human_text, traces.evidence)),
        }
    )


def _parts(out: Output, page: "Page") -> None:
    for name, (heading, columns) in PARTS.items():
        rows = getattr(page, name)
        if rows:
            out.text(f"\n{heading}", style="bold")
            _part(out, [_dated(out, _chosen(row, columns)) for row in rows], columns)


def _part(out: Output, rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> None:
    out.table(rows[:SHOWN], columns)
    if len(rows) > SHOWN:
        out.text(f"and {len(rows) - SHOWN} more; --format json has all")


def _dated(out: Output, row: dict[str, Any]) -> dict[str, Any]:
    """The row with days of the case's zone in place of times: a page has no room for more."""
    return {
        name: local_text(value, out.zone)[:10] if isinstance(value, datetime) else value
        for name, value in row.items()
    }


def _chosen(row: msgspec.Struct, columns: Sequence[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in columns}
