"""Each kind of contact, its value, its quote, its owner."""

import pytest

from ingest.extract.keccak import keccak256
from ingest.extract.wallets import find_wallets
from tests.ingest.extract.reading import only

_SESSION = "05" + "3f" * 32
_ONION = "a" * 55 + "d.onion"


@pytest.mark.parametrize(
    ("written", "kind", "value", "quote"),
    [
        ("飞机@demo_name", "telegram", "demo_name", "飞机@demo_name"),
        ("飞机：demo_name", "telegram", "demo_name", "飞机：demo_name"),
        ("@Demo_Name", "telegram", "demo_name", "@Demo_Name"),
        ("https://t.me/demo_name", "telegram", "demo_name", "https://t.me/demo_name"),
        ("t.me/demo_name", "telegram", "demo_name", "t.me/demo_name"),
        ("https://t.me/+AbCdEf123", "url", "https://t.me/+AbCdEf123", "https://t.me/+AbCdEf123"),
        ("QQ：１２３４５６７８", "qq", "12345678", "QQ：１２３４５６７８"),
        ("qq 12-34-56-78", "qq", "12345678", "qq 12-34-56-78"),
        ("扣扣一三五七九二四", "qq", "1357924", "扣扣一三五七九二四"),
        ("🐧 87654321", "qq", "87654321", "🐧 87654321"),
        ("加群 123456789", "qq_group", "123456789", "加群 123456789"),
        ("裙：123456789", "qq_group", "123456789", "裙：123456789"),
        ("微信 demo_wx1", "wechat", "demo_wx1", "微信 demo_wx1"),
        ("加V：demo-wx1", "wechat", "demo-wx1", "加V：demo-wx1"),
        ("蝙蝠 88990011", "batchat", "88990011", "蝙蝠 88990011"),
        ("土豆：demo_pt1", "potato", "demo_pt1", "土豆：demo_pt1"),
        ("SafeW: demo_sw1", "safew", "demo_sw1", "SafeW: demo_sw1"),
        ("wickr demo_wick1", "wickr", "demo_wick1", "wickr demo_wick1"),
        ("jabber：demo@jabber.example", "jabber", "demo@jabber.example", None),
        (f"session {_SESSION}", "session", _SESSION, None),
        ("signal +44 7700 900123", "signal", "+447700900123", None),
        ("WhatsApp：+44 7700 900123", "whatsapp", "+447700900123", None),
        ("discord demo#1234", "discord", "demo#1234", "discord demo#1234"),
        ("demo@mail.example.com", "email", "demo@mail.example.com", "demo@mail.example.com"),
        ("电话 13800138000", "phone", "13800138000", "电话 13800138000"),
        ("https://shop.example.com/Buy", "url", "https://shop.example.com/Buy", None),
        (f"http://{_ONION}", "onion", _ONION, None),
    ],
)
def test_kinds(written: str, kind: str, value: str, quote: str | None) -> None:
    listing = only(f"出股民料 0.5元一条 {written}")
    assert [(c.kind, c.value, c.owner) for c in listing.contacts] == [(kind, value, "seller")]
    assert listing.contacts[0].quote == (quote or written)


@pytest.mark.parametrize(
    "text",
    [
        "出股民料 QQ 12345▮▮▮ 私聊",
        "出股民料 ▮@demo_name 私聊",
        "出股民料 @demo▮▮ 私聊",
        "出股民料 电报频道 私聊",
    ],
)
def test_no_contact(text: str) -> None:
    assert only(text).contacts == ()


def test_owners() -> None:
    accusing = only("骗子 @bad_demo 收钱不发货 有事找我 @good_demo")
    assert [(c.value, c.owner) for c in accusing.contacts] == [
        ("bad_demo", "accused"),
        ("good_demo", "other"),
    ]
    selling = only("出股民料 @demo_name 担保人 @guard_demo")
    assert [(c.value, c.owner) for c in selling.contacts] == [
        ("demo_name", "seller"),
        ("guard_demo", "other"),
    ]


def test_keccak_of_nothing() -> None:
    wanted = "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"
    assert keccak256(b"").hex() == wanted


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "btc"),
        ("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", "btc"),
        ("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0", "btc"),
        ("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "eth"),
        ("0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed", "eth"),
        ("TJRabPrwbZy45sbavfcjinPJC18kjpRTv8", "trx"),
    ],
)
def test_wallets(address: str, kind: str) -> None:
    """Addresses of BIP 173, BIP 350, EIP-55 and of public documentation."""
    assert [w.kind for w in find_wallets(f"收款 {address} 谢谢")] == [kind]
    broken = address[:-1] + ("A" if address[-1] != "A" else "B")
    if address != address.lower() or kind == "btc":
        assert list(find_wallets(f"收款 {broken} 谢谢")) == []
