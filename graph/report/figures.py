"""Section: participants and messages by month, and goods by listings."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Final

from graph.analysis.metrics import MetricsOptions, metrics
from graph.report.content import Block, Heading, Paragraph, Table
from graph.report.desk import Desk
from graph.report.listings import Listed

GOODS: Final = 20
_HEADS: Final = ("period", "groups", "messages", "participants")


def figures(desk: Desk, listed: list[Listed]) -> Iterator[Block]:
    """Months of the case, and the goods of the listings told of."""
    say, source = desk.say, desk.source
    yield Heading(2, say("figures"))
    if desk.subject is None:
        found = metrics(source.archive, source.segments, MetricsOptions(zone=source.zone))
        yield Paragraph(say("figures.lead", zone=source.zone) if found else say("figures.none"))
        if found:
            heads = [say(f"figures.{head}") for head in _HEADS]
            rows = [
                [
                    row.period,
                    str(row.groups),
                    str(row.messages),
                    str(row.participants),
                    "" if row.pgd is None else f"{row.pgd:.2f}",
                    "" if row.mgd is None else f"{row.mgd:.2f}",
                    f"{row.coverage:.2f}",
                ]
                for row in found
            ]
            yield Table([*heads, "PGD", "MGD", say("figures.coverage")], rows)
    yield from _goods(desk, listed)


def _goods(desk: Desk, listed: list[Listed]) -> Iterator[Block]:
    counted: Counter[str] = Counter()
    accounts: dict[str, set[str]] = defaultdict(set)
    for one in listed:
        for product in dict.fromkeys(one.goods):
            counted[product] += 1
            accounts[product].update(one.accounts)
    if not counted:
        return
    say = desk.say
    yield Heading(3, say("figures.goods"))
    order = sorted(counted.items(), key=lambda item: (-item[1], item[0]))[:GOODS]
    rows = [[desk.name(goods), str(n), str(len(accounts[goods]))] for goods, n in order]
    yield Table([say("col.goods"), say("col.listings"), say("figures.accounts")], rows)
    if len(counted) > GOODS:
        yield Paragraph(say("more", n=len(counted) - GOODS))
