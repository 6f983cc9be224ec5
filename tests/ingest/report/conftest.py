"""Readers of reports with and without the English pipeline."""

from collections.abc import Callable

import pytest

from ingest.extract.report import Finding, load_english, read_report

Reader = Callable[[str], list[Finding]]


@pytest.fixture(scope="session", params=["frames", "pipeline"])
def read(request: pytest.FixtureRequest) -> Reader:
    """Reads a report; each test runs with frames alone and with the pipeline."""
    pipeline = load_english() if request.param == "pipeline" else None
    if request.param == "pipeline" and pipeline is None:
        pytest.skip("no English pipeline is installed")

    def reader(text: str) -> list[Finding]:
        found = read_report(text, english=pipeline)
        for finding in found:
            start, end = finding.span
            assert text[start:end] == finding.quote
        return found

    return reader
