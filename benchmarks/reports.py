"""How much of invented vendor reports is found, and the seconds that ten kilobytes take.

Odd reports are the development half: rules were written with them in sight. Of the even ones only
the scores are looked at.
"""

import sys
import time
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from benchmarks.report_scores import Annotated, Score, annotated, compare, total
from ingest.extract.report import Pipeline, load_english, read_report

FOLDER: Final = Path(__file__).parents[1] / "tests" / "data" / "reports"
TEN_KILOBYTES: Final = 10_000
TIMES: Final = 5


def halves(reports: Sequence[Annotated]) -> tuple[list[Annotated], list[Annotated]]:
    """The development half and the held one."""
    odd = [report for report in reports if int(report.name) % 2]
    return odd, [report for report in reports if report not in odd]


def scores(
    reports: Sequence[Annotated], english: Pipeline | None
) -> tuple[dict[str, Score], list[str]]:
    """Sums by kind and facet, and the misses in words."""
    compared = []
    for report in reports:
        day = date.fromisoformat(report.published) if report.published else None
        found = read_report(report.text, english=english, published=day)
        compared.append(compare(report, found))
    return total(one.scores for one in compared), [miss for one in compared for miss in one.misses]


def seconds(reports: Sequence[Annotated], english: Pipeline | None) -> float:
    """The median of several readings of ten kilobytes of reports, after one that warms."""
    text = "\n\n".join(report.text for report in reports)
    while len(text.encode()) < TEN_KILOBYTES:
        text += "\n\n" + text
    text = text.encode()[:TEN_KILOBYTES].decode("utf-8", "ignore")
    taken = []
    for _ in range(TIMES + 1):
        start = time.perf_counter()
        read_report(text, english=english)
        taken.append(time.perf_counter() - start)
    return sorted(taken[1:])[TIMES // 2]


def _table(title: str, rows: Mapping[str, Score]) -> None:
    print(f"### {title}\n")
    print("| kind | expected | precision | recall | F1 |\n| --- | ---: | ---: | ---: | ---: |")
    whole = sum((score for name, score in rows.items() if ":" not in name), Score())
    for name, score in (*rows.items(), ("all kinds", whole)):
        print(
            f"| {name} | {score.right + score.missed} | {score.precision:.2f} |"
            f" {score.recall:.2f} | {score.f1:.2f} |"
        )
    print()


def main() -> None:
    """Print the tables of both halves; `--misses` lists those of the development half."""
    reports = annotated(FOLDER)
    pipeline = load_english()
    ways = {"frames alone": None} | ({"with the English pipeline": pipeline} if pipeline else {})
    for title, half in zip(("Development half", "Held half"), halves(reports), strict=True):
        for way, english in ways.items():
            rows, misses = scores(half, english)
            _table(f"{title}, {way}", rows)
            if "--misses" in sys.argv and title.startswith("Dev") and english is None:
                print("\n".join(misses), end="\n\n")
    print("| a report of 10 kB | seconds |\n| --- | ---: |")
    english_only = [report for report in reports if report.text.isascii()] or reports
    for way, english in ways.items():
        print(f"| mixed languages, {way} | {seconds(reports, english):.3f} |")
        print(f"| English, {way} | {seconds(english_only, english):.3f} |")


if __name__ == "__main__":
    main()
