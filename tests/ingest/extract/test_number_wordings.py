"""Numbers in words and parts of coins, ranges with their words, tiers, what a day brings."""

import pytest

from ingest.extract.coins import small_change
from ingest.extract.numbers_of import number, numbers
from ingest.extract.spelled import spelled_value
from tests.ingest.extract.reading import only


def _prices(text: str) -> list[tuple[float, str | None, str | None, float | None]]:
    return [(p.value, p.currency, p.per, p.min_quantity) for p in only(text).prices]


def _quantities(text: str) -> list[tuple[float, str, str | None]]:
    return [(q.value, q.unit, q.period) for q in only(text).quantities]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0,25", 0.25),
        ("1.000.000", 1_000_000),
        ("10 000", 10_000),
        ("零点六元", 0.6),
        ("2.5个w", 25_000),
        ("three hundred", 300),
    ],
)
def test_written_numbers(text: str, value: float) -> None:
    first = next(iter(numbers(text)))
    assert number(first[0]) == value


@pytest.mark.parametrize(
    ("words", "value"),
    [("half a", 0.5), ("five thousand", 5000), ("twenty-five", 25), ("two million", 2_000_000)],
)
def test_numbers_in_words(words: str, value: float) -> None:
    assert spelled_value(words) == value


def test_parts_of_a_coin() -> None:
    found = small_change("1块2毛5一条", 2, "块", lambda at: at == 5)
    assert found is not None
    assert (float(found[0]), found[1]) == (0.25, 5)
    assert small_change("5元一条", 2, "元", lambda at: True) is None


@pytest.mark.parametrize(
    ("text", "price"),
    [
        ("出股民 一块二毛一条", (1.2, "CNY", "record", None)),
        ("出股民 两块半一条", (2.5, "CNY", "record", None)),
        ("出股民 三毛二分一条", (0.32, "CNY", "record", None)),
        ("出股民 一分二美金一条", (0.012, "USD", "record", None)),
        ("出股民 1.2元一条,少于500条不卖", (1.2, "CNY", "record", 500)),
        ("selling forex leads, half a dollar each", (0.5, "USD", "record", None)),
        ("selling forex leads 0,25€ per lead", (0.25, "EUR", "record", None)),
        ("selling forex leads, $1 per lead, no orders under 200", (1, "USD", "record", 200)),
    ],
)
def test_prices(text: str, price: tuple[float, str | None, str | None, float | None]) -> None:
    assert _prices(text) == [price]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("出股民 5毛到8毛", (0.5, "CNY", None, None), (0.8, "CNY", None, None)),
        ("出股民 5到8毛一条", (0.5, "CNY", "record", None), (0.8, "CNY", "record", None)),
        ("出股民 每条1块到1块5", (1, "CNY", "record", None), (1.5, "CNY", "record", None)),
        (
            "selling forex leads, $30 - $50 per 1k",
            (30, "USD", "thousand", None),
            (50, "USD", "thousand", None),
        ),
        ("跑分 8%-10% 提成", (8, None, "percent", None), (10, None, "percent", None)),
    ],
)
def test_a_range_gives_both_its_ends(
    text: str,
    low: tuple[float, str | None, str | None, float | None],
    high: tuple[float, str | None, str | None, float | None],
) -> None:
    assert _prices(text) == [low, high]
    assert not only(text).problems


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("出股民 每天八千到一万条", "day"),
        ("出股民 量在8k-1w条/天", "day"),
        ("出股民 8000-10000条", None),
    ],
)
def test_a_range_of_goods_gives_both_its_ends(text: str, period: str | None) -> None:
    assert _quantities(text) == [(8000, "record", period), (10_000, "record", period)]


@pytest.mark.parametrize(
    "text", ["出网贷 0.5一条 拿1万条以上0.4", "selling forex leads, 0.5 each, over 10k 0.4 each"]
)
def test_a_tier_is_for_what_the_first_price_is_for(text: str) -> None:
    assert _prices(text) == [(0.5, None, "record", None), (0.4, None, "record", 10_000)]


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("buying forex leads, need 500/day", (500, "record", "day")),
        ("出股民 每天能跑3500条", (3500, "record", "day")),
        ("出3000股民", (3000, "record", None)),
    ],
)
def test_quantities(text: str, quantity: tuple[float, str, str | None]) -> None:
    assert _quantities(text) == [quantity]


@pytest.mark.parametrize(
    "text", ["出股民 入金5万以上", "出股民 上百万条", "出股民 已成交300单", "出股民 群员2000人"]
)
def test_numbers_that_count_no_goods(text: str) -> None:
    assert _quantities(text) == []
    assert _prices(text) == []
