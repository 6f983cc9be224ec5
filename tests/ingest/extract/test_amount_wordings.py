"""Words around numbers that make them stock, what a day brings, a whole lot, or nothing at all."""

import pytest

from tests.ingest.extract.reading import listings, only


def _amounts(text: str) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    found = only(text)
    return (
        [(p.value, p.currency, p.per, p.min_quantity) for p in found.prices],
        [(q.value, q.unit, q.period) for q in found.quantities],
    )


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("出股民料 每天有个两千来条", (2000, "record", "day")),
        ("出股民料 一天能给到四百 三块一条", (400, "record", "day")),
        ("selling loan leads, one day 700 records", (700, "record", "day")),
        ("出股民料 总数四万五", (45_000, "record", None)),
        ("股民 3块/个 ×1200", (1200, "record", None)),
        ("selling forex leads, 1.4B lines", (1_400_000_000, "record", None)),
        ("Android RAT, 5 licences left", (5, "other", None)),
        ("股民料 整库 8.5w,一口价900U", (85_000, "record", None)),
        ("出股民料 一条两分五 三十万条", (300_000, "record", None)),
        ("出抖音号 现货 25个\n限额没动过", (25, "account", None)),
    ],
)
def test_counts(text: str, quantity: tuple[float, str, str | None]) -> None:
    assert _amounts(text)[1] == [quantity]


@pytest.mark.parametrize(
    ("text", "price"),
    [
        ("出股民料 就1900个,两百块你拿走", (200, "CNY", "total", None)),
        ("出股民料 老库 1.2亿 不拆卖 2600刀", (2600, "USD", "total", None)),
        ("出股民料 8000条,全數 S$700", (700, "SGD", "total", None)),
        ("出股民料 九千条 收你800", (800, None, None, None)),
        ("出股民料 每条上限三毛", (0.3, "CNY", "record", None)),
        ("出股民料 U 价 : 0.2 / 条", (0.2, "USDT", "record", None)),
        ("收简历 一份 三铢半", (3.5, "THB", "record", None)),
        ("出股民料 1块65一条", (1.65, "CNY", "record", None)),
        ("出股民料 1块05", (1.05, "CNY", None, None)),
        ("出贷款 逾期半年以上 3分", (0.03, "CNY", None, None)),
        ("出贷款 逾期一年 3分", (0.03, "CNY", None, None)),
        ("selling bots, the whole botnet 1,900 USD", (1900, "USD", "total", None)),
        ("出股民料 整拿 170U", (170, "USDT", "total", None)),
        ("DPI实时 按月 3 万 5,不零卖", (35_000, None, "month", None)),
        ("筛空号 一 万 个 三 十 块 一 天 能 过 百 万", (30, "CNY", "ten_thousand", None)),
    ],
)
def test_prices(text: str, price: tuple[float, str | None, str | None, float | None]) -> None:
    assert _amounts(text)[0] == [price]


def test_a_comma_parts_a_price_from_the_next_count() -> None:
    prices, _ = _amounts("出steam号 单个 $7,80 pcs 以上 $5.5")
    assert prices == [(7, "USD", "unit", None), (5.5, "USD", "unit", 80)]


@pytest.mark.parametrize(
    "text",
    [
        "出股民料 满六十条发一组",
        "出股民料 今晚的 满 30 条再结",
        "selling forex leads, 2023 signups only",
        "股民料 先给你跑 300 条看看",
        "诚招股民料代理,月销破8万的再谈",
        "出股民料 一毛都不到",
        "出股民料 走公群 3381",
        "出股民料 · 十二月",
    ],
)
def test_numbers_that_are_no_amount(text: str) -> None:
    assert _amounts(text) == ([], [])


def test_what_an_account_has_and_what_a_large_order_gets_are_no_amounts() -> None:
    text = "知乎号 盐值 700 以上 19元/个\n满 400 元送教程"
    assert _amounts(text)[0] == [(19, "CNY", "unit", None)]


@pytest.mark.parametrize(
    ("text", "price"),
    [
        ("跑分车队 佣金一个点六 秒到", (1.6, None, "percent", None)),
        ("代付通道 两个点半 当天结", (2.5, None, "percent", None)),
        ("代收代付 费率万八", (0.08, None, "percent", None)),
        ("跑分 佣金百三 日结", (3, None, "percent", None)),
        ("卖 stealer logs,月会员 90 USDT", (90, "USDT", "month", None)),
        ("出卡料 22镁一张", (22, "USD", "unit", None)),
        ("币圈用户 一万条一包 450U", (450, "USDT", "ten_thousand", None)),
        ("外汇客户 € 1 8 / 1 k, 90 k 现货", (18, "EUR", "thousand", None)),
        ("群控 买断:整架 5 万 1 千 元", (51_000, "CNY", "total", None)),
        ("币圈用户 1万一份 480U,不足一万不拆", (480, "USDT", "ten_thousand", 10_000)),
    ],
)
def test_shares_packages_and_times(text: str, price: tuple[object, ...]) -> None:
    assert _amounts(text)[0] == [price]


