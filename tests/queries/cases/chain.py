"""Cases of the pack `chain`."""

from tests.graph.filling import DAY, Filling
from tests.queries.cases import filled, made
from tests.queries.cases.making import Making

LOANS = "product/loan_leads"
SIMS = "service/sim_farm"


@made
def products(case: Making) -> None:
    """Ties of different goods are no chain: i sells stock leads to a, a sells loan leads to e."""
    i, a, b, e = case.accounts("i a b e")
    case.holds(i, "insider")
    case.holds(e, "end_user")
    case.flow(i, a, 1)
    case.flow(a, e, 2, product=LOANS)
    case.flow(a, b, 3)
    case.flow(b, e, 4)


@made
def backwards(case: Making) -> None:
    """No tie is over before an earlier one began; the whole chain is looked back upon."""
    i, a, b, e = case.accounts("i a b e")
    case.holds(i, "insider")
    case.holds(e, "end_user")
    case.flow(i, a, 10, 12)
    case.flow(a, e, 2, 9)
    case.flow(a, b, 5, 20)
    case.flow(b, e, 6, 8)


@made
def presence(case: Making) -> None:
    """Those who share a venue, a thread, a reply and a text deal with nobody."""
    i, e = case.accounts("i e")
    case.holds(i, "insider")
    case.holds(e, "end_user")
    venue = case.venue("common")
    case.listing(i, 1, venue=venue, cluster="one")
    listing = case.listing(e, 2, venue=venue, cluster="one", polarity="request")
    for each in (i, e):
        case.active(each, venue, 1, 2, 3)
        case.link("ADVERTISES_ON", each, venue)
        case.link("MEMBER_OF_VENUE", each, venue, valid_from=1, valid_to=9)
    case.link("INTERACTS_WITH", e, i, 2, kind="reply", n=40)
    case.link("INTERACTS_WITH", i, e, 2, kind="reply", n=40)
    case.link("VOUCHES_FOR", e, i, 3)
    assert listing


@made
def vocabulary(case: Making) -> None:
    """Product, role, source and contact in common are no way from one stranger to another."""
    i, a, e = case.accounts("i a e")
    case.holds(i, "insider")
    case.holds(a, "middleman")
    case.holds(e, "end_user")
    for each in (i, a):
        case.source(case.listing(each, 1), "org/operator/cn/china_mobile")
    case.listing(e, 2, polarity="request")
    case.contact("common", i, a, e)
    case.flow(i, a, 1)


@made
def escrow(case: Making) -> None:
    """An escrow bot stands on most paths; i reaches e by a and b too."""
    i, a, b, e, n, m = case.accounts("i a b e n m")
    bot = case.account("bot", shared=True, shared_reason="notices", bot=True)
    for each in (i, n):
        case.holds(each, "insider")
        case.flow(each, bot, 1, 30)
    for each in (e, m):
        case.holds(each, "end_user")
        case.flow(bot, each, 1, 30)
    case.holds(a, "supplier")
    case.holds(b, "middleman")
    case.flow(i, a, 1)
    case.flow(a, b, 2)
    case.flow(b, e, 3)


@made
def then(case: Making) -> None:
    """Roles are those held at the time: i was an insider earlier, e an end user later."""
    i, a, e = case.accounts("i a e")
    case.holds(i, "insider", 1, 10)
    case.holds(i, "supplier", 15, 40)
    case.holds(e, "end_user", 50, 60)
    case.holds(e, "middleman", 1, 40)
    case.flow(i, a, 20)
    case.flow(a, e, 22)


@made
def one_actor(case: Making) -> None:
    """Two accounts of one actor are one place in the chain, and no way round by itself."""
    i, a, again, e = case.accounts("i a again e")
    case.actor("x", a, again)
    case.holds(i, "insider")
    case.holds(e, "end_user")
    b = case.account("b")
    case.flow(i, a, 1)
    case.flow(a, b, 2)
    case.flow(b, again, 3)
    case.flow(again, e, 4)


@made
def crew(case: Making) -> None:
    """A crew with an insider and a middleman; u only deals with it, a cheat is so called."""
    i, x, u, c, late = case.accounts("i x u c late")
    crew = case.node("Syndicate", "syndicate:crew", basis="analyst")
    m = case.actor("m", x)
    boss = case.actor("i", i)
    for member in (m, boss):
        case.link("MEMBER_OF", member, crew, basis="analyst")
    case.holds(i, "insider")
    case.holds(m, "middleman")
    case.holds(x, "launderer", basis="accused")
    case.holds(u, "end_user", 1, 40)
    case.holds(c, "sim_farmer")
    case.holds(late, "launderer", 90, 99)
    case.flow(x, u, 5)
    case.flow(x, late, 5)
    # Only the same venue.
    for each in (x, c):
        case.active(each, case.venue("common"), 1, 2)


