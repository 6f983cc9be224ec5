import bz2
import gzip
import hashlib
import lzma
import os
import random
import stat
import tarfile
import zipfile
from itertools import product
from pathlib import Path

import pytest

from ingest.archives.packings import packing_of
from tests.ingest.archives.made import (
    TABLE,
    asides,
    entry,
    files,
    listed,
    tarred,
    unpacked,
    zipped,
)

NOISE = random.Random(7).randbytes(200_000)
MEMBERS = {"群/a.csv": TABLE, "b.bin": NOISE, "deep/er/c.csv": TABLE * 9}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.zip", zipped(MEMBERS)),
        ("a.zip", zipped(MEMBERS, zipfile.ZIP_STORED)),
        ("a.zip", zipped(MEMBERS, zipfile.ZIP_BZIP2)),
        ("a.tar", tarred(MEMBERS)),
        ("a.tar", tarred(MEMBERS, form=tarfile.GNU_FORMAT)),
        ("a.tgz", tarred(MEMBERS, packed="gz")),
        ("a.tar.bz2", tarred(MEMBERS, packed="bz2")),
        ("a.tar.xz", tarred(MEMBERS, packed="xz")),
    ],
)
def test_every_packing_gives_the_same_members(tmp_path: Path, name: str, data: bytes) -> None:
    contents = unpacked(tmp_path, data, name)
    assert files(contents) == MEMBERS
    assert [one.sha256 for one in contents.members] == [
        hashlib.sha256(one).hexdigest() for one in MEMBERS.values()
    ]
    assert not contents.problems
    assert not contents.broken
    modes = {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.rglob("*")}
    assert modes <= {0o600, 0o700}


@pytest.mark.parametrize(
    ("suffix", "pack"), [(".gz", gzip.compress), (".bz2", bz2.compress), (".xz", lzma.compress)]
)
def test_a_packed_single_file_is_an_archive_of_one(tmp_path: Path, suffix: str, pack) -> None:  # type: ignore[no-untyped-def]
    twice = pack(TABLE) + pack(TABLE)
    assert files(unpacked(tmp_path, twice, f"in/t.csv{suffix}")) == {"t.csv": TABLE * 2}


def test_pictures_are_hashed_and_fill_no_disk(tmp_path: Path) -> None:
    picture = b"\xff\xd8\xff\xe0" + NOISE
    contents = unpacked(tmp_path, zipped({"p.jpg": picture, "e.txt": b"", "a.csv": TABLE}))
    assert asides(contents) == {"p.jpg": "picture", "e.txt": "empty"}
    assert contents.members[0].sha256 == hashlib.sha256(picture).hexdigest()
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["a.csv"]


def test_long_names_and_deep_folders(tmp_path: Path) -> None:
    members = {"/".join(["d" * 90] * 3) + "/" + "名" * 90 + ".csv": TABLE, "x/" * 80 + "y": TABLE}
    for data in (tarred(members), tarred(members, form=tarfile.GNU_FORMAT), zipped(members)):
        folder = tmp_path / hashlib.sha256(data).hexdigest()
        folder.mkdir()
        assert files(unpacked(folder, data)) == members


