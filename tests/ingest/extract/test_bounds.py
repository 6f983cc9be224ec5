"""Tiers of which the first says up to how many it holds, and the second only that it is above."""

import pytest

from tests.ingest.extract.reading import only


@pytest.mark.parametrize(
    ("text", "prices"),
    [
        ("股民料 500条以内六毛 以上五毛", [(0.6, None), (0.5, 500)]),
        ("股民料 一千条内8毛,超过的7毛", [(0.8, None), (0.7, 1000)]),
        ("面单 1000张以下1块2,以上1块", [(1.2, None), (1, 1000)]),
        ("email leads $0.05 up to 10k, $0.03 above", [(0.05, None), (0.03, 10_000)]),
        ("leads 0.5 usd each under 1000, 0.4 usd over", [(0.5, None), (0.4, 1000)]),
    ],
)
def test_what_holds_above_a_bound(text: str, prices: list[tuple[float, float | None]]) -> None:
    found = only(text)
    assert [(p.value, p.min_quantity) for p in found.prices] == prices
    assert found.quantities == ()


def test_a_limit_of_what_is_bought_is_no_bound() -> None:
    found = only("paying $2 each, up to 5k leads per week")
    assert [(q.value, q.period) for q in found.quantities] == [(5000, "week")]


def test_so_many_records_at_once_are_no_price_of_a_look_up() -> None:
    found = only("收股民 每次五千 8毛 长期")
    assert [(p.value, p.per) for p in found.prices] == [(0.8, None)]
    assert [q.value for q in found.quantities] == [5000]
