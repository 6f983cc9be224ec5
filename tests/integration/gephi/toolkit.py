"""Finds Gephi's toolkit jar, by Maven where it is not there yet."""

import os
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest

VERSION = "0.10.1"
CHECK = Path(__file__).with_name("Check.java")
_ARTIFACT = f"org.gephi:gephi-toolkit:{VERSION}:jar:all"


@cache
def toolkit() -> Path:
    """The jar with everything in it. Skips the test, or fails it where gephi is required."""
    if shutil.which("mvn") is None or shutil.which("java") is None:
        _missing("Gephi's importer needs java and mvn")
    folder = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "heichan" / "gephi"
    jar = folder / f"gephi-toolkit-{VERSION}-all.jar"
    if not jar.exists():
        folder.mkdir(parents=True, exist_ok=True)
        command = ["mvn", "-q", "-B", "dependency:copy", f"-Dartifact={_ARTIFACT}"]
        command += [f"-DoutputDirectory={folder}", "-Dmdep.useBaseVersion=true"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=900, check=False)
        if done.returncode != 0 or not jar.exists():
            _missing(f"the Gephi toolkit could not be resolved: {done.stdout[-500:]}")
    return jar


def java() -> str:
    """The java on the path."""
    return shutil.which("java") or "java"


def _missing(reason: str) -> None:
    if "gephi" in os.environ.get("HEICHAN_REQUIRE", "").split(","):
        pytest.fail(reason)
    pytest.skip(reason)
