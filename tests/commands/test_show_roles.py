"""`show` prints the sum behind each role, and the rows give the stored score."""

import json
import math
from pathlib import Path
from typing import Any

import pytest

from tests.commands.process import here

HOLDERS = (
    "MATCH (a:{label})-[h:HAS_ROLE]->(r:Role) "
    "RETURN a.id AS id, h.basis AS basis, r.code AS role, count(*) AS n ORDER BY id, role, basis"
)


def _json(case: Path, state: str, *words: str) -> Any:
    done = here("--case", case, *words, "--format", "json", XDG_STATE_HOME=state)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def _holders(case: Path, state: str, label: str) -> list[dict[str, Any]]:
    found = _json(case, state, "cypher", HOLDERS.format(label=label), "--limit", "5000")
    assert found
    return list(found)


def _chosen(found: list[dict[str, Any]], most: int) -> list[str]:
    """Some holders of every basis and role."""
    kinds: dict[tuple[str, str], list[str]] = {}
    for row in found:
        kinds.setdefault((row["basis"], row["role"]), []).append(row["id"])
    return sorted({id_ for ids in kinds.values() for id_ in ids[:most]})


@pytest.mark.parametrize(("label", "most"), [("Account", 6), ("Listing", 3)])
def test_the_rows_give_the_stored_score(demo_case: Path, state: str, label: str, most: int) -> None:
    found = _holders(demo_case, state, label)
    for holder in _chosen(found, most):
        shown = _json(demo_case, state, "show", holder)
        sums = shown["role_sums"]
        stored = [(r["role"], r["basis"], r["score"]) for r in shown["claimed_roles"]]
        assert [(s["role"], s["basis"], s["stored"]) for s in sums] == stored
        for each in sums:
            assert each["rows"]
            total = math.fsum(r["weight"] * r["factor"] * r["context"] for r in each["rows"])
            assert total == pytest.approx(each["sum"], abs=1e-5)
            if label == "Account":
                assert each["score"] == pytest.approx(each["stored"], abs=1e-6), holder
            assert each["adds_up"], (holder, each)
            assert each["note"] == "an order among readings, not a probability"


def test_every_word_of_a_row_is_in_its_post(demo_case: Path, state: str) -> None:
    holder = _holders(demo_case, state, "Account")[0]["id"]
    for each in _json(demo_case, state, "show", holder)["role_sums"]:
        for row in each["rows"]:
            assert row["value"] == pytest.approx(row["weight"] * row["factor"] * row["context"])
            if row["quote"] is not None:
                [first, *_] = _json(demo_case, state, "evidence", row["post"])
                start, end = row["span"]
                assert first["quote"][start:end] == row["quote"]


def test_for_people(demo_case: Path, state: str) -> None:
    holder = _holders(demo_case, state, "Account")[0]["id"]
    done = here("--case", demo_case, "show", holder, "--format", "table", XDG_STATE_HOME=state)
    assert done.returncode == 0, done.stderr
    assert "weight × factor × context" in done.stdout
    assert "not a probability" in done.stdout
    assert "s = " in done.stdout
    assert "%" not in done.stdout
