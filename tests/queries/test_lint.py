"""Each lint finds its fault in a query that is otherwise right."""

from pathlib import Path

import pytest

from evidence.errors import NotFoundError, UsageError
from queries.browser import browser
from queries.pack import Packs, load_packs, validate

HEAD = """\
// ---
// id: mine.good
// version: 1.0.0
// title: {en: Accounts, zh: 账号}
// question: {en: Which accounts?, zh: 哪些账号？}
// params:
//   since: {}
//   platform: {type: str, default: telegram, help: which platform}
// returns:
//   account: {type: str, key: true}
//   n: {type: int}
//   evidence: {type: "list[str]"}
// ---
"""
BODY = """\
MATCH (a:Account)-[:POSTED]->(p:Post)
WHERE a.platform = $platform AND ($since IS NULL OR p.posted_at >= $since)
RETURN a.id AS account, count(p) AS n, collect(p.id) AS evidence
ORDER BY n DESC, account
LIMIT $limit
"""
ARCHIVE = """\
-- ---
-- id: mine.old
-- version: 1.0.0
-- engine: archive
-- title: {en: Posts, zh: 帖子}
-- question: {en: Which posts?, zh: 哪些帖子？}
-- returns:
--   post: {type: str, key: true}
--   evidence: {type: "list[str]"}
-- ---
SELECT id AS post, json_array(id) AS evidence FROM post ORDER BY id LIMIT :limit
"""


def load(folder: Path, text: str, name: str = "good.cypher") -> Packs:
    (folder / "mine").mkdir(exist_ok=True)
    (folder / "mine" / name).write_text(text, encoding="utf-8")
    return load_packs([folder])


def problems(folder: Path, text: str, name: str = "good.cypher") -> str:
    return " | ".join(problem.message for problem in validate(load(folder, text, name)))


