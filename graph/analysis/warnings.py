"""What makes a ranked account less sure, and why another is not ranked."""

import json
from collections.abc import Iterable, Sequence

from evidence.archive.archive import Archive
from graph.analysis.assignment import is_exact
from graph.analysis.cautions import Caution
from graph.analysis.dealings import Dealing
from graph.analysis.ledger import Ledger, Match
from graph.analysis.people import People

_NOTICE = "escrow_notice"
_ESCROW = ("escrow", "notices")


def is_single_file(archive: Archive, posts: Sequence[str]) -> bool:
    """Whether all these posts stand in one and the same file only."""
    row = archive.connection.execute(
        "SELECT count(DISTINCT c.file_n) FROM json_each(?) j JOIN post p ON p.id = j.value "
        "JOIN post_version v ON v.post_n = p.n JOIN capture c ON c.version_n = v.n",
        (json.dumps(list(posts)),),
    ).fetchone()
    return int(row[0]) == 1


def is_escrow_only(account: str, dealings: Iterable[Dealing], people: People) -> bool:
    """Whether all that ties it are notices of escrow services, or dealings with such services."""
    found = list(dealings)
    return bool(found) and all(_by_escrow(account, deal, people) for deal in found)


def _by_escrow(account: str, dealing: Dealing, people: People) -> bool:
    other = dealing.giver if dealing.taker == account else dealing.taker
    return people.shared.get(other) in _ESCROW or all(
        piece.evidence == _NOTICE for piece in dealing.pieces
    )


def is_approximate(account: str, ledger: Ledger) -> bool:
    """Whether it has too many dealings for an exact pairing."""
    sides = ledger.sides.get(account)
    return sides is not None and not is_exact(sides[0].size, sides[1].size)


def why_not(account: str, ledger: Ledger, matches: Sequence[Match], people: People) -> Caution:
    """Why an account is not ranked."""
    kind = "" if account in ledger.sides else people.shared.get(account, "")
    return Caution(_why(account, ledger, matches, people), unranked=True, kind=kind)


def _why(account: str, ledger: Ledger, matches: Sequence[Match], people: People) -> str:
    if account in people.own:
        return "own"
    if account not in ledger.sides:
        return "shared" if people.shared.get(account) else "no links"
    got, gave = ledger.sides[account]
    if not got.size:
        return "only gives"
    if not gave.size:
        return "only gets"
    if matches:
        return "one way"
    return _unmatched(ledger, got.tolist(), gave.tolist())


def _unmatched(ledger: Ledger, got: Sequence[int], gave: Sequence[int]) -> str:
    supplies, sales = [ledger.dealings[n] for n in got], [ledger.dealings[n] for n in gave]
    sold = {deal.product for deal in sales}
    if all(deal.product not in sold and None not in (deal.product, *sold) for deal in supplies):
        return "other goods"
    if {deal.giver for deal in supplies} == {deal.taker for deal in sales} and len(sales) == 1:
        return "same account"
    return "unmatched"
