"""Secrets leave no part of a graph, however they are written."""

from collections import Counter
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.elements import Graph, Node, Relationship, Value
from graph.export.clean.finder import form_of
from graph.export.clean.guard import Guard, guard_of
from graph.export.clean.plan import plan
from graph.export.clean.rewrite import Rewriter, substitute
from graph.export.clean.secrets import LEVELS, Level, Secret, redacts, secrets_of
from graph.ids import rel
from tests.growth import times_as_long

KEY, OTHER = b"k" * 32, b"o" * 32
SELLER, BUYER = "account:qq:100200300", "account:telegram:name/5/Old Ghost"
POST, LISTING = "post:" + "0" * 32, "listing:" + "1" * 32
SELLS, ACCUSED = "contact:telegram:demo_h01", "contact:qq:100077712"


def tie(type_: str, start: str, end: str, **props: Value) -> Relationship:
    labels = {"account": "Account", "contact": "Contact", "handle": "Handle", "listing": "Listing"}
    ends = (start, labels.get(start.partition(":")[0], "Post"))
    others = (end, labels.get(end.partition(":")[0], "Post"))
    return Relationship(rel(type_, start, end), type_, *ends, *others, dict(props))


def market(excerpt: str = "出料 加 demo_h01") -> Graph:
    """A seller with a contact, a buyer known by name, an accused's number, the collector."""
    own = Node("account:telegram:555000111", "Account", {"name": "采集员甲", "own": True})
    nodes = [
        own,
        Node(SELLER, "Account", {"name": "快手阿强", "native_id": "100200300"}),
        Node(BUYER, "Account", {"name": "Old Ghost", "native_id": "name/5/Old Ghost"}),
        Node("handle:qq:快手阿强", "Handle", {"name": "快手阿强", "text": "快手阿强"}),
        Node(SELLS, "Contact", {"name": "telegram demo_h01", "value": "demo_h01"}),
        Node(ACCUSED, "Contact", {"name": "qq 100077712", "value": "100077712"}),
        Node(POST, "Post", {"name": excerpt[:40], "excerpt": excerpt}),
        Node(LISTING, "Listing", {"name": "offer stock_leads", "polarity": "offer"}),
    ]
    ties = [
        tie("GIVES_CONTACT", LISTING, SELLS, owner="seller", quote="飞机＠ｄｅｍｏ＿ｈ０１"),
        tie("GIVES_CONTACT", LISTING, ACCUSED, owner="accused", quote="骗子号 1000-77712"),
        tie("POSTED", SELLER, POST),
        tie("INTERACTS_WITH", BUYER, SELLER, kind="reply", n=1),
        tie("INTERACTS_WITH", own.id, SELLER, kind="reply", n=1),
        tie("WEARS", SELLER, "handle:qq:快手阿强", valid_from=datetime(2021, 1, 1, tzinfo=UTC)),
        tie("MAYBE_SAME", SELLER, BUYER, features=["both wore 快手阿强"], posts=[POST]),
    ]
    by_id = sorted(nodes, key=lambda node: node.id)
    return Graph(by_id, sorted(ties, key=lambda each: each.id))


def guarded(graph: Graph, level: Level = "none", **more: bool | bytes | None) -> Graph:
    key = KEY if level != "none" else None
    return guard_of(graph, level, key=key, **more).apply(graph, Counter())  # type: ignore[arg-type]


def shown(graph: Graph) -> str:
    return repr((graph.nodes, graph.relationships))


def test_the_collector_never_leaves_and_is_not_spoken_of() -> None:
    graph = market("采集员甲 问 快手阿强, id 555000111")
    for level in LEVELS:
        text = shown(guarded(graph, level, include_accused=True))
        assert "采集员甲" not in text
        assert "555000111" not in text


def test_a_name_that_others_wear_too_is_not_masked_for_the_collector() -> None:
    graph = market("快手阿强 在线")
    nodes = [
        Node(node.id, node.label, {**node.props, "name": "快手阿强"})
        if node.props.get("own")
        else node
        for node in graph.nodes
    ]
    assert "快手阿强 在线" in shown(guarded(Graph(nodes, graph.relationships)))


