"""Cases of the pack `actors`."""

from graph import ids
from graph.build.draft import Ref
from graph.explore.watch import keep, touched
from graph.explore.watch_list import add, entry_of
from tests.graph.filling import Filling
from tests.queries.cases import filled, made
from tests.queries.cases.making import Making, When

LOANS = "product/loan_leads"


def _wears(case: Making, account: Ref, text: str, first: When, last: When, n: int = 1) -> None:
    handle = case.node("Handle", ids.handle("telegram", text), text, text=text, norm=text)
    case.link("WEARS", account, handle, valid_from=first, valid_to=last, n=n)


@made
def silence(case: Making) -> None:
    """`quiet` and `new` were silent for 48 watched days; nobody looked at where the others were."""
    seen, dark = case.venue("seen"), case.venue("dark")
    case.file("seen", venue=seen)
    case.file("dark", venue=dark)
    case.watched(seen, *range(1, 61))
    case.watched(dark, 1, 2, 51, 52)
    quiet, unseen, elsewhere, new, heir = case.accounts("quiet unseen elsewhere new heir")
    case.active(quiet, seen, 1, 2, 51)
    case.active(unseen, dark, 1, 2, 51)
    case.active(elsewhere, seen, 1)
    case.active(elsewhere, dark, 51)
    case.active(new, seen, 2, 51)
    # Wears the name of `quiet` while that one is silent.
    case.active(heir, seen, 51, 52)
    _wears(case, quiet, "boss", 1, 51)
    _wears(case, heir, "boss", 51, 52)
    _wears(case, new, "early", 1, 2)
    _wears(case, new, "late", 51, 52)
    case.price(case.listing(new, 2, venue=seen), 1.0)
    case.price(case.listing(new, 51, venue=seen), 1.5)
    case.listing(new, 51, LOANS, venue=seen)
    one, other = case.accounts("one other")
    case.actor("two", one, other)
    case.active(one, seen, 1, 51)
    case.active(other, seen, 20, 35)
    for each in (
        case.account("bot", shared=True, shared_reason="bot", bot=True),
        case.account("own", own=True),
    ):
        case.active(each, seen, 1, 51)


@made
def rings(case: Making) -> None:
    """a, b and c vouch for one another; the rest is praise in one direction, or of a bot."""
    a, b = case.account("a", first_seen=4), case.account("b", first_seen=4)
    c, d, e, p, q = case.accounts("c d e p q")
    bot = case.account("bot", shared=True, shared_reason="notices")
    pairs = [(a, b), (b, a), (b, c), (c, b), (a, c), (c, a), (d, a), (p, q), (q, p)]
    # A ring in one direction only.
    pairs += [(d, e), (e, p), (p, d)]
    for each in (a, b, c):
        pairs += [(each, bot), (bot, each)]
    for at, (giver, taker) in enumerate(pairs, 5):
        case.link("VOUCHES_FOR", giver, taker, at, posts=[case.post(giver, at).id])


@made
def newcomers(case: Making) -> None:
    """`copy` reuses a text and `payer` pays at once; nobody watched where `early` came from."""
    seen, dark = case.venue("seen"), case.venue("dark")
    case.watched(seen, *range(1, 61))
    case.watched(dark, *range(30, 61))
    case.node("TextCluster", "cluster:old", first_seen=1, last_seen=50)
    case.node("TextCluster", "cluster:own", first_seen=40, last_seen=50)
    author = case.account("author", first_seen=1)
    copy, payer = case.account("copy", first_seen=30), case.account("payer", first_seen=40)
    early, late = case.account("early", first_seen=30), case.account("late", first_seen=5)
    case.listing(author, 1, venue=seen, cluster="old")
    case.listing(copy, 32, venue=seen, cluster="old")
    case.listing(copy, 33, venue=seen, cluster="fresh")
    case.listing(early, 31, venue=dark, cluster="old")
    case.listing(late, 50, venue=seen, cluster="old")
    case.listing(payer, 40, venue=seen, cluster="own")
    escrow = case.node("EscrowService", "escrow:huione")
    paid = [case.post(payer, 41, venue=seen).id]
    case.link("DEPOSITED_WITH", payer, escrow, 41, amount=500, currency="USDT", posts=paid)