@pytest.mark.parametrize(
    ("text", "prices"),
    [
        (
            "四件套 460一套 二十套起走 430",
            [(460, None, "unit", None), (430, None, "unit", 20)],
        ),
        (
            "WTB crypto holders, 0.9 USD per row for the first 2k, then 0.7 USD per row",
            [(0.9, "USD", "record", None), (0.7, "USD", "record", 2000)],
        ),
        (
            "utility bills, 30 USDT each, from five on 24 USDT each",
            [(30, "USDT", "unit", None), (24, "USDT", "unit", 5)],
        ),
    ],
)
def test_tiers_behind_and_in_front(text: str, prices: list[tuple[object, ...]]) -> None:
    assert _amounts(text)[0] == prices


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("selling Viber numbers, 12 $ / k, 1 , 7 M", (1_700_000, "record", None)),
        ("UK life insurance leads 30p per lead, offering 70k in total", (70_000, "record", None)),
        ("股民 五毛一条 每天先拿四百看看", (400, "record", "day")),
    ],
)
def test_counts_said_beside_a_price(text: str, quantity: tuple[object, ...]) -> None:
    assert _amounts(text)[1] == [quantity]


@pytest.mark.parametrize("text", ["八位数四百一个", "股民 300人满群"])
def test_no_share_and_no_count(text: str) -> None:
    assert not [p for p in _amounts(f"出老号 {text}")[0] if p[2] == "percent"]
    assert not _amounts(f"出老号 {text}")[1]


def test_a_heading_tells_shares_or_whole_lots() -> None:
    rows = [
        one.prices[0]
        for one in listings("码商 点位:支付宝3.2 微信4 银联2.6")
        + listings("一口价\n河北 学生 38万 1250\n四川 车主 26万 1050")
    ]
    assert [(p.value, p.per) for p in rows] == [
        (3.2, "percent"), (4, "percent"), (2.6, "percent"), (1250, "total"), (1050, "total")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "price"),
    [
        ("出股民料 六万个,四百五十块", (450, "CNY", "total", None)),
        ("出股民料 六万个 老板全端 450块", (450, "CNY", "total", None)),
        ("出股民料 六万个 ¥450", (450, "CNY", None, None)),
        ("出股民料 六万个 450刀", (450, "USD", None, None)),
        ("出企业老板料 两毛一家,三千家起提", (0.2, "CNY", "record", 3000)),
        ("短信通道 三分四 最少充八千条", (0.034, "CNY", None, 8000)),
        ("出股民料 六分一条 打底量八千", (0.06, "CNY", "record", 8000)),
        ("出股民料 六分一条 8000↑", (0.06, "CNY", "record", 8000)),
        ("出股民料 六分一条,起手八千", (0.06, "CNY", "record", 8000)),
        ("号码检测 两厘五一个", (0.0025, "CNY", "unit", None)),
        ("过验证码 1000次 九块", (9, "CNY", "thousand", None)),
        ("群发短信 36块千条", (36, "CNY", "thousand", None)),
        ("出电商订单 一点一刀一单,散拿三百起", (1.1, "USD", "record", 300)),
        ("selling bulk SMS at 0.008 a message, 50k minimum", (0.008, None, "record", 50_000)),
        ("phishing kit, updates 30 a month", (30, None, "month", None)),
        ("群发短信 每千条:国内36元", (36, "CNY", "thousand", None)),
        ("selling forex leads, prices per thousand:\n$120", (120, "USD", "thousand", None)),
        ("钓鱼站 1300u ÷ 1 套", (1300, "USDT", "unit", None)),
        ("招内鬼 长期每月固定6000元", (6000, "CNY", "month", None)),
        ("彩票站老彩民 三毛 一万", (0.3, "CNY", None, None)),
        ("收车主 给到0.45 一次五百条", (0.45, None, None, None)),
        ("短信通道报价(每条)\n行业短信 3分2一条 5万起", (0.032, "CNY", "record", 50_000)),
    ],
)
def test_lots_least_orders_and_rounds(text: str, price: tuple[object, ...]) -> None:
    assert _amounts(text)[0] == [price]


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("出股民料 七万二存着 3毛8", (72_000, "record", None)),
        ("出股民料 累计5.6万条", (56_000, "record", None)),
        ("出股民料 三万八,五毛", (38_000, "record", None)),
        ("收股民料 四毛,缺三千", (3000, "record", None)),
        ("股民 一千个一百八 两万二", (22_000, "record", None)),
        ("出企业老板料 5400家", (5400, "record", None)),
        ("群发短信 日发百万", (1_000_000, "message", "day")),
    ],
)
def test_numbers_left_count(text: str, quantity: tuple[float, str, str | None]) -> None:
    assert _amounts(text)[1] == [quantity]


