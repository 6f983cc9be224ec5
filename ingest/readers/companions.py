"""Files that lie beside an export and hold no text: told by their first bytes, some by suffix."""

from pathlib import PurePath

from ingest.readers.tables.xlsx_package import zip_kind

_MAGIC = (
    (b"\xff\xd8\xff", "picture"),
    (b"\x89PNG", "picture"),
    (b"GIF8", "picture"),
    (b"BM", "picture"),
    (b"II*\0", "picture"),
    (b"MM\0*", "picture"),
    (b"\0\0\1\0", "picture"),
    (b"OggS", "sound"),
    (b"ID3", "sound"),
    (b"\xff\xfb", "sound"),
    (b"\xff\xf1", "sound"),
    (b"#!AMR", "sound"),
    (b"#!SILK", "sound"),
    (b"\x02#!SILK", "sound"),
    (b"fLaC", "sound"),
    (b"\x1aE\xdf\xa3", "video"),
    (b"FLV\1", "video"),
    (b"Rar!", "RAR archive"),
    (b"7z\xbc\xaf", "7z archive"),
    (b"MSCF\0\0\0\0", "cabinet archive"),
    (b"\x28\xb5\x2f\xfd", "zstd archive"),
    (b"\x04\x22\x4d\x18", "lz4 archive"),
    (b"\x1f\x9d", "compress archive"),
    (b"\0\5\x16\7", "state of a program"),
    (b"\xd0\xcf\x11\xe0", "legacy or encrypted Office file (save a table as .xlsx)"),
    (b"SQLite format 3\0", "database"),
    (b"\x7fELF", "program"),
    (b"MZ\x90", "program"),
    (b"wOFF", "font"),
    (b"wOF2", "font"),
    (b"\0\1\0\0\0", "font"),
)
_RIFF = {b"WEBP": "picture", b"WAVE": "sound", b"AVI ": "video"}
_HEIF = (b"heic", b"heix", b"mif1", b"avif")
_SUFFIXES = {
    ".css": "style sheet",
    ".js": "script",
    ".map": "script",
    ".svg": "picture",
    ".ico": "picture",
    ".srt": "subtitles",
    ".vcf": "contact card",
    ".lock": "state of a program",
    ".ds_store": "state of a program",
}


_PAGE = b'class="page_wrap"'
_OWN_LISTS = (b'class="page_body list_page"', b'class="personal_info', b'class="sections')


def companion_kind(data: bytes, name: str) -> str | None:
    """What sort of companion these first bytes are; None for what may hold text."""
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    if data.startswith(b"PK\3\4"):
        return zip_kind(data)
    if data.startswith(b"RIFF"):
        return _RIFF.get(data[8:12])
    if _PAGE in data and any(mark in data for mark in _OWN_LISTS):
        # Contacts, sessions and the front page of a Telegram HTML export of a whole account.
        return "list of the exporting account"
    if data[4:8] == b"ftyp":
        return "picture" if data[8:12] in _HEIF else "video"
    if data.startswith(b"\x1f\x8b"):
        return "sticker" if name.lower().endswith(".tgs") else "archive"
    path = PurePath(name)
    return _SUFFIXES.get(path.suffix.lower() or path.name.lower())
