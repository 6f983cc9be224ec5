"""A reading put right through the command: kept, found again, undone, exported."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.commands.process import here
from tests.ingest.exports import message, write_telegram

SELLER = "出 股民料 当天实时 0.5元一条 日更5万条 飞机@demo_seller_a"
PAIR = "星河料 现货\n出 网贷料 一手 1元一条\n收 快递面单 2元一条\n联系@demo_pair_b"
BUYER = "收购 母婴料 5000条 飞机@demo_buyer_c 可走担保"
EDITED = {"edited": "2021-03-05T13:06:07", "edited_unixtime": "1614920767"}
HEAD = "term\tlang\tcategory\tcanonical\tambiguous\tsource\n"


class Correcting:
    """A case with three posts, and the commands on it."""

    def __init__(self, case: Path, state: str) -> None:
        self.case = case
        self._state = state

    def run(self, *words: str, code: int = 0) -> Any:
        """The document of a call, or of its error."""
        done = here("--case", self.case, *words, "--format", "json", XDG_STATE_HOME=self._state)
        assert done.returncode == code, (words, done.stdout, done.stderr)
        if code:
            return json.loads(done.stderr.splitlines()[-1])["error"]
        return json.loads(done.stdout) if done.stdout else None

    def correct(self, *words: str, code: int = 0) -> Any:
        reason = () if "--reason" in words else ("--reason", "the post says so")
        return self.run("correct", *words, *reason, code=code)

    def listing(self, like: str) -> str:
        """The id of the listing with this in its record."""
        with closing(sqlite3.connect(self.case / "archive.sqlite")) as connection, connection:
            [(id_,)] = connection.execute(
                "SELECT id FROM record WHERE kind = 'listing' AND body LIKE ?", (f"%{like}%",)
            ).fetchall()
        return str(id_)

    def build(self, *words: str) -> Any:
        return self.run("build", *words)

    def graph(self, query: str) -> list[dict[str, Any]]:
        found = self.run("cypher", query)
        assert isinstance(found, list)
        return found

    def offered(self, listing: str) -> list[list[str]]:
        rows = self.graph(
            f"MATCH (l:Listing)-[r:OFFERS|SEEKS]->(p) WHERE l.id = '{listing}'"
            " RETURN type(r) AS t, p.id AS p, r.modality AS m ORDER BY p"
        )
        return [[row["t"], row["p"], row["m"]] for row in rows]

    def add_terms(self, *terms: tuple[str, str]) -> None:
        rows = (f"{term}\tzh\tdata_product\t{canonical}\tn\tM\n" for term, canonical in terms)
        (self.case / "lexicon" / "own.tsv").write_text(HEAD + "".join(rows), "utf-8")

    def states(self) -> list[str]:
        return [row["state"] for row in self.run("correct", "--list")]


def _made(folder: Path, state: str) -> Correcting:
    texts = (SELLER, PAIR, BUYER)
    posts = [message(n, text, from_id=f"user{n}00") for n, text in enumerate(texts, 1)]
    path = write_telegram(folder / "result.json", posts)
    assert here("init", folder / "case", XDG_STATE_HOME=state).returncode == 0
    made = Correcting(folder / "case", state)
    made.run("ingest", str(path))
    return made


@pytest.fixture
def at(tmp_path: Path, state: str) -> Correcting:
    return _made(tmp_path, state)


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory, state: str) -> Correcting:
    """A case in which every correction is refused."""
    return _made(tmp_path_factory.mktemp("untouched"), state)


def test_a_value_is_replaced_counts_from_the_next_build_and_can_be_undone(at: Correcting) -> None:
    before = at.build()["snapshot"]
    listing = at.listing("stock_leads")
    made = at.correct(listing[:20], "--slot", "products", "--set", "网贷")
    assert (made["old"], made["new"]) == ("product/stock_leads", "product/loan_leads")
    assert (made["quote"], made["state"]) == ("股民料", "applied")
    assert at.offered(listing) == [["OFFERS", "product:stock_leads", "derived"]]
    changed = at.build()
    assert changed["changed"]
    assert at.offered(listing) == [["OFFERS", "product:loan_leads", "analyst"]]
    assert at.build("--full")["snapshot"] == changed["snapshot"]
    shown = at.run("show", listing)
    assert shown["status"] == "corrected"
    assert [row["decision"] for row in shown["corrections"]] == [made["decision"]]
    undone = at.correct("--undo", made["decision"])
    assert at.build()["snapshot"] == before
    assert at.states() == ["undone"]
    at.correct("--undo", undone["decision"])
    assert at.build()["snapshot"] == changed["snapshot"]


def test_the_first_reading_stays_and_the_new_claim_stands_beside_it(at: Correcting) -> None:
    listing = at.listing("stock_leads")
    made = at.correct(listing, "--slot", "products", "--set", "product:loan_leads")
    with closing(sqlite3.connect(at.case / "archive.sqlite")) as connection, connection:
        rows = connection.execute(
            "SELECT c.code, r.extractor = 'analyst', r.lexicon, c.id FROM claim c"
            " JOIN claim_revision r ON r.claim_n = c.n WHERE c.subject = ? AND c.kind = 'product'"
            " ORDER BY c.code",
            (listing,),
        ).fetchall()
        audit = connection.execute("SELECT what, detail FROM audit ORDER BY n DESC").fetchone()
    assert [row[:2] for row in rows] == [("product/loan_leads", 1), ("product/stock_leads", 0)]
    assert rows[0][2] == made["decision"]
    assert audit[0] == "correct set"
    assert made["decision"] in audit[1]
    at.build()
    found = at.graph("MATCH (:Listing)-[r:OFFERS]->(:Product {code: 'loan_leads'}) RETURN r")
    assert rows[0][3] in str(found)
    assert at.run("evidence", rows[0][3])[0]["quote"] == "股民料"


@pytest.mark.parametrize(
    ("words", "old", "new"),
    [
        (("--slot", "polarity", "--set", "request"), "offer", "request"),
        (
            ("--slot", "prices", "--set", "0.05 cny/record min 1,000"),
            "0.5 CNY/record",
            "0.05 CNY/record min 1000",
        ),
        (("--slot", "quantities", "--set", "5 set"), "50000 record/day", "5 set"),
        (
            ("--slot", "contacts", "--set", "owner accused"),
            "telegram:demo_seller_a owner seller",
            "telegram:demo_seller_a owner accused",
        ),
        (("--slot", "freshness", "--set", "daily"), "realtime", "daily"),
        (("--slot", "freshness", "--reject"), "realtime", None),
        (("--slot", "exclusivity", "--set", "resold"), None, "resold"),
        (("--slot", "escrow", "--set", "generic"), None, "escrow/generic"),
        (
            ("--slot", "sources", "--set", "中国联通", "--quote", "股民"),
            None,
            "extraction_point org/operator/cn/china_unicom",
        ),
        (("--slot", "methods", "--set", "operator dpi"), None, "operator_dpi"),
        (("--slot", "roles", "--value", "collector", "--set", "middleman"), "collector", None),
        (("--slot", "jurisdictions", "--set", "cn"), None, "CN"),
        (("--slot", "fields", "--set", "phone"), None, "phone"),
    ],
)
def test_every_slot(at: Correcting, words: tuple[str, ...], old: str | None, new: str) -> None:
    listing = at.listing("stock_leads")
    made = at.correct(listing, *words)
    assert (made["old"], made["state"]) == (old, "applied")
    if new is not None:
        assert made["new"] == new
    at.build()
    assert at.states() == ["applied"]
    assert at.graph(f"MATCH (l:Listing) WHERE l.id = '{listing}' RETURN l.status AS s") == [
        {"s": "corrected"}
    ]


def test_roles_and_contacts_see_the_corrected_record(at: Correcting) -> None:
    listing = at.listing("stock_leads")
    at.correct(listing, "--slot", "roles", "--value", "collector", "--set", "中介")
    at.correct(listing, "--slot", "contacts", "--set", "owner other")
    at.build()
    roles = at.graph(
        f"MATCH (l:Listing)-[h:HAS_ROLE]->(r:Role) WHERE l.id = '{listing}'"
        " RETURN r.code AS c, h.modality AS m, h.basis AS b ORDER BY c"
    )
    assert roles == [
        {"c": "middleman", "m": "analyst", "b": "analyst"},
        {"c": "supplier", "m": "derived", "b": "self_described"},
    ]
    used = "MATCH (:Account)-[:USES_CONTACT]->(c:Contact) RETURN c.value AS v ORDER BY v"
    assert "demo_seller_a" not in [row["v"] for row in at.graph(used)]


def test_a_rejected_listing_leaves_the_graph_and_can_come_back(at: Correcting) -> None:
    at.build()
    listing = at.listing("parenting_leads")
    made = at.correct(listing, "--reject")
    assert made["slot"] is None
    at.build()
    count = f"MATCH (l:Listing) WHERE l.id = '{listing}' RETURN count(l) AS n"
    assert at.graph(count) == [{"n": 0}]
    told = at.run("timeline", "account:telegram:300")
    assert [each["listing"] for each in told if each["post"].startswith("post:")] == [None]
    assert f"heichan correct {listing}" in at.run("show", listing, code=3)["hint"]
    assert [row["decision"] for row in at.run("correct", listing)] == [made["decision"]]
    again = at.correct(listing, "--slot", "polarity", "--set", "offer", code=2)
    assert "rejected" in again["message"]
    at.correct("--undo", made["decision"][:24])
    at.build()
    assert at.graph(count) == [{"n": 1}]


def test_a_newer_lexicon_that_renumbers_listings_moves_the_decision_with_its_words(
    at: Correcting,
) -> None:
    first, second = at.listing("loan_leads"), at.listing("courier_labels")
    at.correct(first, "--slot", "polarity", "--set", "swap")
    at.correct(second, "--reject")
    at.add_terms(("星河料", "product/gambling_leads"))
    at.build()
    assert at.listing("gambling_leads") == first
    assert at.listing("loan_leads") == second
    assert at.states() == ["applied", "applied"]
    rows = at.graph("MATCH (l:Listing) RETURN l.id AS id, l.polarity AS p")
    found = {row["id"]: row["p"] for row in rows}
    assert found[second] == "swap"
    assert found[first] == "offer"
    assert at.listing("courier_labels") not in found


def test_where_another_value_is_read_the_decision_is_listed_and_changes_nothing(
    at: Correcting,
) -> None:
    listing = at.listing("stock_leads")
    kept = at.correct(listing, "--slot", "products", "--set", "loan leads")
    at.build()
    at.add_terms(("股民料 当天", "product/gambling_leads"))
    at.build()
    assert at.offered(listing) == [["OFFERS", "product:gambling_leads", "derived"]]
    assert at.run("status")["detached_decisions"] == 1
    [row] = at.run("correct", "--detached")
    assert row["decision"] == kept["decision"]
    assert row["why"] == "the reading there is product/gambling_leads now"
    (at.case / "lexicon" / "own.tsv").unlink()
    at.build()
    assert at.offered(listing) == [["OFFERS", "product:loan_leads", "analyst"]]
    assert at.run("status")["detached_decisions"] == 0


def test_a_reading_that_comes_to_agree_needs_no_correction(at: Correcting) -> None:
    listing = at.listing("stock_leads")
    at.correct(listing, "--slot", "products", "--set", "gambling leads")
    at.add_terms(("股民料 当天", "product/gambling_leads"))
    at.build()
    assert at.states() == ["agreed"]
    assert at.offered(listing) == [["OFFERS", "product:gambling_leads", "derived"]]


def test_an_edited_post_keeps_the_decision_only_with_its_words(
    at: Correcting, tmp_path: Path
) -> None:
    at.correct(at.listing("stock_leads"), "--slot", "freshness", "--set", "daily")
    at.correct(at.listing("parenting_leads"), "--slot", "polarity", "--set", "offer")
    edited = [
        message(1, "在线 " + SELLER, from_id="user100", **EDITED),
        message(3, "收购 母婴料 900条 @demo_buyer_c", from_id="user300", **EDITED),
    ]
    path = write_telegram(tmp_path / "later.json", edited)
    at.run("ingest", str(path))
    assert at.states() == ["applied", "detached"]
    [row] = at.run("correct", "--detached")
    assert row["why"] == "the post's words have changed"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--slot", "product", "--set", "x"), "did you mean products"),
        (("--slot", "products", "--set", "product/stok_leads"), "product/stock_leads"),
        (("--slot", "products", "--set", "<script>\u202e\x1b[31m"), "does not show"),
        (("--slot", "products", "--set", "x" * 100_000), "too long"),
        (("--slot", "prices", "--set", "cheap"), "not understood"),
        (("--slot", "prices", "--set", "1e309 CNY/record"), "no number"),
        (("--slot", "prices", "--set", "nan CNY/record"), "no number"),
        (("--slot", "prices", "--set", "0.5 USDDT/record"), "did you mean USDT"),
        (("--slot", "quantities", "--set", "-5 record"), "no number"),
        (("--slot", "quantities", "--set", "5 records/day"), "did you mean record"),
        (("--slot", "contacts", "--set", "telegrm:x"), "did you mean telegram"),
        (("--slot", "contacts", "--set", "whatsapp:+8613800138000"), "victim's identifier"),
        (("--slot", "roles", "--set", "bro-ker", "--add"), "unknown"),
        (("--slot", "polarity", "--set", "ofer"), "did you mean offer"),
        (("--slot", "polarity", "--set", "offer"), "says so already"),
        (("--slot", "jurisdictions", "--set", "XX"), "unknown"),
        (("--slot", "products", "--set", "stock leads", "--quote", "not there"), "--quote"),
        (("--slot", "roles", "--reject"), "2 values: 1 supplier"),
        (("--slot", "roles", "--reject", "--value", "3"), "fits no value"),
        (("--slot", "escrow", "--reject"), "empty"),
        (("--slot", "freshness", "--set", "daily", "--quote", "当天"), "no place"),
        (("--set", "x"), "--slot"),
        (("--set", "x", "--reject"), "do not go together"),
        (("--confirm", "--slot", "roles"), "does not go with"),
        (("--slot", "roles"), "nothing to do"),
        (("--slot", "products", "--set", "loan leads", "--reason", "  "), "reason"),
    ],
)
def test_what_is_not_understood_is_refused(
    untouched: Correcting, words: tuple[str, ...], says: str
) -> None:
    error = untouched.correct(untouched.listing("stock_leads"), *words, code=2)
    assert says in error["message"] + error["hint"]
    assert "\x1b" not in error["message"]
    assert untouched.states() == []


def test_ids_that_are_not_there(untouched: Correcting) -> None:
    at = untouched
    assert at.correct("listing:0000", "--reject", code=3)["kind"] == "not-found"
    assert at.correct("post:0000", "--reject", code=2)["kind"] == "usage"
    assert at.correct("listing:%", "--reject", code=2)["kind"] == "usage"
    assert at.correct("--undo", "decision:0000", code=3)["kind"] == "not-found"
    assert at.run("correct", code=2)["kind"] == "usage"


def test_a_listing_alone_shows_its_values_with_their_numbers(untouched: Correcting) -> None:
    done = here("--case", untouched.case, "correct", untouched.listing("stock_leads"))
    assert done.returncode == 0
    assert "roles: 1 supplier (出); 2 collector (实时)" in done.stderr
    assert done.stdout.startswith("decision\tlisting\taction\tslot")


def test_a_reason_is_masked_like_any_text(at: Correcting) -> None:
    number = "110101199003070134"
    made = at.correct(at.listing("stock_leads"), "--confirm", "--reason", f"see {number}")
    assert number not in made["reason"]
    assert number.encode() not in (at.case / "archive.sqlite").read_bytes()
    assert not at.run("query", "run", "qa.redaction_leaks")


def test_judged_readings_become_labelled_sentences(at: Correcting, tmp_path: Path) -> None:
    at.correct(at.listing("stock_leads"), "--slot", "products", "--set", "loan leads")
    at.correct(at.listing("loan_leads"), "--confirm")
    at.correct(at.listing("parenting_leads"), "--reject")
    path = tmp_path / "labels.jsonl"
    told = at.run("correct", "--export", str(path))
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert told["sentences"] == len(lines) == 3
    by_text = {line["text"]: line for line in lines}
    seller = by_text[SELLER]
    named = [(SELLER[start:end], label) for start, end, label in seller["spans"]]
    assert named == [
        ("股民料", "PRODUCT"),
        ("0.5元一条", "PRICE"),
        ("日更5万条", "QUANTITY"),
        ("飞机@demo_seller_a", "CONTACT"),
    ]
    assert seller["values"][0] == ["product/loan_leads"]
    assert seller["source"] == at.listing("stock_leads")
    assert by_text[BUYER]["spans"] == []
    # The other listing of that post is not judged: its lines, and the shared one, stay out.
    assert {"text", "spans", "values", "source"} == set(by_text["出 网贷料 一手 1元一条"])
    assert at.run("correct", "--export", str(path), code=2)["kind"] == "usage"
    at.run("correct", "--export", str(path), "--force")


def test_a_confirmed_reading_that_changes_is_confirmed_no_more(at: Correcting) -> None:
    at.correct(at.listing("stock_leads"), "--confirm")
    at.build()
    assert at.graph("MATCH (l:Listing) WHERE l.status = 'confirmed' RETURN count(l) AS n") == [
        {"n": 1}
    ]
    at.add_terms(("股民料 当天", "product/gambling_leads"))
    at.build()
    assert at.states() == ["detached"]


def test_the_decision_file_cannot_break_a_build(at: Correcting) -> None:
    listing = at.listing("stock_leads")
    at.correct(listing, "--slot", "products", "--set", "loan leads")
    with closing(sqlite3.connect(at.case / "archive.sqlite")) as connection, connection:
        [(value,)] = connection.execute("SELECT value FROM decision").fetchall()
        for number, text in enumerate(
            (
                "{",
                "[" * 100_000,
                value.replace("product/loan_leads", "x"),
                value.replace('"start"', '"x"').replace("products", "nothing"),
                value.replace("products", "polarity"),
                json.dumps({**json.loads(value), "slot": "roles"}),
            )
        ):
            connection.execute(
                "INSERT INTO decision (id, kind, target, value, author, reason, at)"
                " VALUES (?, 'correct', ?, ?, 'a', 'r', 0)",
                (f"decision:{number:032x}", listing, text),
            )
    at.build()
    assert at.states() == ["applied", *["detached"] * 6]
