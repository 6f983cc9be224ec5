"""A page saved from the web: decoded, parsed, with the address that it states for itself."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from evidence.errors import InputError
from ingest.readers.base import Source
from ingest.readers.encoding import Encoding
from ingest.readers.pages.nesting import check_nesting

SIZE_LIMIT = 32 << 20
HTML = re.compile(
    r"(?:\s++|<\?xml[^>]{0,200}>|<!--.*?-->)*+<(?:!doctype html|html|head|body|article)",
    re.IGNORECASE | re.DOTALL,
)
_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?([\w-]{2,20})""", re.I)
# Only these: Python knows names of codecs (punycode, idna) that take hostile bytes for ever.
_CODECS = {
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "x-x-big5", "cn-big5"), "big5hkscs"),
    **dict.fromkeys(("iso-8859-1", "latin1", "windows-1252", "us-ascii"), "cp1252"),
    **{f"windows-{number}": f"cp{number}" for number in (874, *range(1250, 1259))},
    **{f"iso-8859-{number}": f"iso8859-{number}" for number in range(2, 17) if number != 12},
    **dict.fromkeys(("utf-8", "utf8"), "utf-8"),
    **dict.fromkeys(("shift_jis", "euc-jp", "euc-kr", "koi8-r", "koi8-u", "utf-16"), ""),
}
_SAVED_FROM = re.compile(
    r"<!--\s{0,4}saved from url=\(\d{1,6}\)(\S{1,2000})"
    r"|<!--\s{0,4}Page saved with SingleFile\s{1,4}url:\s{1,4}(\S{1,2000})"
)
_ADDRESS_MARKS = (
    ("link[rel=canonical]", "href"),
    ("meta[property='og:url']", "content"),
    ("base[href]", "href"),
)
_HEAD = 1 << 16
_ID = re.compile(rb"""\bid\s{0,4}=\s{0,4}["']?((?:[A-Za-z-]{1,40}_?)?\d{1,18})""")
_TEXT_ID = re.compile(_ID.pattern.decode())
_END = re.compile(r"</(?:html|body)\s{0,8}>", re.IGNORECASE)


@dataclass(frozen=True)
class SavedPage:
    """`faults` counts the bytes that were no text; `whole` is False where its end is missing."""

    data: bytes
    text: str
    tree: LexborHTMLParser
    codec: str
    bom: int
    address: str | None
    faults: int = 0
    first_fault: int = 0
    whole: bool = True

    @property
    def host(self) -> str | None:
        """The host it was saved from, without `www.`."""
        return _host(self.address) if self.address else None

    def offsets(self) -> dict[str, int]:
        """Byte offset of elements by their id, in the tag."""
        places: dict[str, int] = {}
        if self.codec.startswith("utf-16"):
            for found in _TEXT_ID.finditer(self.text):
                # Pages of UTF-16 hold next to nothing outside of the first plane.
                places.setdefault(found[1], self.bom + 2 * found.start())
        else:
            for mark in _ID.finditer(self.data):
                places.setdefault(mark[1].decode("ascii"), mark.start())
        return places


def read_page(source: Source) -> SavedPage:
    """The page; InputError where it is too large, in no known encoding, or no HTML."""
    data = read_limited(source)
    encoding = page_encoding(source, data)
    codec = encoding.codec or "utf-8"
    body = data[encoding.bom :]
    text = body.decode(codec, "replace")
    if not HTML.match(text[:_HEAD]):
        raise InputError(
            f"{source.name}: not a saved page",
            hint="name another reader with --reader",
            where={"file": source.name},
        )
    first = _first_fault(body, codec)
    check_nesting(text, source.name)
    tree = LexborHTMLParser(text)
    return SavedPage(
        data=data,
        text=text,
        tree=tree,
        codec=codec,
        bom=encoding.bom,
        address=_address(text, tree),
        faults=text.count("\ufffd") if first is not None else 0,
        first_fault=encoding.bom + (first or 0),
        whole=_END.search(text, max(0, len(text) - (1 << 16))) is not None,
    )


def read_limited(source: Source) -> bytes:
    """The bytes of a page or a report; InputError where there are too many."""
    if source.size <= SIZE_LIMIT:
        with source.open() as stream:
            data = stream.read(SIZE_LIMIT + 1)
        if len(data) <= SIZE_LIMIT:
            return data
    raise InputError(
        f"{source.name}: longer than {SIZE_LIMIT >> 20} MiB, no page or report is",
        hint="name another reader with --reader, or split the file",
        where={"file": source.name},
    )


def page_encoding(source: Source, data: bytes) -> Encoding:
    """By the bytes, else as the page states; InputError where neither tells."""
    encoding = source.encoding()
    if encoding.codec is None and (stated := declared_encoding(data)):
        return Encoding(stated, encoding.bom, encoding.bad_byte, stated=True)
    return encoding if encoding.codec else source.require_encoding()


def declared_encoding(data: bytes) -> str | None:
    """The codec of the encoding that a page states for itself, where the web knows it."""
    found = _CHARSET.search(data[:4096])
    if found is None:
        return None
    name = found[1].decode("ascii", "replace").lower()
    return (_CODECS[name] or name) if name in _CODECS else None


def _first_fault(body: bytes, codec: str) -> int | None:
    try:
        body.decode(codec)
    except UnicodeDecodeError as error:
        return error.start
    return None


def _address(text: str, tree: LexborHTMLParser) -> str | None:
    if saved := _SAVED_FROM.search(text[:_HEAD]):
        address = saved[1] or saved[2]
        if _host(address):
            return address
    for selector, attribute in _ADDRESS_MARKS:
        node = tree.css_first(selector)
        address = (node.attributes.get(attribute) or "").strip() if node is not None else ""
        if address and _host(address):
            return address
    return None


def _host(address: str) -> str | None:
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host or "." not in host:
        return None
    return host.removeprefix("www.")
