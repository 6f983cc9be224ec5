"""Shared services that a ranking leaves out, and what it would be with them."""

from collections.abc import Sequence

from graph.analysis.ledger import Ledger
from graph.analysis.people import People
from graph.analysis.ranking import Candidate, candidates

_SHOWN = 5


def left_out(everybody: Ledger, ranked: Sequence[Candidate], people: People, top: int) -> list[str]:
    """Which services with ties are left out, and who would come and go with them."""
    gone = sorted(everybody.sides.keys() & people.shared.keys())
    if not gone:
        return []
    names = _listed([f"{people.name(one)} ({people.shared[one]})" for one in gone])
    before = [one.account for one in ranked[:top]]
    after = [one.account for one in candidates(everybody)[:top]]
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
