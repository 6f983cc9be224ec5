"""Two sides of a small case, and print beside it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from evidence.errors import UsageError
from graph.analysis.days import day_number, day_of
from graph.analysis.market.comparison import Compared, compared, warnings
from graph.analysis.market.published import Beside, beside, published
from graph.analysis.market.sides import Sides, is_period, moments, span_of
from graph.analysis.metrics import MetricsOptions
from graph.analysis.watching import Span
from tests.graph.analysis.market.test_growth import post, watch
from tests.graph.filling import Filling, filling


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Filling]:
    """A mobile group of both years and one of 2013 alone."""
    with filling(tmp_path) as found:
        mobile, late = found.venue("1", "qq"), found.venue("2", "qq")
        watch(found, mobile, "2012-01-01", "2013-12-31")
        watch(found, late, "2013-01-01", "2013-12-31")
        post(found, mobile, "2012-06-01", "a", "b")
        post(found, mobile, "2012-06-02", "a")
        post(found, mobile, "2013-06-01", "a", "b", "c", "c")
        post(found, late, "2013-06-01", "a", "d")
        yield found


def sides_of(filled: Filling, **options: object) -> Sides:
    given = MetricsOptions(**{"zone": "UTC", **options})  # type: ignore[arg-type]
    return Sides(filled.archive, lambda v: ("mobile",) if v.endswith(":1") else (), given)


def told(rows: list[Compared]) -> dict[str, tuple[object, ...]]:
    return {row.measure: (row.left, row.right, row.difference, row.ratio) for row in rows}


def test_two_periods(filled: Filling) -> None:
    sides = sides_of(filled)
    left, right = (sides.side(name, None, span_of(name)) for name in ("2012", "2013"))
    rows = compared(sides, left, right, "active", panel=True)
    assert told(rows) == {
        "monitored_groups": (2, 2, 0, 1.0),
        "groups": (1, 2, 1, 2.0),
        "group_days": (2, 2, 0, 1.0),
        "messages": (3, 6, 3, 2.0),
        "participants": (2, 4, 2, 2.0),
        # Three senders in two group-days, then five in two.
        "pgd": (1.5, 2.5, 1.0, 1.6667),
        "mgd": (1.5, 3.0, 1.5, 2.0),
        "mgd_per_pgd": (1.0, 1.2, 0.2, 1.2),
        "pgd_mean_of_days": (1.5, 2.5, 1.0, 1.6667),
        "mgd_mean_of_days": (1.5, 3.0, 1.5, 2.0),
        "coverage": (0.5, 1.0, 0.5, 2.0),
        "panel_groups": (1, 1, 0, 1.0),
        "panel_group_days": (2, 1, -1, 0.5),
        "panel_messages": (3, 4, 1, 1.3333),
        "panel_participants": (2, 3, 1, 1.5),
        "panel_pgd": (1.5, 3.0, 1.5, 2.0),
        "panel_mgd": (1.5, 4.0, 2.5, 2.6667),
    }
    basis = {row.measure: row.basis for row in rows}
    assert "reconstruction" in basis["pgd"]
    assert basis["messages"] == "counted"
    assert warnings(left, right, 0.9) == [
        "coverage of 2012 is 0.50, below 0.9: a difference may be one of the watching"
    ]


def test_a_segment_against_all(filled: Filling) -> None:
    sides = sides_of(filled, denominator="observed")
    left, right = sides.side("mobile", "mobile", None), sides.side("all", None, None)
    rows = told(compared(sides, left, right, "observed", panel=False))
    assert rows["groups"] == (1, 2, 1, 2.0)
    assert rows["messages"] == (7, 9, 2, 1.2857)
    assert rows["group_days"] == (731, 1096, 365, 1.4993)
    assert "panel_groups" not in rows


def test_a_side_without_anything_is_told(filled: Filling) -> None:
    sides = sides_of(filled)
    left, right = (sides.side(name, None, span_of(name)) for name in ("1999", "2013"))
    rows = told(compared(sides, left, right, "active", panel=True))
    assert rows["messages"] == (0, 6, 6, None)
    assert rows["pgd"] == (None, 2.5, None, None)
    assert rows["panel_groups"] == (0, 0, 0, None)
    assert warnings(left, right, 0.9) == ["1999 has no message and no watched day"]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2012", ("2012-01-01", "2012-12-31")),
        ("2012-02", ("2012-02-01", "2012-02-29")),
        ("2012-06-04", ("2012-06-04", "2012-06-04")),
        ("2012-03-01/2012-12-31", ("2012-03-01", "2012-12-31")),
        ("2012-03/2013", ("2012-03-01", "2013-12-31")),
    ],
)
def test_periods_as_they_are_written(text: str, days: tuple[str, str]) -> None:
    assert is_period(text)
    found = span_of(text)
    assert tuple(day_of(number).isoformat() for number in found) == days


@pytest.mark.parametrize("text", ["2013/2012", "2012-13", "2012-02-30", "0000", "2012-00"])
def test_what_is_no_period(text: str) -> None:
    with pytest.raises(UsageError):
        span_of(text)
    assert not is_period("mobile")
    assert not is_period("2012/2013/2014")
    assert not is_period("/")


def test_a_period_begins_and_ends_with_the_days_of_the_zone() -> None:
    # The clocks of Berlin go forward in this night.
    since, until = moments(span_of("2021-03-28"), "Europe/Berlin")
    assert (since, until) == (
        datetime(2021, 3, 27, 23, tzinfo=UTC),
        datetime(2021, 3, 28, 22, tzinfo=UTC),
    )


def test_print_beside_the_case(filled: Filling) -> None:
    asked: list[tuple[str | None, Span]] = []

    def mentions(segment: str | None, span: Span) -> dict[str, tuple[int, int]]:
        asked.append((segment, span))
        return {"service:ddos": (16_471, 2)}

    rows: dict[tuple[str, str, str], Beside] = {
        (row.measure, row.segment, row.period): row
        for row in beside(sides_of(filled), mentions, frozenset({"mobile"}), "active")
    }
    assert len(rows) == len(published())
    pgd = rows["pgd", "all", "2013"]
    assert (pgd.published, pgd.here, pgd.difference, pgd.agrees) == (11.26, 2.5, -8.76, False)
    assert rows["pgd_ratio", "all", "2013"].here == 1.6667
    june = rows["messages", "all", "2012-06"]
    assert (june.stated, june.here, june.agrees) == ("below", 3, True)
    # Ten months against the same months of the year before.
    assert rows["messages_ratio", "all", "2013-03-01/2013-12-31"].here == 2.0
    assert rows["pgd", "mobile", "2013"].here == 3.0
    assert rows["pgd", "mobile", "2013"].agrees is None
    whole = "2012-03-01/2013-12-31"
    assert rows["posts service:ddos", "all", whole].agrees is True
    assert rows["posts service:rat", "all", whole].here is None
    assert rows["rank service:sms_spam", "mobile", whole].here is None
    assert (None, span_of(whole)) in asked
    assert all("reconstruction" in row.basis for row in rows.values())
    assert all(row.mark in "SVD" and row.source for row in rows.values())


def test_a_case_without_the_segment_or_the_years_has_nothing_beside_print(
    tmp_path: Path,
) -> None:
    with filling(tmp_path) as empty:
        rows = [*beside(sides_of(empty), lambda *_: {}, frozenset(), "active")]
    assert {row.here for row in rows} == {None}
    assert {row.agrees for row in rows} == {None}


def test_printed_figures_are_those_of_the_article() -> None:
    found = {(row.measure, row.segment, row.period): row.printed for row in published()}
    assert [found["pgd", "all", year] for year in ("2012", "2013")] == ["5.13", "11.26"]
    assert [found["mgd", "all", year] for year in ("2012", "2013")] == ["28.74", "62.56"]
    assert found["messages", "all", "2013-06"] == "109222"
    offers = ("service:compromised_hosts", "service:ddos", "service:rat")
    whole = "2012-03-01/2013-12-31"
    assert [found[f"posts {name}", "all", whole] for name in offers] == ["35112", "16471", "15365"]
    assert found["groups", "mobile", "2013"] == "11"
    assert round(11.26 / 5.13, 3) == float(found["pgd_ratio", "all", "2013"])
    assert round(62.56 / 28.74, 3) == float(found["mgd_ratio", "all", "2013"])


def test_days_are_cut_at_both_ends() -> None:
    assert span_of("2012")[1] - span_of("2012")[0] == 365
    assert span_of("2012")[0] == day_number(datetime(2012, 1, 1, tzinfo=UTC).date())
