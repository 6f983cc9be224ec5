import json
import shutil
import sqlite3
import stat
import struct
import zipfile
from collections.abc import Callable
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest

from evidence.archive.archive import VERSION
from evidence.care.backup import MANIFEST, back_up
from evidence.care.restore import restore
from evidence.case import Case, create_case, open_case
from evidence.errors import DataError, HeichanError, InputError, UsageError
from evidence.trust import trust
from graph.build.run import build
from ingest.options import IngestOptions
from ingest.pipeline import ingest
from tests.commands.process import here
from tests.ingest.exports import ask, message, tables, write_telegram

RULE = "x_term\tproduct\tproduct/stock_leads\n"
Parts = dict[str, bytes]
Change = tuple[str, Parts, bool]
"""What is said of it, the parts, whether the manifest is made to fit."""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("backup")
    case = create_case(folder / "c", purpose="a study")
    one = write_telegram(folder / "one.json", [message(1, "出一手股民，日更5万条，0.5元一条")])
    ingest(case, [one], IngestOptions(jobs=1))
    build(case)
    (case.root / "queries" / "mine.cypher").write_text("// mine")
    (case.root / "results").mkdir()
    (case.root / "results" / "kept.json").write_text("{}")
    return folder


@pytest.fixture
def case(whole: Path, tmp_path: Path) -> Case:
    shutil.copytree(whole, tmp_path / "w")
    case = open_case(tmp_path / "w" / "c")
    trust(case.settings.id, case.root)
    return open_case(case.root)


def test_a_restored_case_is_the_same_and_builds_the_same_graph(case: Case, tmp_path: Path) -> None:
    done = back_up(case, tmp_path / "b.zip", secret=True)
    assert stat.S_IMODE(done.file.stat().st_mode) == 0o600
    assert done.sha256 == sha256(done.file.read_bytes()).hexdigest()
    made = restore(tmp_path / "b.zip", tmp_path / "r")
    again = open_case(tmp_path / "r")
    assert (made.secret, made.version, again.trusted) == (True, VERSION, False)
    assert again.settings == case.settings
    assert again.secret == case.secret
    assert tables(again) == tables(case)
    assert (again.root / "queries" / "mine.cypher").read_text() == "// mine"
    assert (again.root / "results" / "kept.json").read_text() == "{}"
    assert not any((again.root / "graph").iterdir())
    trust(again.settings.id, again.root)
    assert build(open_case(again.root)).snapshot == build(case).snapshot
    for path in again.root.rglob("*"):
        assert path.stat().st_mode & 0o077 == 0


def test_without_the_secret_a_case_is_read_and_built_and_not_read_into(
    case: Case, tmp_path: Path
) -> None:
    assert not back_up(case, tmp_path / "b.zip").secret
    kept = (case.root / "secret").read_bytes()
    with zipfile.ZipFile(tmp_path / "b.zip") as whole:
        assert "secret" not in whole.namelist()
        assert all(kept.strip() not in whole.read(name) for name in whole.namelist())
    assert not restore(tmp_path / "b.zip", tmp_path / "r").secret
    again = open_case(tmp_path / "r")
    assert build(again).snapshot == build(case).snapshot
    more = write_telegram(tmp_path / "more.json", [message(2, "收股民")])
    with pytest.raises(DataError, match="without its secret"):
        ingest(again, [more], IngestOptions(jobs=1))
    assert here("--case", again.root, "status").returncode == 0
    (again.root / "secret").write_bytes(kept)
    assert ingest(open_case(again.root), [more], IngestOptions(jobs=1)).new == 1
    with pytest.raises(DataError, match="without its secret"):
        back_up(open_case(_without_secret(again)), tmp_path / "c.zip", secret=True)
    assert not (tmp_path / "c.zip").exists()


def _without_secret(case: Case) -> Path:
    (case.root / "secret").unlink()
    return case.root


def test_a_backup_beside_a_writer_holds_what_was_committed(case: Case, tmp_path: Path) -> None:
    with case.archive() as archive:
        archive.connection.execute("INSERT INTO setting VALUES ('before', '1')")
        archive.connection.execute("BEGIN IMMEDIATE")
        archive.connection.execute("INSERT INTO setting VALUES ('during', '1')")
        back_up(case, tmp_path / "b.zip")
        archive.connection.execute("COMMIT")
    restore(tmp_path / "b.zip", tmp_path / "r")
    found = ask(open_case(tmp_path / "r"), "SELECT name FROM setting")
    assert ("before",) in found
    assert ("during",) not in found


def test_links_are_left_out_and_told(case: Case, tmp_path: Path) -> None:
    (tmp_path / "dear").write_text("elsewhere")
    (case.root / "queries" / "link").symlink_to(tmp_path / "dear")
    shutil.rmtree(case.root / "lexicon")
    (case.root / "lexicon").symlink_to(tmp_path)
    done = back_up(case, tmp_path / "b.zip")
    assert set(done.left_out) == {"queries/link", "lexicon"}
    restore(tmp_path / "b.zip", tmp_path / "r")


