"""Cases of the pack `qa`."""

from graph.build.draft import Ref
from ingest.records import Listing, ProductRef
from tests.graph.filling import DAY, Filling
from tests.queries.cases import filled, made
from tests.queries.cases.making import Making


def _claim(case: Making, name: str, layer: str, *support: Ref, **props: object) -> Ref:
    base: dict[str, object] = {"kind": "assessment", "layer": layer, "status": "active"}
    claim = case.node("Claim", f"claim:{name}", name, **base | {"text": name} | props)
    for each in support:
        case.link("SUPPORTED_BY", claim, each)
    return claim


@made
def findings(case: Making) -> None:
    """Findings on a copied text, on one collector, through another claim, and on two of each."""
    a = case.account("a")
    mine, theirs = case.file("f", "c"), case.file("g", "d")
    one = case.post(a, 1, cluster="one", file=mine)
    copy = case.post(a, 2, cluster="one", file=theirs)
    two = case.post(a, 3, cluster="two", file=mine)
    other = case.post(a, 4, cluster="other", file=theirs)
    _claim(case, "copies", "assessed", one, copy)
    _claim(case, "collected", "assessed", one, two)
    _claim(case, "through", "assessed", _claim(case, "said", "claimed", one))
    _claim(case, "good", "assessed", two, other)
    _claim(case, "gone", "assessed", one, status="withdrawn")


@made
def one_collector(case: Making) -> None:
    """Two texts, and one person who collected everything."""
    _claim(case, "f", "assessed", case.post(None, 1, cluster="one"), case.post(None, 2))


@made
def contradicting(case: Making) -> None:
    """One report has a man arrested, another has him assist; a third was withdrawn."""
    first, second = (case.post(None, at, kind="report_passage") for at in (1, 2))
    arrested = _claim(case, "arrested", "claimed", first, owner="li", kind="event")
    assists = _claim(case, "assists", "claimed", second, kind="event")
    gone = _claim(case, "gone", "claimed", first, status="withdrawn")
    for one, other in ((assists, arrested), (arrested, assists), (gone, assists)):
        case.link("CONTRADICTS", one, other)


def _offer(fill: Filling, code: str, at: int, cluster: str) -> None:
    post = fill.say("1", f"offer of {code}", at)
    body = Listing(
        post=post.id, listing=0, text="", lang="zh", voice="own", polarity="offer",
        confidence=0.9, products=(ProductRef(f"product/{code}", "offer", (0, 5)),),
    )  # fmt: skip
    listing = fill.listing(post, record=body)
    connection = fill.connection
    record = connection.execute("SELECT n FROM record WHERE id = ?", (listing,)).fetchone()[0]
    connection.execute(
        "INSERT INTO claim (id, record_n, kind, subject, code, span_start, span_end)"
        " VALUES (?, ?, 'product', ?, ?, 0, 5)",
        (f"claim:{post.native_id}", record, listing, f"product:{code}"),
    )
    connection.execute(
        "INSERT INTO claim_revision SELECT n, '1', 'lex', 0.9 FROM claim WHERE subject = ?",
        (listing,),
    )
    if cluster:
        connection.execute("INSERT INTO text_cluster VALUES (?, ?, 1.0)", (post.n, cluster))


@filled
def stale(fill: Filling) -> None:
    """A text whose copy is 20 days old, another of 200 days, and talk of today."""
    _offer(fill, "stock_leads", 10 * DAY, "cluster:one")
    _offer(fill, "loan_leads", 20 * DAY, "")
    _offer(fill, "stock_leads", 200 * DAY, "cluster:one")
    fill.say("2", "hello", 220 * DAY)
