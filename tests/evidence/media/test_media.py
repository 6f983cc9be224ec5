import json
from pathlib import Path
from typing import Any

import pytest

from evidence.case import Case, create_case
from evidence.media.link import link_media
from evidence.media.posted import Wanted, kind_of, posted
from ingest.options import IngestOptions
from ingest.pipeline import ingest
from tests import talks
from tests.commands.process import here

PICTURE = b"\xff\xd8\xff one picture"
OTHER = b"\xff\xd8\xff another one"
UNNAMED = "(File not included. Change data exporting settings to download.)"


def export(folder: Path, **media: dict[str, Any]) -> Path:
    whole = json.loads(talks.telegram_json(talks.talk(1)))
    for number, fields in media.items():
        whole["messages"][int(number[1:])] |= fields
    return talks.write(folder, "result.json", json.dumps(whole, ensure_ascii=False).encode())


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    root = tmp_path_factory.mktemp("media")
    folder = root / "export"
    export(
        folder,
        m0={"photo": "photos/photo_1.jpg"},
        m1={"photo": "photos/photo_2.jpg"},
        m2={"photo": "photos/photo_3.jpg"},
        m3={"photo": UNNAMED},
        m4={"file": "files/list.csv", "file_name": "清单.csv"},
        m5={"photo": "photos/photo_4.jpg"},
    )
    talks.write(folder / "photos", "photo_1.jpg", PICTURE)
    talks.write(folder / "photos", "photo_2.jpg", PICTURE)
    talks.write(folder / "photos", "photo_4.jpg", OTHER)
    talks.write(folder / "files", "list.csv", b"time,user,text\n2021-03-04,a,b\n")
    made = create_case(root / "case")
    ingest(made, [folder], IngestOptions(jobs=1))
    return made


def told(case: Case, **wanted: Any) -> list[tuple[object, ...]]:
    with case.reader() as archive:
        found = posted(archive.connection, Wanted(**wanted))
    return [(row.kind, row.name, row.state, row.posts, row.accounts) for row in found]


def test_files_meet_by_hash_and_what_lacks_is_told(case: Case) -> None:
    first, *others = told(case)
    assert first == ("picture", "photos/photo_1.jpg", "hashed", 2, 2)
    # Files of as many posters come in the order of their hashes.
    assert {row[:3] for row in others[:2]} == {
        ("picture", "photos/photo_4.jpg", "hashed"),
        ("file", "files/list.csv", "hashed"),
    }
    assert others[2:] == [
        ("picture", "photos/photo_3.jpg", "missing", 1, 1),
        ("photo", "photo", "unnamed", 1, 1),
    ]
    assert [row[1] for row in told(case, posters=2)] == ["photos/photo_1.jpg"]
    assert [row[2] for row in told(case, state="missing")] == ["missing"]
    assert told(case, account="account:telegram:100002")[0][1] == "photos/photo_1.jpg"
    assert told(case, venue="venue:telegram:0") == []


def test_a_row_names_posters_places_posts_and_size(case: Case) -> None:
    with case.reader() as archive:
        first = posted(archive.connection, Wanted(limit=1))[0]
    assert first.who == ["account:telegram:100001", "account:telegram:100002"]
    assert first.where == ["venue:telegram:1234567890"]
    assert (first.size, len(first.evidence), first.forwarded) == (len(PICTURE), 2, 0)
    assert first.first is not None
    assert first.last is not None
    assert first.first < first.last


def test_a_file_that_comes_with_a_later_export_is_found(tmp_path: Path) -> None:
    case = create_case(tmp_path / "case")
    folder = tmp_path / "export"
    export(folder, m0={"photo": "photos/photo_1.jpg"})
    ingest(case, [folder], IngestOptions(jobs=1))
    assert told(case) == [("picture", "photos/photo_1.jpg", "missing", 1, 1)]
    talks.write(folder / "photos", "photo_1.jpg", PICTURE)
    ingest(case, [folder], IngestOptions(jobs=1))
    assert told(case) == [("picture", "photos/photo_1.jpg", "hashed", 1, 1)]


def test_what_is_known_is_not_written_again(case: Case) -> None:
    with case.archive() as archive, archive.transaction() as connection:
        before = connection.total_changes
        assert link_media(connection) == 0
        assert connection.total_changes == before


def test_the_same_post_in_two_exports_counts_once(tmp_path: Path) -> None:
    case = create_case(tmp_path / "case")
    for name in ("one", "two"):
        export(tmp_path / name, m0={"photo": "photos/photo_1.jpg"})
        talks.write(tmp_path / name / "photos", "photo_1.jpg", PICTURE)
        # Another byte at the end makes it another file.
        with (tmp_path / name / "result.json").open("a") as file:
            file.write("\n" if name == "two" else "")
        ingest(case, [tmp_path / name], IngestOptions(jobs=1))
    assert told(case) == [("picture", "photos/photo_1.jpg", "hashed", 1, 1)]


def test_the_command(case: Case) -> None:
    answer = here("--case", case.root, "media", "--several", "--format", "json")
    assert answer.returncode == 0, answer.stderr
    (row,) = json.loads(answer.stdout)
    assert (row["accounts"], row["kind"], row["state"]) == (2, "picture", "hashed")
    assert here("--case", case.root, "media", "--state", "eaten").returncode == 2
    missing = here("--case", case.root, "media", "--state", "unnamed", "--format", "json")
    assert [row["name"] for row in json.loads(missing.stdout)] == ["photo"]
    empty = ("media", "--account", "account:telegram:100004", "--several", "--fail-empty")
    assert here("--case", case.root, *empty).returncode == 3


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a/b.JPG", "picture"),
        ("x.ogg", "sound"),
        ("x.mp4", "video"),
        ("x.rar", "file"),
        ("voice", "voice"),
    ],
)
def test_kinds_by_name(name: str, kind: str) -> None:
    assert kind_of(name) == kind
