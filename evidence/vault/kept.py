"""Where an original lies in the vault of a case."""

import re
from pathlib import Path

from evidence.care.layout import VAULT

_HASH = re.compile(r"[0-9a-f]{64}\Z")


def kept(root: Path, digest: str) -> Path | None:
    """The encrypted original of this SHA-256; None where there is none.

    The hash and the folder may be a stranger's: no name leads elsewhere, no link is followed.
    """
    folder = root / VAULT
    path = folder / digest
    if not _HASH.match(digest) or folder.is_symlink() or path.is_symlink():
        return None
    return path if path.is_file() else None
