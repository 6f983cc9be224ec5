"""Findings of a report against those that its annotation expects: pairs, and sums of them."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import msgspec

from ingest.extract.report import Finding

Row = Mapping[str, Any]
Facet = Callable[[Row, Row], bool]
KINDS: Final = ("listing", "organisation", "market", "place", "event", "figure", "role")


class Annotated(msgspec.Struct, frozen=True):
    """An invented report: its text and the findings it ought to give."""

    name: str
    text: str
    published: str | None
    expected: tuple[dict[str, Any], ...]


class Score(msgspec.Struct):
    """How many expected findings were found, and how many found ones were expected."""

    right: int = 0
    missed: int = 0
    wrong: int = 0

    @property
    def precision(self) -> float:
        """Share of the found that is expected; 1 where nothing was found."""
        return self.right / max(self.right + self.wrong, 1) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Share of the expected that was found; 1 where nothing was expected."""
        return self.right / max(self.right + self.missed, 1) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def __add__(self, other: "Score") -> "Score":
        return Score(self.right + other.right, self.missed + other.missed, self.wrong + other.wrong)


class Compared(msgspec.Struct, frozen=True):
    """The scores of one report by row of the table, and what was missed or too much."""

    scores: dict[str, Score]
    misses: tuple[str, ...]


def annotated(folder: Path) -> list[Annotated]:
    """The reports of a folder by name: NN.txt beside NN.json."""
    found = []
    for path in sorted(folder.glob("*.json")):
        notes = json.loads(path.read_text("utf-8"))
        text = path.with_suffix(".txt").read_text("utf-8")
        found.append(Annotated(path.stem, text, notes.get("published"), tuple(notes["findings"])))
    return found


def compare(report: Annotated, findings: Sequence[Finding]) -> Compared:
    """Scores of each kind and of each facet of the pairs that match."""
    scores: dict[str, Score] = {}
    misses: list[str] = []
    given: list[dict[str, Any]] = [msgspec.to_builtins(finding) for finding in findings]
    for kind in KINDS:
        expected = [row for row in report.expected if row["kind"] == kind]
        found = _once(kind, [row for row in given if row["kind"] == kind])
        pairs, missed, wrong = _match(kind, expected, found)
        scores[kind] = Score(len(pairs), len(missed), len(wrong))
        misses += [f"{report.name} missed {_short(row)}" for row in missed]
        misses += [f"{report.name} too much {_short(row)}" for row in wrong]
        for name, facet in FACETS[kind].items():
            row_name = f"{kind}: {name}"
            asked = [pair for pair in pairs if name in pair[0] or f"{name}s" in pair[0]]
            right = [pair for pair in asked if facet(*pair)]
            scores[row_name] = Score(len(right), len(asked) - len(right), len(asked) - len(right))
            misses += [
                f"{report.name} {row_name} {_short(pair[0])} is {_short(pair[1])}"
                for pair in asked
                if pair not in right
            ]
    return Compared(scores, tuple(misses))


def total(scores: Iterable[Mapping[str, Score]]) -> dict[str, Score]:
    """The sums by row of several reports."""
    rows: dict[str, Score] = {}
    for one in scores:
        for name, score in one.items():
            rows[name] = rows.get(name, Score()) + score
    return rows


