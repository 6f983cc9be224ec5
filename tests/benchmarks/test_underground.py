"""The invented underground adds up to the published figures, and the program reads them from it."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from benchmarks.underground import published, writing
from benchmarks.underground.adverts import FORMS, offers
from benchmarks.underground.corpus import Corpus, Talk
from benchmarks.underground.totals import (
    FULL,
    JUNE,
    MENTIONS,
    MGD,
    MOBILE_MGD,
    MOBILE_PGD,
    PGD,
    Sum,
    shared,
    totals,
)
from tests.commands.process import heichan

SIZE = 50_000
TEN_MONTHS = [("--by", "all", "--since", f"{y}-03-01", "--until", f"{y}-12-31") for y in PGD]


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return Corpus(SIZE)


@pytest.fixture(scope="module")
def case(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case with the graph of 50,000 messages, as a user makes it."""
    folder = tmp_path_factory.mktemp("underground")
    assert writing.write_qq(corpus, folder / "qq") == corpus.totals.posts
    done = heichan("init", folder / "case")
    assert done.returncode == 0, done.stderr
    with (folder / "case" / "case.toml").open("a", encoding="utf-8") as settings:
        settings.write((folder / "qq" / writing.TAGS).read_text("utf-8"))
    done = _asked(
        folder / "case", "ingest", folder / "qq" / "exports", "--coverage",
        folder / "qq" / writing.COVERAGE, "--jobs", "2",
    )  # fmt: skip
    assert "warning" not in done.stderr
    return folder / "case"


def _asked(case: Path, *words: str | Path) -> Any:
    done = heichan("--case", case, *words, XDG_STATE_HOME=str(case.parent / "state"))
    assert done.returncode == 0, done.stderr
    return done


def metrics(case: Path, *words: str) -> list[dict[str, Any]]:
    done = _asked(case, "metrics", *words, "--format", "json")
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def test_years_have_the_published_averages(case: Path, corpus: Corpus) -> None:
    rows = {int(row["period"]): row for row in metrics(case, "--by", "year")}
    assert {year: round(row["pgd"], 2) for year, row in rows.items()} == PGD
    assert {year: round(row["mgd"], 2) for year, row in rows.items()} == MGD
    assert sum(row["messages"] for row in rows.values()) == corpus.totals.posts
    assert {row["denominator"] for row in rows.values()} == {"active"}
    assert 0.5 < rows[2012]["coverage"] < rows[2013]["coverage"] < 0.9


def test_mobile_groups_have_theirs(case: Path) -> None:
    rows = {int(row["period"]): row for row in metrics(case, "--by", "year", "--segment", "mobile")}
    assert [row["groups"] for row in rows.values()] == [11, 11]
    assert {year: row["pgd"] for year, row in rows.items()} == pytest.approx(MOBILE_PGD, abs=0.02)
    assert {year: row["mgd"] for year, row in rows.items()} == pytest.approx(MOBILE_MGD, abs=0.02)


def test_june_is_that_of_the_study_in_small(case: Path) -> None:
    months = {row["period"]: row["messages"] for row in metrics(case, "--by", "month")}
    assert {y: months[f"{y}-06"] for y in JUNE} == {
        y: round(n * SIZE / FULL) for y, n in JUNE.items()
    }
    assert len(months) == 22


def test_the_last_ten_months_double(case: Path, corpus: Corpus) -> None:
    (before,), (after,) = (metrics(case, *words) for words in TEN_MONTHS)
    assert after["messages"] == 2 * before["messages"]
    assert after["participants"] == 2 * before["participants"]
    assert (before["participants"], after["participants"]) == corpus.participants()


def test_offers_are_counted_as_they_were_put_in(case: Path) -> None:
    rows = metrics(case, "products", "--top", "3")
    assert {row["product"]: row["posts"] for row in rows} == offers(SIZE)
    assert [row["rank"] for row in rows] == [1, 2, 3]
    assert list(offers(FULL).values()) == [35_112, 16_471, 15_365]
    # Copies and people are fewer than posts, or nothing would have been posted twice.
    assert all(row["clusters"] < row["posts"] / 2 > row["sellers"] / 2 for row in rows)


