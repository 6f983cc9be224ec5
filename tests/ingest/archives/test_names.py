import stat
import struct
import zipfile
import zlib
from pathlib import Path

import pytest

from ingest.archives.names import codec_of, decoded, parts_of, place
from tests.ingest.archives.made import TABLE, entry, files, tarred, unpacked, zipped

CHINESE = ["聊天记录/数据群.csv", "导出/网贷料 价格.txt", "群成员.csv"]
TRADITIONAL = ["聊天記錄/數據群.csv", "匯出/價格表.txt"]


@pytest.mark.parametrize("names", [CHINESE, CHINESE[:1], ["料.csv"], ["新建文本文档.txt"]])
def test_names_of_a_windows_zip_are_gbk(names: list[str]) -> None:
    written = [name.encode("gbk") for name in names]
    codec = codec_of(written)
    assert [decoded(name, codec) for name in written] == names


def test_names_in_big5_utf8_and_cp437() -> None:
    for names, codec in ((TRADITIONAL, "big5"), (CHINESE, "utf-8"), (["café.txt"], "cp437")):
        written = [name.encode(codec) for name in names]
        assert [decoded(name, codec_of(written)) for name in written] == names
    assert codec_of([b"plain.csv"]) == "utf-8"
    assert decoded(b"\xff\xfe\x81", "gb18030").count("\ufffd") > 0


def _without_flag(names: list[str], codec: str) -> bytes:
    """A zip as programs write it that know nothing of UTF-8."""
    written = {chr(65 + n) * len(name.encode(codec)): name for n, name in enumerate(names)}
    data = zipped(dict.fromkeys(written, TABLE))
    for code, name in written.items():
        data = data.replace(code.encode(), name.encode(codec))
    return data


@pytest.mark.parametrize(("names", "codec"), [(CHINESE, "gbk"), (TRADITIONAL, "big5")])
def test_a_zip_without_the_mark_of_utf8(tmp_path: Path, names: list[str], codec: str) -> None:
    assert list(files(unpacked(tmp_path, _without_flag(names, codec)))) == names
    assert [str(path.relative_to(tmp_path / "out")) for path in _written(tmp_path)] == sorted(names)


def test_a_tar_with_gbk_names(tmp_path: Path) -> None:
    data = tarred({"x" * len(CHINESE[0].encode("gbk")): TABLE}, form=1)
    header = bytearray(data[:512])
    header[: len(CHINESE[0].encode("gbk"))] = CHINESE[0].encode("gbk")
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    contents = unpacked(tmp_path, bytes(header) + data[512:], "a.tar")
    assert list(files(contents)) == CHINESE[:1]


def test_the_field_with_the_name_in_unicode_counts_while_it_fits(tmp_path: Path) -> None:
    for fits in (True, False):
        raw = b"caf?.csv"
        field = b"\1" + zlib.crc32(raw if fits else b"other").to_bytes(4, "little")
        field += "料.csv".encode()
        info = zipfile.ZipInfo(raw.decode())
        info.extra = struct.pack("<2H", 0x7075, len(field)) + field
        path = tmp_path / f"{fits}.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(info, TABLE)
        folder = tmp_path / str(fits)
        folder.mkdir()
        expected = "料.csv" if fits else "caf?.csv"
        assert list(files(unpacked(folder, path.read_bytes()))) == [expected]


def test_backslashes_part_folders_and_dots_are_nothing() -> None:
    assert parts_of("a\\b/./c//d.csv") == ("a", "b", "c", "d.csv")
    assert parts_of("./a") == ("a",)
    assert parts_of("a/..b/c..") == ("a", "..b", "c..")
    for name in ("..", "a/../b", "/a", "\\a", "d:/a", "Z:a", "a\\..\\..\\b"):
        assert parts_of(name) is None


@pytest.mark.parametrize(
    "name", ["nul.txt", "a:b", "x" * 300, "群" * 200 + ".html", "tab\tnul\0", "end. ", "?", "COM1"]
)
def test_any_part_has_a_place_on_any_system(tmp_path: Path, name: str) -> None:
    path = place(tmp_path, ("folder", name))
    assert path.parent == tmp_path / "folder"
    assert len(path.name.encode()) <= 255
    assert not set(path.name) & set('\0\t<>:"|?*')
    assert path.name.lower() not in ("nul.txt", "com1")
    path.parent.mkdir()
    path.write_bytes(b"")


def test_names_of_exports_stay_what_readers_look_for(tmp_path: Path) -> None:
    for name in ("messages2.html", "manifest.json", "chats.html", "chunk_0001.jsonl"):
        assert place(tmp_path, ("lists", name)) == tmp_path / "lists" / name


def test_control_characters_of_names_are_shown_but_no_nul(tmp_path: Path) -> None:
    data = tarred({"\x1b[2J\u202e.csv": TABLE}, [entry("a\nb", b"2", "x")])
    contents = unpacked(tmp_path, data, "a.tar")
    assert [one.name for one in contents.members] == ["\x1b[2J\u202e.csv", "a\nb"]
    assert all(stat.S_ISREG(path.stat().st_mode) for path in _written(tmp_path))


def _written(folder: Path) -> list[Path]:
    return sorted(path for path in (folder / "out").rglob("*") if path.is_file())
