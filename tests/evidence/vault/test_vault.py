import io
import json
import shutil
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from evidence.care.backup import back_up
from evidence.care.going import Asked
from evidence.care.restore import restore
from evidence.case import Case, create_case, open_case
from evidence.errors import DataError, HeichanError, NotFoundError, UsageError
from evidence.trust import trust
from evidence.vault import keys
from evidence.vault.keys import VARIABLE, NewVault, key_file
from evidence.vault.vault import Vault
from graph.build.erased import erase_from
from graph.build.run import build
from ingest.options import IngestOptions
from ingest.pipeline import ingest
from tests.commands.process import here
from tests.ingest.exports import ask, message, tables, write_qq, write_telegram

pyrage = pytest.importorskip("pyrage")

VICTIM = "王小明,13800001234,11010519491231002X"
TEXT = f"出股民样本 {VICTIM}"
TABLE = "when,who,words\n2021-03-04 13:06:07,demo one,出一手股民\n2021-03-04 13:07:07,two,"
TABLE += f'"{TEXT}"\n'
MAPPING = """kind: table
platform: market
venue: board
columns: {time: when, author: who, text: words}
"""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("in")
    write_telegram(folder / "one.json", [message(1, TEXT), message(2, "在吗")])
    write_qq(folder / "two.txt", "demo", [("2021-03-04 13:06:07", "a(10001)", TEXT)])
    with zipfile.ZipFile(folder / "three.zip", "w") as whole:
        write_telegram(folder / "member.json", [message(7, TEXT)])
        whole.write(folder / "member.json", "member.json")
    (folder / "member.json").unlink()
    return folder


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return create_case(tmp_path / "c", vault=NewVault())


def _full(case: Case, files: Path) -> Case:
    ingest(case, [files], IngestOptions(jobs=1))
    build(case)
    return case


def _posts(case: Case) -> list[str]:
    masked = ask(
        case,
        "SELECT p.id FROM post p JOIN post_version v ON v.n = p.version_n"
        " WHERE v.masked > 0 ORDER BY p.id",
    )
    return [post for (post,) in masked]


def test_originals_are_kept_once_and_no_word_of_them_in_the_clear(case: Case, files: Path) -> None:
    _full(case, files)
    vault = Vault(case)
    kept = {path.name: path.stat().st_mtime_ns for path in vault.folder.iterdir()}
    for name in ("one.json", "two.txt"):
        assert sha256((files / name).read_bytes()).hexdigest() in kept
    with zipfile.ZipFile(files / "three.zip") as whole:
        assert sha256(whole.read("member.json")).hexdigest() in kept
    for path in case.root.rglob("*"):
        if path.is_file():
            assert b"13800001234" not in path.read_bytes()
            assert path.stat().st_mode & 0o077 == 0
    ingest(case, [files], IngestOptions(jobs=1))
    assert {path.name: path.stat().st_mtime_ns for path in vault.folder.iterdir()} == kept
    assert list((case.root / "tmp").iterdir()) == []


def test_a_case_with_a_vault_reads_the_same(case: Case, files: Path, tmp_path: Path) -> None:
    plain = create_case(tmp_path / "d")
    shutil.copy(case.root / "secret", plain.root / "secret")
    _full(case, files)
    _full(open_case(plain.root), files)
    ours, theirs = tables(case), tables(plain)
    for name in ("post", "post_version", "record", "claim", "identifier"):
        assert ours[name] == theirs[name]


def test_others_can_open_an_original_with_the_key_alone(case: Case, files: Path) -> None:
    _full(case, files)
    path = key_file(case.settings.id)
    assert path.stat().st_mode & 0o077 == 0
    assert not path.is_relative_to(case.root)
    public, private = path.read_text().splitlines()
    assert case.settings.vault in public
    assert private not in (case.root / "case.toml").read_text()
    digest = sha256((files / "two.txt").read_bytes()).hexdigest()
    key = pyrage.x25519.Identity.from_str(private)
    plain = pyrage.decrypt((case.root / "vault" / digest).read_bytes(), [key])
    assert plain == (files / "two.txt").read_bytes()


