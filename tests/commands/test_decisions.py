"""Decisions between two colleagues with the same material, and files that a stranger made."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from evidence.case import open_case
from graph.knowledge.exchange.fitting import Ground
from graph.knowledge.exchange.lines import read_file
from graph.knowledge.exchange.merging import merge
from graph.knowledge.known import Known
from tests.commands.copying import copy_of
from tests.commands.knowing import BECAUSE, Knowing, ingest_sellers
from tests.commands.test_resolve import ONE, THREE, TWO

A = "account:qq:10000231"
B = "account:telegram:9900001026"
C = "account:telegram:9900001019"
PHONE = "13812345678"


class Pair:
    """Two copies of one case, and a file between them."""

    def __init__(self, folder: Path, demo_case: Path, state: str) -> None:
        self.file = folder / "decisions.jsonl"
        for name in ("ann", "bob"):
            copy_of(demo_case, folder / name)
        self.ann = Knowing(folder / "ann", state, "ann")
        self.bob = Knowing(folder / "bob", state, "bob")

    def carry(self, *words: str, giver: Knowing | None = None, code: int = 0) -> dict[str, Any]:
        """What the other's import tells of one's export."""
        giver = giver or self.ann
        taker = self.bob if giver is self.ann else self.ann
        giver.call("decisions", "export", "-o", str(self.file), "--force")
        found: dict[str, Any] = taker.call("decisions", "import", str(self.file), *words, code=code)
        return found

    def edited(self, change: Callable[[dict[str, Any]], None]) -> list[dict[str, Any]]:
        """The lines of the file, the last one changed; what follows the header."""
        lines = [json.loads(line) for line in self.file.read_text("utf-8").splitlines()]
        change(lines[-1])
        self.file.write_text("".join(f"{json.dumps(line)}\n" for line in lines), "utf-8")
        return lines[1:]


@pytest.fixture
def pair(tmp_path: Path, demo_case: Path, state: str) -> Pair:
    return Pair(tmp_path, demo_case, state)


def a_listing(knowing: Knowing, place: int = 0) -> str:
    with closing(sqlite3.connect(knowing.case / "archive.sqlite")) as connection:
        row = connection.execute(
            "SELECT id FROM record WHERE kind = 'listing' AND body LIKE '%\"polarity\":\"offer\"%'"
            " ORDER BY id LIMIT 1 OFFSET ?",
            (place,),
        ).fetchone()
    return str(row[0])


def every_kind(knowing: Knowing) -> str:
    """A decision of each kind that travels, one taken back; the actor."""
    call, listing = knowing.call, a_listing(knowing)
    actor = str(call("actor", "new", "the importer", *BECAUSE)["actor"])
    knowing.assertion(A, "RESOLVED_TO", actor)
    gone = knowing.assertion(A, "SUPPLIES", B)["decision"]
    call("assert", "--undo", gone, "--reason", "no")
    call("resolve", "different", A, B, "--reason", "spoke at once")
    call("correct", listing, "--slot", "polarity", "--set", "request", "--reason", "he buys")
    venues = sorted(row["id"] for row in call("search", "venue:", "--kind", "Venue"))
    call("resolve", "different", *venues[:2], "--reason", "two groups")
    call("tag", A, "ring")
    call("note", A, f"his number {PHONE}")
    call("grade", A, "--source", "C", "--reason", "often wrong")
    call("mark", C, "--category", "suspect", "--reason", "charged")
    post = call("search", "股民", "--kind", "Post", "--limit", "1")[0]["id"]
    told = {"post": post, "language": "en", "text": "stock leads", "by": "ann", "how": "human"}
    path = knowing.case.parent / "english.jsonl"
    path.write_text(json.dumps(told) + "\n", "utf-8")
    call("translation", "import", str(path))
    return actor


def test_all_kinds_make_the_round_trip_with_author_time_and_reason(pair: Pair) -> None:
    actor = every_kind(pair.ann)
    told = pair.carry("--dry-run")
    assert (told["new"], told["known"], told["dry_run"]) == (12, 0, True)
    assert pair.bob.call("decisions", "list") == []
    told = pair.carry()
    assert (told["new"], told["conflicts"], told["waiting"], told["problems"]) == (12, [], [], [])
    mine, theirs = (
        [{**row, "came": None} for row in side.call("decisions", "list")]
        for side in (pair.ann, pair.bob)
    )
    assert mine == theirs
    assert {row["came"] for row in pair.bob.call("decisions", "list")} == {told["case"]}
    assert PHONE not in pair.file.read_text("utf-8")
    for side in (pair.ann, pair.bob):
        side.call("build")
    assert pair.bob.call("status")["snapshot"] == pair.ann.call("status")["snapshot"]
    assert pair.bob.call("actor", "list")[0]["actor"] == actor
    assert pair.bob.call("correct", "--list")[0]["state"] == "applied"


def test_a_second_import_changes_nothing(pair: Pair) -> None:
    every_kind(pair.ann)
    pair.carry()
    before = pair.bob.call("decisions", "list")
    told = pair.carry()
    assert (told["new"], told["known"]) == (0, 12)
    assert before == pair.bob.call("decisions", "list")
    assert pair.carry(giver=pair.bob)["new"] == 0


def test_an_undoing_follows(pair: Pair) -> None:
    made = pair.ann.assertion(A, "SUPPLIES", B)["decision"]
    pair.carry()
    pair.ann.call("assert", "--undo", made, "--reason", "he took it back")
    told = pair.carry()
    assert (told["new"], told["known"], told["conflicts"]) == (1, 1, [])
    (row,) = pair.bob.call("assert", "--list")
    assert row["state"] == "undone"


def test_nobody_takes_back_what_another_made_without_a_word(pair: Pair) -> None:
    made = pair.ann.assertion(A, "SUPPLIES", B)["decision"]
    pair.carry()
    pair.bob.call("assert", "--undo", made, "--reason", "cannot be")
    told = pair.carry(giver=pair.bob)
    assert (told["new"], told["held"]) == (0, 1)
    (conflict,) = told["conflicts"]
    assert conflict["mine"]["decision"] == made
    assert (conflict["mine"]["says"], conflict["theirs"]["says"]) == ("in force", "taken back")
    assert pair.ann.call("assert", "--list")[0]["state"] == "in force"
    assert pair.carry("--theirs", giver=pair.bob)["new"] == 1
    assert pair.ann.call("assert", "--list")[0]["state"] == "undone"


Doing = Callable[[Knowing], object]


def same(knowing: Knowing) -> None:
    knowing.call("resolve", "same", A, B, "--reason", "one wallet")


def different(knowing: Knowing) -> None:
    knowing.call("resolve", "different", A, B, "--reason", "spoke at once")


def grade(code: str) -> Doing:
    return lambda who: who.call("grade", A, "--source", code, "--reason", "so it seems")


def mark(category: str) -> Doing:
    return lambda who: who.call("mark", A, "--category", category, "--reason", "x")


def correct(polarity: str, place: int = 0) -> Doing:
    words = ("--slot", "polarity", "--set", polarity, "--reason", "x")
    return lambda who: who.call("correct", a_listing(who, place), *words)


def claim(confidence: str) -> Doing:
    return lambda who: who.assertion(A, "SUPPLIES", B, "--confidence", confidence)


def reject(knowing: Knowing) -> None:
    knowing.call("correct", a_listing(knowing, 1), "--reject", "--reason", "no listing")


CONFLICTS: list[tuple[Doing, Doing, str, str]] = [
    (same, different, "same", "different"),
    (grade("B"), grade("E"), "admiralty B", "admiralty E"),
    (mark("suspect"), mark("victim"), "suspect", "victim"),
    (correct("request"), correct("swap"), "set request", "set swap"),
    (reject, correct("swap", 1), "reject", "correct"),
    (claim("low"), claim("high"), "low since None until None []", "high since None until None []"),
]


def test_conflicts_are_told_and_decided_by_a_word(pair: Pair) -> None:
    for mine, theirs, _, _ in CONFLICTS:
        theirs(pair.ann)
        mine(pair.bob)
    before = pair.bob.call("decisions", "list")
    told = pair.carry()
    found = {(each["mine"]["says"], each["theirs"]["says"]) for each in told["conflicts"]}
    assert found == {(mine, theirs) for _, _, mine, theirs in CONFLICTS}
    assert {each["mine"]["author"] for each in told["conflicts"]} == {"bob"}
    assert {each["theirs"]["author"] for each in told["conflicts"]} == {"ann"}
    assert (told["new"], told["held"]) == (0, len(CONFLICTS))
    assert "--theirs takes them" in pair.bob.told
    assert pair.carry("--mine")["new"] == 0
    assert "--theirs" not in pair.bob.told
    assert pair.bob.call("decisions", "list") == before
    assert pair.carry("--theirs")["new"] == len(CONFLICTS)
    again = pair.carry()
    assert (again["new"], again["conflicts"]) == (0, [])
    (row,) = pair.bob.call("resolve", "candidates", "--status", "different")
    assert (row["account_a"], row["account_b"]) == (A, B)
    states = {row["state"] for row in pair.bob.call("assert", "--list") if row["author"] == "bob"}
    assert states == {"undone"}


def test_equal_words_of_two_people_are_no_conflict(pair: Pair) -> None:
    for side in (pair.ann, pair.bob):
        same(side)
        grade("B")(side)
    told = pair.carry()
    assert (told["new"], told["conflicts"]) == (2, [])


def test_a_later_mind_of_the_same_colleague_is_no_conflict(pair: Pair) -> None:
    same(pair.ann)
    pair.carry()
    different(pair.ann)
    told = pair.carry()
    assert (told["new"], told["conflicts"]) == (1, [])


def test_what_is_not_there_waits_and_attaches_when_it_comes(tmp_path: Path, state: str) -> None:
    ann = Knowing(tmp_path / "ann", state, "ann")
    ingest_sellers(ann)
    actor = ann.call("actor", "new", "the importer", *BECAUSE)["actor"]
    ann.assertion(ONE, "RESOLVED_TO", actor)
    ann.call("resolve", "same", ONE, TWO, "--reason", "one wallet")
    ann.call("tag", THREE, "ring")
    correct("swap")(ann)
    ann.call("decisions", "export", "-o", str(tmp_path / "d.jsonl"))
    bob = Knowing(tmp_path / "bob", state, "bob")
    bob.call("init", str(bob.case))
    told = bob.call("decisions", "import", str(tmp_path / "d.jsonl"))
    assert (told["new"], told["problems"]) == (5, [])
    assert [row["kind"] for row in told["waiting"]] == ["assert", "identity", "tag", "correct"]
    assert bob.call("status")["waiting_decisions"] == 4
    bob.call("build")
    assert bob.call("cypher", "MATCH (a:Account) RETURN a.id AS id") == []
    assert len(bob.call("decisions", "list", "--waiting")) == 4
    bob.call("ingest", str(tmp_path / "result.json"))
    assert bob.call("decisions", "list", "--waiting") == []
    assert bob.call("correct", "--list")[0]["state"] == "applied"
    rows = bob.call(
        "cypher", "MATCH (a)-[:RESOLVED_TO]->(x) RETURN a.id AS a, x.id AS x ORDER BY a"
    )
    assert rows == [{"a": ONE, "x": actor}, {"a": TWO, "x": actor}]


def test_export_writes_no_secret_and_over_no_file(pair: Pair) -> None:
    every_kind(pair.ann)
    pair.ann.call("watch", "add", "股民")
    pair.carry()
    text = pair.file.read_text("utf-8")
    assert '"watch"' not in text
    secrets = [path.read_bytes() for path in pair.ann.case.iterdir() if "secret" in path.name]
    for secret in secrets:
        assert secret.hex() not in text
        assert secret.decode("latin-1").strip() not in text
    pair.ann.call("decisions", "export", "-o", str(pair.file), code=2)


def test_an_import_is_in_the_audit_log(pair: Pair) -> None:
    same(pair.ann)
    pair.carry()
    with closing(sqlite3.connect(pair.bob.case / "archive.sqlite")) as connection:
        (what, detail) = connection.execute(
            "SELECT what, detail FROM audit ORDER BY n DESC LIMIT 1"
        ).fetchone()
    assert what == "decisions import"
    assert json.loads(detail)["decisions"] == 1


@pytest.fixture(scope="module")
def exported(
    tmp_path_factory: pytest.TempPathFactory, demo_case: Path, state: str
) -> dict[str, str]:
    """A good line of each kind, and the header."""
    ann = Knowing(tmp_path_factory.mktemp("exported") / "ann", state, "ann")
    copy_of(demo_case, ann.case)
    for doing in (same, claim("low"), grade("B"), mark("suspect"), correct("swap")):
        doing(ann)
    ann.call("tag", A, "ring")
    path = ann.case.parent / "d.jsonl"
    ann.call("decisions", "export", "-o", str(path))
    header, *lines = path.read_text("utf-8").splitlines()
    return {"header": header, **{json.loads(line)["kind"]: line for line in lines}}


def put(**fields: object) -> Callable[[dict[str, Any]], None]:
    return lambda line: line.update(fields)


def inside(**fields: object) -> Callable[[dict[str, Any]], None]:
    return lambda line: line["value"].update(fields)


@pytest.mark.parametrize(
    ("made", "change", "reason"),
    [
        ("tag", put(id="decision:1"), "no id of a decision"),
        ("tag", put(id="decision:" + "G" * 32), "no id of a decision"),
        ("tag", put(kind="watch"), "no kind of decision"),
        ("tag", put(kind="undo"), "only an undoing"),
        ("tag", put(kind="undo", undoes="decision:" + "0" * 32), "no undoing"),
        (
            "tag",
            put(
                kind="undo",
                value="",
                undoes="decision:" + "0" * 32,
                target="decision:" + "0" * 32,
            ),
            "is not there",
        ),
        ("tag", put(author=""), "no author"),
        ("tag", put(author="\u202eann"), "no author"),
        ("tag", put(author="a" * 500), "no author"),
        ("tag", put(reason=" "), "no reason"),
        ("tag", put(at="yesterday"), "no time"),
        ("tag", put(at=17), "no decision"),
        ("tag", put(more="x"), "no decision"),
        ("tag", put(target="account:qq:1\u0000"), "no target"),
        ("tag", put(target="nothing"), "no id"),
        ("tag", put(target="king:1"), "begins no id"),
        ("tag", put(target="post:12"), "no id of a post"),
        ("tag", put(target=f"contact:phone:{PHONE}"), "victim's identifier"),
        ("tag", put(target=f"account:qq:name/g/张伟 {PHONE}"), "victim's identifier"),
        ("tag", put(value="ring"), "cannot be read"),
        ("tag", put(value=[1]), "no decision"),
        ("tag", inside(name="x" * 100), "more than 64"),
        ("tag", inside(more="x"), "cannot be read"),
        ("identity", put(value="maybe"), "says none of"),
        ("identity", put(target=A), "no pair"),
        ("identity", put(target=f"{B} {A}"), "no pair"),
        ("identity", put(kind="same_place", value="unsure"), "no word on two ids"),
        ("identity", put(kind="same_place", target=A), "no word on two ids"),
        ("assert", put(target="rel:" + "0" * 32), "another relationship"),
        ("assert", inside(type="DROPS"), "cannot be asserted"),
        ("assert", inside(end=A), "the same node"),
        ("assert", inside(end="org:app/none"), "does not go"),
        ("assert", inside(confidence="sure"), "cannot be read"),
        ("assert", inside(basis="self_described"), "the program's own word"),
        ("assert", inside(props={"product": "product:none"}), "not in the lexicon"),
        ("assert", inside(since="1066-10-14"), "out of range"),
        ("grade", inside(source="Z"), "Z"),
        ("grade", put(target="product:stock_leads"), "takes no such grade"),
        ("mark", inside(category="king"), "cannot be read"),
        ("correct", inside(action="explode"), "is no correction"),
        ("correct", inside(anchor=[[0, f"张伟 {PHONE}"]]), "victim's identifier"),
        ("correct", put(target=A), "no listing"),
    ],
)
def test_a_line_that_does_not_fit_is_left_out_with_its_reason(
    demo_case: Path,
    exported: dict[str, str],
    tmp_path: Path,
    made: str,
    change: Callable[[dict[str, Any]], None],
    reason: str,
) -> None:
    line = json.loads(exported[made])
    change(line)
    path = tmp_path / "odd.jsonl"
    path.write_text(f"{exported['header']}\n{json.dumps(line)}\n", "utf-8")
    header, offered, problems = read_file(path)
    assert header.heichan == "decisions"
    with open_case(demo_case).reader() as archive:
        known = Known(archive.connection, {"product:stock_leads"})
        merged = merge(Ground(archive.connection, known, archive.secret), offered, None)
    ((number, why),) = (*problems, *merged.problems)
    assert number == 2
    assert reason in why
    assert merged.adopt == ()


def test_words_of_a_strangers_file_are_masked_once_more(pair: Pair) -> None:
    pair.ann.call("note", A, "a number")
    claim("low")(pair.ann)
    pair.ann.call("decisions", "export", "-o", str(pair.file))
    lines = [json.loads(line) for line in pair.file.read_text("utf-8").splitlines()]
    lines[1]["value"]["text"] = f"call {PHONE}"
    lines[2]["value"]["source"] = f"from {PHONE}"
    for line in lines[1:]:
        line |= {"reason": f"says {PHONE}", "author": f"eve {PHONE}"}
    lines[0] |= {"case": f"case {PHONE}", "by": f"eve {PHONE}"}
    pair.file.write_text("".join(f"{json.dumps(line)}\n" for line in lines), "utf-8")
    assert pair.bob.call("decisions", "import", str(pair.file))["new"] == 2
    with closing(sqlite3.connect(pair.bob.case / "archive.sqlite")) as connection:
        rows = connection.execute("SELECT * FROM decision").fetchall()
        rows += connection.execute("SELECT detail FROM audit").fetchall()
    assert PHONE not in repr(rows)
    assert len(rows) >= 3


def test_an_id_that_stands_for_another_decision_is_refused(pair: Pair) -> None:
    pair.ann.call("tag", A, "ring")
    pair.carry()
    pair.edited(inside(name="another"))
    told = pair.bob.call("decisions", "import", str(pair.file), code=5)
    assert "another decision has its id" in told["problems"][0]["reason"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00",
        b"[]\n",
        b'{"id": "decision:1"}\n',
        b'{"heichan":"listing","schema":1,"tool":"x","case":"x","by":"x","at":"x","decisions":1}\n',
        b'{"heichan":"decisions","schema":9,"tool":"x","case":"x","by":"x","at":"x","decisions":1}',
        b"[" * 200_000,
    ],
)
def test_a_file_that_is_none(case: Path, state: str, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "odd.jsonl"
    path.write_bytes(content)
    error = Knowing(case, state).call("decisions", "import", str(path), code=5)
    assert error["where"]["file"] == str(path)


def test_broken_lines_are_counted_and_the_others_taken(pair: Pair) -> None:
    pair.ann.call("tag", A, "ring")
    pair.ann.call("decisions", "export", "-o", str(pair.file))
    head, line = pair.file.read_bytes().splitlines(keepends=True)
    deep = b'{"value":' + b"[" * 100_000 + b"\n"
    long = b'{"id":"' + b"x" * 300_000 + b'"}\n'
    pair.file.write_bytes(head + b"\n\xff\xfe\n" + deep + long + b"null\n" + line)
    told = pair.bob.call("decisions", "import", str(pair.file), "--strict", code=5)
    assert told["new"] == 1
    assert [each["line"] for each in told["problems"]] == [3, 4, 5, 6]
    assert "line 5 is left out: it is too long" in pair.bob.told


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("import", "nowhere.jsonl"), 5),
        (("import", "nowhere.jsonl", "--mine", "--theirs"), 2),
        (("list", "--kind", "watch"), 2),
        (("list", "--fail-empty"), 3),
    ],
)
def test_wrong_words(case: Path, state: str, words: tuple[str, ...], code: int) -> None:
    known = Knowing(case, state)
    if "--fail-empty" in words:
        assert known.call("decisions", *words, code=code) == []
    else:
        known.call("decisions", *words, code=code)
