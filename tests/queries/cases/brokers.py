"""Cases of the pack `brokers`."""

from tests.queries.cases import made
from tests.queries.cases.making import Making

LOANS = "product/loan_leads"


@made
def trees(case: Making) -> None:
    """r recruits a and b, a recruits c; o, p and q recruit each other in a ring."""
    r, a, b, c, o, p, q = case.accounts("r a b c o p q")
    for boss, agent, at in ((r, a, 1), (r, b, 2), (a, c, 3), (o, p, 4), (p, q, 5), (q, o, 6)):
        post = case.post(agent, at).id
        case.link("RECRUITS", boss, agent, at, basis="conversation", posts=[post])
    case.link("ADVERTISES_ON", b, case.venue("near"))
    case.link("ADVERTISES_ON", c, case.venue("far"))
    case.link("ADVERTISES_ON", r, case.venue("own"))
    # Shares a venue with all of them and was recruited by nobody.
    case.link("ADVERTISES_ON", case.account("stranger"), case.venue("near"))


@made
def exclusive(case: Making) -> None:
    """Of six who post the exclusive text later, only `thief` is another seller with own contact."""
    s, second, thief, agent, partner, fan = case.accounts("s second thief agent partner fan")
    case.actor("s", s, second)
    contact = case.contact("s_sales", s, partner)
    first = case.listing(s, 1, cluster="one", exclusive=True, exclusivity="exclusive")
    case.link("GIVES_CONTACT", first, contact, owner="seller")
    case.listing(case.account("early"), "2021-02-01", cluster="one")
    case.listing(s, 3, cluster="one", exclusive=True)
    case.listing(second, 4, cluster="one")
    case.listing(thief, 6, cluster="one")
    case.listing(partner, 7, cluster="one")
    case.link("GIVES_CONTACT", case.listing(agent, 8, cluster="one"), contact, owner="seller")
    case.listing(fan, 9, cluster="one", voice="forwarded")
    case.listing(case.account("asker"), 9, cluster="one", polarity="request")
    case.listing(case.account("other"), 9, cluster="two")


@made
def families(case: Making) -> None:
    """x leaves stock for loan leads in the third month; reposts and one stray offer move nobody."""
    x, y, stray, both = case.accounts("x x2 stray both")
    case.actor("x", x, y)
    for at in (1, 10, 20):
        case.listing(x, at, cluster=f"stock {at}")
    for at in (70, 75, 80):
        case.listing(y, at, LOANS, cluster=f"loans {at}")
    case.listing(x, 72, cluster="stock 72")
    for at in (1, 2, 3):
        case.listing(stray, at, cluster=f"stray {at}")
    case.listing(stray, 64, cluster="stray 64")
    for at in range(65, 75):
        case.listing(stray, at, LOANS, cluster="stray loans")
    for at in (1, 2, 65, 66):
        listing = case.listing(both, at, cluster=f"both {at}")
        case.link("OFFERS", listing, case.product(LOANS))


@made
def triples(case: Making) -> None:
    """b joins i to u and v; the rest buys one thing and sells another, deals late, or is tied."""
    i, b, u, v, bot, mixed, tied, back, young = case.accounts("i b u v bot mixed tied back young")
    bot = case.account("bot", shared=True, shared_reason="escrow")
    case.holds(i, "insider")
    for each in (b, bot, mixed, tied, back):
        case.holds(each, "middleman")
    case.holds(young, "middleman", 80, 90)
    for each in (u, v):
        case.holds(each, "end_user")
    case.flow(i, b, 1)
    case.flow(b, u, 3)
    case.flow(b, v, 4)
    case.flow(i, mixed, 1)
    case.flow(mixed, u, 3, product=LOANS)
    case.flow(i, back, 20)
    case.flow(back, u, 3)
    case.flow(i, young, 1)
    case.flow(young, u, 3)
    w = case.account("w")
    case.holds(w, "end_user")
    case.flow(i, tied, 1)
    case.flow(tied, w, 3)
    case.flow(i, w, 30)
    for at, seller in enumerate(case.accounts("x1 x2 x3"), 1):
        case.holds(seller, "hacker")
        case.flow(seller, bot, at)
    case.flow(bot, u, 9)
