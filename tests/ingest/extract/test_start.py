"""What a process does not do before it has read anything."""

import subprocess
import sys

import pytest

from ingest.extract.rules import Rules

_UNUSED = (
    *("spacy", "numpy", "networkx", "rustworkx", "kglite", "neo4j", "sqlite3", "yaml"),
    *("typer", "rich", "importlib.metadata", "importlib.resources", "multiprocessing"),
    *("ingest.extract.report", "ingest.extract.explain", "ingest.extract.patterns.matcher"),
    *("ingest.readers", "evidence.archive", "graph.build"),
)


@pytest.mark.parametrize("script", ["", "ingest.extract.Rules.load()"])
def test_reading_texts_imports_nothing_else(script: str) -> None:
    script = (
        f"import sys, ingest.extract\n{script}\n"
        f"print([name for name in {_UNUSED} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_rules_are_loaded_without_an_automaton_of_all_terms() -> None:
    rules = Rules((packaged := Rules.load()).lexicon)
    made = vars(rules.scanner)
    assert "_automaton" not in made
    assert "_starts" not in made
    assert packaged.scanner.scan("出股民料") == rules.scanner.scan("出股民料")