def test_a_bad_checksum_is_one_members_problem(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.csv": TABLE, "b.csv": b"q" * 99, "c.csv": TABLE}, 0))
    data[data.index(b"q" * 99) + 5] = ord("r")
    contents = unpacked(tmp_path, bytes(data))
    assert set(files(contents)) == {"a.csv", "c.csv"}
    assert listed(contents) == [("b.csv", "damaged: not the bytes that the archive says")]
    assert (contents.skipped, contents.broken) == (1, False)
    assert not (tmp_path / "out" / "b.csv").exists()


@pytest.mark.parametrize(
    ("kind", "share"),
    [
        *product(["zip", "stored", "tar", "gz", "xz"], [0.2, 0.5, 0.9]),
        *product(["zip", "gz", "xz"], [0.999]),
    ],
)
def test_what_stands_before_a_break_is_read(tmp_path: Path, kind: str, share: float) -> None:
    members = {f"{n:02}.csv": random.Random(n).randbytes(3000) for n in range(30)}
    whole = {
        "zip": lambda: zipped(members),
        "stored": lambda: zipped(members, zipfile.ZIP_STORED),
        "tar": lambda: tarred(members),
        "gz": lambda: tarred(members, packed="gz"),
        "xz": lambda: tarred(members, packed="xz"),
    }[kind]()
    contents = unpacked(tmp_path, whole[: int(len(whole) * share)], "a")
    found = files(contents)
    assert contents.broken
    assert listed(contents)
    *before, last = found
    assert {name: found[name] for name in before} == {name: members[name] for name in before}
    assert members[last].startswith(found[last])
    least = 0 if kind == "xz" else int(30 * share) - 2
    assert len(found) >= least


def test_a_zip_written_as_a_stream_and_cut_off(tmp_path: Path) -> None:
    class Pipe:
        def __init__(self) -> None:
            self.data = b""

        def write(self, data: bytes) -> int:
            self.data += data
            return len(data)

        def flush(self) -> None: ...

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[call-overload]
        for name, data in MEMBERS.items():
            archive.writestr(name, data)
    assert files(unpacked(tmp_path, pipe.data)) == MEMBERS
    cut = tmp_path / "cut"
    cut.mkdir()
    contents = unpacked(cut, pipe.data[: pipe.data.index(b"PK\1\2")])
    assert files(contents) == MEMBERS
    assert contents.broken


@pytest.mark.parametrize(
    "name",
    [
        "../up.csv",
        "a/../../up.csv",
        "/etc/passwd",
        "\\\\host\\share\\x",
        "C:\\x.csv",
        "c:x",
        "..\\up.csv",
    ],
)
def test_a_path_out_of_the_archive_is_a_problem(tmp_path: Path, name: str) -> None:
    for data in (zipped({name: TABLE, "b.csv": TABLE}), tarred({name: TABLE, "b.csv": TABLE})):
        folder = tmp_path / hashlib.sha256(data).hexdigest()[:9]
        folder.mkdir()
        contents = unpacked(folder, data)
        assert [(where.lstrip("/"), reason) for where, reason in listed(contents)] == [
            (name.lstrip("/"), "a path out of the archive, not read")
        ]
        assert files(contents) == {"b.csv": TABLE}
        assert [path.name for path in folder.rglob("*")] == ["out", "b.csv"]


def test_links_and_devices_are_set_aside(tmp_path: Path) -> None:
    extra = [
        entry("soft", tarfile.SYMTYPE, "/etc/passwd"),
        entry("hard", tarfile.LNKTYPE, "../../x"),
        entry("pipe", tarfile.FIFOTYPE),
        entry("tty", tarfile.CHRTYPE),
        entry("disk", tarfile.BLKTYPE),
        entry("folder", tarfile.DIRTYPE),
    ]
    contents = unpacked(tmp_path, tarred({"a.csv": TABLE}, extra))
    assert asides(contents) == {
        "soft": "a link, not followed",
        "hard": "a link, not followed",
        "pipe": "not a regular file",
        "tty": "not a regular file",
        "disk": "not a regular file",
    }
    assert [path.name for path in tmp_path.rglob("*")] == ["out", "a.csv"]


def test_links_in_a_zip_and_files_below_them(tmp_path: Path) -> None:
    path = tmp_path / "l.zip"
    with zipfile.ZipFile(path, "w") as archive:
        info = zipfile.ZipInfo("link")
        info.create_system, info.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/tmp")
        archive.writestr("link/a.csv", TABLE)
    data = path.read_bytes()
    path.unlink()
    contents = unpacked(tmp_path, data)
    assert asides(contents) == {"link": "a link, not followed"}
    assert files(contents) == {"link/a.csv": TABLE}
    assert not any(path.is_symlink() for path in tmp_path.rglob("*"))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_each_of_several_members_of_one_name_is_read(tmp_path: Path) -> None:
    path = tmp_path / "d.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for n in range(3):
            archive.writestr("a.csv", f"{n}")
        archive.writestr("a.csv/b.csv", "inside a file")
        archive.writestr("con.csv", "reserved")
    contents = unpacked(tmp_path, path.read_bytes())
    assert files(contents) == {
        "a.csv": b"0",
        "a.csv (2)": b"1",
        "a.csv (3)": b"2",
        "a.csv/b.csv": b"inside a file",
        "con.csv": b"reserved",
    }
    assert [where for where, _ in listed(contents)] == ["a.csv", "a.csv"]
    assert (contents.skipped, contents.broken) == (0, False)


def test_more_members_than_may_be(tmp_path: Path) -> None:
    members = {f"{n:03}.csv": b"%d" % n for n in range(20)}
    for data in (zipped(members), tarred(members)):
        folder = tmp_path / hashlib.sha256(data).hexdigest()[:9]
        folder.mkdir()
        contents = unpacked(folder, data, members=5)
        assert list(files(contents)) == list(members)[:5]
        assert listed(contents) == [
            ("005.csv", "more than 5 members; from here on nothing is read")
        ]
        assert contents.broken


def test_more_bytes_than_may_be(tmp_path: Path) -> None:
    contents = unpacked(tmp_path, zipped({"a": NOISE, "b": NOISE, "c": TABLE}), size=300_000)
    assert list(files(contents)) == ["a"]
    assert listed(contents) == [
        ("b", "more than 300,000 bytes in all; from here on nothing is read")
    ]


def test_a_thousandfold_expansion(tmp_path: Path) -> None:
    bomb = zipped({"zeros": b"\0" * (8 << 20), "a.csv": TABLE, "noise": NOISE})
    contents = unpacked(tmp_path, bomb)
    assert listed(contents) == [("zeros", "expands more than 1000 times, not read")]
    assert set(files(contents)) == {"a.csv", "noise"}
    assert sum(path.stat().st_size for path in tmp_path.rglob("*") if path.is_file()) < 300_000


@pytest.mark.parametrize("pack", [bz2.compress, lzma.compress])
def test_a_bomb_without_a_packed_size_ends_the_archive(tmp_path: Path, pack) -> None:  # type: ignore[no-untyped-def]
    contents = unpacked(tmp_path, pack(b"\0" * (64 << 20)), "zeros.xz")
    assert listed(contents) == [
        ("zeros", "expands more than 1000 times; from here on nothing is read")
    ]
    written = sum(path.stat().st_size for path in tmp_path.rglob("*") if path.is_file())
    assert written <= 12 << 20


def test_many_members_of_the_same_bytes_count_together(tmp_path: Path) -> None:
    """Entries of the list that all point at one packed member."""
    one = zipped({"a": b"\0" * (1 << 20)})
    start, end = one.index(b"PK\1\2"), one.index(b"PK\5\6")
    lists = b"".join(one[start:end].replace(b"a", b"%c" % c, 1) for c in range(ord("b"), ord("z")))
    size, count = len(lists).to_bytes(4, "little"), (24).to_bytes(2, "little")
    data = one[:start] + lists + one[end : end + 8] + count * 2 + size + one[end + 16 :]
    contents = unpacked(tmp_path, data)
    assert contents.broken
    assert len(files(contents)) < 24
    assert "expands more than 1000 times" in listed(contents)[-1][1]


def test_encrypted_members_are_named(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.csv": TABLE, "b.csv": TABLE}, 0))
    for magic, place in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        data[data.index(magic) + place] |= 1
    contents = unpacked(tmp_path, bytes(data))
    assert listed(contents) == [("a.csv", "encrypted, not read")]
    assert set(files(contents)) == {"b.csv"}


def test_a_method_that_is_not_known_is_named(tmp_path: Path) -> None:
    data = zipped({"a.csv": TABLE}, zipfile.ZIP_LZMA)
    assert listed(unpacked(tmp_path, data)) == [("a.csv", "packed by method 14, which is not read")]


def test_a_hostile_header_of_a_tar_costs_no_memory(tmp_path: Path) -> None:
    header = entry("x", tarfile.XHDTYPE)
    header.size = 3 << 30
    data = tarred({"a.csv": TABLE})[:1024] + header.tobuf(tarfile.USTAR_FORMAT)
    contents = unpacked(tmp_path, data + b"\0" * 4096, "a.tar")
    assert set(files(contents)) == {"a.csv"}
    assert "a header of 3,221,225,472 bytes" in listed(contents)[0][1]


def test_tars_behind_each_other_are_all_read(tmp_path: Path) -> None:
    data = tarred({"a.csv": TABLE}) + tarred({"b.csv": TABLE})
    contents = unpacked(tmp_path, data, "a.tar")
    assert set(files(contents)) == {"a.csv", "b.csv"}
    assert not contents.broken


def test_bytes_that_belong_to_nothing_are_told(tmp_path: Path) -> None:
    behind = unpacked(tmp_path, tarred({"a.csv": TABLE}) + b"x" * 700, "a.tar")
    assert behind.broken
    assert set(files(behind)) == {"a.csv"}
    other = tmp_path / "gz"
    other.mkdir()
    packed = unpacked(other, gzip.compress(TABLE) + b"trailing", "a.csv.gz")
    assert listed(packed) == [("a.csv", "bytes that belong to nothing stand behind its end")]
    assert files(packed) == {"a.csv": TABLE}


def test_damage_in_the_middle_of_a_tar_is_told(tmp_path: Path) -> None:
    data = bytearray(tarred({"a.csv": TABLE, "b.csv": TABLE, "c.csv": TABLE}))
    data[1024 + 5] ^= 0xFF
    contents = unpacked(tmp_path, bytes(data), "a.tar")
    assert set(files(contents)) == {"a.csv"}
    assert contents.broken
    assert listed(contents)[0][0] == "byte 1536, after a.csv"


@pytest.mark.parametrize("seed", range(6))
def test_damaged_bytes_never_do_more_than_list_problems(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    for kind, whole in enumerate((zipped(MEMBERS), tarred(MEMBERS), tarred(MEMBERS, packed="gz"))):
        for turn in range(12):
            data = bytearray(whole)
            for _ in range(chance.randrange(1, 30)):
                at = chance.choice([chance.randrange(len(data)), chance.randrange(700)])
                data[at] = chance.randrange(256)
            folder = tmp_path / f"{kind}-{turn}"
            folder.mkdir()
            if packing_of(bytes(data[: 64 << 10]), "x"):
                contents = unpacked(folder, bytes(data))
                assert all(p.where and p.reason for p in contents.problems)
                inside = folder / "out"
                for path in folder.rglob("*"):
                    assert path.is_relative_to(inside) or path.parent.name in ("more", folder.name)


def test_what_is_no_archive_of_files_stays_whole() -> None:
    assert packing_of(zipped({"xl/workbook.xml": b"", "a": b""}), "a.xlsx") is None
    assert packing_of(zipped({"[Content_Types].xml": b"<x/>"}), "a.docx") is None
    assert packing_of(gzip.compress(b"{}"), "sticker.tgs") is None
    assert packing_of(b"BZh is how a text may begin", "a.txt") is None
    assert packing_of(b"\0" * 2048, "zeros") is None
    assert packing_of(TABLE, "a.zip") is None
    assert packing_of(os.urandom(1) * 600, "a.tar") is None
