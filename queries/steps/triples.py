"""Supplier, broker and buyer of the same goods, each in a later layer of the chain."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

import msgspec

from queries.steps.ties import Hop, Ties


class Triples(msgspec.Struct, frozen=True):
    """The valid triples of a broker: who, of what goods, and the ties behind them."""

    found: set[tuple[str, str, str]]
    hops: dict[str, Hop]


def triples(known: Ties, is_tied: Callable[[str, str], bool]) -> dict[str, Triples]:
    """Broker -> its triples; who has none is left out.

    Two ties of one product, the supply begun before the sale was over; the layers of the three
    rise, by the best role that each held then; supplier and buyer are not tied directly.
    """
    into: dict[tuple[str, str], list[tuple[Hop, int]]] = defaultdict(list)
    for hop in known.starts():
        layer = _layer(known, hop.giver, hop.first, hop.last)
        if layer is not None:
            into[hop.taker, hop.product].append((hop, layer))
    found = {
        broker: _of_broker(known, hops, into, is_tied) for broker, hops in known.by_giver.items()
    }
    return {broker: each for broker, each in sorted(found.items()) if each.found}


def _of_broker(
    known: Ties,
    sales: Iterable[Hop],
    into: Mapping[tuple[str, str], list[tuple[Hop, int]]],
    is_tied: Callable[[str, str], bool],
) -> Triples:
    made = Triples(set(), {})
    for sale in sales:
        supplies = into.get((sale.giver, sale.product), ())
        to = _layer(known, sale.taker, sale.first, sale.last) if supplies else None
        if to is None:
            continue
        for supply, start in supplies:
            ends = supply.giver, sale.taker
            if start >= to or ends[0] == ends[1] or supply.first > sale.last:
                continue
            first, last = min(supply.first, sale.first), max(supply.last, sale.last)
            own = _layer(known, sale.giver, first, last)
            if own is not None and start < own < to and not is_tied(*ends):
                made.found.add((*ends, sale.product))
                made.hops.update({supply.id: supply, sale.id: sale})
    return made


def _layer(known: Ties, holder: str, first: datetime, last: datetime) -> int | None:
    """Layer of the best role held then that has one."""
    layers = (role.layer for role in known.held(holder, first, last))
    return next((layer for layer in layers if layer is not None), None)
