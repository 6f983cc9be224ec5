"""A folder of numbered exhibits: each cited post in its conversation, and hashes over all.

Number n is evidence n of the report, a copy of which lies in the folder.
"""

import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from hashlib import file_digest
from io import BytesIO
from pathlib import Path
from typing import Final

from evidence.errors import HeichanError, UsageError
from evidence.vault.kept import kept
from graph.explore.evidence import quotes_of
from graph.explore.timeline import conversation
from graph.report.cited import files, words_of
from graph.report.content import Block, Bullets, Cell, Code, Document, Facts, Heading, Paragraph
from graph.report.desk import Desk
from graph.report.gloss import Gloss
from graph.report.papers import DRAWINGS, beside, pictures_of, write_document

CONTEXT: Final = 5
"""Posts before and after."""
SUMS: Final = "SHA256SUMS"
_OURS: Final = re.compile(
    r"(?:exhibit-\d{3}|report|statement)\.(?:html|md)|SHA256SUMS"
    rf"|report\.pictures(?:/{DRAWINGS})?|originals(?:/[0-9a-f]{{64}}\.age)?"
)
_STANDS: Final = (
    "FROM post p JOIN post_version v ON v.n = p.version_n JOIN capture c ON c.version_n = v.n"
    " JOIN file f ON f.n = c.file_n WHERE p.id = ? ORDER BY f.id, c.place"
)


def write_exhibits(
    folder: Path, desk: Desk, report: Document, suffix: str, gloss: Gloss | None
) -> list[str]:
    """The names of the files written, all or none; `desk` has made the report.

    Raises UsageError where the folder holds anything that is not of an earlier bundle.
    """
    check_folder(folder)
    documents = {f"report{suffix}": report, f"statement{suffix}": statement(desk)}
    for number, post in enumerate(desk.cited, 1):
        documents[f"exhibit-{number:03}{suffix}"] = exhibit(desk, number, post, gloss)
    try:
        part = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name[:80]}."))
        try:
            files: dict[str, bytes | Path] = {**_files(documents), **_originals(desk)}
            _fill(part, files)
            _put(part, folder)
        finally:
            shutil.rmtree(part, ignore_errors=True)
    except OSError as error:
        raise HeichanError(
            f"{folder} could not be written: {error.strerror}", hint="choose a place with more room"
        ) from error
    return sorted((*files, SUMS))


def check_folder(folder: Path) -> None:
    """Raises UsageError where a bundle cannot stand there."""
    if not folder.parent.is_dir():
        raise UsageError(f"{folder.parent} is no folder", hint="choose a folder that exists")
    if not folder.exists():
        return
    if not folder.is_dir():
        raise UsageError(f"{folder} is no folder", hint="name another")
    found = (path.relative_to(folder).as_posix() for path in folder.rglob("*"))
    others = sorted(name for name in found if not _OURS.fullmatch(name))
    if others:
        raise UsageError(f"{folder} holds other files: {others[0]}", hint="name an empty folder")


def exhibit(desk: Desk, number: int, post: str, gloss: Gloss | None) -> Document:
    """One post with those before and after it in its venue or thread."""
    say = desk.say
    entries = [entry.post for entry in conversation(desk.source.archive, post, CONTEXT)]
    quotes = quotes_of(desk.source.archive, entries)
    at = entries.index(post)

    def parts(posts: list[str]) -> Iterator[Block]:
        for one in posts:
            yield from words_of(desk, one, quotes, gloss, None)
        if not posts:
            yield Paragraph(say("exhibit.nothing"))

    blocks = [
        Heading(2, say("exhibit.post")),
        *parts([post]),
        Facts(_original(desk, post)),
        Heading(2, say("exhibit.before")),
        *parts(entries[:at]),
        Heading(2, say("exhibit.after")),
        *parts(entries[at + 1 :]),
    ]
    return Document(desk.words.lang, say("exhibit.title", n=number), _marking(desk), blocks)


