import sqlite3
from pathlib import Path

import pytest

from evidence.archive.archive import Archive
from evidence.errors import DataError, NotFoundError, UsageError
from graph.store.base import GraphStore
from queries import sql
from queries.evidence import ends
from queries.pack import load_packs
from queries.run import run_query

PACKS = load_packs()


def test_the_row_limit_is_said(store: GraphStore, archive: Archive) -> None:
    for name in ("market.supply_demand", "market.product_ranking", "brokers.commission"):
        whole = run_query(PACKS.get(name), store, archive, {}, limit=10_000)
        assert not whole.truncated
        cut = run_query(PACKS.get(name), store, archive, {}, limit=2)
        assert cut.truncated
        assert cut.rows == whole.rows[:2]
        exact = run_query(PACKS.get(name), store, archive, {}, limit=len(whole.rows))
        assert not exact.truncated


def test_evidence_is_in_order_of_time(store: GraphStore) -> None:
    rows = run_query(PACKS.get("sources.operator_ranking"), store, None, {}).rows
    text = "MATCH (p:Post) WHERE p.id IN $ids RETURN p.id AS id, p.posted_at AS at"
    for row in rows:
        found = store.run(text, {"ids": row["evidence"]}).rows
        times = {post["id"]: post["at"] for post in found}
        # A line of a report has no time of its own and comes last.
        dated = [id_ for id_ in row["evidence"] if times[id_] is not None]
        assert row["evidence"][: len(dated)] == sorted(dated, key=lambda id_: (times[id_], id_))
        assert len(row["evidence"]) == min(20, row["n_posts"])


def test_ends() -> None:
    ids = [str(number) for number in range(30)]
    assert ends(ids[:20]) == ids[:20]
    assert ends(ids) == ids[:10] + ids[20:]


def test_composed_answers_say_so_in_both_languages(store: GraphStore) -> None:
    query = PACKS.get("chain.insider_to_enduser")
    english = run_query(query, store, None, {})
    assert "separate statements; nobody stated the whole" in english.caveats[0]
    assert "无人陈述过整体" in run_query(query, store, None, {}, language="zh").caveats[0]
    assert len(english.drawn) == len(english.rows)


def test_periods_narrow_the_answer(store: GraphStore) -> None:
    query = PACKS.get("sources.operator_ranking")
    early = run_query(query, store, None, {"until": "2023-12-31"}).rows
    assert early
    assert all(row["last_seen"].year < 2024 for row in early)


def test_an_archive_query_needs_the_archive(store: GraphStore) -> None:
    with pytest.raises(NotFoundError, match="archive"):
        run_query(PACKS.get("market.product_ranking"), store, None, {})
    with pytest.raises(NotFoundError):
        run_query(PACKS.get("chain.product_lag"), None, None, {"product": "product:travel"})


def test_the_archive_is_only_read(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "x.sqlite")
    connection.execute("CREATE TABLE t (a)")
    for text in (
        "WITH x AS (SELECT 1) INSERT INTO t SELECT 1",
        "SELECT load_extension('x')",
        "WITH x AS (SELECT 1) DELETE FROM t",
        "PRAGMA user_version",
        "ATTACH ':memory:' AS other",
        "SELECT 1; DROP TABLE t",
    ):
        with pytest.raises(UsageError):
            sql.select(connection, text, {}, timeout=5.0)
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
    with pytest.raises(DataError, match="stopped"):
        sql.select(connection, endless, {}, timeout=0.2)
    connection.execute("INSERT INTO t VALUES (1)")
    connection.close()


def test_leaks_are_found_by_kind() -> None:
    number = "11010519491231002X"
    assert sql.leaks(f"资料 {number}") == '["identity_number"]'
    assert sql.leaks("▮" * 18) == "[]"
    assert sql.leaks(None) == "[]"
