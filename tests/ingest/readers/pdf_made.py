"""A tiny writer of PDF files: pages of lines at given places, or of nothing but a picture."""

import zlib
from collections.abc import Sequence

import msgspec

HEIGHT = 842


class Put(msgspec.Struct, frozen=True):
    """A line of text, its left lower corner in points, the size of its type."""

    text: str
    left: float
    bottom: float
    size: float = 11


def column(lines: Sequence[str], top: float = 780, left: float = 60, step: float = 14) -> list[Put]:
    """Lines below each other; an empty one leaves the gap of a paragraph."""
    return [Put(text, left, top - step * number) for number, text in enumerate(lines) if text]


def pdf(pages: Sequence[Sequence[Put]], title: str = "", trailer: str = "") -> bytes:
    """A PDF of these pages; a page without lines holds a picture. `trailer`: what it has more."""
    used = sorted({c for page in pages for put in page for c in put.text})
    glyph = {character: number + 1 for number, character in enumerate(used)}
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>"
        % (len(pages), b" ".join(b"%d 0 R" % (9 + 2 * n) for n in range(len(pages)))),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Made /Encoding /Identity-H"
        b" /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Made /DW 500 /FontDescriptor 6 0 R"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        _stream(_names(glyph)),
        b"<< /Type /FontDescriptor /FontName /Made /Flags 4 /FontBBox [0 -200 1000 800]"
        b" /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>",
        b"<< /Title <%s> >>" % ("\ufeff" + title).encode("utf-16-be").hex().encode(),
        _stream(b"\x80", b"/Type /XObject /Subtype /Image /Width 1 /Height 1"
                b" /ColorSpace /DeviceGray /BitsPerComponent 8"),
    ]  # fmt: skip
    for number, page in enumerate(pages):
        objects += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 %d] /Contents %d 0 R /Resources"
            b" << /Font << /F 3 0 R >> /XObject << /I 8 0 R >> >> >>" % (HEIGHT, 10 + 2 * number),
            _stream(_drawn(page, glyph)),
        ]
    return _file(objects, trailer)


def _drawn(page: Sequence[Put], glyph: dict[str, int]) -> bytes:
    if not page:
        return b"q 500 0 0 700 40 60 cm /I Do Q"
    parts = []
    for put in page:
        codes = "".join(f"{glyph[character]:04x}" for character in put.text)
        parts.append(f"BT /F {put.size} Tf {put.left} {put.bottom} Td <{codes}> Tj ET")
    return "\n".join(parts).encode()


def _names(glyph: dict[str, int]) -> bytes:
    pairs = [
        f"<{code:04x}> <{character.encode('utf-16-be').hex()}>" for character, code in glyph.items()
    ]
    blocks = [pairs[at : at + 100] for at in range(0, len(pairs), 100)]
    body = "\n".join(
        f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks
    )
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Made def"
        " 1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{body}\nendcmap end end"
    ).encode()


def _stream(data: bytes, entries: bytes = b"") -> bytes:
    packed = zlib.compress(data)
    return b"<< %s /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (
        entries,
        len(packed),
        packed,
    )


def _file(objects: Sequence[bytes], trailer: str) -> bytes:
    made = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    made += b"".join(b"%010d 00000 n \n" % place for place in places)
    made += b"trailer\n<< /Size %d /Root 1 0 R /Info 7 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        trailer.encode(),
        start,
    )
    return bytes(made)
