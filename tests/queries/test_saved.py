from pathlib import Path

import msgspec
import pytest

from evidence.errors import DataError, NotFoundError, UsageError
from graph.store.base import GraphStore
from queries import saved
from queries.browser import STYLE, browser
from queries.grass import grass
from queries.header import OF_ALL
from queries.pack import load_packs
from queries.run import run_query

PACKS = load_packs(lint_shipped=False)


@pytest.fixture(scope="module")
def answer(store: GraphStore) -> saved.Saved:
    query = PACKS.get("sources.operator_ranking")
    given = {"until": "2024-01-01"}
    result = run_query(query, store, None, given)
    return saved.kept("mine", query, result, given=given, store="embedded", graph="abc")


def test_what_is_kept_is_read_back_whole(answer: saved.Saved, tmp_path: Path) -> None:
    path = saved.save(tmp_path, answer)
    assert saved.read(tmp_path, "mine") == answer
    assert path.stat().st_mode & 0o077 == 0
    assert saved.names(tmp_path) == ["mine"]
    assert answer.given == {"until": "2024-01-01"}
    assert answer.parameters["until"].endswith("Z")
    assert answer.keys
    assert answer.rows
    assert len(answer.text_hash) == len(answer.row_hash) == 64
    assert answer.row_hash == saved.row_hash(answer.rows)


def test_nothing_is_written_over_without_force(answer: saved.Saved, tmp_path: Path) -> None:
    saved.save(tmp_path, answer)
    with pytest.raises(UsageError, match="kept already"):
        saved.save(tmp_path, answer)
    saved.save(tmp_path, answer, force=True)


@pytest.mark.parametrize(
    "name",
    ["", ".", "..", "../x", "a/b", "a\\b", "-x", ".x", "x" * 65, "CON", "nul.txt", "a b", "x.",
     "a\x00", "a\n", "\u202ex", "com1"],
)  # fmt: skip
def test_a_name_that_is_no_file_name(name: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        saved.read(tmp_path, name)


@pytest.mark.parametrize("name", ["a", "2021-03.first", "运营商_1", "x" * 64])
def test_names(name: str, answer: saved.Saved, tmp_path: Path) -> None:
    mine = msgspec.structs.replace(answer, name=saved.checked(name))
    saved.save(tmp_path, mine)
    assert saved.read(tmp_path, name) == mine


def test_an_unknown_name_lists_near_ones(answer: saved.Saved, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError) as caught:
        saved.read(tmp_path, "mine")
    assert "there are none" in caught.value.hint
    saved.save(tmp_path, answer)
    with pytest.raises(NotFoundError) as caught:
        saved.read(tmp_path, "mina")
    assert "mine" in caught.value.hint


@pytest.mark.parametrize("text", ["", "{}", "[" * 10_000, '{"name": 1}', "\xff"])
def test_a_damaged_file_is_told(text: str, tmp_path: Path) -> None:
    (tmp_path / "results").mkdir()
    (tmp_path / "results" / "x.json").write_bytes(text.encode("latin-1"))
    with pytest.raises(DataError, match="damaged"):
        saved.read(tmp_path, "x")


def test_a_changed_row_is_told(answer: saved.Saved, tmp_path: Path) -> None:
    path = saved.save(tmp_path, answer)
    document = msgspec.json.decode(path.read_bytes())
    document["rows"][0]["n_posts"] += 1
    path.write_bytes(msgspec.json.encode(document))
    with pytest.raises(DataError, match="not those that were saved"):
        saved.read(tmp_path, "mine")


def test_the_text_hash_follows_what_decides_the_rows() -> None:
    query = PACKS.get("sources.operator_ranking")
    other = msgspec.structs.replace(query, body=query.body + "// x\n")
    assert saved.text_hash(query) == saved.text_hash(PACKS.get(query.id))
    assert saved.text_hash(other) != saved.text_hash(query)


def test_the_style_for_the_browser_is_that_of_the_schema() -> None:
    assert STYLE.read_text("utf-8") == grass()
    assert "caption: '{name}'" in grass()


def test_every_cypher_query_has_a_text_for_the_browser() -> None:
    for query in PACKS.queries.values():
        if query.header.engine == "cypher":
            used = query.header.params.keys() - OF_ALL.keys()
            first, body = browser(query).split("\n", 1)
            assert first.startswith(":params {")
            assert all(f"{name}: " in first for name in [*used, "limit"])
            assert body == query.body