def test_evidence_is_unmasked_from_every_kind_of_file_and_logged(case: Case, files: Path) -> None:
    _full(case, files)
    for post in _posts(case):
        masked = here("--case", case.root, "evidence", post, "--format", "json")
        assert VICTIM not in masked.stdout
        words = ("--case", case.root, "evidence", post, "--unmasked", "--format", "json")
        done = here(*words, "--reason", "for the court 13800001234")
        assert done.returncode == 0, done.stderr
        rows = json.loads(done.stdout)
        assert {row["quote"] for row in rows} == {TEXT}
        assert len(rows) == len(json.loads(masked.stdout))
        assert here(*words).returncode == 2
    log = ask(case, "SELECT detail FROM audit WHERE what = 'evidence unmasked'")
    assert [json.loads(detail)["id"] for (detail,) in log] == _posts(case)
    assert "for the court" in log[0][0]
    assert TEXT not in str(log)
    assert list((case.root / "tmp").iterdir()) == []


def test_a_table_is_read_again_with_its_mapping(case: Case, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(TABLE, "utf-8")
    (tmp_path / "map.yaml").write_text(MAPPING, "utf-8")
    options = IngestOptions(jobs=1, mapping=tmp_path / "map.yaml")
    ingest(case, [tmp_path / "t.csv"], options)
    build(case)
    (tmp_path / "map.yaml").unlink()
    (tmp_path / "t.csv").unlink()
    (post,) = _posts(case)
    done = here("--case", case.root, "evidence", post, "--unmasked", "--reason", "why")
    assert "13800001234" in done.stdout, done.stderr


def test_without_vault_or_key_it_is_refused(
    case: Case, files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = _full(create_case(tmp_path / "plain"), files)
    words = ("--unmasked", "--reason", "why")
    refused = here("--case", plain.root, "evidence", _posts(plain)[0], *words)
    assert (refused.returncode, "no originals" in refused.stderr) == (3, True)
    _full(case, files)
    post = _posts(case)[0]
    path = key_file(case.settings.id)
    path.chmod(0o644)
    loose = here("--case", case.root, "evidence", post, *words)
    assert (loose.returncode, "chmod 600" in loose.stderr) == (2, True)
    path.chmod(0o600)
    kept = path.rename(tmp_path / "key")
    gone = here("--case", case.root, "evidence", post, *words)
    assert (gone.returncode, VARIABLE in gone.stderr) == (1, True)
    named = here("--case", case.root, "evidence", post, *words, **{VARIABLE: str(kept)})
    assert "13800001234" in named.stdout
    other = str(pyrage.x25519.Identity.generate())
    wrong = here("--case", case.root, "evidence", post, *words, **{VARIABLE: other})
    assert (wrong.returncode, "cannot be opened" in wrong.stderr) == (1, True)
    assert other not in wrong.stderr
    bad = here("--case", case.root, "evidence", post, *words, **{VARIABLE: "AGE-SECRET-KEY-1X"})
    assert bad.returncode == 1
    assert VICTIM not in gone.stdout + wrong.stdout + bad.stdout + loose.stdout


def test_a_damaged_or_exchanged_original_is_not_believed(case: Case, files: Path) -> None:
    _full(case, files)
    vault = Vault(case)
    one, two = (sha256((files / name).read_bytes()).hexdigest() for name in ("one.json", "two.txt"))
    (vault.folder / two).replace(vault.folder / one)
    with case.temporary() as folder:
        with pytest.raises(DataError, match="holds something else"):
            vault.take_out(one, folder / "a")
        (vault.folder / one).write_bytes((vault.folder / one).read_bytes()[:-9])
        with pytest.raises(DataError, match="cannot be opened"):
            vault.take_out(one, folder / "b")
        with pytest.raises(NotFoundError):
            vault.take_out("../../secret", folder / "c")


def test_a_file_that_changes_while_it_is_read_is_not_kept(case: Case) -> None:
    vault = Vault(case)
    with pytest.raises(DataError, match="changed while"):
        vault.keep("0" * 64, io.BytesIO(b"something else"))
    assert list(vault.folder.iterdir()) == []


def test_a_key_that_came_with_a_case_locks_nothing(case: Case, files: Path, tmp_path: Path) -> None:
    back_up(case, tmp_path / "b.zip", secret=True)
    restore(tmp_path / "b.zip", tmp_path / "r")
    with pytest.raises(HeichanError, match="from elsewhere"):
        ingest(open_case(tmp_path / "r"), [files], IngestOptions(jobs=1))
    trust(case.settings.id, tmp_path / "r")
    assert ingest(open_case(tmp_path / "r"), [files], IngestOptions(jobs=1)).new == 4


def test_the_vault_goes_into_a_backup_when_asked_for(
    case: Case, files: Path, tmp_path: Path
) -> None:
    _full(case, files)
    assert not back_up(case, tmp_path / "a.zip").vault
    assert back_up(case, tmp_path / "b.zip", vault=True).vault
    restore(tmp_path / "b.zip", tmp_path / "r")
    names = {path.name for path in (tmp_path / "r" / "vault").iterdir()}
    assert names == {path.name for path in (case.root / "vault").iterdir()}


def test_erasing_reaches_an_original_that_holds_nothing_else(case: Case, files: Path) -> None:
    _full(case, files)
    one, two = (sha256((files / name).read_bytes()).hexdigest() for name in ("one.json", "two.txt"))
    posts = ask(
        case,
        "SELECT DISTINCT p.id FROM post p JOIN post_version v ON v.post_n = p.n"
        " JOIN capture c ON c.version_n = v.n JOIN file f ON f.n = c.file_n"
        " WHERE f.id IN (?, ?) AND v.masked > 0",
        f"file:{one}",
        f"file:{two}",
    )
    reached = erase_from(case, [Asked("post", post) for (post,) in posts], reason="why")
    counts = {each.part: each.count for each in reached}
    assert not (case.root / "vault" / two).exists()
    assert (case.root / "vault" / one).exists()
    assert counts["vault files that hold nothing else"] == 1
    assert counts["vault files that hold other posts too"] == 1


def test_an_own_key_is_used_and_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = pyrage.x25519.Identity.generate()
    done = here("init", tmp_path / "c", "--vault", "--format", "json", **{VARIABLE: str(key)})
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["vault"] == str(key.to_public())
    assert str(key) not in done.stdout + done.stderr
    assert not key_file(json.loads(done.stdout)["case"]).exists()
    shown = here("--case", tmp_path / "c", "config", "show", **{VARIABLE: str(key)})
    assert str(key) not in shown.stdout


def test_without_the_package_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(keys, "import_module", missing)
    with pytest.raises(HeichanError, match="pyrage") as caught:
        create_case(tmp_path / "c", vault=NewVault())
    assert "heichan[vault]" in caught.value.hint
    assert not (tmp_path / "c").exists()
    monkeypatch.setenv(VARIABLE, str(tmp_path / "nothing"))
    with pytest.raises(UsageError, match="cannot be read"):
        keys.find_key("x", tmp_path)


def test_verify_opens_what_it_can(case: Case, files: Path, tmp_path: Path) -> None:
    _full(case, files)
    words = ("--case", case.root, "verify", "--format", "json")

    def row() -> dict[str, object]:
        rows = json.loads(here(*words).stdout)
        return next(each for each in rows if each["check"] == "vault")

    assert (row()["state"], row()["looked_at"]) == ("equal", 3)
    key = key_file(case.settings.id).rename(tmp_path / "key")
    assert row()["state"] == "not checked"
    assert "3 of 3 are there" in str(row()["said"])
    key.rename(key_file(case.settings.id))
    one = next(path for path in (case.root / "vault").iterdir())
    one.write_bytes(b"x")
    assert row()["state"] == "differs"
    assert here(*words).returncode == 1


def test_exhibits_have_the_originals_encrypted(case: Case, files: Path, tmp_path: Path) -> None:
    _full(case, files)
    words = ("--case", case.root, "report", "-o", tmp_path / "r.md", "--exhibits")
    done = here(*words, tmp_path / "e")
    assert done.returncode == 0, done.stderr
    added = sorted((tmp_path / "e" / "originals").iterdir())
    assert added
    for path in added:
        assert path.read_bytes() == (case.root / "vault" / path.stem).read_bytes()
        listed = f"{sha256(path.read_bytes()).hexdigest()}  originals/{path.name}"
        assert listed in (tmp_path / "e" / "SHA256SUMS").read_text().splitlines()
    first = (tmp_path / "e" / "exhibit-001.md").read_text()
    assert any(f"originals/{path.stem}" in first.replace("\\", "") for path in added)
    assert "13800001234" not in first
    assert here(*words, tmp_path / "e", "--force").returncode == 0
    redacted = here(*words, tmp_path / "f", "--redact", "contacts", "--force")
    assert redacted.returncode == 0, redacted.stderr
    assert not (tmp_path / "f" / "originals").exists()
