"""The table of identity links: shares over worlds."""

from benchmarks.identity import Linked, report, share


def test_shares_over_two_worlds() -> None:
    found = [
        Linked("a", ((0.4, False), (0.8, True), (0.9, True)), 3),
        Linked("b", ((0.75, False),), 1),
    ]
    assert share(found, 0.7) == share(found, 0.5)
    one = share(found, 0.7)
    assert (one.links, round(one.precision, 3), one.recall) == (3, 0.667, 0.5)
    assert len(list(report(found))) == 9


def test_nothing_found_is_no_mistake() -> None:
    one = share([Linked("a", (), 2)], 0.7)
    assert (one.links, one.precision, one.recall) == (0, 1.0, 0.0)
