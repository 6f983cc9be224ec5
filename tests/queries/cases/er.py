"""Cases of the pack `er`."""

from ingest.records import ContactRef, Listing, ProductRef
from tests.graph.filling import DAY, Filling
from tests.queries.cases import filled, made
from tests.queries.cases.making import Making


@made
def candidates(case: Making) -> None:
    """a and b share a contact in two venues; c and d only a bot's, and have more to move."""
    a, b, c, d = case.accounts("a b c d")
    u, v = case.venue("u"), case.venue("v")
    posts = [case.post(a, 1, venue=u).id, case.post(b, 2, venue=v).id]
    for one, other, score, found in ((a, b, 0.9, posts), (c, d, 0.6, [])):
        case.link(
            "MAYBE_SAME", one, other, 1, 2, score=score, features=["contact"], counter=["hours"],
            status="open" if score < 0.7 else "unsure", n=len(found), posts=found,
        )  # fmt: skip
    case.contact("sales", a, b)
    for each, venue in ((a, u), (b, v), (c, u), (d, v)):
        case.link("ADVERTISES_ON", each, venue)
    buyer = case.account("buyer")
    case.flow(c, buyer, 3)
    case.flow(d, buyer, 4)
    case.contact("bot", c, d, shared=True, shared_reason="many_accounts")


@made
def nobody(case: Making) -> None:
    """Everything to share and nobody who derived a candidate."""
    a, b = case.accounts("a b")
    case.contact("sales", a, b)
    handle = case.node("Handle", "handle:telegram:king", "king", text="king", norm="king")
    for each in (a, b):
        case.link("WEARS", each, handle, valid_from=1, valid_to=9)
        case.link("ADVERTISES_ON", each, case.venue("u"))


@made
def takeover(case: Making) -> None:
    """`old` drops its handle, `young` takes it up later; `fake` wore it beside `old`."""
    old, young, fake = (
        case.account(name, first_seen=at) for name, at in (("old", 1), ("young", 40), ("fake", 5))
    )
    king = case.node("Handle", "handle:telegram:king", "king", text="king", norm="king")
    alike = case.node("Handle", "handle:telegram:k1ng", "k1ng", text="k1ng", norm="k1ng")
    case.link("WEARS", old, king, valid_from=1, valid_to=30)
    case.link("WEARS", young, king, valid_from=40, valid_to=60)
    case.link("WEARS", fake, king, valid_from=5, valid_to=6)
    case.link("WEARS", fake, alike, valid_from=7, valid_to=60)
    case.link(
        "MAYBE_SAME", old, young, score=0.4, status="open", features=["handle"],
        counter=["other contact"],
    )  # fmt: skip
    case.link("MAYBE_IMPERSONATES", fake, old, 5, distance=0.1, reason="look-alike")


def _offers(fill: Filling, who: str, days: range, contact: str, **said: str) -> None:
    """An offer of its own on each of these days, with a WeChat number."""
    for day in days:
        text = said.get("text") or f"账号{who}在第{day}天出的第{day * 7}批货"
        post = fill.say(who, text, day * DAY, name=said.get("name"))
        fill.listing(post, record=_listing(post.id, contact))


def _listing(post: str, contact: str) -> Listing:
    return Listing(
        post=post,
        listing=0,
        text="",
        lang="zh",
        voice="own",
        polarity="offer",
        confidence=0.9,
        products=(ProductRef("product/stock_leads", "料", (0, 1)),),
        contacts=(ContactRef("wechat", contact, contact, (10, 17), "seller"),),
    )


@filled
def recycled(fill: Filling) -> None:
    """1 leaves a name, 2 takes it two days later and is reached elsewhere."""
    _offers(fill, "1", range(10), "demo_one", name="金牌数据库")
    _offers(fill, "2", range(12, 22), "demo_two", name="金牌数据库")


@filled
def crew(fill: Filling) -> None:
    """1 and 2 are reached by one number, by turns; 3 copies their text under its own."""
    text = "出股民料 一手实时 每天五千条 支持测试 先测后付 诚信经营"
    _offers(fill, "1", range(0, 10, 2), "demo_one", text=text)
    _offers(fill, "2", range(1, 11, 2), "demo_one", text=text)
    _offers(fill, "3", range(4, 14, 2), "demo_three", text=text)


@filled
def desk(fill: Filling) -> None:
    """Six give one help desk; 7 and 8 a bot's number, the bot among them."""
    for who in "123456":
        _offers(fill, who, range(int(who), 20, 6), "demo_desk")
    fill.account("8", bot=True)
    _offers(fill, "7", range(0, 8, 2), "demo_bot")
    _offers(fill, "8", range(1, 9, 2), "demo_bot")


@filled
def imitated(fill: Filling) -> None:
    """1 sells under a name; 2 wears it with another letter, 3 as it is; 4 had it before."""
    fill.say("4", "早", 0, name="demo_goldking")
    _offers(fill, "1", range(5, 25), "demo_one", name="demo_goldking")
    _offers(fill, "2", range(8, 20), "demo_two", name="demo_g0ldking")
    _offers(fill, "3", range(9, 20), "demo_three", name="demo_goldking")
