"""The demo case, made once a test run."""

import fcntl
import os
import shutil
from pathlib import Path

import demo
from evidence.case import Case, create_case, open_case
from graph.build.run import build
from ingest.options import IngestOptions
from ingest.pipeline import ingest

CORPUS = Path(demo.__file__).parent / "corpus"


def demo_case(temporary: Path) -> Case:
    """A case with the whole corpus, built; shared by the workers of a run."""
    shared = temporary.parent if "PYTEST_XDIST_WORKER" in os.environ else temporary
    root = shared / "demo-case"
    with (shared / "demo-case.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "demo-case.made").exists():
            shutil.rmtree(root, ignore_errors=True)
            case = create_case(root)
            ingest(case, [CORPUS], IngestOptions(coverage=CORPUS / "coverage.csv", jobs=1))
            build(case)
            (shared / "demo-case.made").touch()
    return open_case(root)
