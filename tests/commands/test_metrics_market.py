"""The market commands on the demo case: what they count, take and refuse."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.commands.process import here
from tests.commands.test_explore import Asker

ROW = (
    "period segment groups group_days messages participants pgd mgd denominator coverage "
    "messages_growth participants_growth"
)
PRODUCT = "product posts clusters sellers rank"
MARKET = ("growth", "market", "prices", "escrow", "venues", "copies", "products")


@pytest.fixture
def ask(demo_case: Path, state: str) -> Asker:
    return Asker(demo_case, state)


@pytest.fixture
def tagged(case: Path, state: str, tmp_path: Path) -> Asker:
    """Two groups of three days, one of them with the tag `mobile`; one ad in both.

    Of a table only names are known, so that the two `a` are two accounts.
    """
    for group, people in (("1", ("a", "b")), ("2", ("a", "c", "helper_bot"))):
        rows = [
            {
                "id": f"{group}{day}{who}",
                "sender": who,
                "time": f"2021-03-0{day}T12:00:00",
                "text": f"出 DDOS 压力测试 长期稳定 {day}00元一天"
                if who == "a"
                else f"聊天 {who} {day}",
            }
            for day in (1, 2, 3)
            for who in people
        ]
        _write(tmp_path / f"{group}.csv", rows)
        done = here(
            "--case", case, "ingest", tmp_path / f"{group}.csv", "--jobs", "1",
            "--venue", f"venue:qq:{group}", XDG_STATE_HOME=state,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
    done = here("--case", case, "tag", "venue:qq:1", "mobile", XDG_STATE_HOME=state)
    assert done.returncode == 0, done.stderr
    return Asker(case, state)


def _write(path: Path, rows: list[dict[str, str]]) -> None:
    lines = ["id,sender,date,text"]
    lines += [f"{row['id']},{row['sender']},{row['time']},{row['text']}" for row in rows]
    path.write_text("\n".join(lines) + "\n", "utf-8")


def test_rows_of_the_contract_hold_its_keys(ask: Asker) -> None:
    assert [list(row) for row in ask("metrics", "--by", "all")] == [ROW.split()]
    assert {tuple(row) for row in ask("metrics", "products")} == {tuple(PRODUCT.split())}


@pytest.mark.parametrize("name", MARKET)
def test_a_segment_that_nothing_carries_is_unknown(ask: Asker, name: str) -> None:
    assert (
        "nothing carries the tag" in ask.fails(3, "metrics", name, "--segment", "nope")["message"]
    )


@pytest.mark.parametrize("name", ["", *MARKET])
def test_a_period_that_ends_before_it_begins_is_refused(ask: Asker, name: str) -> None:
    words = filter(None, ("metrics", name, "--since", "2024-02-01", "--until", "2024-01-01"))
    error = ask.fails(2, *words)
    assert "--since 2024-02-01 lies behind --until 2024-01-01" in error["message"]
    assert ask.fails(2, *filter(None, ("metrics", name, "--tz", "Nowhere/Nowhere")))


def test_a_segment_holds_everywhere(tagged: Asker) -> None:
    mobile = ("--segment", "mobile")
    (whole,), (part,) = (tagged("metrics", "--by", "all", *words) for words in ((), mobile))
    assert (whole["groups"], whole["messages"], whole["participants"]) == (2, 15, 5)
    assert (part["groups"], part["messages"], part["participants"]) == (1, 6, 2)
    (bare,) = tagged("metrics", "--by", "all", "--exclude-bots")
    assert (bare["messages"], bare["participants"]) == (12, 4)
    (all_mentions,), (mentions,) = (tagged("metrics", "products", *w) for w in ((), mobile))
    assert (all_mentions["product"], all_mentions["posts"]) == ("service:ddos", 6)
    assert (mentions["posts"], mentions["sellers"], mentions["rank"]) == (3, 1, 1)
    bots = tagged("metrics", "products", "--exclude-bots")
    assert bots == [all_mentions]
    market = {row["product"]: row for row in tagged("metrics", "market", "--by", "all", *mobile)}
    assert market["service:ddos"]["posts"] == 3
    assert market["service:ddos"]["hhi"] == 1.0
    copies = tagged("metrics", "copies", "--by", "all", *mobile)
    assert copies[0]["posts"] == 6
    (pair,) = tagged("metrics", "venues")
    assert {pair["venue_a"], pair["venue_b"]} == {"venue:qq:1", "venue:qq:2"}
    assert tagged("metrics", "venues", *mobile) == []


def test_accounts_that_were_put_together_are_one_seller(tagged: Asker) -> None:
    (before,) = tagged("metrics", "products")
    one, two = (f"account:qq:name/{group}/a" for group in "12")
    tagged("resolve", "same", one, two, "--reason", "one voice")
    tagged("build")
    (after,) = tagged("metrics", "products")
    assert (before["sellers"], after["sellers"], after["posts"]) == (2, 1, before["posts"])
    (market, *_) = tagged("metrics", "market", "--by", "all")
    assert market["sellers"] == 1
    (pair,) = tagged("metrics", "venues")
    assert (pair["shared_sellers"], pair["jaccard"]) == (1, 1.0)


def test_a_picture_of_products_is_one_of_all_venues(ask: Asker, tmp_path: Path) -> None:
    for words in (("--platform", "qq"), ("--exclude-bots",), ("--tz", "UTC")):
        plot = ("--plot", str(tmp_path / "a.svg"))
        assert "all venues" in ask.fails(2, "metrics", "products", *words, *plot)["message"]


def test_two_segments_side_by_side(tagged: Asker) -> None:
    rows = {row["measure"]: row for row in tagged("metrics", "compare", "mobile", "all")}
    assert list(rows["pgd"]) == ["measure", "left", "right", "difference", "ratio", "basis"]
    assert (rows["groups"]["left"], rows["groups"]["right"]) == (1, 2)
    assert (rows["messages"]["left"], rows["messages"]["right"]) == (6, 15)
    # Two senders a day in the one; fifteen in six group-days of both.
    assert (rows["pgd"]["left"], rows["pgd"]["right"], rows["pgd"]["ratio"]) == (2.0, 2.5, 1.25)
    assert "reconstruction" in rows["pgd"]["basis"]


def test_two_days_side_by_side(tagged: Asker) -> None:
    words = ("metrics", "compare", "2021-03-01", "2021-03-01/2021-03-03")
    rows = {row["measure"]: row for row in tagged(*words, "--segment", "mobile")}
    assert (rows["messages"]["left"], rows["messages"]["right"]) == (2, 6)
    assert rows["panel_groups"]["left"] == 1


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        ((), 2, "two sides"),
        (("2012",), 2, "two sides"),
        (("2012", "all"), 2, "a period and a segment"),
        (("2012", "2013-02-30"), 2, "no period"),
        (("2013/2012", "2013"), 2, "ends before it begins"),
        (("nope", "all"), 3, "nothing carries the tag"),
        (("2012", "2013", "--since", "2012-02-01"), 2, "do not go with two periods"),
        (("2012", "2013", "--denominator", "x"), 2, "unknown"),
        (("--published", "2012", "2013"), 2, "of its own"),
        (("--published", "--segment", "mobile"), 2, "of its own"),
    ],
)
def test_what_cannot_be_compared(ask: Asker, words: tuple[str, ...], code: int, told: str) -> None:
    assert told in ask.fails(code, "metrics", "compare", *words)["message"]


def test_print_stands_beside_the_case(ask: Asker) -> None:
    rows = ask("metrics", "compare", "--published")
    found = {(row["measure"], row["segment"], row["period"]): row for row in rows}
    (year,) = (row for row in ask("metrics", "--by", "year") if row["period"] == "2013")
    pgd = found["pgd", "all", "2013"]
    assert (pgd["published"], pgd["here"]) == (11.26, year["pgd"])
    assert pgd["difference"] == round(year["pgd"] - 11.26, 4)
    ranked = ask("metrics", "products", "--until", "2013-12-31", "--top", "500")
    posts = {row["product"]: row["posts"] for row in ranked}
    ddos = found["posts service:ddos", "all", "2012-03-01/2013-12-31"]
    assert (ddos["published"], ddos["here"]) == (16471, posts["service:ddos"])
    assert all("reconstruction" in row["basis"] for row in rows)


def test_growth_says_the_same_as_the_rows(ask: Asker) -> None:
    rows = ask("metrics", "--by", "month", "--min-coverage", "0")
    grown = ask("metrics", "growth", "--by", "month", "--min-coverage", "0")
    found = {(row["period"], row["measure"]): row for row in grown}
    assert len(found) == 4 * len(rows)
    for row in rows:
        for name in ("messages", "participants"):
            one = found[row["period"], name]
            assert (one["value"], one["growth"]) == (row[name], row[f"{name}_growth"])
        assert found[row["period"], "pgd"]["value"] == row["pgd"]


def _query(ask: Asker, name: str, *words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ask("query", "run", name, *words)
    return found


def test_the_commands_say_what_the_canned_queries_say(ask: Asker) -> None:
    rows = {row["product"]: row for row in ask("metrics", "market", "--by", "all")}
    # Listings without a time are in no period; the query leaves them out where it has a first day.
    words = ("--exclude-shared", "false", "--limit", "200", "--since", "2000-01-01")
    for one in _query(ask, "market.concentration", *words):
        row = rows[one["product"]]
        assert (row["sellers"], row["hhi"]) == (one["sellers"], one["hhi"])
        assert row["top10_share"] == one["top10_share"]
    asked = ask("metrics", "prices", "--by", "month", "--tz", "UTC", "--currency", "CNY")
    medians = {
        row["period"]: (row["quotes"], row["sellers"], row["median"], row["p25"], row["p75"])
        for row in asked
        if row["product"] == "product:stock_leads"
    }
    wanted = _query(ask, "market.price_per_record", "--product", "product:stock_leads")
    assert medians == {
        one["month"]: (one["quotes"], one["sellers"], one["median"], one["p25"], one["p75"])
        for one in wanted
    }
    escrow = {row["escrow"]: row for row in ask("metrics", "escrow", "--by", "all")}
    for one in _query(ask, "market.escrow_usage", "--k", "1"):
        row = escrow[one["escrow"]]
        assert (row["sellers"], row["listings"]) == (one["sellers"], one["listings"])


def test_far_quotes_are_those_of_the_query(ask: Asker) -> None:
    far = ask("metrics", "prices", "--outliers", "3", "--per", "any")
    assert list(far[0])[:4] == ["listing", "product", "price", "currency"]
    kept = ask("metrics", "prices", "--by", "all", "--per", "any")
    quotes = {(row["product"], row["currency"], row["per"]): row["quotes"] for row in kept}
    for row in far:
        assert quotes[row["product"], row["currency"], row["per"]] == row["quotes"]


def test_own_rates_are_used_and_bad_ones_named(ask: Asker, tmp_path: Path) -> None:
    path = tmp_path / "rates.csv"
    path.write_text("currency,from,to,cny,source\nUSDT,2000-01-01,2030-01-01,7,desk\n", "utf-8")
    words = ("metrics", "prices", "--by", "all", "--currency", "USDT")
    (plain, *_), (turned, *_) = (ask(*words), ask(*words, "--rates", str(path)))
    assert (plain["median_cny"], plain["converted"]) == (None, 0)
    assert turned["median_cny"] == pytest.approx(plain["median"] * 7)
    assert "1 USDT = 7 CNY, 2000-01-01/2030-01-01" in turned["rates"]
    path.write_text("currency,from,to,cny,source\nUSDT,2000,2030,7,desk\n", "utf-8")
    error = ask.fails(5, *words, "--rates", str(path))
    assert error["where"] == {"file": str(path), "line": 2}
    assert ask.fails(5, *words, "--rates", str(tmp_path / "none"))["where"]["file"]


def test_mentions_say_their_lexicon_and_what_they_left_out(
    demo_case: Path, state: str, ask: Asker
) -> None:
    case = ("--case", demo_case, "metrics", "products", "--format", "json")
    done = here(*case, "--meta", XDG_STATE_HOME=state)
    version = json.loads(done.stdout)["meta"]["lexicon"]
    assert f"lexicon {version}" in done.stderr
    assert ask("metrics", "products", "--lexicon", version) == ask("metrics", "products")
    assert "Known" in ask.fails(2, "metrics", "products", "--lexicon", "none")["hint"]
    (first, *_) = ask("metrics", "products", "--ranks", "--top", "1")
    assert first["lexicon"] == version
    assert set(first) >= {"rank", "rank_clusters", "rank_sellers"}
    left = ask("metrics", "products", "--ambiguous")
    assert left
    assert all(row["left_out"] > 0 for row in left)


def test_an_empty_case_has_no_rows_and_no_error(case: Path, state: str) -> None:
    empty = Asker(case, state)
    for name in MARKET:
        assert empty("metrics", name) == []
        assert (
            here("--case", case, "metrics", name, "--fail-empty", XDG_STATE_HOME=state).returncode
            == 3
        )
    rows = empty("metrics", "compare", "2012", "2013")
    assert {row["measure"]: row["left"] for row in rows}["messages"] == 0
    assert {row["here"] for row in empty("metrics", "compare", "--published")} == {None}