@pytest.mark.parametrize(
    "written",
    [
        "100077712",
        "１０００７７７１２",
        "1000-77712",
        "1 0 0 0 7 7 7 1 2",
        "QQ100077712x",
        "⑩0077712",
    ],
)
def test_an_accused_contact_is_masked_however_it_is_written(written: str) -> None:
    graph = market(f"曝光 {written} 骗钱")
    clean = guarded(graph)
    post = next(node for node in clean.nodes if node.id == POST)
    assert form_of("100077712") not in form_of(str(post.props["excerpt"])).replace(" ", "")
    assert str(post.props["excerpt"]).startswith("曝光 ")
    assert str(post.props["excerpt"]).endswith(" 骗钱")
    assert ACCUSED not in {node.id for node in clean.nodes}


def test_a_number_in_a_longer_number_is_another_number() -> None:
    graph = market("订单 91000777123")
    assert "91000777123" in shown(guarded(graph))


def test_whose_a_contact_is_is_known_in_every_part() -> None:
    graph = market("曝光 100077712")
    part = Graph([node for node in graph.nodes if node.label in ("Post", "Contact")], [])
    planned = plan(part, guard=guard_of(graph))
    assert [node.id for node in planned.nodes] == [SELLS, POST]
    assert "100077712" not in repr(list(planned.nodes))


def test_included_accused_contacts_are_redacted_like_others() -> None:
    graph = market("曝光 100077712")
    assert "100077712" in shown(guarded(graph, include_accused=True))
    text = shown(guarded(graph, "contacts", include_accused=True))
    assert "100077712" not in text
    assert substitute(KEY, "100077712") in text


def test_a_contact_is_one_word_in_ids_names_quotes_and_excerpts() -> None:
    clean = guarded(market("出料 加 DEMO_H01"), "contacts")
    word = substitute(KEY, "demo_h01")
    contact = next(node for node in clean.nodes if node.label == "Contact")
    assert contact.id == f"contact:telegram:{word}"
    assert contact.props == {"name": f"telegram {word}", "value": word}
    post = next(node for node in clean.nodes if node.label == "Post")
    assert post.props["excerpt"] == f"出料 加 {word}"
    quotes = [t.props["quote"] for t in clean.relationships if t.type == "GIVES_CONTACT"]
    assert quotes == [f"飞机＠{word}"]
    assert "快手阿强" in shown(clean)


def test_handles_take_names_and_numbers_of_accounts_too() -> None:
    graph = market("快手阿强 在线 100200300, ask old ghost")
    text = shown(guarded(graph, "handles"))
    for value in ("快手阿强", "100200300", "ghost", "demo_h01"):
        assert value not in text.lower()


def test_a_hash_that_could_be_tried_out_is_made_anew() -> None:
    graph = market()
    old = {each.id for each in graph.relationships} | {POST, LISTING}
    clean = guarded(graph, "contacts")
    new = {node.id for node in clean.nodes} | {each.id for each in clean.relationships}
    assert not old & new
    same = next(each for each in clean.relationships if each.type == "MAYBE_SAME")
    assert isinstance(same.props["posts"], list)
    assert set(map(str, same.props["posts"])) <= new


def test_two_recipients_share_nothing_and_one_is_stable() -> None:
    graph = market("快手阿强 demo_h01")
    first, again, second = (
        guard_of(graph, "handles", key=key).apply(graph, Counter()) for key in (KEY, KEY, OTHER)
    )
    assert first == again
    for one in first.nodes:
        assert one.id not in {node.id for node in second.nodes}
    assert not {t.id for t in first.relationships} & {t.id for t in second.relationships}


def test_vocabulary_and_codes_keep_their_words() -> None:
    words = Node("product:stock_leads", "Product", {"name": "股民", "code": "stock_leads"})
    named = Node("handle:qq:offer", "Handle", {"name": "offer", "text": "offer", "norm": "offer"})
    people = Node("handle:qq:股民", "Handle", {"name": "股民", "text": "股民", "norm": "股民"})
    listing = Node(LISTING, "Listing", {"name": "x", "polarity": "offer"})
    clean = guarded(Graph([named, people, listing, words], []), "handles")
    assert words in clean.nodes
    assert [node.props["polarity"] for node in clean.nodes if node.label == "Listing"] == ["offer"]


