"""Names in archives: decoded, and never a path out of the archive."""

import re
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Final

from ingest.readers.encoding import detect_encoding

LONGEST: Final = 4096
_LONGEST_PART: Final = 200
_MOST_PARTS: Final = 64
_SEPARATOR = re.compile(r"[/\\]+")
_DRIVE = re.compile(r"[A-Za-z]:")
_UNFIT = re.compile(r'[\x00-\x1f<>:"|?*]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|\Z)", re.IGNORECASE)
_SURE: Final = 0.7
# Two-byte characters of the commonest of two levels, by their first byte.
_LEVELS: Final = (("gb18030", "gb2312", 0xB0, 0xD7), ("big5", "big5", 0xA4, 0xC6))


def codec_of(names: Iterable[bytes]) -> str:
    """The encoding in which these names were written; cp437, which a zip has, where none fits."""
    beyond = [name for name in names if not name.isascii()]
    if all(_decodes(name, "utf-8") for name in beyond):
        return "utf-8"
    data = b"\n".join(beyond)
    codec = detect_encoding(data).codec
    if codec in ("gb18030", "big5"):
        return codec
    for codec, narrow, first, last in _LEVELS:
        if _common_share(data, codec, narrow, range(first, last + 1)) >= _SURE:
            return codec
    return "cp437"


def _decodes(name: bytes, codec: str) -> bool:
    try:
        name.decode(codec)
    except UnicodeDecodeError:
        return False
    return True


def _common_share(data: bytes, codec: str, narrow: str, level: range) -> float:
    """Share of common characters among those beyond ASCII; 0 where the bytes do not decode."""
    try:
        text = data.decode(codec)
    except UnicodeDecodeError:
        return 0.0
    beyond = [character for character in text if character > "\x7f"]
    common = 0
    for character in beyond:
        written = character.encode(narrow, "ignore")
        common += len(written) == 2 and written[0] in level
    return common / len(beyond) if beyond else 0.0


def decoded(name: bytes, codec: str) -> str:
    """A name as text; what does not decode shows as U+FFFD."""
    return name.decode("utf-8" if _decodes(name, "utf-8") else codec, "replace")


def parts_of(name: str) -> tuple[str, ...] | None:
    """The folders and the file that a name leads through; None where it leads out."""
    if name.startswith(("/", "\\")) or _DRIVE.match(name):
        return None
    parts = tuple(part for part in _SEPARATOR.split(name) if part not in ("", "."))
    return None if ".." in parts else parts


def shown(parts: Iterable[str]) -> str:
    """A name to show and to keep: no NUL, nothing that cannot be stored."""
    return "/".join(parts).replace("\0", "\ufffd")


def place(folder: Path, parts: tuple[str, ...]) -> Path:
    """Where a member may lie below `folder`, whatever system that is."""
    if len(parts) > _MOST_PARTS:
        parts = (*parts[: _MOST_PARTS - 1], "_".join(parts[_MOST_PARTS - 1 :]))
    return folder.joinpath(*map(_fit, parts))


def _fit(part: str) -> str:
    fit = _UNFIT.sub("_", part).rstrip(". ") or "_"
    if _RESERVED.match(fit):
        fit = f"_{fit}"
    written = fit.encode("utf-8", "replace")
    if len(written) <= _LONGEST_PART:
        return fit
    mark = sha256(part.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    start = written[: _LONGEST_PART // 2].decode("utf-8", "ignore")
    return f"{start}-{mark}{written[-20:].decode('utf-8', 'ignore')}"
