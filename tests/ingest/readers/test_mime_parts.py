import binascii
import quopri
from io import BytesIO
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.mime_parts import HEADING_LIMIT, MimeFile, Piece
from ingest.readers.mime_text import decoded

TOP = b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n'


class Dripping(BytesIO):
    """A stream that gives a few bytes at a time."""

    def __init__(self, data: bytes, size: int) -> None:
        super().__init__(data)
        self._size = size

    def read(self, size: int | None = -1) -> bytes:
        return super().read(self._size)


def bodies(data: bytes, size: int = 1 << 18) -> list[tuple[str, bytes]]:
    file = MimeFile(Dripping(data, size))
    return [
        (heading.kind if heading else "none", b"".join(piece.data for piece in file.pieces()))
        for heading in file.parts()
    ]


def test_parts_with_headings_bodies_and_a_line_that_only_resembles_the_delimiter() -> None:
    data = (
        TOP
        + b"preamble\n--b\nContent-Type: Text/HTML; charset=x\n\none\n--bb\n --b\n--b-\n--b \r\n"
        b"Content-Type:image/png\r\n\r\ntwo\r\n--b\n\nthree\n--b--\nepilogue\n--b\n\nfour"
    )
    expected = [
        ("text/html", b"\none\n--bb\n --b\n--b-"),
        ("image/png", b"\ntwo\r"),
        ("", b"\nthree"),
    ]
    for size in (1, 2, 3, 7, 1 << 18):
        assert bodies(data, size) == expected


def test_bodies_not_asked_for_are_passed_over() -> None:
    file = MimeFile(BytesIO(TOP + b"--b\nA: 1\n\none\n--b\nA: 2\n\ntwo\n--b--"))
    assert [heading.fields["a"] for heading in file.parts() if heading] == ["1", "2"]
    assert (file.closed, file.cut) == (True, False)


def test_a_file_without_an_end() -> None:
    file = MimeFile(BytesIO(TOP + b"--b\nA: 1\n\none"))
    assert len(list(file.parts())) == 1
    assert (file.closed, file.cut) == (False, True)
    file = MimeFile(BytesIO(TOP + b"--b\nA: 1\n\none\n--b\n\n"))
    assert len(list(file.parts())) == 1
    assert not file.cut


def test_a_file_of_one_part_and_no_boundary() -> None:
    assert bodies(b"\xef\xbb\xbfContent-Type: text/html\n\n<p>") == [("text/html", b"\n<p>")]
    assert bodies(b"") == [("", b"")]


def test_a_heading_without_an_end_is_told_and_what_follows_is_read() -> None:
    data = (
        TOP + b"--b\n" + b"a: b\n" * HEADING_LIMIT + b"\n--b\nContent-Type: text/html\n\nx\n--b--"
    )
    kinds = [kind for kind, _ in bodies(data)]
    assert kinds == ["none", "text/html"]


BROKEN = st.lists(
    st.sampled_from([b"=", b"==", b"=4", b"=41", b"=\n", b"=\r", b"\n", b"\r", b"A", b"<tr>"]),
    max_size=30,
)


@given(pieces=BROKEN, long=st.sampled_from([0, 390, 399, 400]))
def test_broken_escapes_keep_every_byte_and_its_place(pieces: list[bytes], long: int) -> None:
    raw = b"." * long + b"".join(pieces) + b"\n"
    (stretch,) = decoded([Piece(0, raw)], "quoted-printable")
    if b"\r" not in raw:
        assert stretch.data == binascii.a2b_qp(raw)
    places = [stretch.place(at) for at in range(len(stretch.data))]
    assert places == sorted(set(places))
    for byte, place in zip(stretch.data, places, strict=True):
        assert raw[place] in (byte, ord("="))


@given(st.binary(max_size=400), st.integers(1, 50))
def test_quoted_printable_comes_back_with_the_place_of_each_byte(body: bytes, size: int) -> None:
    raw = TOP + b"--b\nA: 1\n\n" + quopri.encodestring(body, quotetabs=True) + b"\n--b--"
    file = MimeFile(Dripping(raw, size))
    for _ in file.parts():
        found = b""
        for stretch in decoded(file.pieces(), "quoted-printable"):
            found += stretch.data
            for at in range(len(stretch.data)):
                place = stretch.place(at)
                byte = raw[place : place + 1]
                shown = bytes([int(raw[place + 1 : place + 3], 16)]) if byte == b"=" else byte
                assert shown == stretch.data[at : at + 1]
    assert found.strip(b"\n") == body.replace(b"\r\n", b"\n").strip(b"\n") or b"\r" in body


@given(st.binary(max_size=300))
def test_any_bytes_are_parts_or_none(data: bytes) -> None:
    for start in (b"", TOP, TOP + b"--b\n"):
        bodies(start + data, 5)


def test_memory_stays_flat_over_a_large_part(tmp_path: Path) -> None:
    path = tmp_path / "large"
    with path.open("wb") as stream:
        stream.write(TOP + b"--b\nContent-Type: image/png\n\n")
        for _ in range(400):
            stream.write(b"A" * 75 + b"\n" + b"B" * 100_000)
        stream.write(b"\n--b--")
    with path.open("rb") as stream:
        file = MimeFile(stream)
        for _ in file.parts():
            assert max(len(piece.data) for piece in file.pieces()) < 1 << 19
        assert file.closed