@made
def moves(case: Making) -> None:
    """Three came from `old` to `new` after it closed; a name, a hotline and a bot link nobody."""
    old, new = case.venue("old"), case.venue("new")
    for venue in (old, new):
        case.file(venue.id, venue=venue)
        case.watched(venue, *range(1, 31))
    case.node("Event", "event:closed", kind="takedown", date=10, source_class="post")
    same, seller, seller2, x, y = case.accounts("same seller seller2 x y")
    case.active(same, old, 1, 9)
    case.active(same, new, 12)
    case.active(seller, old, 2)
    case.active(seller2, new, 15, 16)
    case.contact("sales", seller, seller2)
    case.active(x, old, 3)
    case.active(y, new, 14)
    case.actor("one", x, y)
    first, heir = case.accounts("first heir")
    case.active(first, old, 1, 8)
    case.active(heir, new, 11)
    _wears(case, first, "boss", 1, 8)
    _wears(case, heir, "boss", 11, 12)
    hotline = case.account("hotline")
    case.active(hotline, new, 12)
    case.contact("everybody", first, hotline, shared=True, shared_reason="many_accounts")
    # In both before, or in the old one still.
    both, stays = case.accounts("both stays")
    case.active(both, old, 1, 9)
    case.active(both, new, 5, 12)
    case.active(stays, old, 1, 9, 30)
    case.active(stays, new, 12)
    for each in (
        case.account("bot", shared=True, shared_reason="bot", bot=True),
        case.account("own", own=True),
    ):
        case.active(each, old, 1, 9)
        case.active(each, new, 12)


@made
def roles(case: Making) -> None:
    """`changed` stopped buying before it sold; `goes_on` buys still; the cheat is called so."""
    changed, goes_on, accused = case.accounts("changed goes_on accused")
    own = case.account("own", own=True)
    for each in (changed, own):
        case.holds(each, "buyer", 1, 30)
        case.holds(each, "supplier", 41, 60)
    case.holds(goes_on, "buyer", 1, 30)
    case.holds(goes_on, "buyer", 35, 70)
    case.holds(goes_on, "supplier", 41, 60)
    case.holds(accused, "buyer", 1, 30)
    case.holds(accused, "cheat", 20, 60, basis="accused")
    case.holds(accused, "supplier", 41, 60, basis="accused")


@made
def accused(case: Making) -> None:
    """A ruling stands beside an accusation; an accused handle is not the account that wears it."""
    victim, cheat, heir, again = case.accounts("victim cheat heir again")
    case.actor("x", cheat, again)
    handle = case.node("Handle", "handle:telegram:cheat", text="cheat", norm="cheat")
    _wears(case, heir, "cheat", 20, 30)
    post = [case.post(victim, 5).id]
    bot = "account:telegram:bot"
    case.link("ACCUSES", victim, cheat, 5, posts=post, outcome="upheld", ruled_by=bot)
    case.link("ACCUSES", victim, handle, 6, posts=post)
    case.link("ACCUSES", case.account("own", own=True), cheat, 7, posts=post)


@made
def taken(case: Making) -> None:
    """`second` took over the handle of `first`, and neither its contacts nor its offers."""
    first, second, sister = case.accounts("first second sister")
    case.actor("who", first, sister)
    _wears(case, first, "boss", 1, 10, n=4)
    _wears(case, second, "boss", 20, 30, n=2)
    case.contact("desk", first)
    case.contact("thief", second)
    case.listing(sister, 3)
    case.listing(second, 22)


@filled
def watch(fill: Filling) -> None:
    """1 gives up the handle, 2 takes it over; longer names, numbers and own posts are no hits."""
    fill.say("1", "在吗", 0, name="Boss")
    fill.say("1", "改名了", 100, name="阿龙")
    fill.say("2", "早", 200, name="boss")
    fill.say("3", "找 @BOSS 拿货", 300)
    fill.say("3", "加扣扣１２３４５", 400)
    fill.say("4", "收流 量\u200b，有流量的来", 500)
    fill.say("4", "问王老板", 600, name="小李")
    fill.say("5", "嗯", 700, name="王老板·代收")
    fill.say("6", "@boss_2 和 @bigboss，号123456", 800)
    fill.say("9", "替我看看 @boss 的流量", 900)
    fill.connection.execute("UPDATE account SET own = 1 WHERE native_id = '9'")
    for text in ("@boss", "qq:12345", "流量", "account:telegram:4"):
        add(fill.connection, "main", entry_of(text), author="a", reason="r")
    add(fill.connection, "main", entry_of("王老板", "name"), author="a", reason="r")
    add(fill.connection, "other", entry_of("改名"), author="a", reason="r")
    keep(
        fill.connection,
        [each for each in touched(fill.connection, "main") if each.watched.entry.value == "流量"],
    )