def statement(desk: Desk) -> Document:
    """The process, the hash list of what was read, and two forms to fill in."""
    say, source = desk.say, desk.source
    blank = say("statement.blank")
    process = [
        say("statement.p1", version=source.stamp.version),
        say("statement.p2", snapshot=source.stamp.snapshot or say("unknown"), tlp=_marking(desk)),
        say("statement.p3"),
        say("statement.p4"),
    ]
    blocks: list[Block] = [Heading(2, say("statement.process")), Bullets(process), *files(desk)]
    asked: tuple[str, ...] = ("name", "device", "when", "how", "sign")
    for who in ("collected", "exported"):
        blocks.append(Heading(2, say(f"statement.{who}")))
        blocks.append(Facts([(say(f"statement.{what}"), blank) for what in asked]))
        blocks.append(Paragraph(say("statement.truth")))
    return Document(desk.words.lang, say("statement.title"), _marking(desk), blocks)


def _originals(desk: Desk) -> dict[str, Path]:
    """Names inside the folder -> originals of the vault, encrypted as they lie there."""
    found = (_kept(desk, post) for post in desk.cited)
    return {f"originals/{path.name}.age": path for path in found if path is not None}


def _kept(desk: Desk, post: str) -> Path | None:
    """The file of the vault in which a post stands; none where anything is redacted."""
    if desk.source.facts["redact"] != "none":
        return None
    archive = desk.source.archive
    (file,) = archive.connection.execute(f"SELECT f.id {_STANDS}", (post,)).fetchone()
    return kept(archive.path.parent, str(file).partition(":")[2])


def _original(desk: Desk, post: str) -> list[tuple[str, Cell]]:
    row = desk.source.archive.connection.execute(
        f"SELECT p.raw_time, p.wall, v.masked, f.zone, f.zone_basis {_STANDS}",
        (post,),
    ).fetchone()
    raw, wall, masked, zone, basis = row
    unknown = desk.say("unknown")
    told = desk.words.known("zone", basis or "") or unknown
    path, say = _kept(desk, post), desk.say
    original = say("exhibit.kept", file=path.name) if path else say("exhibit.notkept")
    return [
        (say("exhibit.raw"), Code(desk.source.guard.text(raw or wall or ""))),
        (say("exhibit.zone"), f"{zone or unknown} ({told})"),
        (say("exhibit.masked"), str(masked)),
        (say("exhibit.original"), original),
    ]


def _marking(desk: Desk) -> str:
    return desk.say("marking", tlp=desk.source.stamp.tlp or "AMBER")


def _files(documents: Mapping[str, Document]) -> dict[str, bytes]:
    """Names inside the folder -> what they hold, pictures of Markdown too."""
    files: dict[str, bytes] = {}
    for name, document in sorted(documents.items()):
        path, stream = Path(name), BytesIO()
        write_document(stream, path, document)
        files[name] = stream.getvalue()
        for picture, content in beside(path, document).items():
            files[f"{pictures_of(path).name}/{picture}"] = content
    return files


def _fill(folder: Path, files: Mapping[str, bytes | Path]) -> None:
    sums = []
    for name, content in sorted(files.items()):
        path = folder / name
        path.parent.mkdir(mode=0o700, exist_ok=True)
        if isinstance(content, Path):
            shutil.copyfile(content, path)
        else:
            path.write_bytes(content)
        path.chmod(0o600)
        with path.open("rb") as stream:
            sums.append(f"{file_digest(stream, 'sha256').hexdigest()}  {name}\n")
    (folder / SUMS).write_text("".join(sums), "ascii", newline="\n")
    (folder / SUMS).chmod(0o600)


def _put(part: Path, folder: Path) -> None:
    """Moves the whole folder into place; of an earlier bundle nothing stays."""
    if folder.exists():
        check_folder(folder)
        shutil.rmtree(folder)
    part.rename(folder)
