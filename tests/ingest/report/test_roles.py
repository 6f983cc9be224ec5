"""General statements about the roles of the chain."""

from tests.ingest.report.conftest import Reader
from tests.ingest.report.kinds import roles


def test_the_five_groups_of_a_chain(read: Reader) -> None:
    text = """- Bosses order the data and pay the crew.
- Insiders or hackers, who are hired by a boss, copy it. These people earn a share.
- Brokers connect both sides and take a fee.
- Escrow and trading platforms hold deposits.
- End users such as scammers buy the records."""
    found = roles(read(text))
    assert [role for role, _ in found] == [
        "boss",
        "insider",
        "hacker",
        "insider",
        "hacker",
        "middleman",
        "escrow_agent",
        "venue_admin",
        "end_user",
    ]


def test_chinese_roles(read: Reader) -> None:
    text = "内鬼负责从系统中导出数据。中间商从中抽取佣金。担保平台收取手续费。"
    assert [role for role, _ in roles(read(text))] == ["insider", "middleman", "escrow_agent"]


def test_what_one_person_did_is_no_general_statement(read: Reader) -> None:
    assert roles(read("Insiders were arrested in May 2020. The broker sold it.")) == []
