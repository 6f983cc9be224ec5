"""Apps named behind the id, one id for two apps, numbers that are no contact, owners."""

import pytest

from tests.ingest.extract.reading import only


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("demo_user1 on telegram", [("telegram", "demo_user1")]),
        ("contact demoseller on tg", [("telegram", "demoseller")]),
        ("demo_user1 (wickr)", [("wickr", "demo_user1")]),
        ("77665511(蝙蝠)", [("batchat", "77665511")]),
        ("蝙蝠 ID: 77665511", [("batchat", "77665511")]),
        ("手机 13800001234 微信同号", [("phone", "13800001234"), ("wechat", "13800001234")]),
        ("QQ/微信同号 12345678", [("qq", "12345678"), ("wechat", "12345678")]),
        ("扣 50000元", []),
        ("微信 100000个", []),
        ("单号 13800001234", []),
    ],
)
def test_forms(written: str, expected: list[tuple[str, str]]) -> None:
    contacts = only(f"出股民料 0.5元一条 {written}").contacts
    assert [(c.kind, c.value) for c in contacts] == expected


@pytest.mark.parametrize(
    ("written", "owners"),
    [
        ("走担保 Q 9012345601", ["seller"]),
        ("平台担保 @demo_name", ["seller"]),
        ("信誉看公群 @demo_name", ["seller"]),
        ("@demo_name 担保人 @guard_demo", ["seller", "other"]),
        ("@demo_name 担保找 @guard_demo", ["seller", "other"]),
        ("@demo_name, admin @guard_demo", ["seller", "other"]),
        ("@demo_name, cheaper than @rival_demo", ["seller", "other"]),
        ("@guard_demo 做担保 找我 @demo_name", ["other", "seller"]),
    ],
)
def test_owners(written: str, owners: list[str]) -> None:
    contacts = only(f"出股民料 0.5元一条 {written}").contacts
    assert [c.owner for c in contacts] == owners