def _once(kind: str, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Names count once a report, however often they are mentioned; the fullest mention stands."""
    if kind not in ("organisation", "market", "place"):
        return found
    by_name: dict[str, dict[str, Any]] = {}
    for row in sorted(found, key=lambda row: -len(row.get("aliases") or ())):
        by_name.setdefault(_plain(row["name"]), row)
    return list(by_name.values())


def _match(
    kind: str, expected: Sequence[dict[str, Any]], found: Sequence[dict[str, Any]]
) -> tuple[list[tuple[Row, Row]], list[Row], list[Row]]:
    left = list(found)
    pairs: list[tuple[Row, Row]] = []
    missed: list[Row] = []
    for row in expected:
        for _ in range(0 if row.get("optional") else row.get("times", 1)):
            fitting = [one for one in left if BASES[kind](row, one)]
            if not fitting:
                missed.append(row)
                continue
            best = max(fitting, key=lambda one: _agreement(kind, row, one))
            left.remove(best)
            pairs.append((row, best))
    allowed = [row for row in expected if row.get("optional")]
    names = expected if kind in ("organisation", "market", "place") else allowed
    wrong = [one for one in left if not any(BASES[kind](row, one) for row in names)]
    return pairs, missed, list(wrong)


def _agreement(kind: str, row: Row, one: Row) -> int:
    return sum(facet(row, one) for name, facet in FACETS[kind].items() if name in row)


def _options(written: str | None) -> list[str | None]:
    return [None if one == "null" else one for one in (written or "null").split("|")]


def _plain(name: str | None) -> str:
    return (name or "").lower().removeprefix("the ").rstrip(".")


def _names(one: Row) -> set[str]:
    return {_plain(name) for name in (one["name"], *(one.get("aliases") or ()))}


def _same_name(row: Row, one: Row) -> bool:
    return any(_plain(name) in _names(one) for name in _options(row["name"]))


def _same_figure(row: Row, one: Row) -> bool:
    return bool(row["value"] == one["value"] and row.get("unit", one["unit"]) == one["unit"])


def _same_event(row: Row, one: Row) -> bool:
    return one["measure"] in row["measure"].split("|") and row["date"] == one["date"]


def _same_role(row: Row, one: Row) -> bool:
    return one["role"] in row["role"].split("|") and row["has"] in one["says"]


def _same_listing(row: Row, one: Row) -> bool:
    return row["date"] == one["date"] and one["polarity"] in row["polarity"].split("|")


def _has_aliases(row: Row, one: Row) -> bool:
    return all(_plain(alias) in _names(one) for alias in row["aliases"])


def _has_counts(row: Row, one: Row) -> bool:
    words = (one["counts"] or "").lower()
    return any((option or "").lower() in words for option in row["counts"].split("|"))


def _has_organisation(row: Row, one: Row) -> bool:
    named = one["organisation"]
    names = _names(named) if named else {""}
    return any(_plain(name) in names for name in _options(row["organisation"]))


def _has_products(row: Row, one: Row) -> bool:
    found = {item["id"] for item in one["products"]}
    wanted = [set(item.split("|")) for item in row["products"]]
    return all(options & found for options in wanted) and found <= set().union(*wanted, set())


def _has_prices(row: Row, one: Row) -> bool:
    return sorted(tuple(price) for price in row["prices"]) == sorted(
        (price["value"], price["currency"]) for price in one["prices"]
    )


BASES: Final[dict[str, Facet]] = {
    "listing": _same_listing,
    "organisation": _same_name,
    "market": _same_name,
    "place": _same_name,
    "event": _same_event,
    "figure": _same_figure,
    "role": _same_role,
}
FACETS: Final[dict[str, dict[str, Facet]]] = {
    "listing": {
        "precision": lambda row, one: one["precision"] in row["precision"].split("|"),
        "products": _has_products,
        "quantities": lambda row, one: (
            sorted(row["quantities"]) == sorted(item["value"] for item in one["quantities"])
        ),
        "prices": _has_prices,
    },
    "organisation": {"aliases": _has_aliases},
    "market": {"aliases": _has_aliases},
    "place": {},
    "event": {"organisation": _has_organisation},
    "figure": {
        "counts": _has_counts,
        "period": lambda row, one: one["period"] in _options(row["period"]),
    },
    "role": {},
}


def _short(row: Row) -> str:
    """A line that tells a finding from the others."""
    keys = ("kind", "value", "unit", "counts", "period", "name", "aliases", "date", "measure",
            "polarity", "role", "has", "products", "prices", "quantities", "quote")  # fmt: skip
    said = {key: row[key] for key in keys if row.get(key)}
    for key in ("products", "prices", "quantities"):
        said[key] = [item.get("id") or item["value"] if isinstance(item, dict) else item
                     for item in said.get(key, ())]  # fmt: skip
    if isinstance(row.get("organisation"), dict):
        said["organisation"] = row["organisation"]["name"]
    elif row.get("organisation"):
        said["organisation"] = row["organisation"]
    return " ".join(str(value)[:90] for value in said.values() if value)
