"""What a list says once of all its prices where it counts by the thousand or ten thousand."""

import pytest

from tests.ingest.extract.reading import listings


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("千条报价:\n棋牌 150元\n宝妈 90元", "thousand"),
        ("报价(千条)\n棋牌 150\n宝妈 90", "thousand"),
        ("千条价格表\n棋牌:150\n宝妈:90", "thousand"),
        ("以下价格均为一千条\n棋牌 150\n宝妈 90", "thousand"),
        ("棋牌 150元\n宝妈 90元\n都是千条价", "thousand"),
        ("棋牌 150u 宝妈 90u 以上是每千条的价格", "thousand"),
        ("casino leads $150, parenting leads $90 (per 1k)", "thousand"),
        ("万条报价:\n棋牌 950元\n宝妈 800元", "ten_thousand"),
    ],
)
def test_prices_of_a_round_number(text: str, per: str) -> None:
    found = listings(text)
    assert [[p.per for p in each.prices] for each in found] == [[per], [per]]
    assert not any(each.quantities for each in found)


def test_a_least_order_in_a_heading_stays() -> None:
    found = listings("Prices per 1k, minimum 3k of each\ncasino leads: 150\nparenting leads: 90")
    assert [p.min_quantity for each in found for p in each.prices] == [3000, 3000]
