"""One Neo4j Community server for a test run: jars by Maven, loopback only, ended by its number."""

import fcntl
import hashlib
import os
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
from neo4j.exceptions import DriverError, Neo4jError

POM = Path(__file__).parent / "neo4j" / "pom.xml"
MAIN = "org.neo4j.server.CommunityEntryPoint"
START_SECONDS = 90.0
STOP_SECONDS = 30.0
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


class Server(msgspec.Struct, frozen=True):
    """A running server, its process, and how many workers use it."""

    uri: str
    pid: int
    users: int = 1


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
def shared(folder: Path) -> Iterator[str]:
    """Address of the one server of all workers that share a folder; the last to leave ends it."""
    state = folder / "neo4j.json"
    with _locked(folder / "neo4j.lock"):
        server = _joined(state, folder / "neo4j")
    try:
        yield server.uri
    finally:
        with _locked(folder / "neo4j.lock"):
            _leave(state)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _joined(state: Path, home: Path) -> Server:
    if state.exists():
        known = msgspec.json.decode(state.read_bytes(), type=Server)
        server = msgspec.structs.replace(known, users=known.users + 1)
    else:
        server = _started(home)
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
    os.kill(server.pid, signal.SIGTERM)
    if not _ended_within(server.pid, STOP_SECONDS):
        os.kill(server.pid, signal.SIGKILL)


def _started(home: Path) -> Server:
    library = jars()
    shutil.rmtree(home, ignore_errors=True)
    (home / "conf").mkdir(parents=True)
    (home / "import").mkdir()
    port = _free_port()
    (home / "conf" / "neo4j.conf").write_text(_CONFIGURATION.format(port=port))
    java = shutil.which("java") or "java"
    options = [f"--home-dir={home}", f"--config-dir={home / 'conf'}"]
    log = home / "server.log"
    # Not by subprocess: the worker that starts the server may be done before the others.
    pid = os.posix_spawn(
        java,
        [java, "-Xmx1g", "-cp", f"{library}/*", MAIN, *options],
        os.environ,
        file_actions=[
            (os.POSIX_SPAWN_OPEN, 1, str(log), os.O_WRONLY | os.O_CREAT, 0o600),
            (os.POSIX_SPAWN_DUP2, 1, 2),
        ],
    )
    server = Server(f"bolt://127.0.0.1:{port}", pid)
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
    except (OSError, DriverError, Neo4jError):
        return False
    return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
