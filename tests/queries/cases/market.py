"""Cases of the pack `market`."""

from tests.graph.filling import DAY, Filling
from tests.queries.cases import filled, made
from tests.queries.cases.making import Making


@made
def capacity(case: Making) -> None:
    """A group of two thousand places with two who speak, and a small one with one more."""
    a, b, c = case.accounts("a b c")
    wide = case.venue("wide", capacity=2000, members_shown=1800, segments=["mobile"])
    narrow = case.venue("narrow", capacity=500, members_shown=400)
    case.file("f", "c", wide)
    case.active(a, wide, 1, 2, n=3)
    case.active(b, wide, 1, n=2)
    case.active(c, narrow, 1, n=4)
    for silent in case.accounts("d e"):
        case.link("MEMBER_OF_VENUE", silent, wide, valid_from=1, valid_to=9)


@made
def ladder(case: Making) -> None:
    """Dear at the middleman; copies, a price in dollars and one for a month move no median."""
    i, h, m, d, bot = case.accounts("i h m d bot")
    for seller, value in ((i, 0.1), (h, 0.3)):
        case.price(case.listing(seller, 1, role="insider"), value)
    for at in (1, 2, 3):
        case.price(case.listing(m, at, role="middleman", cluster="one"), 0.5)
    foreign = case.listing(m, 4, role="middleman")
    case.price(foreign, 40.0, currency="USD", value_cny=None)
    case.price(case.listing(m, 5, role="middleman"), 900.0, per="month")
    case.price(case.listing(d, 6, polarity="request", role="end_user"), 70.0)
    case.price(case.listing(bot, 7, role="sim_farmer"), 9.0)


@made
def outliers(case: Making) -> None:
    """Four quotes in CNY, one of them bait that stands twice, and two in dollars."""
    for at, (who, value) in enumerate((("a", 0.4), ("b", 0.5), ("c", 0.5), ("d", 90.0)), 1):
        listing = case.listing(case.account(who), at, cluster=who)
        case.price(listing, value, raw=f"{value:g}元/条")
    again = case.listing(case.account("d"), 9, cluster="d")
    case.price(again, 90.0, raw="90元/条")
    for at, who in ((10, "e"), (11, "f")):
        listing = case.listing(case.account(who), at)
        case.price(listing, 20.0, currency="USD", value_cny=None, raw="$20")


@made
def reposter(case: Making) -> None:
    """b posts one text twenty times and holds a quarter of the texts, as c does by two accounts."""
    a, b, c, second = case.accounts("a b c c2")
    case.actor("c", c, second)
    case.listing(a, 1, cluster="one")
    case.listing(a, 2, cluster="two")
    for at in range(1, 20):
        case.listing(b, at, cluster="three")
    case.listing(c, 3, cluster="four")
    case.listing(second, 4, cluster="four")
    case.listing(second, 4, polarity="request")


@made
def overlap(case: Making) -> None:
    """u and v share three sellers, one of them by two accounts; w and v only a copied text."""
    u, v, w = (case.venue(name, capacity=2000) for name in "uvw")
    a, b, c, c2, d, x = case.accounts("a b c c2 d x")
    case.actor("c", c, c2)
    for seller, venues in ((a, (u, v)), (b, (u, v)), (c, (u,)), (c2, (v,)), (d, (v,)), (x, (w,))):
        for venue in venues:
            case.link("ADVERTISES_ON", seller, venue)
            shared = venue in (v, w) and seller in (d, x)
            cluster = "copied" if shared else f"text of {seller.id}"
            case.listing(seller, 1, venue=venue, cluster=cluster if seller in (a, d, x) else None)
    bot = case.account("bot", shared=True, shared_reason="bot")
    for venue in (u, w):
        case.link("ADVERTISES_ON", bot, venue)


@filled
def copied(fill: Filling) -> None:
    """A text that three accounts post, once without a time, and a text that nobody repeats."""
    text = "一手源头出当天实时股民料量大从优欢迎长期合作联系 @seller_{}"
    fill.say("a", "早上好", 0)
    for at, who, venue in ((9, "a", "2"), (3, "b", "1"), (5, "b", "1"), (4, "c", "1")):
        post = fill.say(who, text.format(who), at * DAY, venue=fill.venue(venue))
        if who == "c":
            fill.connection.execute("UPDATE post SET utc = NULL WHERE n = ?", (post.n,))
    fill.say("a", "求购车主数据要求真实有效价格好商量", 10 * DAY)
