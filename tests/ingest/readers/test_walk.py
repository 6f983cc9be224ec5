import os
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from evidence.errors import HeichanError, InputError, UsageError
from ingest.readers import READERS, Source, detect, reader_named
from ingest.readers.walk import Found, walk

TABLE = "author,text\na,x\n"


def shown(found: Found | InputError) -> tuple[str, str]:
    if isinstance(found, InputError):
        return "error", found.message
    return Path(found.source.name).name, found.reader.name if found.reader else found.reason


def folder(root: Path) -> Path:
    (root / "b" / "stickers").mkdir(parents=True)
    (root / "b" / "t.csv").write_text(TABLE)
    (root / "a.csv").write_text(TABLE)
    (root / "b" / "stickers" / "s.webp").write_bytes(b"RIFF\0\0\0\0WEBPVP8 ")
    (root / "photo.csv").write_bytes(b"\xff\xd8\xff\xe0")
    (root / "style.css").write_text("body { }")
    (root / "empty.json").touch()
    (root / "notes").write_text("x=1")
    (root / "link").symlink_to(root / "a.csv")
    os.mkfifo(root / "pipe")
    return root


def test_a_folder_is_walked_in_order_and_unknown_files_are_set_aside(tmp_path: Path) -> None:
    assert [shown(found) for found in walk([folder(tmp_path)])] == [
        ("a.csv", "table"),
        ("s.webp", "picture"),
        ("t.csv", "table"),
        ("empty.json", "empty"),
        ("link", "a link, not followed"),
        ("notes", "no known format"),
        ("photo.csv", "picture"),
        ("pipe", "not a regular file"),
        ("style.css", "style sheet"),
    ]


def test_numbers_in_names_count_as_numbers(tmp_path: Path) -> None:
    names = ["messages.csv", "messages2.csv", "messages10.csv", "2021-03.csv", "2021-3.csv"]
    for name in names:
        (tmp_path / name).write_text(TABLE)
    assert [shown(found)[0] for found in walk([tmp_path])] == [
        "2021-03.csv",
        "2021-3.csv",
        "messages.csv",
        "messages2.csv",
        "messages10.csv",
    ]


def test_named_files_are_errors_where_they_cannot_be_read(tmp_path: Path) -> None:
    root = folder(tmp_path)
    names = ["notes", "photo.csv", "none", "pipe", "empty.json", "a.csv"]
    found = list(walk([root / name for name in names]))
    assert [type(one) for one in found] == [InputError] * 4 + [Found] * 2
    assert [shown(one)[1].split(": ")[-1] for one in found] == [
        "no known format",
        "a picture, no text",
        "No such file or directory",
        "not a regular file",
        "empty",
        "table",
    ]
    assert all(one.code == 5 and one.hint for one in found if isinstance(one, HeichanError))


def test_each_file_is_met_once_and_a_named_link_is_followed(tmp_path: Path) -> None:
    root = folder(tmp_path)
    found = [shown(one) for one in walk([root / "link", root / "a.csv", root / "b"])]
    assert found == [("link", "table"), ("s.webp", "picture"), ("t.csv", "table")]


def test_a_forced_reader_takes_what_no_reader_knows(tmp_path: Path) -> None:
    root = folder(tmp_path)
    forced = [shown(one) for one in walk([root], reader_named("qq"))]
    assert ("notes", "qq") in forced
    assert ("photo.csv", "picture") in forced
    with pytest.raises(UsageError) as error:
        reader_named("mystery")
    assert all(reader.name in error.value.hint for reader in READERS)


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(TABLE.encode())))
    (found,) = walk(["-"])
    assert shown(found) == ("-", "table")
    assert isinstance(found, Found)
    with found.source.open() as stream:
        assert stream.read() == TABLE.encode()


def test_hostile_names(tmp_path: Path) -> None:
    names = [b"\xff\xfe.csv", "\x1b[2J\u202e.csv".encode(), b"$(rm -rf x).csv", b"-rf"]
    for name in names:
        (tmp_path / os.fsdecode(name)).write_text(TABLE)
    found = list(walk([tmp_path, "\0", "\udcff"]))
    assert len(found) == len(names) + 2
    for one in found[:4]:
        assert isinstance(one, Found)
        one.source.name.encode()


def test_detection_does_not_look_at_the_name(tmp_path: Path) -> None:
    path = tmp_path / "result.json"
    path.write_text(TABLE)
    source = Source(path, "result.json")
    reader = detect(source)
    assert reader is not None
    assert reader.name == "table"
