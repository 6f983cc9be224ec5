"""JavaScript readers under node: pinned packages, installed once into a cache outside the tree."""

import fcntl
import hashlib
import os
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest

HERE = Path(__file__).parent / "node"
PINNED = ("package.json", "package-lock.json")


class MissingPartError(Exception):
    """A part that the readers need is not on this machine."""


def packages() -> Path:
    """The `node_modules` of the pinned packages. Raises MissingPartError."""
    missing = [name for name in ("node", "npm") if shutil.which(name) is None]
    if missing:
        raise MissingPartError(f"{' and '.join(missing)} not installed")
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "heichan-tests"
    digest = hashlib.sha256(b"".join((HERE / name).read_bytes() for name in PINNED)).hexdigest()
    folder = home / f"node-{digest[:16]}"
    home.mkdir(parents=True, exist_ok=True)
    with (home / "node.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            _install(folder)
    return folder / "node_modules"


def _install(folder: Path) -> None:
    part = folder.with_suffix(".part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir()
    for name in PINNED:
        shutil.copy(HERE / name, part)
    # No package runs a script of its own on the machine.
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    done = subprocess.run(command, cwd=part, capture_output=True, text=True, check=False)
    if done.returncode:
        raise MissingPartError(f"npm could not fetch the packages: {done.stderr[-500:]}")
    part.rename(folder)


@cache
def modules() -> Path:
    """`packages`; skips the test, or fails it where `node` is required, when a part is missing."""
    try:
        return packages()
    except MissingPartError as missing:
        if "node" in os.environ.get("HEICHAN_REQUIRE", "").split(","):
            pytest.fail(f"node is required: {missing}")
        pytest.skip(f"node: {missing}")


def run(script: str, *arguments: str) -> str:
    """What a script of this folder prints, with the pinned packages at hand."""
    done = subprocess.run(
        ["node", str(HERE / script), *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={**os.environ, "NODE_PATH": str(modules())},
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout
