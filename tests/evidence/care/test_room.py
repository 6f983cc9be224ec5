"""What happens where a disk is full: a limit on the size of files is as good as one."""

import shutil
import subprocess
from pathlib import Path

import pytest

from evidence.archive.copying import refuse_damaged
from evidence.case import create_case, open_case
from graph.build.run import build
from ingest.options import IngestOptions
from ingest.pipeline import ingest
from tests.commands.process import HEICHAN, environment
from tests.ingest.exports import ask, message, tables, write_telegram

resource = pytest.importorskip("resource")

ROOM = 200_000


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("room")
    case = create_case(folder / "c")
    told = [message(n, f"出一手股民第{n}批，日更5万条，0.5元一条") for n in range(60)]
    ingest(case, [write_telegram(folder / "one.json", told)], IngestOptions(jobs=1))
    build(case)
    more = [message(n, f"收网贷数据第{n}批，2元一条") for n in range(1000, 1300)]
    write_telegram(folder / "more.json", more)
    return folder


def _in_little_room(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [HEICHAN, *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env=environment(),
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM, ROOM)),
    )


@pytest.mark.parametrize(
    "words",
    [
        ("ingest", "more.json"),
        ("build", "--full"),
        ("case", "backup", "-o", "b.zip"),
        ("case", "erase", "--account", "account:telegram:100200300", "--reason", "why", "--yes"),
    ],
)
def test_a_full_disk_is_told_and_the_case_stays_whole(
    words: tuple[str, ...], made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(made, tmp_path / "w")
    monkeypatch.chdir(tmp_path / "w")
    before = tables(open_case(Path("c")))
    done = _in_little_room("--case", "c", *words)
    assert done.returncode == 1
    assert "unexpected" not in done.stderr
    assert "room" in done.stderr or "free space" in done.stderr
    case = open_case(Path("c"))
    with case.archive() as archive:
        refuse_damaged(archive.connection, archive.path)
    assert not Path("b.zip").exists()
    assert list(Path().glob(".*.part")) == []
    assert list((case.root / "tmp").glob("*")) == []
    if words[0] != "build":
        assert tables(case)["post"] == before["post"] or words[:2] == ("case", "erase")
    build(case)
    kept = ask(case, "SELECT count(*) FROM post")
    assert kept == [(60,)] if words[1] != "erase" else kept in ([(60,)], [(0,)])


def test_a_creation_and_a_restore_without_room_leave_nothing(made: Path, tmp_path: Path) -> None:
    done = _in_little_room("init", tmp_path / "new")
    assert (done.returncode, "free space" in done.stderr) == (1, True)
    create_case(tmp_path / "new")
    shutil.copytree(made, tmp_path / "w")
    whole = subprocess.run(
        [HEICHAN, "--case", str(tmp_path / "w" / "c"), "case", "backup", "-o", "b.zip"],
        cwd=tmp_path,
        capture_output=True,
        check=False,
        env=environment(),
    )
    assert whole.returncode == 0
    done = _in_little_room("case", "restore", tmp_path / "b.zip", tmp_path / "r")
    assert (done.returncode, "room" in done.stderr) == (1, True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.zip", "new", "w"]
