import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidence.errors import HeichanError
from ingest.posts import Problem, ReadPost, SetAside
from ingest.readers import READERS, ReadOptions, Source, detect
from ingest.readers.base import HEAD_BYTES, Head
from ingest.readers.reports.stix import StixReader
from tests.growth import times_as_long

from .helpers import breaks, posts, problems, read, source
from .test_telegram import chat, written
from .test_telegram import message as telegram_message

READER = StixReader()
AMBER = "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421"
WHITE = "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9"
Fields = dict[str, Any]


def uid(kind: str, number: int = 0) -> str:
    return f"{kind}--5f3a0c7e-1111-4222-8333-{number:012d}"


def thing(kind: str, number: int = 0, **fields: object) -> Fields:
    head = {"type": kind, "spec_version": "2.1", "id": uid(kind, number)}
    return {**head, "created": "2021-04-19T10:00:00.000Z", **fields}


def bundle(objects: list[Any]) -> Fields:
    return {"type": "bundle", "id": uid("bundle"), "objects": objects}


REPORT = thing(
    "report",
    1,
    name="数据黑产年报",
    description="卖家称每日可出五万条股民数据。\n\n  渠道为运营商内部。 ",
    published="2021-04-20T08:30:00Z",
    external_references=[
        {"source_name": "demo vendor", "url": "https://demo.example/a", "description": "x"},
        {"source_name": "demo", "external_id": "D-1"},
    ],
    object_refs=[uid("threat-actor")],
    object_marking_refs=[AMBER],
)
OTHERS = [
    thing("threat-actor", name="演示团伙", description="An actor that sells call records."),
    thing("identity", name="Demo Bank", identity_class="organization"),
    thing("note", abstract="about the seller", content="The seller claims it is first hand."),
    thing("user-account", account_type="telegram", account_login="demo_name"),
    thing("url", value="https://demo.example"),
    thing("domain-name", value="demo.example"),
    thing("indicator", pattern="[url:value = 'https://demo.example']", pattern_type="stix"),
    thing("indicator", 2, name="shop", description="The shop's address."),
    thing("relationship", relationship_type="uses", source_ref=uid("a"), target_ref=uid("b")),
    thing("relationship", 2, relationship_type="uses", description="They use the shop."),
    thing("report", 3, name="Only a title", object_marking_refs=[WHITE, AMBER]),
    thing("note", 4, content="taken back", revoked=True),
    thing("marking-definition", definition_type="statement", definition={"statement": "©"}),
    thing("extension-definition", name="x", description="a schema"),
]


@pytest.mark.parametrize("layout", [{}, {"indent": 2}, {"separators": (",", ":")}])
def test_objects_with_text_become_passages(tmp_path: Path, layout: dict[str, Any]) -> None:
    items = read(READER, tmp_path, json.dumps(bundle([REPORT, *OTHERS]), **layout))
    found = posts(items)
    assert {post.kind for post in found} == {"report_passage"}
    assert {(post.venue, post.account) for post in found} == {(None, None)}
    behind = " (demo vendor https://demo.example/a; demo D-1)"
    assert [(p.text, p.place) for p in found[:3]] == [
        ("数据黑产年报", f"{uid('report', 1)} title{behind}"),
        ("卖家称每日可出五万条股民数据。", f"{uid('report', 1)} description:1{behind}"),
        ("渠道为运营商内部。", f"{uid('report', 1)} description:2{behind}"),
    ]
    first = found[0]
    assert (first.native_id, first.heading) == (uid("report", 1), "数据黑产年报")
    assert (first.unix, first.wall) == (1_618_907_400, "2021-04-20T08:30:00")
    assert [p.text for p in found[3:]] == [
        "演示团伙",
        "An actor that sells call records.",
        "about the seller",
        "The seller claims it is first hand.",
        "shop",
        "The shop's address.",
        "They use the shop.",
        "Only a title",
    ]
    assert found[3].wall == "2021-04-19T10:00:00"
    ends = [(post.offset, post.offset + len(post.text)) for post in found]
    assert all(end < start for (_, end), (start, _) in pairwise(ends))


def test_every_object_is_accounted_for(tmp_path: Path) -> None:
    broken = [5, "x", None, [], {}, thing("note", 9, content=7), {"type": 1}]
    items = read(READER, tmp_path, json.dumps(bundle([REPORT, *OTHERS, *broken])))
    asides = [i for i in items if isinstance(i, SetAside) and i.reason.startswith("STIX")]
    said = {post.native_id for post in posts(items)}
    assert len(said) + len(asides) + len(problems(items)) == 1 + len(OTHERS) + len(broken)
    assert SetAside(uid("url"), "STIX url, no text") in asides
    assert SetAside(uid("note", 4), "STIX note, revoked") in asides
    assert [p.where for p in problems(items)] == [f"objects[{n}]" for n in range(15, 22)]


