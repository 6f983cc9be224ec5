"""What the table says is kept."""

import pytest

from evidence.masking import mask
from tests.evidence.masking.invented import ID, PHONE


@pytest.mark.parametrize(
    "text",
    [
        f"出股民料 联系电话{PHONE}",
        f"出股民料 电话：{PHONE}",
        f"出数据，微信{PHONE}",
        f"出数据 {PHONE}微信同号",
        f"出一手股民料 0.5元一条 {PHONE}",
        f"电话{PHONE} 邮箱seller@example.com",
        "contact me at seller@example.com",
        "jabber: seller@example.com",
        "selling fresh data, email seller@example.com",
        f"骗子电话{PHONE} 大家小心",
        f"QQ{PHONE} 要的加",
        "QQ群：123456789 加群",
        "扣扣 1234567890",
        "飞机@demo_name t.me/demo_name",
        "出江苏料 100万条",
        "北京市朝阳区数据，江苏省南京市业主料",
        "出 10000000000条数据",
        "日更50000条 500条起 0.5元一条",
        "价格 1000 2000 3000 4000",
        "4000 5000 6000 7000",
        "2021-04-01 12:30:11 20210401",
        "1617235200000",
        "TXYZ1234567890123456789012345678ab",
        "0x52908400098527886e0f7030069857d2e4169ee7",
        "sha256 4111111111111111aaaa4111111111111111bbbb4111111111111111cccc1234",
        "高清 安全 现货 金融 成都",
        "周一 周五 万三",
        "王总好，李哥在吗",
        f"高价回收数据 联系电话{PHONE}",
        "身份证 500000套",
        "张三丰",
        "感谢群主 张伟",
        "",
        "▮▮▮",
    ],
)
def test_nothing_is_masked(text: str) -> None:
    masked = mask(text)
    assert masked.text == text
    assert masked.count == 0


def test_reports_keep_names_and_loose_contacts() -> None:
    text = f"嫌疑人张伟、李娜被拘留，电话 {PHONE}，press@example.com"
    assert mask(text, "report").text == text
    assert mask(f"{text} {ID}", "report").count >= 1
