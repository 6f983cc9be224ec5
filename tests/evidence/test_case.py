import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from msgspec import structs

from evidence.archive.lock import LockedError
from evidence.case import Case, create_case, find_case, open_case, resolve_case
from evidence.errors import DataError, HeichanError, NotFoundError, UsageError
from evidence.settings import Resolving, VenueTags, read_settings, toml_of


def test_a_new_case_has_its_layout_and_is_private(tmp_path: Path) -> None:
    case = create_case(tmp_path / "c", zone="UTC", purpose="a test", owner="nobody")
    names = {path.name for path in case.root.iterdir()}
    assert names >= {"case.toml", "archive.sqlite", "graph", "exports", "lexicon", "patterns"}
    assert names >= {"queries", "secret"}
    assert stat.S_IMODE(case.root.stat().st_mode) == 0o700
    assert stat.S_IMODE((case.root / "secret").stat().st_mode) == 0o600
    assert (case.settings.zone, case.settings.purpose) == ("UTC", "a test")
    assert len(case.secret) == 32
    assert case.trusted


def test_opening_again_gives_the_same_case(tmp_path: Path) -> None:
    first = create_case(tmp_path / "c")
    again = open_case(tmp_path / "c")
    assert again == first
    assert create_case(tmp_path / "d").settings.id != first.settings.id
    assert "secret" not in repr(again)


def test_settings_survive_writing_whatever_they_hold(tmp_path: Path) -> None:
    hostile = 'a "quote" \\ \x1b[31m \x7f \n 群'
    case = create_case(tmp_path / "c", purpose=hostile, owner=hostile)
    assert (case.settings.purpose, case.settings.owner) == (hostile, hostile)


def test_venue_tags_are_read(tmp_path: Path) -> None:
    case = create_case(tmp_path / "c")
    path = case.root / "case.toml"
    with path.open("a") as stream:
        stream.write('\n[venues."venue:qq:1"]\nsegments = ["mobile"]\n')
    settings = open_case(case.root).settings
    assert settings.segments("venue:qq:1") == ("mobile",)
    assert settings.segments("venue:qq:2") == ()
    assert settings.venues == {"venue:qq:1": VenueTags(("mobile",))}
    path.write_text(toml_of(settings))
    assert read_settings(path) == settings


def test_how_many_reviewers_a_case_asks_for(tmp_path: Path) -> None:
    case = create_case(tmp_path / "c")
    path = case.root / "case.toml"
    assert case.settings.resolve.reviewers == 1
    assert "[resolve]" not in path.read_text()
    settings = structs.replace(case.settings, resolve=Resolving(reviewers=2))
    path.write_text(toml_of(settings))
    assert read_settings(path) == settings
    path.write_text(toml_of(settings).replace("reviewers", "reviewer"))
    with pytest.raises(DataError, match=r"case\.toml"):
        read_settings(path)


def test_a_case_is_not_made_twice_or_over_other_things(tmp_path: Path) -> None:
    create_case(tmp_path / "c")
    with pytest.raises(UsageError, match="already"):
        create_case(tmp_path / "c")
    (tmp_path / "d" / "graph").mkdir(parents=True)
    (tmp_path / "d" / "graph" / "x").write_text("x")
    with pytest.raises(UsageError, match="graph"):
        create_case(tmp_path / "d")
    with pytest.raises(UsageError, match="zone"):
        create_case(tmp_path / "e", zone="Mars/Olympus")
    assert not (tmp_path / "e").exists()


def test_what_is_no_case_says_so(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="not a case") as caught:
        open_case(tmp_path)
    assert "heichan init" in caught.value.hint


@pytest.mark.parametrize(
    "text", ["id = ", "id = 3", "\xff", "id='x'\nzone='Mars/Olympus'", "a=" + "[" * 5000]
)
def test_a_damaged_case_file_is_named(tmp_path: Path, text: str) -> None:
    case = create_case(tmp_path / "c")
    (case.root / "case.toml").write_bytes(text.encode("latin-1"))
    with pytest.raises(DataError, match=r"case\.toml"):
        open_case(case.root)


def test_a_newer_layout_and_a_newer_archive_are_refused(tmp_path: Path) -> None:
    case = create_case(tmp_path / "c")
    with case.archive() as archive:
        archive.connection.execute("PRAGMA user_version = 999")
    with pytest.raises(DataError, match="999"), case.reader():
        pass
    with pytest.raises(DataError, match="999"), case.archive():
        pass
    path = case.root / "case.toml"
    path.write_text(path.read_text().replace("schema = 1", "schema = 77"))
    with pytest.raises(DataError, match="77") as caught:
        open_case(case.root)
    assert "newer" in caught.value.hint


