"""What sources say against each other stays apart: a finding each, with the sentence that says."""

from tests.ingest.report.conftest import Reader
from tests.ingest.report.kinds import events, figures


def test_two_sources_give_two_figures(read: Reader) -> None:
    text = (
        "According to Dunmore Analytics, 4,200 customers were affected in 2021.\n"
        "The company said that 900 customers were affected in 2021."
    )
    found = figures(read(text))
    assert [(f.value, f.unit, f.period) for f in found] == [
        (4200, "customer", "2021"),
        (900, "customer", "2021"),
    ]
    assert found[0].text.startswith("According to Dunmore Analytics")
    assert found[1].text.startswith("The company said")


def test_a_sum_that_another_disputes(read: Reader) -> None:
    text = "警方称涉案金额约3000万元。云帆公司称涉案金额仅为200万元。"
    assert [(f.value, f.unit, f.counts) for f in figures(read(text))] == [
        (30_000_000, "CNY", "涉案金额"),
        (2_000_000, "CNY", "涉案金额"),
    ]


def test_equal_numbers_of_two_sentences_are_two_findings(read: Reader) -> None:
    text = "Police counted 40 sellers. A rival vendor counted 40 sellers."
    assert [f.value for f in figures(read(text))] == [40, 40]


def test_two_dates_of_one_measure(read: Reader) -> None:
    text = (
        "On 3 May 2021 police arrested the founder of Yunfan Ltd.\n"
        "On 5 May 2021, another paper says, police arrested the founder of Yunfan Ltd."
    )
    assert [event.date for event in events(read(text))] == ["2021-05-03", "2021-05-05"]
