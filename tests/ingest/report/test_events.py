"""Measures taken, in English and Chinese; the wording decides, and asking is never arresting."""

import pytest

from tests.ingest.report.conftest import Reader
from tests.ingest.report.kinds import events, measures


def test_a_dated_list_of_measures(read: Reader) -> None:
    text = (
        "* Mar. 4, 2020: Police detained the chief executive, two engineers and sales staff of "
        "云帆征信 (Eng. Yunfan Credit) in Nanjing.\n"
        "* Mar. 9, 2020: Authorities shut down the servers of Lanwan Data Services Co. Ltd. "
        "and fined the company.\n"
        "* April 2020: Investigators asked the founder of Lanwan Data Services Co. Ltd. to help "
        "with the inquiry."
    )
    assert measures(read(text)) == [
        (
            "detained",
            "云帆征信",
            "2020-03-04",
            ("chief executive", "two engineers", "sales staff"),
        ),
        ("operations_seized", "Lanwan Data Services Co. Ltd.", "2020-03-09", ()),
        ("restricted", "Lanwan Data Services Co. Ltd.", "2020-03-09", ()),
        ("asked_to_assist", "Lanwan Data Services Co. Ltd.", "2020-04-01", ("founder",)),
    ]
    assert [one.precision for one in events(read(text))] == ["day", "day", "day", "month"]


@pytest.mark.parametrize(
    ("sentence", "measure", "persons"),
    [
        ("The manager of Yunfan Ltd. was arrested on 2 May 2021.", "apprehended", ("manager",)),
        ("On 2 May 2021, 23 suspects were taken into custody.", "detained", ("23 suspects",)),
        ("Prosecutors charged 12 employees of Yunfan Ltd. in 2021.", "charged", ("12 employees",)),
        ("A court sentenced the ringleader in June 2021.", "convicted", ("ringleader",)),
        (
            "The deputy director of Yunfan Ltd. was invited to assist the investigation.",
            "asked_to_assist",
            ("deputy director",),
        ),
        ("In May 2021 seven loan apps were exposed by the broadcaster.", "exposed", ()),
    ],
)
def test_each_measure(read: Reader, sentence: str, measure: str, persons: tuple[str, ...]) -> None:
    (event,) = events(read(sentence))
    assert (event.measure, event.persons) == (measure, persons)


@pytest.mark.parametrize(
    "sentence",
    [
        "The founder of Yunfan Ltd. was not charged.",
        "The founder of Yunfan Ltd. denied that he had been arrested.",
        "Sellers of Yunfan Ltd. data could be arrested.",
        "No employees were detained by police.",
        "The breach exposed five million users of Yunfan Ltd.",
        "The database was left exposed on the internet in 2020.",
        "The arrests of these people surprised the market.",
        "Police plan to arrest members of the gang.",
    ],
)
def test_what_did_not_happen_is_no_event(read: Reader, sentence: str) -> None:
    assert events(read(sentence)) == []


def test_chinese_measures(read: Reader) -> None:
    text = (
        "2021年9月12日，杭州警方突击检查云帆征信（Eng. Yunfan Credit），"
        "带走总经理和两名技术人员，并查封公司服务器。\n"
        "2021年11月，上海蓝湾信息科技有限公司的首席执行官被警方要求协助调查。"
        "同月，该公司被网信办约谈。\n"
        "2022年，央视曝光了11家企业。"
    )
    assert measures(read(text)) == [
        ("apprehended", "云帆征信", "2021-09-12", ("总经理", "两名技术人员")),
        ("operations_seized", "云帆征信", "2021-09-12", ()),
        ("asked_to_assist", "上海蓝湾信息科技有限公司", "2021-11-01", ("首席执行官",)),
        ("asked_to_assist", "上海蓝湾信息科技有限公司", "2021-11-01", ()),
        ("exposed", None, "2022-01-01", ()),
    ]


@pytest.mark.parametrize(
    ("sentence", "measure"),
    [
        ("警方抓获犯罪嫌疑人32名。", "apprehended"),
        ("3名业务员被刑事拘留。", "detained"),
        ("检察院对5名被告人提起公诉。", "charged"),
        ("法院判处主犯有期徒刑三年。", "convicted"),
        ("监管部门责令整改上海蓝湾信息科技有限公司。", "restricted"),
    ],
)
def test_each_chinese_measure(read: Reader, sentence: str, measure: str) -> None:
    assert [event.measure for event in events(read(sentence))] == [measure]


@pytest.mark.parametrize(
    "sentence",
    ["其负责人未被抓获。", "总经理否认被警方约谈。", "出售个人信息的人员可能被判处有期徒刑。"],
)
def test_what_did_not_happen_in_chinese(read: Reader, sentence: str) -> None:
    assert events(read(sentence)) == []


@pytest.mark.parametrize(
    ("text", "measure", "day"),
    [
        ("The arrest of two call-centre managers was announced on 3 March 2024.",
         "apprehended", "2024-03-03"),
        ("Seven arrests were made on 3 March 2024.", "apprehended", "2024-03-03"),
        ("Six people have been in custody since 3 March 2024.", "detained", "2024-03-03"),
        ("On 3 March 2024 the app of Bluefin Data Co. Ltd. was removed from app stores.",
         "restricted", "2024-03-03"),
        ("2024年3月3日,12名犯罪嫌疑人在合肥落网。", "apprehended", "2024-03-03"),
        ("2024年3月3日,王某等9人分别被判处有期徒刑二年至五年不等。", "convicted", "2024-03-03"),
        ("2024年3月3日,网信办责令蓝鳍数据有限公司停业整顿。", "restricted", "2024-03-03"),
    ],
)  # fmt: skip
def test_nouns_and_subjects_say_measures(read: Reader, text: str, measure: str, day: str) -> None:
    assert [(one.measure, one.date) for one in events(read(text))] == [(measure, day)]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Police raided Bluefin Data Co. Ltd. on 12 March 2024. Two days later, its founder was "
         "arrested.", ["2024-03-12", "2024-03-14"]),
        ("警方于2024年3月12日查处蓝鳍数据有限公司。次日,其创始人被抓获。",
         ["2024-03-12", "2024-03-13"]),
        ("警方于2024年3月12日查处蓝鳍数据有限公司。翌年5月,其创始人获刑三年。",
         ["2024-03-12", "2025-05-01"]),
        ("Between March and May 2024, officers apprehended 31 suspects.", ["2024-03-01"]),
    ],
)  # fmt: skip
def test_dates_told_by_their_distance(read: Reader, text: str, days: list[str]) -> None:
    assert [one.date for one in events(read(text))] == days


def test_a_warrant_is_no_arrest(read: Reader) -> None:
    assert events(read("A warrant was issued for the arrest of the founder in May 2024.")) == []
