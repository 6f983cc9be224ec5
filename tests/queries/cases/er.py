"""Cases of the pack `er`."""

from tests.queries.cases import made
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
