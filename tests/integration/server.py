"""One Neo4j Community server for a test run: jars by Maven, loopback only, ended by its number."""

import fcntl
import os
import re
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import neo4j
from neo4j.exceptions import AuthError, DriverError, Neo4jError

from tests.integration.java import Release, jars, java

OPENED = ("--add-opens=java.base/java.nio=ALL-UNNAMED",)
"""As the server's own scripts give it to Java."""
ADMIN = "org.neo4j.cli.AdminTool"
START_SECONDS = 90.0
STOP_SECONDS = 30.0
_CONFIGURATION = """\
server.default_listen_address=127.0.0.1
server.bolt.enabled=true
server.bolt.listen_address=127.0.0.1:{port}
server.http.enabled=false
server.https.enabled=false
dbms.security.auth_enabled={auth}
server.memory.heap.max_size=1g
server.memory.pagecache.size=256m
db.memory.transaction.max=256m
dbms.usage_report.enabled=false
server.directories.import=import
dbms.security.allow_csv_import_from_file_urls=false
"""


_PORT = re.compile(r"bolt\.listen_address=127\.0\.0\.1:(\d+)")


class Server(msgspec.Struct, frozen=True):
    """A running server, its process, and how many workers use it."""

    uri: str
    pid: int
    users: int = 1


@contextmanager
def shared(folder: Path, release: Release) -> Iterator[str]:
    """Address of the one server of all workers that share a folder; the last to leave ends it."""
    name = f"neo4j-{release.name}"
    state, lock = folder / f"{name}.json", folder / f"{name}.lock"
    with _locked(lock):
        server = _joined(state, folder / name, release)
    try:
        yield server.uri
    finally:
        with _locked(lock):
            _leave(state)


def prepare(home: Path, *, auth: bool = False, port: int | None = None) -> None:
    """A fresh home folder with its settings."""
    shutil.rmtree(home, ignore_errors=True)
    (home / "conf").mkdir(parents=True)
    (home / "import").mkdir()
    text = _CONFIGURATION.format(port=port or _free_port(), auth=str(auth).lower())
    (home / "conf" / "neo4j.conf").write_text(text)


def admin(home: Path, release: Release, *words: str, cwd: Path | None = None) -> str:
    """Runs `neo4j-admin` and gives what it prints. Raises CalledProcessError."""
    command = [java(release), "-Xmx1g", *OPENED, "-cp", f"{jars(release)}/*", ADMIN, *words]
    places = {"NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")}
    done = subprocess.run(
        command, cwd=cwd or home, env={**os.environ, **places}, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"neo4j-admin {words[:3]}: {done.stdout[-3000:]}{done.stderr[-3000:]}")
    return done.stdout


def stop(server: Server, *, kill: bool = False) -> None:
    """Ends a server, at once with `kill`."""
    os.kill(server.pid, signal.SIGKILL if kill else signal.SIGTERM)
    if not _ended_within(server.pid, STOP_SECONDS):
        os.kill(server.pid, signal.SIGKILL)
        _ended_within(server.pid, STOP_SECONDS)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _joined(state: Path, home: Path, release: Release) -> Server:
    if state.exists():
        known = msgspec.json.decode(state.read_bytes(), type=Server)
        server = msgspec.structs.replace(known, users=known.users + 1)
    else:
        prepare(home)
        server = start(home, release)
    state.write_bytes(msgspec.json.encode(server))
    return server


def _leave(state: Path) -> None:
    server = msgspec.json.decode(state.read_bytes(), type=Server)
    if server.users > 1:
        state.write_bytes(
            msgspec.json.encode(msgspec.structs.replace(server, users=server.users - 1))
        )
        return
    state.unlink()
    stop(server)


def start(home: Path, release: Release) -> Server:
    """Starts a server in a prepared home and waits until it answers."""
    library, program = jars(release), java(release)
    found = _PORT.search((home / "conf" / "neo4j.conf").read_text())
    assert found is not None
    options = [f"--home-dir={home}", f"--config-dir={home / 'conf'}"]
    log = home / "server.log"
    # Not by subprocess: the worker that starts the server may be done before the others.
    pid = os.posix_spawn(
        program,
        [program, "-Xmx1g", *OPENED, "-cp", f"{library}/*", release.main, *options],
        os.environ,
        file_actions=[
            (os.POSIX_SPAWN_OPEN, 1, str(log), os.O_WRONLY | os.O_CREAT, 0o600),
            (os.POSIX_SPAWN_DUP2, 1, 2),
        ],
    )
    server = Server(f"bolt://127.0.0.1:{found[1]}", pid)
    _await(server, log)
    return server


def _await(server: Server, log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and not _ended(server.pid):
        if _answers(server.uri):
            return
        time.sleep(0.2)
    if not _ended(server.pid):
        os.kill(server.pid, signal.SIGKILL)
    raise RuntimeError(f"Neo4j did not start: {log.read_text(errors='replace')[-2000:]}")


def _ended_within(pid: int, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if _ended(pid):
            return True
        time.sleep(0.1)
    return False


def _ended(pid: int) -> bool:
    try:
        return os.waitpid(pid, os.WNOHANG)[0] == pid
    except ChildProcessError:
        pass
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    # The child of another worker stays in the table until that worker is gone.
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text().rpartition(")")[2].split()[0] == "Z"


def _answers(uri: str) -> bool:
    # Before Bolt listens the driver would wait and log; a bare connection does neither.
    host, port = uri.removeprefix("bolt://").split(":")
    try:
        socket.create_connection((host, int(port)), timeout=0.5).close()
        with neo4j.GraphDatabase.driver(uri, connection_timeout=2.0) as driver:
            driver.verify_connectivity()
    except AuthError:
        return True
    except (OSError, DriverError, Neo4jError):
        return False
    return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
