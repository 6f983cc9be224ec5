"""Support is counted in groups that owe nothing to each other."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.analysis.independence import ONE_COLLECTOR
from queries.pack import load_packs
from queries.steps.base import Context, Row
from queries.steps.independence import INDEPENDENCE, YES

PACKS = load_packs(lint_shipped=False)
START = datetime(2021, 3, 1, tzinfo=UTC)


def said(number: int, who: str, cluster: str, collector: str, **more: Any) -> Row:
    base: Row = {
        "listing": f"listing:{number}", "org": "org:o", "kind": "extraction_point",
        "product": "product:p", "account": who, "seller": who, "cluster": cluster,
        "collectors": [collector], "expanded": False, "latest": START + timedelta(days=60),
        "seen": START + timedelta(hours=number), "confidence": 0.5, "evidence": [f"post:{number}"],
    }  # fmt: skip
    return base | more


def counted(rows: list[Row], name: str = "corroborated", **parameters: Any) -> list[Row]:
    collectors = len({each for row in rows for each in row["collectors"]})

    def read(text: str, more: object) -> list[Row]:
        return [{"n": collectors}] if "count(DISTINCT u.collector)" in text else []

    given: dict[str, Any] = {"n": 1, "min_age_days": 0, **parameters}
    return INDEPENDENCE.run(rows, Context(PACKS.get(f"sources.{name}").header, given, read))


statements = st.lists(
    st.tuples(st.sampled_from("abcd"), st.sampled_from("xyzw"), st.sampled_from("CDE")),
    min_size=1, max_size=12,
)  # fmt: skip


@settings(deadline=None)
@given(statements, st.randoms())
def test_order_and_copies_change_nothing(drawn: list[tuple[str, str, str]], chance: Any) -> None:
    rows = [said(number, *each) for number, each in enumerate(drawn)]
    copies = [said(number + 100, *each) for number, each in enumerate(drawn)]
    shuffled = [*rows]
    chance.shuffle(shuffled)
    wanted = counted(rows)
    assert counted(shuffled) == wanted
    for row, other in zip(wanted, counted(rows + copies), strict=True):
        assert row["supports"] == other["supports"]
        assert row["n_clusters"] == other["n_clusters"]


@settings(deadline=None)
@given(statements)
def test_support_is_no_more_than_texts_sellers_or_collectors(
    drawn: list[tuple[str, str, str]],
) -> None:
    for row in counted([said(number, *each) for number, each in enumerate(drawn)]):
        if row["assessable"] == YES:
            assert 1 <= row["supports"] <= min(len(set(part)) for part in zip(*drawn, strict=True))


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("xyzw")), min_size=1))
def test_one_collector_is_never_a_number(drawn: list[tuple[str, str]]) -> None:
    rows = [said(number, who, text, "C") for number, (who, text) in enumerate(drawn)]
    for name in ("corroborated", "uncorroborated"):
        found = counted(rows, name)
        assert found
        assert {(row["supports"], row["assessable"]) for row in found} == {(None, ONE_COLLECTOR)}


def test_unstated_collector_supports_nothing() -> None:
    rows = [said(1, "a", "x", "C"), said(2, "b", "y", "D"), said(3, "c", "z", "E")]
    rows[2]["collectors"] = []
    assert counted(rows)[0]["supports"] == 2
    rows[1]["collectors"] = []
    rows.append(said(4, "e", "v", "D", org="org:other"))
    alone = [row for row in counted(rows, "uncorroborated") if row["org"] == "org:o"]
    assert [(row["listing"], row["supports"]) for row in alone] == [
        ("listing:1", 0), ("listing:2", None), ("listing:3", None),
    ]  # fmt: skip


def test_a_post_that_two_collected_is_not_the_word_of_one() -> None:
    both = said(1, "a", "x", "C", collectors=["C", "D"])
    assert counted([both, said(2, "b", "y", "C")])[0]["supports"] == 2


def test_young_claims_wait() -> None:
    rows = [said(1, "a", "x", "C"), said(24 * 50, "b", "y", "D", org="org:other")]
    assert [r["org"] for r in counted(rows, "uncorroborated", min_age_days=30)] == ["org:o"]
