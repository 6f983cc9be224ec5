"""Words that ordinary people use too, names behind their goods, and days of the deal."""

import pytest

from tests.ingest.extract.reading import listings, only


@pytest.mark.parametrize(
    "text",
    [
        "周末在家打游戏，充了50块买皮肤",
        "查手机号归属地的网站是哪个",
        "卖一只老鸡，38一斤",
        "一共三件，花了200，包邮",
        "家里的注册机箱子坏了，修要200",
        "公司买了高防IP，一个月3000",
        "五星好评返10元，真坑",
        "ransomware hit our office, they want 2 btc",
        "转让理发卡，里面还有300，200出",
    ],
)
def test_everyday_words_alone_are_no_listing(text: str) -> None:
    assert all(listing.polarity == "none" for listing in listings(text))


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("出面单实时 0.8 @demo_name", ["product/courier_labels"]),
        ("出征信 150一份 @demo_name", ["product/credit_report"]),
        ("出D网站的服务 一天300 @demo_name", ["service/ddos"]),
    ],
)
def test_such_goods_are_read_where_they_are_sold(text: str, ids: list[str]) -> None:
    assert [product.id for product in only(text).products] == ids


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("出股民 电信 0.9 @demo_name", ["org/operator/cn/china_telecom"]),
        ("出韩国料(KT) 0.5一条 @demo_name", ["org/operator/kr/kt"]),
        ("出面单 德邦 EMS 0.5一条 @demo_name", ["org/courier/deppon", "org/courier/ems"]),
    ],
)
def test_a_short_name_counts_beside_its_goods_or_its_kin(text: str, ids: list[str]) -> None:
    assert [source.id for source in only(text).sources] == ids


@pytest.mark.parametrize(
    ("text", "freshness"),
    [
        ("今日报价 股民料 0.9一条 @demo_name", None),
        ("股民料 今日现抓 0.9一条 @demo_name", "realtime"),
        ("代查开房,当日出结果,350一次 @demo_name", None),
    ],
)
def test_the_day_of_a_price_or_result_is_no_freshness(text: str, freshness: str | None) -> None:
    assert only(text).claims.freshness == freshness


@pytest.mark.parametrize(
    ("text", "test"),
    [
        ("股民料 0.9一条 测50条 @demo_name", "offered"),
        ("selling casino leads, $0.4 each, try 20 lines free @demo_name", "offered"),
        ("selling parcel data, $0.4 per record, no demo files @demo_name", "refused"),
    ],
)
def test_tests_in_other_words(text: str, test: str) -> None:
    assert only(text).claims.test == test
