"""Records as the build reads them: whole, in order, and what they say alike held once."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from evidence.corrections.reading import decoded
from graph.build.bodies import Bodies
from graph.build.records import Records
from ingest.records import Listing, Price, ProductRef
from tests.graph.filling import Filling, filling


@pytest.fixture
def fill(tmp_path: Path) -> Iterator[Filling]:
    with filling(tmp_path) as made:
        yield made


def listing(post: str, number: int = 0, price: float = 1) -> Listing:
    return Listing(
        post=post,
        listing=number,
        text="",
        lang="zh",
        voice="own",
        polarity="offer",
        confidence=0.9,
        products=(ProductRef("product/stock_leads", "料", (0, 1)),),
        prices=(Price(price, "CNY", "record", None, "一元", (1, 3)),),
        problems=("'料' is unsure",),
    )


def test_a_body_is_what_the_archive_holds(fill: Filling) -> None:
    for number, price in enumerate((1, 1.0, 2.5, 1)):
        post = fill.say("1", "料一元", number)
        fill.listing(post, record=listing(post.id, price=price))
    rows = fill.connection.execute("SELECT body FROM record").fetchall()
    bodies = Bodies()
    read = [bodies.listing(body, "post:other") for (body,) in rows]
    assert read == [decoded(body) for (body,) in rows]
    # 1 and 1.0 are equal, and are written differently.
    assert [repr(each.prices[0].value) for each in read] == ["1", "1.0", "2.5", "1"]


def test_what_listings_say_alike_is_held_once() -> None:
    bodies = Bodies()
    written = [msgspec.json.encode(listing(f"post:{n}", price=n)).decode() for n in (1, 2)]
    one, two = (bodies.listing(body, f"post:{n}") for n, body in enumerate(written, start=1))
    assert one.products is two.products
    assert one.claims is two.claims
    assert one.prices != two.prices


def test_a_body_of_fewer_fields_has_what_the_record_has_by_itself() -> None:
    body = (
        '{"post":"post:1","listing":0,"lang":"zh","voice":"own","polarity":"offer","confidence":1}'
    )
    assert Bodies().listing(body, "post:1") == decoded(body)


def test_records_stand_by_post_and_number_and_share_their_post(fill: Filling) -> None:
    first, second = sorted((fill.say("1", "出料", n) for n in range(2)), key=lambda said: said.id)
    for post, number in ((second, 1), (second, 0), (first, 0)):
        fill.listing(post, record=listing(post.id, number))
    fill.act(second, "vouch")
    fill.act(first, "vouch")
    records = Records(fill.connection)
    found = records.listings({})
    assert [(each.post.id, each.body.listing) for each in found] == [
        (first.id, 0),
        (second.id, 0),
        (second.id, 1),
    ]
    acts = records.acts()
    assert [act.post.id for act in acts] == [first.id, second.id]
    assert acts[0].act is acts[1].act
    assert acts[1].post is found[1].post is found[2].post


def test_one_listing_and_those_of_one_account(fill: Filling) -> None:
    mine, other = fill.say("1", "出料", 0), fill.say("2", "出料", 1)
    ids = [fill.listing(post) for post in (mine, other)]
    (account,) = fill.connection.execute("SELECT account_n FROM post WHERE id = ?", (mine.id,))
    assert [each.id for each in Records(fill.connection).of_account(account[0])] == ids[:1]
    one = Records(fill.connection).of_id(ids[1])
    assert one is not None
    assert one.post.id == other.id
    assert Records(fill.connection).of_id(f"listing:{'0' * 32}") is None


def test_records_of_an_older_version_are_not_read(fill: Filling) -> None:
    post = fill.say("1", "出料", 0)
    fill.listing(post)
    newer = fill.connection.execute(
        "INSERT INTO post_version (post_n, text, text_key) VALUES (?, 'none', x'01')", (post.n,)
    ).lastrowid
    fill.connection.execute("UPDATE post SET version_n = ? WHERE n = ?", (newer, post.n))
    assert Records(fill.connection).listings({}) == []
