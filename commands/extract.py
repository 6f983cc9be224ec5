"""`extract`: records from text; no case is needed, and one at hand lends its own rules."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands.application import command
from commands.extract_lines import Lines
from commands.output import Output
from commands.session import Session
from evidence.errors import UsageError

if TYPE_CHECKING:
    from ingest.extract.explain import Explained

CHUNK = 2000
STANDARD_INPUT = Path("-")


def extract(
    session: Session,
    path: Annotated[
        Path, typer.Argument(metavar="[PATH|-]", help="Text or JSON lines.")
    ] = STANDARD_INPUT,
    every: Annotated[
        bool, typer.Option("--all", help="Also a record for texts that are no listing.")
    ] = False,
    explain: Annotated[
        bool,
        typer.Option(
            "--explain", help="Say which rule gave each value, and why a text is no listing."
        ),
    ] = False,
    html: Annotated[
        Path | None,
        typer.Option(
            "--html", metavar="FILE", help="Write a page with the texts, coloured, and reasons."
        ),
    ] = None,
    report: Annotated[
        Path | None, typer.Option("--report", help="Read a vendor report instead.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite the page.")] = False,
) -> None:
    """Extract listings: lines of text, or JSON lines with `id` and `text`, in; JSON lines out.

    With --explain, text for people, or with --format json or jsonl objects {"record", "explain"}.

    Example: echo '出 股民料 联通抓取 0.5元一条 飞机@demo_name' | heichan extract
    """
    out = session.output()
    _check_format(session.shared.form, explain=explain, html=html)
    if report is not None:
        _check_report(path, report, explain=explain, html=html)
        out.records(_report(session, report))
        return
    lines = Lines(str(path), out)
    if html is not None:
        _page(session, out, lines, html, force=force)
    elif explain:
        _explained(session, out, lines)
    else:
        out.records(_listings(session, lines, every))
    lines.end()


def _check_format(form: str | None, *, explain: bool, html: Path | None) -> None:
    allowed = ("json", "jsonl", "table") if explain else ("json", "jsonl")
    if html is None and form is not None and form not in allowed:
        raise UsageError("records nest, so extract writes JSON", hint="Use --format json or jsonl.")


def _check_report(path: Path, report: Path, *, explain: bool, html: Path | None) -> None:
    if path != STANDARD_INPUT:
        raise UsageError("--report reads one file", hint=f"heichan extract --report {report}")
    if explain or html is not None:
        option = "--explain" if explain else "--html"
        raise UsageError(
            f"{option} reads posts, not reports", hint="Give --report alone; its records quote."
        )


def _page(session: Session, out: Output, lines: Lines, path: Path, *, force: bool) -> None:
    from commands.page.write import write_page

    if path.exists() and not force:
        raise UsageError(f"{path} exists", hint="Give --force to overwrite it.")
    counts = write_page(path, _counted(session, _reasons(session, lines)))
    out.document({"file": str(path), "messages": counts.messages, "listings": counts.listings})
    out.note(f"Next: open {path} in a browser")


def _counted(
    session: Session, found: Iterator["tuple[Explained, ...]"]
) -> Iterator["tuple[Explained, ...]"]:
    for number, explained in enumerate(found, 1):
        session.progress("explain", number, None)
        yield explained


def _explained(session: Session, out: Output, lines: Lines) -> None:
    import msgspec

    from commands.extract_explain import show

    found = (each for explained in _reasons(session, lines) for each in explained)
    if out.form in ("json", "jsonl"):
        out.records(msgspec.to_builtins(each) for each in found)
        return
    show(out, found)


def _reasons(session: Session, lines: Lines) -> Iterator["tuple[Explained, ...]"]:
    from ingest.extract import Rules
    from ingest.extract.explain import explain

    rules = Rules.load(_own_lexicon(session))
    for text in lines.masked():
        yield explain(text, rules)


def _listings(session: Session, lines: Lines, every: bool) -> Iterator[dict[str, Any]]:
    import msgspec

    from ingest.extract import Rules
    from ingest.extract import extract as read

    rules = Rules.load(_own_lexicon(session))
    texts = lines.masked()
    while batch := list(islice(texts, CHUNK)):
        for reading in read(batch, rules, keep_none=every):
            yield from (msgspec.to_builtins(listing) for listing in reading.listings)


def _report(session: Session, path: Path) -> Iterator[dict[str, Any]]:
    import msgspec

    from evidence.masking import mask
    from ingest.extract import Rules
    from ingest.extract.report import load_english, read_report
    from ingest.readers.base import Source
    from ingest.readers.reports.reader import report_text

    report = report_text(Source(path, str(path)))
    text = mask(report.text, "report").text
    rules = Rules.load(_own_lexicon(session))
    for finding in read_report(
        text, english=load_english(), published=report.published, rules=rules
    ):
        yield msgspec.to_builtins(finding)


def _own_lexicon(session: Session) -> tuple[Path, ...]:
    """The lexicon of the named case or of the one that stands around; empty without any."""
    from evidence.errors import HeichanError

    if session.shared.case is not None:
        return session.case.lexicon()
    try:
        return session.case.lexicon()
    except HeichanError:
        return ()


def register(app: typer.Typer) -> None:
    command(app, "extract")(extract)