def test_a_damaged_archive_or_secret_is_named(tmp_path: Path) -> None:
    case = create_case(tmp_path / "c")
    (case.root / "archive.sqlite").write_bytes(b"no database at all" * 500)
    with pytest.raises(DataError, match="archive"), case.archive():
        pass
    (case.root / "secret").write_text("short")
    with pytest.raises(DataError, match="secret"):
        open_case(case.root)


def test_a_case_without_its_secret_is_read_and_takes_nothing_in(tmp_path: Path) -> None:
    case = create_case(tmp_path / "c")
    with case.archive():
        pass
    kept = (case.root / "secret").read_text()
    (case.root / "secret").unlink()
    without = open_case(case.root)
    with without.reader() as archive:
        assert archive.connection.execute("SELECT count(*) FROM post").fetchone() == (0,)
    with pytest.raises(DataError, match="without its secret") as caught:
        assert without.secret
    assert "`secret`" in caught.value.hint
    with without.archive() as archive, pytest.raises(DataError, match="without its secret"):
        assert archive.secret
    (case.root / "secret").write_text(kept[::-1].strip() + "\n")
    with pytest.raises(DataError, match="of another case"), open_case(case.root).archive():
        pass
    (case.root / "secret").write_text(kept)
    with open_case(case.root).archive():
        pass


def test_a_case_is_found_upwards_when_the_user_made_it(tmp_path: Path) -> None:
    case = create_case(tmp_path / "c")
    below = case.root / "exports"
    assert find_case(below) == case.root
    assert resolve_case(None, below) == case


def test_no_case_upwards(tmp_path: Path) -> None:
    assert find_case(tmp_path) is None
    with pytest.raises(NotFoundError, match="no case"):
        resolve_case(None, tmp_path)


def test_a_case_from_elsewhere_is_opened_only_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = create_case(tmp_path / "c")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "other user"))
    with pytest.raises(HeichanError, match="neither made nor trusted") as caught:
        find_case(case.root)
    assert "--case" in caught.value.hint
    opened = resolve_case(case.root, tmp_path)
    assert not opened.trusted
    assert opened.packs() == ()
    assert opened.lexicon() == ()
    assert case.packs() == (case.root / "queries",)


def test_a_moved_case_is_no_longer_trusted(tmp_path: Path) -> None:
    case = create_case(tmp_path / "c")
    moved = case.root.rename(tmp_path / "d")
    assert not open_case(moved).trusted


_HOLD = """
import sys
from pathlib import Path
from evidence.case import open_case
with open_case(Path(sys.argv[1])).archive():
    print("held", flush=True)
    sys.stdin.read()
"""


def _holder(case: Case) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(case.root)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_one_writer_and_readers_beside_it(tmp_path: Path) -> None:
    case = create_case(tmp_path / "c")
    with _holder(case) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(LockedError, match=f"process {holder.pid}"), case.archive():
            pass
        with case.reader() as archive:
            assert archive.connection.execute("SELECT count(*) FROM post").fetchone() == (0,)
        holder.kill()
    with case.archive() as archive:
        assert archive.connection.execute("SELECT count(*) FROM post").fetchone() == (0,)


def test_a_reader_writes_nothing(tmp_path: Path) -> None:
    case = create_case(tmp_path / "c")
    with case.reader() as archive, pytest.raises(Exception, match="readonly"):
        archive.connection.execute("INSERT INTO setting VALUES ('a', 'b')")


_AS_NOBODY = """
import os, sys, urllib.parse  # nobody may be unable to read the standard library later
from pathlib import Path
from evidence.case import open_case
from evidence.errors import DataError
case = open_case(Path(sys.argv[1]))
os.setuid(65534)
with case.reader() as archive:
    print(archive.connection.execute("SELECT count(*) FROM post").fetchone()[0])
try:
    with case.archive():
        print("written")
except DataError as error:
    print(error.message)
"""


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs root to become another user"
)
def test_a_read_only_folder_can_be_read_and_says_so_to_a_writer(tmp_path: Path) -> None:
    case = create_case(tmp_path / "c")
    for folder in [case.root, *(parent for parent in case.root.parents if "pytest" in str(parent))]:
        folder.chmod(folder.stat().st_mode | 0o055)
    for name in ("case.toml", "secret", "archive.sqlite"):
        (case.root / name).chmod(0o444)
    done = subprocess.run(
        [sys.executable, "-c", _AS_NOBODY, str(case.root)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert done.stdout.splitlines()[:1] == ["0"], done.stderr
    assert "cannot be written to" in done.stdout
