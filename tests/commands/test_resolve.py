"""Who is who through the command: candidates, decisions, contradictions, undoing, actors."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.commands.copying import copy_of
from tests.commands.process import here
from tests.ingest.exports import message, write_telegram

ONE, TWO, THREE = (f"account:telegram:{n}" for n in (100200301, 100200302, 100200303))


class Resolving:
    """Commands on a case."""

    def __init__(self, case: Path, state: str) -> None:
        self.case = case
        self.user = "ann"
        self._state = state

    def call(self, *words: str, code: int = 0) -> tuple[Any, str]:
        """The document of a call and what it told; of an error that."""
        known = {"XDG_STATE_HOME": self._state, "LOGNAME": self.user}
        done = here("--case", self.case, *words, "--format", "json", **known)
        assert done.returncode == code, (words, done.stdout, done.stderr)
        if code in (0, 3) and done.stdout:
            return json.loads(done.stdout), done.stderr
        return json.loads(done.stderr.splitlines()[-1])["error"], done.stderr

    def rows(self, *words: str) -> list[dict[str, Any]]:
        rows = self.call("resolve", *words)[0]
        assert isinstance(rows, list)
        return rows

    def decide(self, verdict: str, one: str, two: str, reason: str = "looked at") -> str:
        document, _ = self.call("resolve", verdict, one, two, "--reason", reason)
        return str(document["decision"])

    def actors(self) -> list[dict[str, Any]]:
        self.call("build")
        query = "MATCH (a:Account)-[r:RESOLVED_TO]->(x:Actor) RETURN a.id AS a, x.id AS x"
        rows = self.call("cypher", query)[0]
        assert isinstance(rows, list)
        return rows


def said(number: int, who: str, name: str, text: str, day: int) -> dict[str, Any]:
    fields = {"from": name, "from_id": f"user{who.rsplit(':', 1)[1]}"}
    when = 1_614_834_367 + day * 86_400
    return message(number, text, date_unixtime=str(when), **fields)


@pytest.fixture
def resolving(case: Path, state: str) -> Resolving:
    """Two accounts that give one number by turns, and a third."""
    made = Resolving(case, state)
    goods = ("股民料", "网贷料", "车主数据", "保健品料")
    messages = [
        said(
            number,
            ONE if number % 2 else TWO,
            "海行者" if number % 2 else "木屿",
            f"出 {goods[number % 4]} 第{number}批 {number + 2}毛一条 微信demo_wx77",
            number,
        )
        for number in range(1, 9)
    ]
    messages.append(said(20, THREE, "云中客", "在吗", 3))
    path = write_telegram(case.parent / "result.json", messages)
    made.call("ingest", str(path))
    return made


def test_a_candidate_with_reasons_is_decided_and_counts_at_once(resolving: Resolving) -> None:
    (row,) = resolving.rows("candidates")
    assert (row["account_a"], row["account_b"], row["status"]) == (ONE, TWO, "open")
    assert row["score"] >= 0.7
    assert row["features"] == ["both give wechat demo_wx77"]
    assert row["evidence"]
    assert resolving.actors() == []
    decision = resolving.decide("same", TWO, "@海行者", "one wechat")
    assert resolving.rows("candidates") == []
    (row,) = resolving.rows("candidates", "--status", "same")
    assert row["decision"] == decision
    (found,) = {each["x"] for each in resolving.actors()}
    assert found.startswith("actor:")
    document, _ = resolving.call("resolve", "undo", decision[:20], "--reason", "a shared desk")
    assert document["undoes"] == decision
    assert resolving.actors() == []
    (row,) = resolving.rows("candidates")
    assert row["status"] == "open"
    assert [(each["action"], each["state"]) for each in resolving.rows("log")] == [
        ("same", "undone"),
        ("undo", "in force"),
    ]


def test_a_contradiction_is_told_and_shown(resolving: Resolving) -> None:
    resolving.decide("same", ONE, TWO)
    resolving.decide("same", TWO, THREE)
    words = ("resolve", "different", ONE, THREE, "--reason", "spoke at once")
    _, told = resolving.call(*words)
    shown = f"{ONE} = {TWO} = {THREE}, yet {ONE} ≠ {THREE}"
    assert f"this contradicts another decision: {shown}" in told
    rows, told = resolving.call("resolve", "candidates", "--status", "all")
    assert {row["conflict"] for row in rows} == {shown}
    assert f"decisions contradict: {shown}" in told
    assert {row["conflict"] for row in resolving.rows("log")} == {shown}
    assert len({each["x"] for each in resolving.actors()}) == 1


def test_a_changed_mind_takes_the_place_of_the_first(resolving: Resolving) -> None:
    resolving.decide("unsure", ONE, TWO)
    resolving.decide("different", TWO, ONE)
    assert [row["state"] for row in resolving.rows("log")] == ["superseded", "in force"]
    assert [row["status"] for row in resolving.rows("candidates", "--status", "all")] == [
        "different"
    ]
    assert resolving.actors() == []


def test_decisions_are_in_the_audit_log(resolving: Resolving) -> None:
    decision = resolving.decide("same", ONE, TWO)
    resolving.call("resolve", "undo", decision, "--reason", "x")
    with closing(sqlite3.connect(resolving.case / "archive.sqlite")) as connection:
        what = [row[0] for row in connection.execute("SELECT what FROM audit ORDER BY n")]
    assert what[-2:] == ["resolve same", "resolve undo"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("same", ONE, TWO), 2),
        (("same", ONE, TWO, "--reason", "  "), 2),
        (("same", ONE, ONE, "--reason", "x"), 2),
        (("same", ONE, "product:stock_leads", "--reason", "x"), 2),
        (("same", ONE, "account:telegram:999", "--reason", "x"), 3),
        (("same", ONE, "@nobody_here", "--reason", "x"), 3),
        (("undo", "decision:00000000", "--reason", "x"), 3),
        (("undo", "listing:00000000", "--reason", "x"), 2),
        (("candidates", "--status", "maybe"), 2),
        (("candidates", "--min-score", "2"), 2),
    ],
)
def test_bad_input(resolving: Resolving, words: tuple[str, ...], code: int) -> None:
    resolving.call("resolve", *words, code=code)
    assert resolving.rows("log") == []


def test_an_undone_decision_is_not_undone_again(resolving: Resolving) -> None:
    decision = resolving.decide("same", ONE, TWO)
    resolving.call("resolve", "undo", decision, "--reason", "x")
    resolving.call("resolve", "undo", decision, "--reason", "x", code=2)


def test_empty_lists(resolving: Resolving) -> None:
    assert resolving.call("resolve", "log", "--fail-empty", code=3)[0] == []
    words = ("candidates", "--min-score", "1", "--fail-empty")
    assert resolving.call("resolve", *words, code=3)[0] == []


def test_a_hostile_reason_stays_text(resolving: Resolving) -> None:
    resolving.decide("same", ONE, TWO, "'; DROP TABLE decision; -- =1+1 \x1b[31m")
    assert resolving.rows("log")[0]["action"] == "same"
    assert len(resolving.actors()) == 2


WAITS = "waits for a second reviewer"


def ask_for_two(resolving: Resolving) -> None:
    with (resolving.case / "case.toml").open("a") as settings:
        settings.write("\n[resolve]\nreviewers = 2\n")


def test_a_decision_waits_for_another_person(resolving: Resolving) -> None:
    ask_for_two(resolving)
    document, told = resolving.call("resolve", "same", ONE, TWO, "--reason", "one wechat")
    assert document["state"] == WAITS
    assert f"It {WAITS}" in told
    assert resolving.actors() == []
    (row,), told = resolving.call("resolve", "candidates")
    assert "1 wait for a second reviewer" in told
    assert (row["status"], row["decision"]) == ("open", None)
    assert row["waits"] == f"same by ann: {WAITS}"
    assert resolving.rows("candidates", "--status", "waiting") == [row]
    words = ("resolve", "same", TWO, ONE, "--reason", "again")
    error, _ = resolving.call(*words, code=2)
    assert "waits for a second reviewer" in error["message"]
    resolving.user = "bob"
    document, told = resolving.call(*words)
    assert document["state"] == "in force"
    assert "Next: heichan build" in told
    assert len(resolving.actors()) == 2
    assert [row["state"] for row in resolving.rows("log")] == ["in force"] * 2
    assert resolving.rows("candidates", "--status", "waiting") == []
    resolving.call("resolve", "undo", document["decision"][:20], "--reason", "a shared desk")
    assert resolving.actors() == []
    assert [row["state"] for row in resolving.rows("log")] == [WAITS, "undone", "in force"]


def test_reviewers_who_disagree(resolving: Resolving) -> None:
    ask_for_two(resolving)
    resolving.decide("same", ONE, TWO)
    resolving.user = "bob"
    resolving.decide("different", ONE, TWO)
    (row,) = resolving.rows("candidates")
    assert row["waits"] == "same by ann, different by bob: the reviewers disagree"
    resolving.user = "carol"
    resolving.decide("different", ONE, TWO)
    (row,) = resolving.rows("candidates", "--status", "different")
    assert row["waits"] == f"same by ann: {WAITS}"


def test_a_contradiction_to_come_is_told(resolving: Resolving) -> None:
    ask_for_two(resolving)
    for resolving.user in ("ann", "bob"):
        resolving.decide("same", ONE, TWO)
        resolving.decide("same", TWO, THREE)
    words = ("resolve", "different", ONE, THREE, "--reason", "spoke at once")
    _, told = resolving.call(*words)
    assert "once it takes effect, this contradicts another decision" in told
    assert {row["conflict"] for row in resolving.rows("log")} == {None}
    resolving.user = "ann"
    _, told = resolving.call(*words)
    assert "warning: this contradicts another decision" in told.casefold()


@pytest.mark.parametrize("value", ["0", "3", '"two"', "true"])
def test_a_wrong_number_of_reviewers(resolving: Resolving, value: str) -> None:
    with (resolving.case / "case.toml").open("a") as settings:
        settings.write(f"\n[resolve]\nreviewers = {value}\n")
    resolving.call("resolve", "log", code=1)


HOSTILE = ("\u202eevil\u2066", "zero\u200bwidth", "\x1b[31mred", "=HYPERLINK(1)", "<b>x</b>|[x]")


@pytest.mark.parametrize("name", HOSTILE)
def test_names_that_play_tricks(case: Path, state: str, name: str) -> None:
    """Two accounts wore them one after the other; what is shown holds nothing that is obeyed."""
    made = Resolving(case, state)
    messages = [said(number, ONE, name, "在吗", number) for number in range(1, 4)]
    messages += [said(number, TWO, name, "在吗", number) for number in range(5, 9)]
    made.call("ingest", str(write_telegram(case.parent / "result.json", messages)))
    (row,) = made.rows("candidates")
    shown = [row["name_a"], row["name_b"], *row["features"]]
    assert all(text.isprintable() for text in shown), shown
    for form in ("table", "tsv", "csv"):
        known = {"XDG_STATE_HOME": state, "COLUMNS": "200"}
        done = here("--case", case, "resolve", "candidates", "--format", form, **known)
        assert done.returncode == 0
        assert not {"\x1b", "\u202e", "\u2066"} & set(done.stdout)
        assert form != "csv" or ",=HYPERLINK" not in done.stdout


def test_names_that_look_the_same_are_told_apart(case: Path, state: str) -> None:
    """Latin and Cyrillic letters: an imitator, and no sign of one person."""
    made = Resolving(case, state)
    messages = [said(number, ONE, "demo_block", "在吗", number) for number in range(1, 4)]
    messages += [said(number, TWO, "demo_bl\u043eck", "在吗", number) for number in range(4, 9)]
    made.call("ingest", str(write_telegram(case.parent / "result.json", messages)))
    assert made.rows("candidates", "--min-score", "0") == []
    query = "MATCH (a)-[m:MAYBE_IMPERSONATES]->(b) RETURN a.id AS a, b.id AS b"
    assert made.call("cypher", query)[0] == [{"a": TWO, "b": ONE}]


def test_two_accounts_decided_the_same_are_one_broker(
    demo_case: Path, tmp_path: Path, state: str
) -> None:
    folder = tmp_path / "copy"
    copy_of(demo_case, folder)
    made = Resolving(folder, state)
    before, _ = made.call("brokers", "--top", "50")
    one, two = (row["id"] for row in before[:2])
    made.decide("same", one, two)
    (actor,) = {each["x"] for each in made.actors()}
    after, _ = made.call("brokers", "--top", "50")
    listed = [row["id"] for row in after]
    assert actor in listed
    assert not {one, two} & set(listed)
    explained, _ = made.call("brokers", "--explain", actor)
    assert [row["id"] for row in explained] == [actor]
    reached, _ = made.call("query", "run", "brokers.many_sources", "--min-sources", "1")
    assert not {one, two} & {str(value) for row in reached for value in row.values()}