@pytest.mark.parametrize(
    "text",
    [
        "出股民料 0.3 密码 8888",
        "出股民料 0.3 入金500",
        "出股民料 0.3 群号 12345",
        "出股民料 0.3 2024年",
        "出渗透料 手里三家贷款平台 2.5U一条",
        "群发短信 0.03一条 并发 300 tps",
    ],
)
def test_numbers_that_count_no_goods(text: str) -> None:
    assert _amounts(text)[1] == []


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("出留学生 3千4百人 一个1块2", (3400, "record", None)),
        ("兴趣班家长 一共 3 万 6 千 5 百条 五毛一条", (36_500, "record", None)),
        ("挂号数据,1.3kw条,打包五万二", (13_000_000, "record", None)),
        ("股民 两毛二 四万七", (47_000, "record", None)),
        ("企业法人 五十二万家 一毛一家", (520_000, "record", None)),
        ("空壳公司带对公 一户九千 现成六户", (6, "account", None)),
        ("selling hacked servers, 7 hosts, 90 USD a server", (7, "host", None)),
    ],
)
def test_counts_as_people_say_them(text: str, quantity: tuple[object, ...]) -> None:
    assert _amounts(text)[1] == [quantity]


@pytest.mark.parametrize(
    ("text", "prices"),
    [
        ("车队本地收款,抽 11 趴", [(11, None, "percent", None)]),
        ("强登软件,包年六千六,单月八百", [(6600, None, "year", None), (800, None, "month", None)]),
        ("patients, half a cent EUR a record", [(0.005, "EUR", "record", None)]),
        ("betting app users, USD 4 buys a thousand", [(4, "USD", "thousand", None)]),
        ("老哥法人料我有,7万条,要的话900块给你", [(900, "CNY", "total", None)]),
        ("酒店会员 180万行 650U一口", [(650, "USDT", "total", None)]),
        ("猫池 75元一口", [(75, "CNY", "unit", None)]),
        ("股民入金≥6k美金 13U一条", [(13, "USDT", "record", None)]),
        ("通话清单 650一号,凑够三个号再来", [(650, None, "query", 3)]),
        ("企业法人 一毛一家 四万家起提", [(0.1, "CNY", "record", 40_000)]),
        ("代打码 1000次八块", [(8, "CNY", "thousand", None)]),
        ("卖外汇客户 打底量三万 两毛一条", [(0.2, "CNY", "record", 30_000)]),
        (
            "VPN accounts: 3 USD per account, 2.20 USD per account when you take a hundred",
            [(3, "USD", "unit", None), (2.2, "USD", "unit", 100)],
        ),
    ],
)
def test_prices_as_people_say_them(text: str, prices: list[tuple[object, ...]]) -> None:
    found, _ = _amounts(text if text.startswith(("出", "卖")) else f"出 {text}")
    assert found == prices


def test_cents_are_of_the_currency_of_the_list() -> None:
    found = only("selling loan leads, 8 cents a row. All priced in EUR.")
    assert [(p.value, p.currency) for p in found.prices] == [(0.08, "EUR")]


def test_a_table_names_its_columns() -> None:
    rows = listings("名单 条数 整价\n股民 48000 1500\n棋牌 36000 850\n加V demo_biaoge")
    assert [(one.quantities[0].value, one.prices[0].value, one.prices[0].per) for one in rows] == [
        (48_000, 1500, "total"),
        (36_000, 850, "total"),
    ]


@pytest.mark.parametrize("text", ["近3000家客户", "5kw发电机"])
def test_what_counts_no_goods(text: str) -> None:
    assert _amounts(f"出股民料 四分一条 {text}")[1] == []


@pytest.mark.parametrize(
    "text",
    [
        "股民 62\n网贷 38\n以上千条价",
        "报价(千条/元)\n股民 62\n网贷 38",
        "单位:千条\n股民 62\n网贷 38",
    ],
)
def test_a_list_says_once_that_its_prices_are_for_a_thousand(text: str) -> None:
    assert [(p.value, p.per) for one in listings(text) for p in one.prices] == [
        (62, "thousand"),
        (38, "thousand"),
    ]


