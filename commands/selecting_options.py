"""Options that choose a part of the graph, and what of it may leave."""

from typing import Annotated, Any, Final, Literal

import msgspec
import typer

from commands.completion import (
    complete_account,
    complete_id,
    complete_label,
    complete_type,
    complete_venue,
)
from commands.option_groups import Group

People = Literal["accounts", "actors"]
Projection = Literal["accounts", "account-listing-source", "chain"]
Redact = Literal["none", "contacts", "handles"]


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """The options of a selection as they were typed; each field is an option."""

    query: list[str] | None = None
    param: list[str] | None = None
    ego: str | None = None
    hops: int = 2
    label: list[str] | None = None
    rel: list[str] | None = None
    venue: list[str] | None = None
    product: list[str] | None = None
    account: list[str] | None = None
    tag: list[str] | None = None
    since: str | None = None
    until: str | None = None
    min_confidence: float = 0.0
    min_degree: int = 0
    include_shared: bool = True
    people: People = "accounts"
    projection: Projection | None = None
    tlp_max: str | None = None
    include_accused: bool = False
    redact: Redact = "none"
    recipient: str | None = None


def _option(words: str, *names: str, **more: Any) -> Any:
    return typer.Option(*names, help=words, **more)


_TYPES: dict[str, Any] = {
    "query": Annotated[
        list[str] | None,
        _option("Only what this query draws; several add up.", metavar="NAME"),
    ],
    "param": Annotated[
        list[str] | None,
        _option("A parameter of the queries; NAME=@file reads it.", metavar="NAME=VALUE"),
    ],
    "ego": Annotated[
        str | None,
        _option("Only around this node.", metavar="ID|@handle", autocompletion=complete_id),
    ],
    "hops": Annotated[int, _option("With --ego: how far.", min=1, max=6)],
    "label": Annotated[
        list[str] | None,
        _option("Only nodes of this label; several add up.", autocompletion=complete_label),
    ],
    "rel": Annotated[
        list[str] | None,
        _option(
            "Only relationships of this type; nodes without one leave.",
            autocompletion=complete_type,
        ),
    ],
    "venue": Annotated[
        list[str] | None,
        _option(
            "Only what stands in this venue: posts, listings, their accounts and ties.",
            metavar="ID",
            autocompletion=complete_venue,
        ),
    ],
    "product": Annotated[
        list[str] | None,
        _option("Only listings and ties about this product, and who is behind.", metavar="ID"),
    ],
    "account": Annotated[
        list[str] | None,
        _option(
            "Only what this account posted, and its ties.",
            metavar="ID|@handle",
            autocompletion=complete_account,
        ),
    ],
    "tag": Annotated[
        list[str] | None,
        _option(
            "Only what carries this tag: see heichan tag; a venue's segments are tags.",
            metavar="NAME",
        ),
    ],
    "since": Annotated[
        str | None,
        _option("Only posts, listings, ties from this day or time on; undated posts leave."),
    ],
    "until": Annotated[str | None, _option("Only those until this day or time, included.")],
    "min_confidence": Annotated[float, _option("Leave out less sure readings.", min=0, max=1)],
    "min_degree": Annotated[
        int,
        _option("Leave out nodes with fewer relationships; counted once.", min=0),
    ],
    "include_shared": Annotated[
        bool, _option("Keep shared services.", "--include-shared/--no-shared")
    ],
    "people": Annotated[
        People,
        _option("Actors in place of the accounts that decisions gave them.", "--as"),
    ],
    "projection": Annotated[
        Projection | None,
        _option(
            "accounts: these and their ties; account-listing-source: who claims which source; "
            "chain: goods and orders, with the claimed layer of each."
        ),
    ],
    "tlp_max": Annotated[
        str | None,
        _option("Leave out what rests on files marked stricter.", metavar="MARK"),
    ],
    "include_accused": Annotated[
        bool,
        _option("Keep contacts of accused and third persons.", "--include-accused"),
    ],
    "redact": Annotated[
        Redact,
        _option(
            "Put keyed words for contacts, or also for handles, names and account numbers.",
        ),
    ],
    "recipient": Annotated[
        str | None,
        _option(
            "With --redact: who gets it; files of two recipients can't be compared.",
            metavar="NAME",
        ),
    ],
}


_CHOICE: Final = Group(Choice, _TYPES, "choice")
with_selection = _CHOICE.every
"""A command of (session, …, choice) with the options of a selection in place of `choice`."""
with_choice = _CHOICE.some
"""The same with these fields of `Choice` alone."""