def test_markings_are_reported(tmp_path: Path) -> None:
    own = thing("marking-definition", 7, name="TLP:RED", definition_type="tlp")
    v2 = thing(
        "marking-definition", 8, extensions={"extension-definition--x": {"tlp_2_0": "green"}}
    )
    marked = thing("note", 5, content="x", object_marking_refs=[own["id"], v2["id"], "odd"])
    items = read(READER, tmp_path, json.dumps(bundle([REPORT, *OTHERS, marked, own, v2])))
    marks = [i for i in items if isinstance(i, SetAside) and "TLP" in i.name]
    assert [(m.name, m.reason.split(" ")[0]) for m in marks] == [
        ("file: TLP:CLEAR", "1"),
        ("file: TLP:GREEN", "1"),
        ("file: TLP:AMBER", "2"),
        ("file: TLP:RED", "1"),
    ]
    assert marks[-1].reason == "1 objects are marked so; --tlp RED marks the file"


@pytest.mark.parametrize(
    "root",
    [
        [REPORT],
        {"more": False, "objects": [REPORT]},
        REPORT,
        {"objects": [REPORT], "type": "bundle", "id": uid("bundle"), "spec_version": "2.0"},
    ],
)
def test_other_roots(tmp_path: Path, root: object) -> None:
    data = json.dumps(root)
    items = read(READER, tmp_path, data)
    assert len(posts(items)) == 3
    assert not problems(items) + breaks(items)
    found = detect(source(tmp_path, data))
    assert found is not None
    assert found.name == "stix"


@pytest.mark.parametrize("root", [[], {"type": "bundle", "id": uid("bundle")}, bundle([])])
def test_nothing_in_it(tmp_path: Path, root: object) -> None:
    items = read(READER, tmp_path, json.dumps(root))
    assert items == [Problem("objects", "no STIX object in the file")]


@pytest.mark.parametrize(
    "time", ["2021-13-45T00:00:00Z", "x", "1969-01-01T00:00:00Z", "", "9" * 99]
)
def test_impossible_times_are_no_time(tmp_path: Path, time: str) -> None:
    one = thing("note", content="x", created=time)
    (post,) = posts(read(READER, tmp_path, json.dumps(bundle([one]))))
    assert (post.wall, post.unix) == (None, None)
    both = thing("report", name="x", published=time)
    (post,) = posts(read(READER, tmp_path, json.dumps(bundle([both]))))
    assert post.wall == "2021-04-19T10:00:00"


def test_text_as_html(tmp_path: Path) -> None:
    one = thing("report", name="x", description="<p>first</p><script>evil()</script><p>second</p>")
    found = posts(read(READER, tmp_path, json.dumps(bundle([one]))))
    assert [p.text for p in found] == ["x", "first", "second"]


def test_a_broken_object_does_not_stop_the_rest(tmp_path: Path) -> None:
    parts = [json.dumps(thing("note", n, content=f"number {n}")) for n in range(4)]
    parts[1] = parts[1].replace('"content":', '"content": {')
    parts[2] = parts[2].replace('"content":', '"content"')
    data = json.dumps(bundle([])).replace("[]", f"[{','.join(parts)}]")
    items = read(READER, tmp_path, data)
    assert [p.text for p in posts(items)] == ["number 0", "number 3"]
    assert [p.where for p in problems(items)] == ["objects[1]", "objects[2]"]


def test_cut_off_anywhere(tmp_path: Path) -> None:
    data = json.dumps(bundle([REPORT, *OTHERS])).encode()
    whole = posts(read(READER, tmp_path, data))
    for size in range(1, len(data), 9):
        items = read(READER, tmp_path, data[:size])
        assert posts(items) == whole[: len(posts(items))]
        assert len(breaks(items)) == 1


def test_detection_beside_the_others() -> None:
    for sample in (bundle([REPORT]), [REPORT], REPORT):
        for indent in (None, 2):
            head = Head(json.dumps(sample, indent=indent).encode()[:HEAD_BYTES], "x")
            others = [reader.sniff(head) for reader in READERS if reader.name != "stix"]
            assert READER.sniff(head) > max(others)
    for text in (
        written(chat([telegram_message(1)])),
        '{"id": 1, "user": "a", "text": "x"}\n',
        '{"objects": [1]}',
        "author,text\na,x\n",
        "<html>report--5f3a0c7e-1111-4222-8333-1</html>",
        "{}",
    ):
        assert READER.sniff(Head(text.encode(), "x")) == 0


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.tuples(
            st.floats(0, 1),
            st.integers(0, 9),
            st.binary(max_size=5)
            | st.sampled_from([b'"', b"{", b"}", b"[", b"]", b",", b"\0", b"\xff", b"\\ud800"]),
        ),
        min_size=1,
        max_size=5,
    )
)
def test_damage_gives_items_or_an_error_with_words(
    tmp_path: Path, cuts: list[tuple[float, int, bytes]]
) -> None:
    data = bytearray(json.dumps(bundle([REPORT, *OTHERS])).encode())
    for where, length, chunk in cuts:
        at = int(where * len(data))
        data[at : at + length] = chunk
    try:
        items = read(READER, tmp_path, bytes(data))
    except HeichanError:
        return
    for item in items:
        if isinstance(item, ReadPost):
            (item.text + item.heading + item.place).encode()


def test_time_grows_with_the_size(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    small, large = (
        source(tmp_path / name, json.dumps(bundle([REPORT, *OTHERS] * count)))
        for name, count in (("a", 300), ("b", 2400))
    )

    def reading(one: Source) -> int:
        return len(list(READER.read(one, ReadOptions())))

    assert times_as_long(lambda: reading(small), lambda: reading(large), 12) < 16
