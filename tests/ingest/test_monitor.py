"""Chats as a monitor meets them: the right counts of messages, or a word on the place."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from benchmarks.underground import single
from evidence.case import Case, create_case
from graph.analysis.metrics import MetricsOptions, MetricsRow, metrics
from graph.build.run import build
from ingest.options import FileReport, IngestOptions
from ingest.pipeline import ingest
from tests.ingest.exports import Line, ask, message, qq_text, write_qq, write_telegram

START = datetime(2013, 6, 1, 9)


def line(when: datetime, text: str, number: int = 1) -> Line:
    return f"{when:%Y-%m-%d %H:%M:%S}", f"成员{number}({9_900_000_000 + number})", text


def lines(start: datetime, count: int, minutes: int = 7) -> list[Line]:
    """Messages of three people, one every few minutes, no two alike."""
    return [
        line(start + timedelta(minutes=minutes * at), f"今天第{at}次看到这个页面打不开", at % 3 + 1)
        for at in range(count)
    ]


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return create_case(tmp_path / "case")


def read(case: Case, *paths: Path, tz: str | None = None) -> list[FileReport]:
    return ingest(case, list(paths), IngestOptions(jobs=1, tz=tz)).files


def measured(case: Case, by: str = "year", denominator: str = "active") -> list[MetricsRow]:
    options = MetricsOptions(by=by, denominator=denominator)  # type: ignore[arg-type]
    with case.reader() as archive:
        return metrics(archive, case.settings.segments, options)


def told(files: Sequence[FileReport]) -> list[tuple[str, str]]:
    return [(problem.where, problem.reason) for file in files for problem in file.problems]


def test_groups_with_one_message_each(case: Case, tmp_path: Path) -> None:
    folder = tmp_path / "groups"
    folder.mkdir()
    for number in range(40):
        when = START + timedelta(days=number % 4)
        write_qq(folder / f"{number}.txt", f"演示群{number}", [line(when, "在吗", number % 5)])
    assert told(read(case, folder)) == []
    (row,) = measured(case)
    assert (row.groups, row.group_days, row.messages, row.participants) == (40, 40, 40, 5)
    assert (row.pgd, row.mgd) == (1.0, 1.0)
    (watched,) = measured(case, denominator="observed")
    assert (watched.group_days, watched.mgd) == (40, 1.0)


def test_a_year_without_data_is_no_year_of_decline(case: Case, tmp_path: Path) -> None:
    said = [*lines(datetime(2011, 12, 31, 9), 10), *lines(datetime(2013, 1, 1, 9), 20)]
    read(case, write_qq(tmp_path / "a.txt", "演示群", said))
    rows = measured(case)
    assert [(row.period, row.messages, row.messages_growth) for row in rows] == [
        ("2011", 10, None),
        ("2013", 20, None),
    ]
    silent = measured(case, denominator="observed")[1]
    assert (silent.period, silent.messages, silent.mgd) == ("2012", 0, 0.0)


def test_a_clock_that_falls_back_counts_each_message_and_is_told(
    case: Case, tmp_path: Path
) -> None:
    evening = START.replace(hour=20)
    said = [
        *lines(evening, 3),
        # The same person, second and words as before, and yet another message.
        *lines(evening, 3),
        line(START, "早", 1),
        *lines(START + timedelta(days=1), 3),
    ]
    files = read(case, write_qq(tmp_path / "a.txt", "演示群", said))
    assert [(row.period, row.messages) for row in measured(case, "day")] == [
        ("2013-06-01", 7),
        ("2013-06-02", 3),
    ]
    assert (files[0].posts, files[0].skipped) == (10, 0)
    ((where, reason),) = told(files)
    assert where == f"line {_line_of(tmp_path / 'a.txt', 7)}"
    assert "falls back by 11:14 hours" in reason
    assert "--tz" in reason


def test_a_clock_that_is_set_right_is_not_worth_a_word(case: Case, tmp_path: Path) -> None:
    said = [*lines(START, 5), *lines(START + timedelta(minutes=10), 5)]
    files = read(case, write_qq(tmp_path / "a.txt", "演示群", said))
    assert told(files) == []
    assert measured(case)[0].messages == 10


def test_every_group_of_one_file_has_a_clock_of_its_own(case: Case, tmp_path: Path) -> None:
    path = tmp_path / "all.txt"
    days = (START, START - timedelta(days=90))
    path.write_text("".join(qq_text(f"群{day:%m}", lines(day, 4)) for day in days), "utf-8")
    assert told(read(case, path)) == []
    assert [row.messages for row in measured(case, "month")] == [4, 4]


def test_a_zone_that_changes_within_a_text_export_is_told(case: Case, tmp_path: Path) -> None:
    home = lines(START, 4, minutes=60)
    abroad = lines(START + timedelta(hours=4 - 6), 4, minutes=60)
    files = read(case, write_qq(tmp_path / "a.txt", "演示群", [*home, *abroad]))
    ((where, reason),) = told(files)
    assert where == f"line {_line_of(tmp_path / 'a.txt', 5)}"
    assert "5:00 hours" in reason
    assert measured(case)[0].messages == 8


def test_a_zone_that_changes_within_an_export_with_utc_moves_no_day(
    case: Case, tmp_path: Path
) -> None:
    first = datetime(2013, 6, 1, 14, tzinfo=UTC)
    rows = []
    for at in range(6):
        moment = first + timedelta(minutes=30 * at)
        shown = moment + timedelta(hours=8 if at < 3 else -5)
        stamp = str(int(moment.timestamp()))
        rows.append(
            message(at + 1, f"第{at}条", date=f"{shown:%Y-%m-%dT%H:%M:%S}", date_unixtime=stamp)
        )
    assert told(read(case, write_telegram(tmp_path / "result.json", rows))) == []
    days = [(row.period, row.messages) for row in measured(case, "day")]
    assert days == [("2013-06-01", 4), ("2013-06-02", 2)]


def test_the_hour_that_comes_twice_counts_both(case: Case, tmp_path: Path) -> None:
    said = [
        line(datetime(2013, 10, 27, 2, 30), "在", 1),
        line(datetime(2013, 10, 27, 2, 30), "在", 1),
    ]
    read(case, write_qq(tmp_path / "a.txt", "演示群", said), tz="Europe/Berlin")
    assert measured(case)[0].messages == 2


def test_very_many_messages_by_one_sender(case: Case, tmp_path: Path) -> None:
    assert single.write(tmp_path / "one", 100_000) == 100_000
    assert told(ingest(case, [tmp_path / "one"], IngestOptions()).files) == []
    (row,) = measured(case)
    assert (row.messages, row.participants, row.group_days) == (100_000, 2, 300)
    assert (row.pgd, row.mgd) == (2.0, 333.3333)


def test_one_sender_may_say_thousands_of_things_in_one_second(case: Case, tmp_path: Path) -> None:
    path = write_qq(
        tmp_path / "a.txt", "演示群", [line(START, f"刷屏{n % 9}", 1) for n in range(9_000)]
    )
    assert told(read(case, path)) == []
    read(case, write_qq(tmp_path / "again.txt", "演示群", [line(START, "刷屏1", 1)] * 50))
    assert measured(case)[0].messages == 9_000


@pytest.mark.parametrize("text", ["大" * 3_500_000, "今天打不开\n" * 640_000])
def test_a_message_of_ten_megabytes_is_named_and_the_others_count(
    case: Case, tmp_path: Path, text: str
) -> None:
    assert len(text.encode()) > 10_000_000
    before, after = lines(START, 5), lines(START + timedelta(hours=5), 5)
    huge = line(START + timedelta(hours=3), text)
    files = read(case, write_qq(tmp_path / "a.txt", "演示群", [*before, huge, *after]))
    ((where, reason),) = told(files)
    assert where.startswith("line ")
    assert "longer than 1 MiB" in reason
    assert files[0].skipped == 1
    assert measured(case)[0].messages == 10


def test_a_message_of_ten_megabytes_in_json_is_named_and_the_others_count(
    case: Case, tmp_path: Path
) -> None:
    rows = [message(at, "大" * 3_500_000 if at == 2 else f"第{at}条") for at in range(1, 5)]
    files = read(case, write_telegram(tmp_path / "result.json", rows))
    ((where, reason),) = told(files)
    assert where == "messages[1]"
    assert "longer than" in reason
    assert sum(row.messages for row in measured(case)) == 3


def _overlap(tmp_path: Path, subject: str, encoding: str = "utf-8") -> tuple[Path, Path]:
    """Two exports of one group of 60 messages, the second from the 31st message on."""
    said = lines(START, 60)
    first = write_qq(tmp_path / "a.txt", "演示群", said[:45])
    second = tmp_path / "b.txt"
    second.write_text(qq_text(subject, said[30:]), encoding)
    return first, second


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_two_exports_that_overlap_count_once(case: Case, tmp_path: Path, encoding: str) -> None:
    first, second = _overlap(tmp_path, "演示群", encoding)
    assert [file.new for file in read(case, second, first)] == [30, 30]
    (row,) = measured(case)
    assert (row.messages, row.participants, row.groups) == (60, 3, 1)


def test_a_second_that_two_exports_share_in_part_counts_once(case: Case, tmp_path: Path) -> None:
    said = [line(START, f"刷屏{n}", 1) for n in range(6)]
    read(case, write_qq(tmp_path / "a.txt", "演示群", said))
    read(case, write_qq(tmp_path / "b.txt", "演示群", said[4:]))
    assert measured(case)[0].messages == 6


def test_hours_of_twelve_in_one_of_two_exports(case: Case, tmp_path: Path) -> None:
    said = lines(START.replace(hour=20), 20)
    halves = [
        (f"{datetime.fromisoformat(wall):%Y-%m-%d %I:%M:%S %p}", who, text)
        for wall, who, text in said
    ]
    read(case, write_qq(tmp_path / "a.txt", "演示群", said))
    read(case, write_qq(tmp_path / "b.txt", "演示群", halves))
    assert measured(case)[0].messages == 20


def _names(case: Case) -> list[str]:
    return [name for (name,) in ask(case, "SELECT DISTINCT name FROM venue_name ORDER BY name")]


def test_a_group_renamed_between_two_exports_is_one_group_after_the_build(
    case: Case, tmp_path: Path
) -> None:
    first, second = _overlap(tmp_path, "演示群（新）")
    read(case, first)
    build(case)
    read(case, second)
    for _ in range(2):
        build(case)
        (row,) = measured(case)
        assert (row.messages, row.participants, row.groups) == (60, 3, 1)
    other = create_case(tmp_path / "other")
    read(other, second, first)
    build(other)
    assert measured(other) == measured(case)
    # A third export under either name is of the same group.
    read(case, write_qq(tmp_path / "c.txt", "演示群（新）", lines(START, 80)))
    build(case)
    (row,) = measured(case)
    assert (row.messages, row.participants, row.groups) == (80, 3, 1)


def test_two_groups_in_which_three_people_post_the_same_adverts_stay_two(
    case: Case, tmp_path: Path
) -> None:
    """Machines post to several groups in one second; the talk around it is another."""
    for name in "甲乙":
        said: list[Line] = []
        for at in range(40):
            when = START + timedelta(minutes=at)
            said.append(line(when, f"出售演示数据第{at}批 联系我", 1))
            said += [line(when, f"{name}群的人在第{at}分钟说的话{n}", n) for n in (2, 3, 4)]
        read(case, write_qq(tmp_path / f"{name}.txt", f"演示{name}群", said))
    build(case)
    (row,) = measured(case)
    assert (row.messages, row.groups) == (320, 2)


def _line_of(path: Path, nth: int) -> int:
    """The line of the nth head of a message."""
    heads = [
        at
        for at, text in enumerate(path.read_text("utf-8").split("\n"), start=1)
        if text.endswith(")") and text[:4].isdigit()
    ]
    return heads[nth - 1]
