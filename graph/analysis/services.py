"""Shared services in a ranking: which have ties, and what it would be with or without them."""

from collections.abc import Sequence

import msgspec

from graph.analysis.people import People
from graph.analysis.pieces import Pieces
from graph.analysis.ranking import Candidate

_SHOWN = 5


class Ranks(msgspec.Struct, frozen=True):
    """Places of an account among `of` that rank, null where it does not; `top` are looked at."""

    of: int
    top: int
    without_shared: int | None
    with_shared: int | None


def tied(pieces: Pieces, people: People) -> list[str]:
    """Shared services with ties to others than the collector's own account, by id."""
    return sorted(pieces.without(people.own).parties() & people.shared.keys())


def ranks(
    account: str,
    ranked: Sequence[Candidate],
    other: Sequence[Candidate],
    top: int,
    *,
    included: bool,
) -> Ranks:
    """Both places; `other`: the ranking with shared services, or without where `included`."""
    here, there = (_rank(account, each) for each in (ranked, other))
    return Ranks(len(ranked), top, *((there, here) if included else (here, there)))


def _rank(account: str, ranked: Sequence[Candidate]) -> int | None:
    return next((one.rank for one in ranked if one.account == account), None)


def left_out(
    gone: Sequence[str],
    ranked: Sequence[Candidate],
    everybody: Sequence[Candidate],
    people: People,
    top: int,
) -> list[str]:
    """Which services with ties are left out, and who would come and go with them."""
    if not gone:
        return []
    names = _listed([f"{people.name(one)} ({people.shared[one]})" for one in gone])
    before = [one.account for one in ranked[:top]]
    after = [one.account for one in everybody[:top]]
    services = "shared services" if len(gone) > 1 else "shared service"
    return [f"{len(gone)} {services} left out: {names}; {_change(before, after, people)}"]


def _change(before: Sequence[str], after: Sequence[str], people: People) -> str:
    if before == after:
        return f"with them the top {len(after)} would be the same (--include-shared)"
    come = [people.name(one) for one in after if one not in before]
    go = [people.name(one) for one in before if one not in after]
    parts = [f"{_listed(come)} would come in"] if come else []
    parts += [f"{_listed(go)} would drop out"] if go else []
    parts = parts or ["the order of the top would change"]
    return f"with them {', '.join(parts)} (--include-shared)"


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more