def test_a_cut_text_gives_no_beginning_away_and_names_nobody() -> None:
    rewriter = Rewriter([Secret("demo_h01_long", "redacted", "demo_h01_long")], KEY)
    for text in ("出料 @demo_h0…", "字" * 150 + " demo_h01"):
        new = rewriter.text(text, Counter())
        assert "demo_h" not in new
        assert "redacted" not in new
    assert rewriter.text("short demo_h0", Counter()) == "short demo_h0"


def test_without_secrets_a_graph_stays_the_object_it_was() -> None:
    graph = Graph([Node(POST, "Post", {"name": "x"})], [])
    guard = guard_of(graph)
    assert guard.idle
    assert guard.apply(graph, Counter()) is graph


def test_redaction_needs_a_key() -> None:
    with pytest.raises(ValueError, match="no key"):
        guard_of(market(), "contacts")


LETTERS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=12)
VALUES = st.one_of(
    st.from_regex(r"[a-z][a-z0-9_]{4,15}", fullmatch=True),
    st.from_regex(r"[1-9][0-9]{4,12}", fullmatch=True),
    st.text(st.sampled_from("阿强料商快手小刀"), min_size=2, max_size=6),
)


@given(
    st.lists(VALUES, min_size=1, max_size=6, unique=True), st.lists(LETTERS, max_size=6), st.data()
)
def test_no_value_is_left_in_any_text(
    values: list[str], between: list[str], data: st.DataObject
) -> None:
    rewriter = Rewriter([Secret(value, "redacted", value) for value in values], KEY)
    chosen = data.draw(st.lists(st.sampled_from(values), min_size=1, max_size=6))
    text = "".join(
        part for pair in zip(chosen, [*between, *" " * 6], strict=False) for part in pair
    )
    counted: Counter[str] = Counter()
    new = rewriter.text(text, counted)  # type: ignore[arg-type]
    form = form_of(new)
    for value in values:
        if not value.isdigit():
            assert form_of(value) not in form
    assert not rewriter.holds(new)


@given(LETTERS, LETTERS)
def test_what_holds_no_value_stays(value: str, text: str) -> None:
    rewriter = Rewriter([Secret(value, "accused", value)], None)
    if not rewriter.holds(text):
        assert rewriter.text(text, Counter()) == text
    elif text.isprintable():
        # Letter for letter: what is masked keeps its length.
        assert len(rewriter.text(text, Counter())) == len(text)


@given(st.lists(VALUES, min_size=2, max_size=20, unique=True))
def test_ids_stay_apart_and_ends_meet(values: list[str]) -> None:
    nodes = [
        Node(f"contact:telegram:{value}", "Contact", {"name": value, "value": value})
        for value in sorted(values)
    ]
    graph = Graph(nodes, [])
    levels: tuple[Level, ...] = ("contacts", "handles")
    for level in levels:
        clean = guard_of(graph, level, key=KEY).apply(graph, Counter())
        assert len({node.id for node in clean.nodes}) == len(nodes)


def test_what_is_redacted_by_level() -> None:
    assert [redacts(label, "contacts") for label in ("Contact", "Handle", "Post")] == [
        True,
        False,
        False,
    ]
    assert redacts("Account", "handles")
    assert not redacts("Contact", "none")
    assert {secret.why for secret in secrets_of(market()).values} == {"own", "accused"}
    assert isinstance(guard_of(market()), Guard)


def test_time_grows_as_the_text_and_not_as_its_square() -> None:
    values = [f"demo_{n:x}" for n in range(2_000)] + [str(n) for n in range(10_000_000, 10_002_000)]
    rewriter = Rewriter([Secret(value, "redacted", value) for value in values], KEY)
    hostile = ("1 " * 40 + "demo_" * 40 + "aaaa demo_7 10000007 1000-0009 ") * 20
    assert (
        times_as_long(
            lambda: rewriter.text(hostile, Counter()),
            lambda: rewriter.text(hostile * 8, Counter()),
            20,
        )
        < 20
    )