def test_nothing_is_written_over(case: Case, tmp_path: Path) -> None:
    back_up(case, tmp_path / "b.zip")
    with pytest.raises(UsageError, match="exists"):
        back_up(case, tmp_path / "b.zip")
    back_up(case, tmp_path / "b.zip", force=True)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").write_text("")
    (tmp_path / "link").symlink_to(tmp_path / "new")
    for folder in ("full", "full/x", "link"):
        with pytest.raises(UsageError, match="not empty"):
            restore(tmp_path / "b.zip", tmp_path / folder)
    (tmp_path / "empty").mkdir()
    assert restore(tmp_path / "b.zip", tmp_path / "empty").files == 4


def test_a_place_that_was_trusted_is_not_after_a_restore(case: Case, tmp_path: Path) -> None:
    back_up(case, tmp_path / "b.zip")
    trust(case.settings.id, tmp_path / "r")
    restore(tmp_path / "b.zip", tmp_path / "r")
    assert not open_case(tmp_path / "r").trusted


def _parts(path: Path) -> Parts:
    with zipfile.ZipFile(path) as whole:
        return {name: whole.read(name) for name in whole.namelist()}


def _zip(path: Path, parts: Parts, *, listed: bool = True) -> Path:
    """A backup of these parts, with a manifest that fits them."""
    document = json.loads(parts[MANIFEST])
    if listed:
        document["files"] = [
            {"path": name, "size": len(data), "sha256": sha256(data).hexdigest()}
            for name, data in parts.items()
            if name != MANIFEST
        ]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as whole:
        for name, data in parts.items():
            whole.writestr(name, json.dumps(document) if name == MANIFEST else data)
    return path


@pytest.mark.parametrize(
    "name",
    ["../out", "queries/../../out", "/etc/out", "queries/a\\b", "graph/graph.kgl", "other",
     "queries//x", "queries/./x", "C:/x", "queries/con.", "queries/a\x1b[31m", "queries/", "tmp/x"],
)  # fmt: skip
def test_a_name_that_is_no_file_of_a_case(name: str, case: Case, tmp_path: Path) -> None:
    parts = _parts(back_up(case, tmp_path / "b.zip").file)
    _zip(tmp_path / "bad.zip", {**parts, name: b"x"})
    with pytest.raises(InputError, match="is no file of a case"):
        restore(tmp_path / "bad.zip", tmp_path / "deep" / "r")
    assert list((tmp_path / "deep").iterdir()) == []
    assert not (tmp_path / "out").exists()


def _other_hash(parts: Parts) -> Change:
    return "not as its", {**parts, "queries/mine.cypher": b"// evil"}, False


def _unlisted(parts: Parts) -> Change:
    return "does not list", {**parts, "queries/more.cypher": b"// more"}, False


def _missing(parts: Parts) -> Change:
    return (
        "does not list",
        {name: data for name, data in parts.items() if "mine" not in name},
        False,
    )


def _no_archive(parts: Parts) -> Change:
    return "it lacks", {name: data for name, data in parts.items() if "archive" not in name}, True


def _nonsense(parts: Parts) -> Change:
    return "cannot be read", {**parts, MANIFEST: b'{"format": 1, "files": [], "case": 3}'}, False


def _newer(parts: Parts) -> Change:
    return (
        "format 9",
        {**parts, MANIFEST: parts[MANIFEST].replace(b'"format": 1', b'"format": 9')},
        True,
    )


def _other_case(parts: Parts) -> Change:
    text = parts["case.toml"].decode().splitlines()
    other = "\n".join(["id = 'another'", *(line for line in text if not line.startswith("id"))])
    return "another case", {**parts, "case.toml": other.encode()}, True


def _twice(parts: Parts) -> Change:
    return "twice", {**parts, "queries/MINE.cypher": b"// mine"}, True


@pytest.mark.parametrize(
    "change",
    [_other_hash, _unlisted, _missing, _no_archive, _nonsense, _newer, _other_case, _twice],
)
def test_a_backup_that_is_not_as_it_was_written(
    change: Callable[[Parts], Change], case: Case, tmp_path: Path
) -> None:
    said, parts, listed = change(_parts(back_up(case, tmp_path / "b.zip").file))
    with pytest.raises(InputError, match=said):
        restore(_zip(tmp_path / "bad.zip", parts, listed=listed), tmp_path / "r")
    assert not (tmp_path / "r").exists()
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".r")]


def _changed(case: Case, tmp_path: Path, statement: str) -> Path:
    parts = _parts(back_up(case, tmp_path / "b.zip").file)
    path = tmp_path / "archive.sqlite"
    path.write_bytes(parts["archive.sqlite"])
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(statement)
    return _zip(tmp_path / "bad.zip", {**parts, "archive.sqlite": path.read_bytes()})