def test_the_good_query_has_no_problem(tmp_path: Path) -> None:
    packs = load(tmp_path, HEAD + BODY)
    assert validate(packs) == []
    assert packs.get("mine.good").pack == "mine"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (":Account)", ":Acount)", "no label Acount"),
        (":POSTED]", ":POSTS]", "no relationship POSTS"),
        ("a.platform", "a.platfrom", "no property platfrom"),
        ("(p:Post)", "(p:Post {kinds: 'message'})", "no property kinds"),
        ("$platform", "'telegram'", "declared and not used: platform"),
        ("$platform", "$market", "used and not declared: market"),
        ("RETURN", "SET a.name = 'x' RETURN", "SET is refused"),
        ("RETURN", "LOAD CSV FROM 'x' AS row RETURN", "LOAD is refused"),
        ("LIMIT $limit", "LIMIT 10", "ends with LIMIT $limit"),
        ("ORDER BY n DESC, account\n", "", "LIMIT without ORDER BY"),
        ("ORDER BY n DESC, account", "ORDER BY n DESC", "ORDER BY lacks account"),
        ("count(p) AS n", "count(p) AS many", "the head says account, n, evidence"),
        ("count(p) AS n", "count(p)", "every returned value is named"),
        ("count(p) AS n", "size(collect { MATCH (x:Post) RETURN x }) AS n", "no COLLECT"),
        ("count(p) AS n", "percentileCont(1.0, 0.5) AS n", "percentileCont is not proven"),
        ("count(p) AS n", "apoc.coll.max([1]) AS n", "apoc.coll.max is refused"),
        ("(a:Account)", "(a:Account&!Post)", "no & between labels"),
        ("WHERE", "WHERE a:Account|Actor AND", "choice of labels"),
        ("[:POSTED]", "[:POSTED*]", "upper bound"),
        ("[:POSTED]", "[:POSTED*2..]", "upper bound"),
        ("RETURN", "WITH a, p /* x */ RETURN", "comments begin with //"),
        ("MATCH", "MATCH p2 = shortestPath((a)-[:POSTED*..3]->(p)) MATCH", "shortestPath needs"),
        ("-[:POSTED]->", "-[:ACTIVE_IN]->(:Venue)<-[:IN_VENUE]-", "evidence: files"),
        ("[:POSTED]", "[:SUPPLIES]", "reads SUPPLIES takes the parameter modality"),
        ("RETURN", "RETURN 1 AS x; MATCH (n) RETURN", "one statement at a time"),
    ],
)
def test_faults_of_the_body(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert said in problems(tmp_path, HEAD + BODY.replace(old, new, 1))
    with pytest.raises(NotFoundError, match="cannot be run"):
        load_packs([tmp_path]).get("mine.good")


@pytest.mark.parametrize("bound", ["*1..3", "*..3", "*2"])
def test_bounded_paths_are_right(tmp_path: Path, bound: str) -> None:
    assert problems(tmp_path, HEAD + BODY.replace("[:POSTED]", f"[:POSTED{bound}]")) == ""


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("// version: 1.0.0\n", "", "missing required field `version`"),
        ("// version: 1.0.0\n", "// version: 1.0.0\n// colour: red\n", "unknown field `colour`"),
        ("id: mine.good", "id: mine.better", "it must be mine.good"),
        ("zh: 账号", "zh: ''", "the title must be there"),
        (", key: true", "", "no column is marked"),
        ('//   evidence: {type: "list[str]"}\n', "", "a stable query returns `evidence`"),
        (", help: which platform", "", "platform has no help"),
        ("default: telegram", "default: 5", "the defaults cannot be bound"),
        ("// params:", "// post: magic\n// params:", "no step named magic"),
        ("// params:", "// evidence: none\n// params:", "only queries of the pack qa"),
        ("// params:", "// expect: [{params: {x: 1}}]\n// params:", "expect 1 cannot be bound"),
        ("// params:", "// expect: [{contains: [{y: 1}]}]\n// params:", "not returned: y"),
        ("// params:", "// expect: [{lacks: [{y: 1}]}]\n// params:", "not returned: y"),
        ("// params:", "// warns: account\n// params:", "account and warnings are returned"),
        ("// ---\n", "/ ---\n", "begins with a head"),
        ("// tags", "tags", ""),
    ],
)
def test_faults_of_the_head(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert said in problems(tmp_path, HEAD.replace(old, new, 1) + BODY)


def test_archive_queries(tmp_path: Path) -> None:
    assert problems(tmp_path, ARCHIVE, "old.sql") == ""
    for old, new, said in [
        ("FROM post", "FROM posts", "no such table"),
        ("id AS post", "id AS item", "the head says post"),
        ("SELECT id", "DELETE FROM post; SELECT id", "begins with SELECT"),
        (":limit", ":most", "used and not declared: most"),
        ("FROM post", "FROM post JOIN pragma_database_list", "refuses"),
        ("LIMIT :limit", "LIMIT :limit; SELECT 1", "one statement"),
    ]:
        assert said in problems(tmp_path, ARCHIVE.replace(old, new, 1), "old.sql"), new


def test_an_id_that_is_taken_names_both_files(tmp_path: Path) -> None:
    text = HEAD.replace("mine.good", "chain.product_lag") + BODY
    (tmp_path / "chain").mkdir()
    (tmp_path / "chain" / "product_lag.cypher").write_text(text, encoding="utf-8")
    found = validate(load_packs([tmp_path]))
    assert len(found) == 1
    assert str(tmp_path) in str(found[0].path)
    assert "stands in" in found[0].message


def test_a_name_that_is_none_lists_near_ones() -> None:
    packs = load_packs()
    with pytest.raises(NotFoundError) as caught:
        packs.get("chain.insider_to_end_user")
    assert "chain.insider_to_enduser" in caught.value.hint
    with pytest.raises(NotFoundError) as caught:
        packs.pack("chians")
    assert "chain" in caught.value.hint


def test_browser_text_holds_every_parameter(tmp_path: Path) -> None:
    text = browser(load(tmp_path, HEAD + BODY).get("mine.good"))
    first, body = text.split("\n", 1)
    assert first == ':params {since: null, platform: "telegram", limit: 200}'
    assert body == BODY
    with pytest.raises(UsageError):
        browser(load_packs().get("qa.redaction_leaks"))
