"""Cases that several tests share are copied before one of them writes."""

import shutil
from pathlib import Path

# What other tests that only read have open at the moment comes and goes.
_OPEN = shutil.ignore_patterns("tmp", "*-shm", "*-wal", "*.html")


def copy_of(case: Path, to: Path) -> Path:
    """A copy of a finished case in a folder that is not there yet; without its page."""
    return Path(shutil.copytree(case, to, ignore=_OPEN))
