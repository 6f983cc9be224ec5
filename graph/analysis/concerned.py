"""What several rows of a ranking rest on, said once with the names of all whom it concerns."""

from collections.abc import Iterable

from graph.analysis.cautions import Taken, whom
from graph.analysis.rows import BrokerRow
from graph.analysis.wording import ENGLISH


def taken_notes(undecided: str, rows: Iterable[BrokerRow]) -> list[str]:
    """How many accounts count as one; then who, a line a pair, and which rows rest on it."""
    names: dict[Taken, str] = {}
    rests: dict[Taken, list[str]] = {}
    for row in rows:
        for one in row.cautions:
            if one.taken is not None:
                names[one.taken] = one.beside or row.name
                rests.setdefault(one.taken, []).append(row.name)
    each = [
        f"  {names[taken]} with {whom(taken, ENGLISH)}; what is said of "
        f"{', '.join(dict.fromkeys(rests[taken]))} rests on it"
        for taken in sorted(rests)
    ]
    return [f"{undecided}{':' if each else ''}", *each] if undecided else each