def test_a_strangers_archive_brings_no_statements_of_its_own(case: Case, tmp_path: Path) -> None:
    evil = "CREATE TRIGGER t AFTER INSERT ON audit BEGIN DELETE FROM post; END;"
    with pytest.raises(InputError, match="statements of its own"):
        restore(_changed(case, tmp_path, evil), tmp_path / "r")


def test_an_archive_of_another_version(case: Case, tmp_path: Path) -> None:
    newer = _changed(case, tmp_path, f"PRAGMA user_version = {VERSION + 1}")
    with pytest.raises(DataError, match="this program knows"):
        restore(newer, tmp_path / "r")
    (tmp_path / "b.zip").unlink()
    (tmp_path / "archive.sqlite").unlink()
    older = _changed(case, tmp_path, "PRAGMA user_version = 1")
    assert restore(older, tmp_path / "r").version == 1
    with pytest.raises(DataError, match="version 1"), open_case(tmp_path / "r").reader():
        pass


def test_a_damaged_archive_is_not_restored(case: Case, tmp_path: Path) -> None:
    parts = _parts(back_up(case, tmp_path / "b.zip").file)
    data = bytearray(parts["archive.sqlite"])
    data[16_384 * 2 : 16_384 * 3] = b"\xff" * 16_384
    _zip(tmp_path / "bad.zip", {**parts, "archive.sqlite": bytes(data)})
    with pytest.raises(HeichanError, match=r"damaged|malformed"):
        restore(tmp_path / "bad.zip", tmp_path / "r")
    assert not (tmp_path / "r").exists()


def test_a_bomb_is_refused_before_it_is_unpacked(case: Case, tmp_path: Path) -> None:
    parts = _parts(back_up(case, tmp_path / "b.zip").file)
    document = json.loads(parts[MANIFEST])
    document["files"][0]["size"] = 1 << 40
    parts[MANIFEST] = json.dumps(document).encode()
    with pytest.raises(InputError, match="would unpack to"):
        restore(_zip(tmp_path / "bad.zip", parts, listed=False), tmp_path / "r")
    document["files"][0]["size"] = 3
    parts[MANIFEST] = json.dumps(document).encode()
    with pytest.raises(InputError, match="not as its"):
        restore(_zip(tmp_path / "bad.zip", parts, listed=False), tmp_path / "r")


def test_a_link_inside_a_backup_is_refused(case: Case, tmp_path: Path) -> None:
    parts = _parts(back_up(case, tmp_path / "b.zip").file)
    _zip(tmp_path / "bad.zip", {**parts, "queries/link": b"/etc/passwd"})
    with zipfile.ZipFile(tmp_path / "worse.zip", "w") as worse:
        for name, data in _parts(tmp_path / "bad.zip").items():
            info = zipfile.ZipInfo(name)
            info.external_attr = (stat.S_IFLNK if "link" in name else stat.S_IFREG | 0o600) << 16
            worse.writestr(info, data)
    with pytest.raises(InputError, match="is a link"):
        restore(tmp_path / "worse.zip", tmp_path / "r")


@pytest.mark.parametrize("at", [0.2, 0.6, 0.99])
def test_a_backup_that_breaks_off_or_was_changed(at: float, case: Case, tmp_path: Path) -> None:
    data = back_up(case, tmp_path / "b.zip").file.read_bytes()
    cut = int(len(data) * at)
    for name, bad in (
        ("cut", data[:cut]),
        ("flip", data[:cut] + bytes([data[cut] ^ 255]) + data[cut + 1 :]),
        ("nonsense", struct.pack("<I", 0x04034B50) * 9),
    ):
        (tmp_path / name).write_bytes(bad)
        if name == "flip" and at > 0.9:
            continue
        with pytest.raises(HeichanError):
            restore(tmp_path / name, tmp_path / "r")
        assert not (tmp_path / "r").exists()


def test_the_commands(case: Case, tmp_path: Path) -> None:
    target = tmp_path / "b.heichan"
    done = here("--case", case.root, "case", "backup", "-o", target, "--format", "json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["sha256"] == sha256(target.read_bytes()).hexdigest()
    (log,) = ask(case, "SELECT detail FROM audit WHERE what = 'case backup'")
    assert json.loads(log[0])["sha256"] == json.loads(done.stdout)["sha256"]
    made = here("case", "restore", target, tmp_path / "r", "--format", "json")
    assert made.returncode == 0, made.stderr
    assert json.loads(made.stdout)["secret"] is False
    assert "case trust" in made.stderr
    assert here("case", "restore", target, tmp_path / "r").returncode == 2
    assert here("case", "restore", tmp_path / "nothing", tmp_path / "s").returncode == 5
