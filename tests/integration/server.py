"""One Neo4j Community server for a test run: jars by Maven, loopback only, ended by its number."""

import fcntl
import hashlib
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import neo4j
from neo4j.exceptions import DriverError, Neo4jError

POM = Path(__file__).parent / "neo4j" / "pom.xml"
MAIN = "org.neo4j.server.CommunityEntryPoint"
START_SECONDS = 90.0
_CONFIGURATION = """\
server.default_listen_address=127.0.0.1
server.bolt.enabled=true
server.bolt.listen_address=127.0.0.1:{port}
server.http.enabled=false
server.https.enabled=false
dbms.security.auth_enabled=false
server.memory.heap.max_size=1g
server.memory.pagecache.size=256m
dbms.usage_report.enabled=false
server.directories.import=import
dbms.security.allow_csv_import_from_file_urls=false
"""


class MissingPartError(Exception):
    """A part that the server needs is not on this machine."""


def jars() -> Path:
    """Folder with the server's jars, resolved once for each content of the pom."""
    for program in ("java", "mvn"):
        if shutil.which(program) is None:
            raise MissingPartError(f"{program} is not installed")
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = home / "heichan-tests" / f"neo4j-{hashlib.sha256(POM.read_bytes()).hexdigest()[:16]}"
    folder.parent.mkdir(parents=True, exist_ok=True)
    with (folder.parent / "neo4j.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            _resolve(folder)
    return folder


def _resolve(folder: Path) -> None:
    part = folder.with_suffix(".part")
    shutil.rmtree(part, ignore_errors=True)
    command = ["mvn", "-q", "-B", "-f", str(POM), "dependency:copy-dependencies"]
    options = [f"-DoutputDirectory={part}", "-DincludeScope=runtime"]
    done = subprocess.run([*command, *options], capture_output=True, text=True, check=False)
    if done.returncode:
        raise MissingPartError(f"Maven could not fetch the server's jars: {done.stdout[-500:]}")
    part.rename(folder)


@contextmanager
def running(home: Path) -> Iterator[str]:
    """Address of a server that runs until the block ends; its files lie under `home`."""
    library = jars()
    port = _free_port()
    (home / "conf").mkdir(parents=True)
    (home / "import").mkdir()
    (home / "conf" / "neo4j.conf").write_text(_CONFIGURATION.format(port=port))
    command = ["java", "-Xmx1g", "-cp", f"{library}/*", MAIN]
    options = [f"--home-dir={home}", f"--config-dir={home / 'conf'}"]
    with (home / "server.log").open("wb") as log:
        process = subprocess.Popen([*command, *options], stdout=log, stderr=log)
        try:
            uri = f"bolt://127.0.0.1:{port}"
            _await(uri, process, home / "server.log")
            yield uri
        finally:
            process.terminate()
            try:
                process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _await(uri: str, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        if _answers(uri):
            return
        time.sleep(0.2)
    raise RuntimeError(f"Neo4j did not start: {log.read_text(errors='replace')[-2000:]}")


def _answers(uri: str) -> bool:
    # Before Bolt listens the driver would wait and log; a bare connection does neither.
    host, port = uri.removeprefix("bolt://").split(":")
    try:
        socket.create_connection((host, int(port)), timeout=0.5).close()
        with neo4j.GraphDatabase.driver(uri, connection_timeout=2.0) as driver:
            driver.verify_connectivity()
    except (OSError, DriverError, Neo4jError):
        return False
    return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
