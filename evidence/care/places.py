"""Where a case lies, and who else may look into it."""

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from evidence.errors import DataError

MOUNTS: Final = Path("/proc/self/mounts")
"""Where Linux says what is mounted; other systems are not asked."""
_TYPES: Final = """nfs nfs4 cifs smb smb2 smb3 smbfs 9p afs ceph lustre beegfs glusterfs ncpfs davfs
vboxsf virtiofs prl_fs fuse.sshfs fuse.ceph fuse.glusterfs fuse.davfs2 fuse.rclone fuse.s3fs
fuse.gvfsd-fuse fuse.smbnetfs fuse.curlftpfs"""
_NETWORK: Final = frozenset(_TYPES.split())
_ESCAPED: Final = re.compile(r"\\([0-7]{3})")
_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO
_ONLY_OWNERS: Final = ("archive.sqlite", "secret", "case.toml", "vault", "results", "tmp")


def refuse_network(folder: Path) -> None:
    """Raises DataError on a network's or a host's folder: locks and the journal fail there."""
    kind = filesystem(folder)
    if kind in _NETWORK:
        raise DataError(
            f"{folder} lies on a network folder ({kind})",
            hint="keep the case on a disk of this machine: locks do not hold there",
            where={"file": str(folder)},
        )


def filesystem(folder: Path) -> str | None:
    """The type of the file system below the root in which a folder lies or would be made.

    None where the system does not say, and for the root, beside which there is nothing to choose.
    """
    try:
        lines = MOUNTS.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return None
    place, best, kind = folder.resolve(), Path("/"), None
    for line in lines:
        _, mounted, type_, *_ = line.split(" ")
        at = Path(_ESCAPED.sub(lambda code: chr(int(code[1], 8)), mounted))
        # Of two at one place the later lies over the earlier.
        if at != Path("/") and place.is_relative_to(at) and len(at.parts) >= len(best.parts):
            best, kind = at, type_
    return kind


def open_to_others(root: Path) -> Iterator[Path]:
    """What of a case other users of the machine may read or write."""
    if os.name != "posix":
        return
    for path in (root, *(root / name for name in _ONLY_OWNERS)):
        try:
            mode = path.lstat().st_mode
        except FileNotFoundError:
            continue
        if mode & _OTHERS and not stat.S_ISLNK(mode):
            yield path
