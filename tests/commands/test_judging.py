"""`grade`, `note`, `mark`: appended, shown, undone, and what each mark changes."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.commands.inputs import message, telegram
from tests.commands.process import here

ONE, TWO = "account:telegram:1", "account:telegram:2"


def _said(number: int, who: int, text: str) -> dict[str, Any]:
    return message(number, text, **{"from": f"seller {who}", "from_id": f"user{who}"})


class Desk:
    """A case with two sellers and the command on it."""

    def __init__(self, root: Path, state: str) -> None:
        self.root, self.state = root, state
        self.export = telegram(
            root / "a.json",
            [
                _said(1, 1, "出 股民料 联通抓取 0.5元一条 飞机@demo_one"),
                _said(2, 2, "曝光 骗子 @demo_one 收款不发货"),
                _said(3, 2, "收 股民料 长期 飞机@demo_two"),
            ],
        )
        assert here("init", root / "case", XDG_STATE_HOME=state).returncode == 0
        self("ingest", self.export)

    def run(self, *words: str | Path, given: str = "") -> Any:
        return here("--case", self.root / "case", *words, given=given, XDG_STATE_HOME=self.state)

    def __call__(self, *words: str | Path, code: int = 0, given: str = "") -> Any:
        done = self.run(*words, "--format", "json", given=given)
        assert done.returncode == code, done.stderr
        return json.loads(done.stdout or done.stderr)

    def post(self, number: int) -> str:
        query = f"MATCH (p:Post) WHERE p.native_id = '{number}' RETURN p.id AS id"
        return str(self("cypher", query)[0]["id"])


@pytest.fixture
def desk(tmp_path: Path, state: str) -> Desk:
    return Desk(tmp_path, state)


def test_grade_history_default_and_other_schemes(desk: Desk) -> None:
    [default] = desk("grade", ONE)
    assert (default["state"], default["source"], default["decision"]) == ("default", "F", None)
    first = desk("grade", "@demo_one", "--source", "c", "--reason", "r")
    assert (first["target"], first["source"], first["meaning"]) == (ONE, "C", "fairly reliable")
    desk("grade", ONE, "--source", "3", "--scheme", "3x5x2", "--reason", "cheated")
    rows = desk("grade", ONE)
    assert [row["state"] for row in rows] == ["default", "superseded", "in force"]
    told = desk("grade", ONE, "--scheme", "admiralty")
    assert [row["source"] for row in told] == ["F", "C", "E"]
    assert "does not mean" in told[2]["loss"] or "is given as" in told[2]["loss"]
    desk("grade", "--undo", rows[2]["decision"][:20], "--reason", "r")
    assert [row["state"] for row in desk("grade", "--list")] == ["in force", "undone"]


def test_an_upheld_ruling_makes_another_default(desk: Desk) -> None:
    words = ("--basis", "ruling", "--source", "the admin's notice", "--reason", "r")
    desk("assert", ONE, "HAS_ROLE", "role:cheat", *words)
    desk("build")
    assert desk("grade", ONE)[0]["source"] == "E"
    own = [each for each in desk("claims", ONE)["claims"] if each["speaker"]["id"] == ONE]
    assert {each["grade"]["words"] for each in own} == {"E4 (default)"}


def test_what_an_analyst_puts_down_is_assessed(desk: Desk) -> None:
    words = ("--basis", "court", "--source", "a judgement", "--reason", "r")
    desk("assert", TWO, "SUPPLIES", ONE, *words)
    desk("build")
    [claim] = desk("claims", ONE, "--kind", "assessment")["claims"]
    assert (claim["layer"], claim["speaker"]["kind"]) == ("assessed", "analyst")
    assert claim["grade"]["words"] == "A1 (default)"
    assert claim["support"]["supports"] is None


def test_an_item_has_the_confidence_of_stix(desk: Desk) -> None:
    post = desk.post(1)
    made = desk("grade", post, "--item", "2", "--reason", "r")
    assert made["stix"] == 70
    made = desk("grade", post, "--item", "35", "--scheme", "stix", "--reason", "r")
    assert (made["scheme"], made["stix"]) == ("stix", 30)
    made = desk("grade", post, "--item", "6", "--reason", "r")
    assert made["stix"] is None


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("grade", ONE, "--source", "B"), 2),
        (("grade", ONE, "--item", "2", "--reason", "r"), 2),
        (("grade", "account:telegram:404", "--source", "B", "--reason", "r"), 3),
        (("grade", ONE, "--source", "B", "--scheme", "x", "--reason", "r"), 2),
        (("grade",), 2),
        (("grade", ONE, "--undo", "decision:12345678", "--reason", "r"), 2),
        (("grade", "--undo", "decision:12345678", "--reason", "r"), 3),
        (("note", ONE, " "), 2),
        (("note",), 2),
        (("mark", ONE, "--tlp", "PINK", "--reason", "r"), 2),
        (("mark", ONE, "--own"), 2),
        (("mark", "product:stock_leads", "--shared", "--reason", "r"), 2),
        (("mark", "--own", "--reason", "r"), 2),
        (("ingest", "x", "--source-grade", "B2"), 2),
    ],
)
def test_what_misfits_is_refused_and_nothing_kept(
    desk: Desk, words: tuple[str, ...], code: int
) -> None:
    assert desk(*words, code=code)["error"]["code"] == code
    assert desk("status")["decisions"] == 0


def test_notes(desk: Desk) -> None:
    first = desk("note", ONE, "[/red]\x1b[31m 身份证 440106198001011234")
    assert "440106198001011234" not in first["text"]
    desk("note", ONE, "-", "--supersedes", first["decision"], given="a line\nand one\n")
    rows = desk("note", ONE)
    assert [row["state"] for row in rows] == ["superseded", "in force"]
    assert rows[1]["text"] == "a line\nand one"
    shown = desk("show", ONE)
    assert [note["text"] for note in shown["notes"]] == ["a line\nand one"]
    page = desk.run("show", ONE, "--format", "table").stdout
    assert "notes" in page
    desk("note", desk.post(1), "seen")
    [row] = desk("show", desk.post(1))
    assert row["judged"][0].endswith("seen")
    # A note changes nothing in the graph: nothing is built.
    assert desk("build")["changed"] is False


def test_marks_and_grades_stand_in_show_and_survive_a_new_reading(desk: Desk) -> None:
    words = ("--category", "witness", "--pap", "amber", "--bot", "--reason", "r")
    made = desk("mark", ONE, *words)
    assert (made["category"], made["pap"], made["bot"], made["own"]) == (
        "witness", "AMBER", True, None,
    )  # fmt: skip
    assert desk("build")["changed"] is True
    for again in (("build", "--full"), ("ingest", desk.export, "--tz", "UTC")):
        desk(*again)
        shown = desk("show", ONE)
        assert shown["marks"] == {"pap": "AMBER", "bot": True, "category": "witness"}
        assert (shown["category"], shown["bot"], shown["shared_reason"]) == (
            "witness", True, "bot",
        )  # fmt: skip
    desk("mark", "--undo", made["decision"], "--reason", "r")
    desk("build")
    assert desk("show", ONE)["category"] == "unknown"


def test_own_is_set_and_taken_back(desk: Desk) -> None:
    def exported() -> str:
        target = desk.root / "out.jsonl"
        desk("export", "jsonl", "-o", target, "--force")
        return target.read_text("utf-8")

    assert ONE in exported()
    desk("mark", ONE, "--own", "--reason", "our test account")
    desk("build")
    assert ONE not in exported()
    assert desk.run("brokers", "--explain", ONE).stdout.count("collector") > 0
    desk("mark", ONE, "--not-own", "--reason", "it is not")
    desk("build")
    assert ONE in exported()


def test_own_of_an_ingest_is_taken_back_too(desk: Desk) -> None:
    desk("ingest", desk.export, "--tz", "UTC", "--own-account", TWO)
    assert desk("show", TWO)["own"] is True
    desk("mark", TWO, "--not-own", "--reason", "a wrong number")
    desk("build")
    assert desk("show", TWO)["own"] is False


def test_bots_are_left_out_of_metrics(desk: Desk) -> None:
    def messages() -> int:
        return sum(row["messages"] for row in desk("metrics", "--by", "year", "--exclude-bots"))

    assert messages() == 3
    made = desk("mark", TWO, "--bot", "--reason", "r")
    assert messages() == 1
    desk("mark", "--undo", made["decision"], "--reason", "r")
    assert messages() == 3


def test_a_shared_contact_is_not_passed(desk: Desk) -> None:
    contact = "contact:telegram:demo_one"
    desk("mark", contact, "--shared", "--reason", "the venue's directory")
    desk("build")
    shown = desk("show", contact)
    assert (shown["shared"], shown["shared_reason"]) == (True, "analyst")
    told = desk.run("neighbors", ONE, "--hops", "2")
    assert "--include-shared passes it" in told.stderr


def test_the_strictest_mark_is_the_mark_of_the_answer(desk: Desk) -> None:
    def lines(*words: str) -> tuple[str, str]:
        target = desk.root / "out.gexf"
        done = desk.run("export", "gexf", "-o", target, "--force", *words)
        assert done.returncode == 0, done.stderr
        return target.read_text("utf-8"), done.stdout + done.stderr

    post, other = desk.post(1), desk.post(3)
    desk("mark", post, "--tlp", "RED", "--reason", "an informant's group")
    desk("build")
    whole, _ = lines()
    assert post in whole
    assert "TLP:RED" in whole
    part, told = lines("--tlp-max", "AMBER")
    assert post not in part
    assert other in part
    assert "TLP:AMBER" in part
    assert "1 posts above AMBER left out" in told
    rows = desk("query", "run", "market.repost_share", "--tlp-max", "AMBER")
    assert rows[0]["posts"] == 2
    desk("mark", TWO, "--tlp", "AMBER+STRICT", "--reason", "r")
    desk("build")
    part, _ = lines("--tlp-max", "AMBER")
    assert other not in part
    assert TWO not in part


def test_a_venue_with_nothing_below_the_mark(desk: Desk) -> None:
    desk("mark", "venue:telegram:1234567", "--tlp", "RED", "--reason", "r")
    desk("build")
    rows = desk("query", "run", "market.repost_share", "--tlp-max", "GREEN", code=0)
    assert rows == [] or rows[0]["posts"] == 0


def test_ingest_marks_and_grades_the_files_of_its_run(desk: Desk) -> None:
    [file] = desk("cypher", "MATCH (f:File) RETURN f.id AS id")
    desk("mark", file["id"], "--tlp", "GREEN", "--reason", "r")
    desk("ingest", desk.export, "--source-grade", "b", "--tlp", "RED")
    desk("ingest", desk.export, "--source-grade", "B")
    rows = [row for row in desk("grade", file["id"]) if row["state"] != "default"]
    assert [(row["source"], row["reason"]) for row in rows] == [("B", "stated at ingest")]
    assert desk("cypher", "MATCH (f:File) RETURN f.tlp AS tlp") == [{"tlp": "RED"}]
    posting = desk("claims", desk.post(1))["claims"][0]["posting"]
    assert posting["words"].startswith("B (judged); integrity not shown")


def test_a_graded_claim_has_its_confidence_in_stix(desk: Desk) -> None:
    pytest.importorskip("stix2")
    [claim] = desk("cypher", "MATCH (c:Claim {kind: 'accusation'}) RETURN c.id AS id")

    def confidence() -> list[Any]:
        target = desk.root / "out.json"
        desk("export", "stix", "-o", target, "--force")
        objects = json.loads(target.read_text("utf-8"))["objects"]
        notes = [each for each in objects if claim["id"] in each.get("labels", ())]
        return [note.get("confidence") for note in notes]

    assert confidence() == [None]
    for code, expected in (("2", 70), ("6", None)):
        desk("grade", claim["id"], "--item", code, "--reason", "r")
        desk("build")
        assert confidence() == [expected]


@pytest.mark.parametrize(
    ("days", "told"), [(-3, "beyond its retention date"), (5, "retention date is in"), (90, "")]
)
def test_the_retention_date_is_told_when_due(desk: Desk, days: int, told: str) -> None:
    day = (datetime.now(UTC) + timedelta(days=days)).date()
    settings = desk.root / "case" / "case.toml"
    settings.write_text(f"retention = {day}\n" + settings.read_text("utf-8"), "utf-8")
    done = desk.run("status", "--format", "json")
    assert json.loads(done.stdout)["retention"] == str(day)
    assert told in done.stderr
    assert ("warning" in done.stderr) == (days < 0)


def test_decisions_are_in_the_audit_log(desk: Desk) -> None:
    desk("mark", ONE, "--bot", "--reason", "r")
    desk("note", ONE, "x")
    desk("grade", ONE, "--source", "D", "--reason", "r")
    whats = [row["what"] for row in desk("audit", "show")]
    assert {"mark", "note", "grade"} <= set(whats)