def test_rows_of_banks_are_prices_of_what_stands_above() -> None:
    found = listings("四件套\n工行 1550\n农行 1450\n建行 1600")
    assert [one.prices[0].value for one in found] == [1550, 1450, 1600]


def test_only_behind_a_dash_ends_what_is_denied() -> None:
    found = only("no dumps, no combos - I only sell passports scans, €13 a set. wickr: oakvault")
    assert [p.id for p in found.products] == ["product/kyc_bundle"]


@pytest.mark.parametrize(
    "text",
    [
        "这个价不行,股民料我最多给到五毛五一条",
        "逾期料 三千条以内我都要 两毛",
        "快递面单没问题,按1块4一张先走五百张",
    ],
)
def test_who_names_the_most_to_be_paid_wants_to_buy(text: str) -> None:
    assert only(text).polarity == "request"


@pytest.mark.parametrize(
    "text",
    [
        "整包价\n700元 股民 4万\n1100元 玩表 15万\n650元 车主 9万\n@demo_hang",
        "Paperwork desk\n25 USDT: passport scan\n12 USDT: bank letter\n140 USDT: dog licence",
        "股民料\n开户的 1块5 日500\n入金的 3块 日200\n看直播的 8毛 日1000\n@demo_hang",
    ],
)
def test_rows_of_one_make_are_listings_whatever_their_goods(text: str) -> None:
    found = listings(text)
    assert [len(one.prices) for one in found] == [1, 1, 1]


def test_what_clients_paid_in_is_no_least_order() -> None:
    found = listings("棋牌玩家\n充值过万 2块\n@demo_guo")
    assert [p.min_quantity for p in found[0].prices] == [None]


@pytest.mark.parametrize(
    ("text", "price"),
    [
        ("出股民料,三毛一条,少了800条不卖", (0.3, "CNY", "record", 800)),
        ("出股民料,三毛一条,两百条试单起", (0.3, "CNY", "record", 200)),
        ("收股民料,三毛一条,起码给我凑一万", (0.3, "CNY", "record", 10_000)),
        ("货:股民料\n价:0.45元×条\n起:600", (0.45, "CNY", "record", 600)),
        ("selling casino leads, 0.3 CHF each, thirty minimum", (0.3, "CHF", "record", 30)),
        ("selling casino leads, 0.3 CHF each, smallest basket 400", (0.3, "CHF", "record", 400)),
        ("selling casino leads, 0.3 CHF each, blocks of 200 only", (0.3, "CHF", "record", 200)),
        ("selling aged gmail, 3.1U x 1, min 40", (3.1, "USDT", "unit", 40)),
        ("出股民料 一分三厘一条", (0.013, "CNY", "record", None)),
        ("出四件套 廿六块一套", (26, "CNY", "unit", None)),
        ("出四件套 每套廿六蚊葡幣", (26, "MOP", "unit", None)),
        ("出四件套 3 triệu VND 一套", (3_000_000, "VND", "unit", None)),
        ("出 四 件 套 4 6 0 ( 套 )", (460, None, "unit", None)),
        ("出股民料六万条 3100就全拖走", (3100, None, "total", None)),
        ("corporate VPN access, 350 EUR once", (350, "EUR", "total", None)),
    ],
)
def test_least_orders_and_lots(text: str, price: tuple[object, ...]) -> None:
    assert _amounts(text)[0] == [price]


@pytest.mark.parametrize(
    ("text", "prices"),
    [
        ("出租猫池 押两千 每台月租500", [(500, None, "month", None)]),
        ("收面单,三毛五一条,每日不低于六千U", [(0.35, "CNY", "record", None)]),
        (
            "出股民料\n不足2000条 1.7元/条\n2000条起 1.4元/条",
            [(1.7, "CNY", "record", None), (1.4, "CNY", "record", 2000)],
        ),
        (
            "selling aged gmail, 6 USD each, from four up 5 USD",
            [(6, "USD", "unit", None), (5, "USD", "unit", 4)],
        ),
    ],
)
def test_bounds_and_deposits_are_no_prices(text: str, prices: list[tuple[object, ...]]) -> None:
    assert _amounts(text)[0] == prices


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("出面单 0.15/单/日6000", (6000, "record", "day")),
        ("出股民料 三块八 每天下午发六十个", (60, "record", "day")),
        ("出四件套 300比索一套,日拍20套", (20, "set", "day")),
        ("出股民料,柒角,总2300", (2300, "record", None)),
    ],
)
def test_what_comes_in_and_what_lies_there(text: str, quantity: tuple[object, ...]) -> None:
    assert _amounts(text)[1] == [quantity]
