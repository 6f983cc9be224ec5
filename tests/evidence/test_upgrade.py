import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from evidence.archive import upgrade
from evidence.archive.archive import VERSION, create_archive
from evidence.archive.upgrade import upgrade_archive
from evidence.audit import verify_audit
from evidence.case import Case, create_case
from evidence.errors import DataError
from tests.commands.process import here

OLD = Path(__file__).parents[1] / "data" / "archive_v1.sql"
_ROWS = """
INSERT INTO venue (n, id, platform, kind, name, native)
  VALUES (1, 'venue:qq:1', 'qq', 'group', 'a', 1);
INSERT INTO post (n, id, venue_n, kind, version_n) VALUES (1, 'post:1', 1, 'message', 1);
INSERT INTO post_version (n, post_n, text, text_key) VALUES (1, 1, '一手股民', x'00');
INSERT INTO decision VALUES (1, 'decision:1', 'tag', 'post:1', '{}', 'me', 'why', 5, NULL);
"""


@pytest.fixture
def old(tmp_path: Path) -> Case:
    """A case whose archive an earlier version made."""
    case = create_case(tmp_path / "c")
    path = case.root / "archive.sqlite"
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(OLD.read_text("utf-8") + _ROWS)
        connection.execute(f"PRAGMA application_id = {0x48656943}")
        connection.execute("PRAGMA user_version = 1")
    return case


def _schema(path: Path) -> dict[str, object]:
    """Columns, keys and indexes by table, and every statement but the tables' own words."""
    with closing(sqlite3.connect(path)) as connection:
        found: dict[str, object] = {}
        for kind, name, text in connection.execute(
            "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"
        ).fetchall():
            if kind != "table":
                found[f"{kind} {name}"] = " ".join(re.sub("--.*", "", text).split())
                continue
            words = (f"PRAGMA {what}({name})" for what in ("table_info", "foreign_key_list"))
            found[name] = [connection.execute(each).fetchall() for each in words]
            found[f"{name} is"] = (
                "STRICT" in text.rsplit(")", 1)[1],
                "WITHOUT ROWID" in text.rsplit(")", 1)[1],
                sorted(row[2:] for row in connection.execute(f"PRAGMA index_list({name})")),
            )
        return found


def test_an_upgraded_archive_is_as_a_new_one_and_keeps_its_rows(old: Case, tmp_path: Path) -> None:
    path = old.root / "archive.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        before = list(connection.iterdump())
    done = upgrade_archive(path)
    assert (done.before, done.after) == (1, VERSION)
    create_archive(tmp_path / "new.sqlite")
    assert _schema(path) == _schema(tmp_path / "new.sqlite")
    with old.reader() as archive:
        assert archive.connection.execute("SELECT text FROM post_version").fetchall() == [
            ("一手股民",)
        ]
        assert archive.connection.execute("SELECT id FROM decision").fetchall() == [("decision:1",)]
        assert archive.connection.execute("SELECT what FROM audit").fetchall() == [
            ("case upgrade",)
        ]
        assert verify_audit(archive.connection).broken is None
    assert done.copy is not None
    assert done.copy.stat().st_mode & 0o077 == 0
    assert done.copy.name.startswith("archive.v1.")
    with closing(sqlite3.connect(done.copy)) as connection:
        assert list(connection.iterdump()) == before
    assert upgrade_archive(path).copy is None


def test_an_older_archive_is_told_apart_from_no_archive(old: Case) -> None:
    for opened in (old.reader, old.archive):
        with pytest.raises(DataError, match="version 1") as caught, opened():
            pass
        assert f"heichan --case {old.root} case upgrade" in caught.value.hint
    path = old.root / "archive.sqlite"
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE post_version (n INTEGER)")
    for attempt in (lambda: upgrade_archive(path), lambda: old.reader().__enter__()):
        with pytest.raises(DataError, match="is not an archive of a case"):
            attempt()


def test_a_newer_archive_is_refused_and_stays_as_it_is(old: Case) -> None:
    path = old.root / "archive.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    before = path.read_bytes()
    with pytest.raises(DataError, match="this program knows") as caught:
        upgrade_archive(path)
    assert "newer heichan" in caught.value.hint
    assert path.read_bytes() == before
    assert not list(old.root.glob("archive.v*"))


def test_an_upgrade_that_fails_leaves_the_archive_as_it_was(
    old: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = old.root / "archive.sqlite"
    statements = upgrade._statements(1)
    monkeypatch.setattr(
        upgrade, "_statements", lambda before: [*statements, "INSERT INTO nowhere VALUES (1)"]
    )
    with closing(sqlite3.connect(path)) as connection:
        before = list(connection.iterdump())
    with pytest.raises(DataError, match="nowhere"):
        upgrade_archive(path)
    with closing(sqlite3.connect(path)) as connection:
        assert list(connection.iterdump()) == before
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)


def test_a_damaged_archive_is_not_upgraded(old: Case) -> None:
    path = old.root / "archive.sqlite"
    data = bytearray(path.read_bytes())
    data[4096 * 3 : 4096 * 3 + 400] = b"\xff" * 400
    path.write_bytes(data)
    with pytest.raises(DataError, match=r"damaged|malformed"):
        upgrade_archive(path)
    assert not list(old.root.glob("archive.v*"))


def test_the_command_upgrades_once(old: Case, tmp_path: Path) -> None:
    first = here("--case", old.root, "case", "upgrade", "--format", "json")
    assert first.returncode == 0, first.stderr
    assert '"from": 1' in first.stdout
    again = here("--case", old.root, "case", "upgrade")
    assert again.returncode == 0
    assert "up to date" in again.stderr
    assert here("--case", old.root, "status").returncode == 0
    assert len(list(old.root.glob("archive.v1.*"))) == 1
