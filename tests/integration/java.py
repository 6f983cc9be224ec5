"""Which Neo4j the tests run, on which Java of this machine, and its jars by Maven."""

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import msgspec

POM = Path(__file__).parent / "neo4j" / "pom.xml"
_VERSION = re.compile(r'^JAVA_VERSION="(?:1\.)?(\d+)', re.M)


class Release(msgspec.Struct, frozen=True):
    """A release of Neo4j, its main class, and the Java versions on which it runs."""

    name: str
    version: str
    main: str
    java: range


RELEASES = (
    Release("5.26", "5.26.30", "org.neo4j.server.CommunityEntryPoint", range(17, 22)),
    Release("2026.08", "2026.08.1", "org.neo4j.server.Neo4jCommunity", range(21, 100)),
)


class MissingPartError(Exception):
    """A part that the server needs is not on this machine."""


def java(release: Release) -> str:
    """The program of the first Java that the release runs on. Raises MissingPartError."""
    found: list[int] = []
    for home in _homes():
        stated = home / "release"
        version = _VERSION.search(stated.read_text()) if stated.exists() else None
        if version is None or not (home / "bin" / "java").exists():
            continue
        if int(version[1]) in release.java:
            return str(home / "bin" / "java")
        found.append(int(version[1]))
    versions = ", ".join(map(str, sorted(set(found)))) or "none"
    newest = release.java.stop - 1
    wanted = f"{release.java.start} {'or newer' if newest == 99 else f'to {newest}'}"
    raise MissingPartError(f"Neo4j {release.name} runs on Java {wanted}; found: {versions}")


def _homes() -> Iterator[Path]:
    """Folders that may hold a Java: the chosen one first, then what is installed."""
    if chosen := os.environ.get("JAVA_HOME"):
        yield Path(chosen)
    if program := shutil.which("java"):
        yield Path(program).resolve().parent.parent
    yield from sorted(Path("/usr/lib/jvm").glob("*"))


def jars(release: Release) -> Path:
    """Folder with the server's jars, resolved once for each content of the pom."""
    if shutil.which("mvn") is None:
        raise MissingPartError("mvn is not installed")
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    name = f"neo4j-{release.version}-{hashlib.sha256(POM.read_bytes()).hexdigest()[:16]}"
    folder = home / "heichan-tests" / name
    folder.parent.mkdir(parents=True, exist_ok=True)
    with (folder.parent / "neo4j.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            _resolve(folder, release)
    return folder


def _resolve(folder: Path, release: Release) -> None:
    part = folder.with_suffix(".part")
    shutil.rmtree(part, ignore_errors=True)
    command = ["mvn", "-q", "-B", "-f", str(POM), f"-Dneo4j.version={release.version}"]
    command += ["dependency:copy-dependencies", f"-DoutputDirectory={part}"]
    command += ["-DincludeScope=runtime"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise MissingPartError(f"Maven could not fetch the server's jars: {done.stdout[-500:]}")
    part.rename(folder)
