"""Words spelt apart, with figures for letters or in parts are read; plain writing is not."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.extract import Rules, extract
from ingest.records import Text
from ingest.text.normalise import normalise


def view(text: str) -> str:
    return Rules.load().views.view(text)[0].text


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("买 断 九 千 ,月 租 一 千 五", "买断九千 ,月租一千五"),
        ("买 家 名 + 手 机 号 + 收 货 地 址", "买家名 + 手机号 + 收货地址"),
        ("股民料 单 价 0 . 0 6 U", "股民料 单价0.06u"),
        ("股民料 全部 1 0 0 0 起", "股民料 全部 1000起"),
        ("股民料 打包 6oo", "股民料 打包 600"),
        ("s3lling c0mbo l1sts", "selling combo lists"),
        ("F0REX leads, B0A cvv", "forex leads, boa cvv"),
        ("w1ckr: salt_orchard", "wickr: salt_orchard"),
        ("月殳 民 米斗", "股民料"),
        ("扌召移动内部员工", "招移动内部员工"),
        ("股/民 网=贷 棋|牌", "股民 网贷 棋牌"),
        ("当天料 股🈶民 退🈶款🈶料", "当天料 股民 退款料"),
        ("🈶货 股民料", "有货 股民料"),
        ("全国对💼公户", "全国对公户"),
        ("3毛 w·d 申请没批的", "3毛 wd 申请没批的"),
        ("出🐔 一手 服务器数据", "出肉鸡 一手 服务器数据"),
    ],
)
def test_spelt_words_are_read(written: str, read: str) -> None:
    assert view(written) == read


@pytest.mark.parametrize(
    "text",
    [
        "今天下午 3 点开会 地址在 2 楼 请带 1 支笔",
        "股民料 组号 1 2 3 4 然后 5 6 7 8",
        "男/女 均可 公/母 价格不同",
        "h264 mp4 b2b p2p k8s log4j sha256 md5",
        "https://example.com/a1b2c3/l0gs?x=1",
        "t.me/l0gs",
        "wickr: r4ven_l0gs",
        "email me at s3ller@mail.example",
        "比分 3 : 2 , 2 - 1",
        "玉米斗大 现代贝类养殖",
        "养🐔 的都来说说",
        "x = y + z; a/b; c|d; p & q",
    ],
)
def test_plain_writing_is_left_alone(text: str) -> None:
    assert view(text) == normalise(text).text


def test_the_quote_is_as_written() -> None:
    text = "出 月殳 民 米斗 0.5元一条 飞机 @ p i n e_c o n e"
    (listing,) = extract([Text("1", text)], Rules.load())[0].listings
    assert [product.quote for product in listing.products] == ["月殳 民 米斗"]
    assert [(c.kind, c.value) for c in listing.contacts] == [("telegram", "pine_cone")]


_PIECES = st.lists(
    st.sampled_from(
        [*"股民料网贷出收 /=|.·*🈶🐔0123 o\n", "月殳", "米斗", "扌召", "s3lling", "l0gs", "@", "▮"]
    ),
    max_size=30,
).map("".join)


@given(_PIECES, st.data())
def test_the_way_back_stays_exact(text: str, data: st.DataObject) -> None:
    normal, hits = Rules.load().views.view(text)
    start = data.draw(st.integers(0, len(normal.text)))
    end = data.draw(st.integers(start, len(normal.text)))
    first, last = normal.back(start, end)
    assert 0 <= first <= last <= len(text)
    places = [normal.back(*hit[1:]) for hit in hits]
    assert all(before[1] <= after[0] for before, after in pairwise(places))
