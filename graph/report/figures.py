"""Section: months, goods by mentions and their prices, goods by listings."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Final

from graph.report.content import Block, Heading, Paragraph, Table
from graph.report.desk import Desk
from graph.report.listings import Listed
from graph.report.months import months
from graph.report.products import prices, products

GOODS: Final = 20


def figures(desk: Desk, listed: list[Listed]) -> Iterator[Block]:
    """Months and goods of a whole case, and the goods of the listings told of."""
    yield Heading(2, desk.say("figures"))
    if desk.subject is None:
        yield from months(desk)
        yield from products(desk)
        yield from prices(desk)
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
