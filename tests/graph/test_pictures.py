"""One picture of few accounts, told by the hashes that ingestion keeps of what lies beside."""

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from evidence.case import create_case
from graph.build.derive import derive
from ingest.options import IngestOptions
from ingest.pipeline import ingest
from tests.graph.filling import DAY, SETTINGS, Filling, Said, filling
from tests.graph.test_identity import likely, offers, ties
from tests.ingest.exports import message, write_telegram

JPEG = b"\xff\xd8\xff\xe0"


@pytest.fixture
def fill(tmp_path: Path) -> Iterator[Filling]:
    with filling(tmp_path) as made:
        yield made


def shows(fill: Filling, post: Said, name: str) -> None:
    fill.connection.execute("INSERT INTO media (post_n, name) VALUES (?, ?)", (post.n, name))


def lies(fill: Filling, name: str, content: str, run: int = 1, reason: str = "picture") -> None:
    """A file beside the export of `Filling`."""
    fill.connection.execute(
        "INSERT INTO aside (run_n, name, reason, sha256, size) VALUES (?, ?, ?, ?, 9)",
        (run, name, reason, sha256(content.encode()).hexdigest()),
    )


def posts(fill: Filling, who: str, day: int, content: str, suffix: str = "jpg") -> None:
    """A post with a picture file of its own name."""
    name = f"photos/photo_{who}_{day}.{suffix}"
    shows(fill, fill.say(who, "", day * DAY), name)
    lies(fill, name, content)


def test_a_picture_of_two(fill: Filling) -> None:
    posts(fill, "1", 1, "card")
    posts(fill, "2", 5, "card")
    posts(fill, "3", 6, "cat")
    (tie,) = ties(fill)
    assert (tie.start, tie.end) == ("account:telegram:1", "account:telegram:2")
    assert tie.props["features"] == [f"both posted the picture {sha256(b'card').hexdigest()[:12]}"]
    assert tie.props["n"] == len(tie.props["posts"]) == 2  # type: ignore[arg-type]
    assert likely(fill) == set()


def test_two_pictures_say_more_than_one(fill: Filling) -> None:
    for day, content in enumerate(("card", "desk")):
        posts(fill, "1", day, content)
        posts(fill, "2", day + 5, content)
    posts(fill, "1", 20, "cat")
    posts(fill, "3", 21, "cat")
    one, two = sorted(ties(fill), key=lambda each: float(each.props["score"]))  # type: ignore[arg-type]
    assert float(two.props["score"]) > float(one.props["score"])  # type: ignore[arg-type]
    assert str(two.props["features"]).startswith("['both posted 2 pictures, as ")


def test_a_picture_that_goes_round_links_nobody(fill: Filling) -> None:
    for day, who in enumerate("1234"):
        posts(fill, who, day, "joke")
    assert ties(fill) == []


def test_forwards_make_a_picture_popular_and_are_nobodys_own(fill: Filling) -> None:
    posts(fill, "1", 1, "card")
    forwarded = fill.say("2", "", 2 * DAY, forwarded="account:telegram:1")
    shows(fill, forwarded, "photos/photo_1_1.jpg")
    assert ties(fill) == []
    posts(fill, "3", 3, "card")
    assert len(ties(fill)) == 1
    shows(fill, fill.say("4", "", 4 * DAY, forwarded="account:telegram:1"), "photos/photo_1_1.jpg")
    assert ties(fill) == []


@pytest.mark.parametrize("suffix", ["webp", "gif"])
def test_a_sticker_is_everybodys(fill: Filling, suffix: str) -> None:
    posts(fill, "1", 1, "card", suffix)
    posts(fill, "2", 5, "card", suffix)
    assert ties(fill) == []


def test_only_pictures_count_and_only_where_their_file_lies_there(fill: Filling) -> None:
    for who in "12":
        shows(fill, fill.say(who, "", DAY), "voice.ogg")
        shows(fill, fill.say(who, "", DAY), "photo")
        shows(fill, fill.say(who, "", DAY), "../photos/x.jpg")
    lies(fill, "voice.ogg", "hello", reason="sound")
    lies(fill, "photos/x.jpg", "card")
    assert ties(fill) == []


def test_a_path_with_two_contents_tells_neither(fill: Filling) -> None:
    """Two exports were read from folders of one name."""
    for run in (2, 3):
        fill.connection.execute(
            "INSERT INTO run (id, tool_version, options, tz, started_at) VALUES (?, '', '', '', 0)",
            (f"run:{run}",),
        )
    for who in "12":
        shows(fill, fill.say(who, "", DAY), "photos/x.jpg")
    lies(fill, "photos/x.jpg", "card", run=2)
    lies(fill, "photos/x.jpg", "cat", run=3)
    assert ties(fill) == []
    lies(fill, "photos/x.jpg", "desk", run=1)
    assert len(ties(fill)) == 1


def test_a_masked_path_may_be_any_file(fill: Filling) -> None:
    for who in "12":
        shows(fill, fill.say(who, "", DAY), "photos/▮▮▮.jpg")
    lies(fill, "photos/▮▮▮.jpg", "card")
    assert ties(fill) == []


def test_a_picture_beside_a_contact_handed_on(fill: Filling) -> None:
    offers(fill, "1", range(3), "demo_one")
    offers(fill, "2", range(20, 23), "demo_one")
    for day, content in enumerate(("card", "desk")):
        posts(fill, "1", day, content)
        posts(fill, "2", day + 25, content)
    (tie,) = ties(fill)
    assert tie.props["score"] == 0.67


def test_from_an_export_with_its_pictures(tmp_path: Path) -> None:
    """The hashes that ingestion keeps are enough, and nothing else is kept."""
    export = tmp_path / "ChatExport_2021-03-04"
    (export / "photos").mkdir(parents=True)
    messages = []
    for number, who in enumerate(("100200301", "100200302"), start=1):
        name = f"photos/photo_{number}@04-03-2021_13-06-07.jpg"
        (export / name).write_bytes(JPEG + b"one desk")
        fields = {"from": f"name {who}", "from_id": f"user{who}", "photo": name}
        messages.append(message(number, "", date_unixtime=str(1_614_834_367 + number), **fields))
    write_telegram(export / "result.json", messages)
    case = create_case(tmp_path / "case")
    ingest(case, [export], IngestOptions(jobs=1))
    with case.archive() as archive:
        found = derive(archive, SETTINGS).relationships
        kept = json.dumps(archive.connection.execute("SELECT * FROM aside").fetchall())
    (tie,) = [each for each in found if each.type == "MAYBE_SAME"]
    assert str(tie.props["features"]).startswith("['both posted the picture ")
    assert "one desk" not in kept