@made
def orders(case: Making) -> None:
    """Court, report and explicit text tell of orders; recruiting, dealing and guessing do not."""
    i, h, w = case.accounts("i h w")
    boss = case.actor("b")
    case.actor("h", h)
    post = case.post(None, 3, kind="report_passage", excerpt="b gave i the orders").id
    case.link("INSTRUCTS", boss, i, 3, basis="court", modality="analyst", posts=[post])
    case.link("INSTRUCTS", boss, h, 4, basis="explicit_text", modality="claimed", posts=[post])
    company = case.organisation("org/operator/cn/china_mobile")
    case.link("INSTRUCTS", i, company, 5, basis="report", modality="claimed", posts=[post])
    case.link("INSTRUCTS", boss, w, 5, basis="conversation", modality="derived", posts=[post])
    case.link("RECRUITS", boss, w, 5, basis="conversation", modality="derived")
    case.flow(w, i, 5)


@made
def enablers(case: Making) -> None:
    """`sim` serves three sellers, one by two accounts; `near` shares venues and its own goods."""
    sim = case.account("sim")
    case.holds(sim, "sim_farmer", 1, 30)
    sellers = case.accounts("s1 s2 s3 s4 s5")
    case.actor("s", *sellers[:2])
    for seller in sellers:
        case.listing(seller, 3)
    for seller in sellers[:3]:
        case.flow(sim, seller, 5, product=SIMS)
    case.contact("helpdesk", sim, sellers[3])
    # Sold stock leads, and served long after it held the role.
    case.flow(sim, sellers[4], 6)
    case.flow(sim, sellers[4], 80, product=SIMS)
    # Buys nothing but the service, and sells no data.
    case.flow(sim, case.account("caller"), 6, product=SIMS)
    near = case.account("near")
    case.holds(near, "account_merchant", 1, 30)
    case.contact("everybody", near, *sellers, shared=True, shared_reason="many_accounts")
    for each in (near, *sellers):
        case.active(each, case.venue("common"), 1, 2)


@made
def cashout(case: Making) -> None:
    """A wallet in common, a payment, a bot for all, a second account of the launderer itself."""
    s, launderer, own, many, paid, buyer = case.accounts("s l own many paid buyer")
    case.actor("l", own, case.account("l2"))
    case.holds(launderer, "launderer")
    case.holds(case.account("l2"), "launderer")
    for each in (s, own, many, paid):
        case.listing(each, 2)
    case.listing(buyer, 2, polarity="request")
    wallet = case.contact("Twallet", launderer, s, kind="trx", exclusivity=0.5)
    case.contact("Town", own, case.account("l2"), kind="trx")
    case.contact("bot", launderer, many, shared=True, shared_reason="many_accounts")
    event = case.node("Event", "event:paid", kind="deal", date=4, source_class="court")
    case.link("SUBJECT_OF", paid, event, 4, measure="charged", modality="analyst")
    case.link("PAID_TO", event, wallet, 4, amount=100.0, currency="USDT")


@made
def upline(case: Making) -> None:
    """Only an upline that nobody knows; one that is known, or is supplied itself, is no end."""
    a, b, c = case.accounts("a b c")
    unknown = case.actor("unknown", kind="unknown")
    supplied = case.actor("supplied", kind="unknown")
    known = case.actor("known")
    post = case.post(a, 3, excerpt="my upline delivers").id
    for who, whom in ((unknown, a), (supplied, b), (known, c)):
        goods = case.product().id
        basis = {"basis": "explicit_text", "modality": "claimed", "product": goods}
        case.link("SUPPLIES", who, whom, 3, posts=[post], **basis)
    case.flow(c, supplied, 1)


@made
def fragments(case: Making) -> None:
    """Two suppliers and two users meet in `hub` alone; u3 is reached by a alone, u4 by c or d."""
    s1, s2, hub, u1, u2, s3, a, u3 = case.accounts("s1 s2 hub u1 u2 s3 a u3")
    case.holds(hub, "middleman")
    for supplier in (s1, s2, s3):
        case.holds(supplier, "insider")
    for at, supplier in enumerate((s1, s2), 1):
        case.flow(supplier, hub, at)
    for at, user in enumerate((u1, u2), 5):
        case.holds(user, "end_user")
        case.flow(hub, user, at)
    case.flow(s3, a, 1)
    case.flow(a, u3, 2)
    # Gives u3 the same, and got it from nobody.
    case.flow(case.account("late"), u3, 3)
    c, d, s4, u4 = case.accounts("c d s4 u4")
    for way in (c, d):
        case.flow(s4, way, 1, product=LOANS)
        case.flow(way, u4, 2, product=LOANS)
    # Sold before anything could have reached it.
    early = case.account("early")
    case.flow(s3, early, 20)
    case.flow(early, case.account("u5"), 2)


@filled
def talk(fill: Filling) -> None:
    """From posts: 1 sells to 2, who sells on to 3; a group full of others makes no tie."""
    for at, (seller, buyer) in enumerate((("1", "2"), ("2", "3"))):
        offer = fill.say(seller, "出股民料", at * DAY)
        fill.listing(offer)
        ask = fill.say(buyer, "多少钱", at * DAY + 60, reply=offer)
        fill.act(ask, "buying_words")
        fill.act(fill.say(seller, "私聊", at * DAY + 120, reply=ask), "answer")
        for other in "4567":
            fill.listing(fill.say(other, "出股民料", at * DAY + 30))
            fill.act(fill.say(other, "多少钱", at * DAY + 90), "buying_words")
