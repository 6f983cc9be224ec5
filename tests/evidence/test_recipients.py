import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from evidence.errors import DataError, UsageError
from evidence.recipients import recipient_key


@pytest.fixture(autouse=True)
def keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    return tmp_path / "heichan" / "recipients"


def test_one_recipient_keeps_a_key_and_two_have_two(keys: Path) -> None:
    first = recipient_key("Unit 7")
    assert len(first) == 32
    assert recipient_key("  unit ７ ") == first
    assert recipient_key("Unit 8") != first
    files = list(keys.iterdir())
    assert len(files) == 2
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    assert stat.S_IMODE(keys.stat().st_mode) == 0o700


def test_a_key_that_others_may_read_is_closed_again(keys: Path) -> None:
    recipient_key("a")
    [path] = keys.iterdir()
    path.chmod(0o644)
    recipient_key("a")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("name", ["../../x", "\x00", "\ud800", "名" * 10_000])
def test_a_hostile_name_is_no_file_name(keys: Path, name: str) -> None:
    assert recipient_key(name) == recipient_key(name)
    assert [len(path.name) for path in keys.iterdir()] == [64]


@pytest.mark.parametrize("name", ["", " \n"])
def test_no_name_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match="needs a name"):
        recipient_key(name)


def test_a_damaged_key_is_told_and_never_replaced(keys: Path) -> None:
    recipient_key("a")
    [path] = keys.iterdir()
    path.write_bytes(b"\xff not a key")
    with pytest.raises(DataError, match="damaged"):
        recipient_key("a")
    assert path.read_bytes() == b"\xff not a key"


def test_a_state_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "heichan").write_text("a file", "utf-8")
    with pytest.raises(DataError, match="cannot be kept"):
        recipient_key("a")


def test_of_many_at_once_one_makes_the_key(keys: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(recipient_key, ["a"] * 32))
    assert len(set(found)) == 1
    assert len(list(keys.iterdir())) == 1
