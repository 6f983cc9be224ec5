"""Invented archives for the tests, good and hostile."""

import io
import tarfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from ingest.archives.limits import Budget, Limits
from ingest.archives.members import Contents
from ingest.archives.packings import packing_of
from ingest.archives.unpack import Unpacking

TABLE = b"author,text\na,x\n"


def zipped(members: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, data in members.items():
            # The time of the call would make the same members another archive.
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return stream.getvalue()


def tarred(
    members: Mapping[str, bytes],
    extra: Sequence[tarfile.TarInfo] = (),
    packed: str = "",
    form: int = tarfile.PAX_FORMAT,
) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode=f"w:{packed}", format=form) as archive:  # type: ignore[call-overload]
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        for info in extra:
            archive.addfile(info)
    return stream.getvalue()


def entry(name: str, kind: bytes, target: str = "") -> tarfile.TarInfo:
    """A member of a tar that is no file."""
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, target
    return info


def unpacked(folder: Path, data: bytes, name: str = "a.zip", **limits: int) -> Contents:
    """What an archive gives, unpacked below the folder."""
    packing = packing_of(data[: 64 << 10], name)
    assert packing
    budget = Budget(Limits(**limits), len(data))
    stream, silent = io.BytesIO(data), lambda _: None
    return Unpacking(stream, name, folder / "out", budget, silent).unpack(packing)


def files(contents: Contents) -> dict[str, bytes]:
    """Bytes by name of what was written."""
    return {one.name: one.path.read_bytes() for one in contents.members if one.path}


def listed(contents: Contents) -> list[tuple[str, str]]:
    return [(problem.where, problem.reason) for problem in contents.problems]


def asides(contents: Contents) -> dict[str, str]:
    return {one.name: one.reason for one in contents.members if one.reason}


def outside(folder: Path) -> list[Path]:
    """What lies in the folder beside the unpacked tree."""
    return [path for path in folder.rglob("*") if not path.is_relative_to(folder / "out")]