def test_published_figures_stand_beside_those_measured(case: Path) -> None:
    found = {
        "year": metrics(case, "--by", "year"),
        "mobile": metrics(case, "--by", "year", "--segment", "mobile"),
        "June": metrics(case, "--by", "month"),
        "2012": metrics(case, *TEN_MONTHS[0]),
        "2013": metrics(case, *TEN_MONTHS[1]),
        "products": metrics(case, "products", "--top", "20"),
    }
    told = published.printed(found)
    assert "| PGD 2012, 2013 | 5.13, 11.26 | 5.13, 11.26 |" in told
    assert "| participants, last ten months | doubled | 2.000 times as many |" in told
    assert "| posts that offer rat | 15,365 | 549 |" in told


def _sums(talks: Iterator[Talk], year: int, *, mobile: bool) -> Sum:
    """Days of groups, senders summed over them and posts, counted from the messages."""
    senders: dict[tuple[int, int], set[int]] = defaultdict(set)
    posts = 0
    for talk in talks:
        for message in talk.messages if talk.group.mobile or not mobile else ():
            if not message.joins and date.fromordinal(message.day).year == year:
                senders[talk.group.number, message.day].add(message.person)
                posts += 1
    return Sum(len(senders), sum(map(len, senders.values())), posts)


def test_a_corpus_too_small_for_averages_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 10,000"):
        Corpus(9_999)


@pytest.mark.parametrize("count", [10_000, 123_457])
def test_other_sizes_have_the_same_averages(count: int) -> None:
    corpus = Corpus(count)
    assert 0 <= corpus.totals.posts - count <= 63
    for year in PGD:
        whole = _sums(corpus.talks(), year, mobile=False)
        assert whole.senders / whole.days == pytest.approx(PGD[year], abs=0.005)
        assert whole.posts / whole.days == pytest.approx(MGD[year], abs=0.005)
        part = _sums(corpus.talks(), year, mobile=True)
        assert part.senders / part.days == pytest.approx(MOBILE_PGD[year], abs=0.05)


def test_the_full_size_is_that_of_the_study() -> None:
    whole = totals(FULL)
    assert whole.posts > 1_400_000
    assert 450 < whole.groups < 500
    for year, june in JUNE.items():
        assert sum(part[year, 6].posts for part in (whole.mobile, whole.others)) == june
    assert JUNE[2012] < 9_222
    assert offers(FULL) == MENTIONS


def test_the_same_seed_writes_the_same_bytes(tmp_path: Path) -> None:
    for name, seed in (("a", 5), ("b", 5), ("c", 6)):
        writing.write_qq(Corpus(10_000, seed), tmp_path / name)
    same, again, other = (_digest(tmp_path / name) for name in "abc")
    assert same == again != other


def _digest(folder: Path) -> str:
    found = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        found.update(path.name.encode() + path.read_bytes())
    return found.hexdigest()


def test_telegram_says_what_qq_says(tmp_path: Path) -> None:
    corpus = Corpus(10_000)
    count = writing.write_telegram(corpus, tmp_path / "telegram")
    assert count == corpus.totals.posts
    seen = {
        (export["id"], row["id"]): row
        for path in sorted((tmp_path / "telegram" / "exports").iterdir())
        for export in [json.loads(path.read_text("utf-8"))]
        for row in export["messages"]
    }
    assert sum(row["type"] == "message" for row in seen.values()) == count
    texts = sorted(row["text"] for row in seen.values() if row["type"] == "message")
    said = (m.text for talk in corpus.talks() for m in talk.messages if not m.joins)
    assert texts == sorted(said)


def test_a_tenth_are_adverts_and_groups_were_collected_twice_under_new_names(
    corpus: Corpus,
) -> None:
    talks = list(corpus.talks())
    assert any(talk.renamed for talk in talks)
    assert sum(talk.again is not None for talk in talks) > 3
    assert any(m.joins for talk in talks for m in talk.messages)
    assert all(len(forms) > 2 for forms in FORMS.values())


def test_parts_are_whole_and_none_is_under_its_least() -> None:
    assert shared(10, [1, 1, 1]) == [4, 3, 3]
    assert shared(7, [0, 5, 0], 1) == [1, 5, 1]
    assert shared(0, []) == []
    with pytest.raises(ValueError, match="least"):
        shared(2, [1, 1, 1], 1)
