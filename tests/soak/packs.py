"""Damaged query files: each is read or named with what is wrong, and nothing of it is run."""

import tempfile
import traceback
from pathlib import Path

from evidence.errors import HeichanError
from queries.pack import SHIPPED, load_packs, validate
from tests.soak.mutate import mutated
from tests.soak.readers import Tried


def try_packs(count: int, first: int = 0) -> Tried:
    """Loads so many damaged copies of shipped queries as a case's own."""
    tried = Tried("query files")
    shipped = sorted(path for kind in ("cypher", "sql") for path in SHIPPED.glob(f"*/*.{kind}"))
    with tempfile.TemporaryDirectory() as name:
        for number in range(first, first + count):
            path = shipped[number % len(shipped)]
            data = mutated(path.read_bytes(), number)
            damaged = Path(name) / path.parent.name / path.name
            damaged.parent.mkdir(exist_ok=True)
            damaged.write_bytes(data)
            tried.files += 1
            tried.bytes += len(data)
            try:
                problems = validate(load_packs([Path(name)], lint_shipped=False))
                tried.refused += any(problem.path == damaged for problem in problems)
            except HeichanError:
                tried.refused += 1
            except Exception:
                tried.faults.append((number, traceback.format_exc()))
            damaged.unlink()
    return tried
