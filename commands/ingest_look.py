"""`ingest --dry-run`, `--explain` and `--suggest-mapping`: looks at files that store nothing."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from commands.output import Output
from commands.session import Session
from commands.stopping import stopping
from evidence.errors import HeichanError, InputError, UsageError

if TYPE_CHECKING:
    from evidence.case import Case
    from ingest.firstlook.document import Counted, FileLook, FirstLook
    from ingest.firstlook.explaining import Explained
    from ingest.options import IngestOptions
    from ingest.suggesting.draft import Draft

FILE = (
    *("path", "reader", "encoding", "encoding_basis", "sha256", "size", "known", "state"),
    *("posts", "service", "skipped", "set_aside", "venues", "speakers", "first", "last", "untimed"),
    *("zone", "zone_basis", "share", "read", "listings", "languages", "identifiers", "media"),
)
SHORT = ("path", "reader", "encoding", "posts", "first", "last", "zone", "listings", "known")
VENUE = ("venue", "name", "kind", "posts", "path")
SPEAKER = ("speaker", "name", "posts", "path")
EXPLAINED = ("path", "reader", "why", "encoding", "encoding_told", "size", "tried")
COLUMN = ("column", "field", "taken", "why", "also", "examples")
_MOST_ROWS = 20
"""Venues and speakers that a terminal shows."""

Look = Callable[[Session, list[Path], "IngestOptions"], None]


def first_look(session: Session, paths: list[Path], options: "IngestOptions") -> None:
    """What an ingest would read; exit 5 where one would end so."""
    from ingest.firstlook.look import first_look as read

    case = _case(session)
    with stopping(lambda: "nothing was stored"):
        look = read(paths, options, case, session.progress)
    session.progress.close()
    out = session.output(case.settings.zone if case else look.zone)
    _show(out, look)
    _tell(out, look)
    if look.failed or (session.given.get("strict") and look.totals.skipped):
        raise typer.Exit(InputError.code)


def explain(session: Session, paths: list[Path], options: "IngestOptions") -> None:
    """Why each file is read as it is."""
    from ingest.firstlook.explaining import explain as found

    out = session.output()
    explained = list(found(paths, options))
    if out.human:
        for each in explained:
            _explained(out, each)
    else:
        out.rows((_fields(each) for each in explained), EXPLAINED)
    out.note("Nothing was stored. Next: heichan ingest --dry-run PATH...")
    if any(each.failed for each in explained):
        raise typer.Exit(InputError.code)


def suggest(session: Session, paths: list[Path], options: "IngestOptions") -> None:
    """The draft of a mapping on standard output."""
    from ingest.suggesting.file import draft

    if len(paths) != 1 or not (str(paths[0]) == "-" or not paths[0].is_dir()):
        raise UsageError("--suggest-mapping reads one file", hint="Name the file, not its folder.")
    found = draft(paths[0], options.reader)
    out = session.output()
    if session.shared.form in (None, "table"):
        out.data(found.yaml)
    elif out.form in ("json", "jsonl"):
        out.document(_fields(found))
    else:
        out.rows((_fields(column) for column in found.columns), COLUMN)
    _next_with(out, found)


def _next_with(out: Output, found: "Draft") -> None:
    unsure = sum(column.field is not None and not column.taken for column in found.columns)
    out.note(f"A draft from {found.rows} {found.unit}; {unsure} guesses stand in comments.")
    out.note("Keep it in a file, look it over, then: heichan ingest FILE --mapping DRAFT --dry-run")


def _case(session: Session) -> "Case | None":
    """The named case, or the trusted one that stands around; None without any."""
    if session.shared.case is not None or os.environ.get("HEICHAN_CASE"):
        return session.case
    try:
        return session.case
    except HeichanError:
        return None


def _fields(struct: Any) -> dict[str, Any]:
    import msgspec

    return msgspec.structs.asdict(struct)


def _show(out: Output, look: "FirstLook") -> None:
    from ingest.firstlook.document import fields_of

    if out.form in ("json", "jsonl"):
        out.document({**_fields(look), "files": [fields_of(file) for file in look.files]})
    elif out.human:
        _tables(out, look)
    else:
        out.rows(map(_row, look.files), FILE)


def _row(file: "FileLook") -> dict[str, Any]:
    fields = _fields(file)
    share = _fields(file.listings)
    return {**fields, **share, "venues": len(file.venues)}


def _tables(out: Output, look: "FirstLook") -> None:
    if look.files:
        out.rows(map(_short, look.files), SHORT)
    _ranked(out, "Venues", VENUE, _venues(look))
    _ranked(out, "Top speakers", SPEAKER, _speakers(look))
    for line in _counts(look.totals):
        out.text(line)


def _short(file: "FileLook") -> dict[str, Any]:
    known = {True: "yes", False: "no"}.get(file.known, "") if file.known is not None else ""
    zone = "stated" if file.zone_basis == "file" else f"{file.zone} ({file.zone_basis})"
    return {
        **_fields(file),
        "zone": zone if file.zone else "",
        "listings": _share(file),
        "known": f"same as {file.same_as}" if file.same_as else known,
    }


def _share(counted: "Counted") -> str:
    share = counted.listings
    if share.share is None:
        return ""
    sampled = f", every {share.every}th post" if share.every > 1 else ""
    return f"{share.share:.0%} ({share.with_listing} of {share.read}{sampled})"


def _venues(look: "FirstLook") -> Iterator[dict[str, Any]]:
    for file in look.files:
        for venue in file.venues:
            kind = f"{venue.kind}, private" if venue.private else venue.kind
            yield {**_fields(venue), "venue": venue.id, "kind": kind, "path": file.path}


def _speakers(look: "FirstLook") -> Iterator[dict[str, Any]]:
    for file in look.files:
        for one in file.top_speakers:
            yield {**_fields(one), "speaker": one.id or "unknown", "path": file.path}


def _ranked(
    out: Output, title: str, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]
) -> None:
    """The rows with the most posts, and how many there are."""
    ranked = sorted(rows, key=lambda row: -row["posts"])
    if not ranked:
        return
    more = f", {_MOST_ROWS} of {len(ranked)}" if len(ranked) > _MOST_ROWS else ""
    out.text()
    out.text(f"{title}{more}", style="bold")
    out.rows(ranked[:_MOST_ROWS], columns)


def _counts(counted: "Counted") -> Iterator[str]:
    texts = sum(counted.languages.values())
    shares = ", ".join(f"{name} {count / texts:.0%}" for name, count in counted.languages.items())
    counts = (
        ("Languages", shares),
        ("Listings", _share(counted)),
        ("Victims' identifiers, masked", _listed(counted.identifiers)),
        ("Media", _listed(counted.media)),
    )
    yield ""
    for name, told in counts:
        yield f"{name}: {told or 'none'}"


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.items())


def _tell(out: Output, look: "FirstLook") -> None:
    """What is not data: warnings, what would be set aside, the sums."""
    for file in look.files:
        for problem in file.problems:
            place = "" if problem.where == "file" else f"{problem.where}: "
            out.warn(f"{file.path}: {place}{problem.reason.removeprefix(f'{file.path}: ')}")
        if file.problems_left_out:
            out.warn(f"{file.path}: {file.problems_left_out} further problems")
        for aside in file.asides:
            names = ", ".join(aside.names)
            out.note(f"{file.path}: {aside.count} set aside ({aside.reason}): {names}")
    told = {file.path for file in look.files if file.problems}
    for path in dict.fromkeys(path for path in look.failed if path not in told):
        out.warn(f"{path} holds no post")
    reasons: dict[str, int] = {}
    for one in look.asides:
        reasons[one.reason] = reasons.get(one.reason, 0) + 1
    if reasons:
        out.note(f"files set aside: {_listed(reasons)}")
    _sum(out, look)


def _sum(out: Output, look: "FirstLook") -> None:
    totals = look.totals
    known = "" if totals.known is None else f", {totals.known} of them known"
    out.note(
        f"{totals.files} files{known}, {totals.posts} posts, {totals.service} service lines, "
        f"{totals.speakers} speakers, {totals.venues} venues, {totals.skipped} skipped, "
        f"{totals.set_aside} set aside, {look.seconds:.1f} s"
    )
    basis = {"option": "as given", "case": "the case's", "default": "the default, no case here"}
    out.note(f"Times without a zone were read in {look.zone} ({basis.get(look.zone_basis, '')}).")
    out.note("Nothing was stored. Next: the same command without --dry-run, or with --explain")


def _explained(out: Output, each: "Explained") -> None:
    out.text(each.path, style="bold")
    out.hanging(f"  read as: {each.reader or 'nothing'} — {each.why}")
    if each.encoding_told:
        out.hanging(f"  encoding: {each.encoding_told}")
    for tried in each.tried:
        seen = "; ".join(tried.seen)
        missing = f" — missing: {tried.missing}" if tried.missing else ""
        out.hanging(f"  {tried.reader} {tried.strength} of 100: {seen}{missing}")
    if each.reader is None and each.size and each.encoding:
        out.hanging("  Next: --reader NAME forces a reader, --suggest-mapping drafts a mapping")
