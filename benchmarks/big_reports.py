"""What is known of an invented market: events, statements and the talk between people."""

from datetime import timedelta

from benchmarks.big_market import Market

_EVENTS = ("deal", "deal", "raid", "exit_scam", "payment", "breach", "arrest", "rule_change")
_MEASURES = ("named", "arrested", "fined", "banned")
_TALK = ("reply", "mention", "quote", "forward")
_BETWEEN_POSTS = (("REPLIES_TO", 6_000), ("FORWARDED_FROM", 2_000), ("REPOST_OF", 4_000))


def report(market: Market) -> None:
    """Events with their posts, the statements about them, and the talk between people."""
    _events(market)
    _claims(market)
    _successors(market)
    made, chance = market.made, market.chance
    for number in range(market.share(14_000)):
        pair = chance.choice(market.accounts), market.often(market.accounts)
        made.link("INTERACTS_WITH", *pair, market.when(), kind=_TALK[number % len(_TALK)],
                  n=chance.randint(1, 9))  # fmt: skip
    for type_, count in _BETWEEN_POSTS:
        for _ in range(market.share(count)):
            made.link(type_, chance.choice(market.posts), market.often(market.posts))
    for _ in range(market.share(6_000)):
        made.link("MENTIONS", chance.choice(market.posts), market.often(market.accounts))


def _events(market: Market) -> None:
    made, chance = market.made, market.chance
    for number in range(market.share(1_500)):
        kind = _EVENTS[number % len(_EVENTS)]
        event = made.node("Event", f"event:{number:032x}", f"event {number}", date=market.day(),
                          kind=kind, source_class="post")  # fmt: skip
        made.link("REPORTED_IN", event, chance.choice(market.posts), span_start=0, span_end=9)
        measure = _MEASURES[number % len(_MEASURES)]
        market.say("SUBJECT_OF", market.often(market.accounts), event, measure=measure)
        if kind == "payment":
            market.say("PAID_TO", event, market.often(market.contacts), amount=200.0,
                       currency="USDT")  # fmt: skip


def _claims(market: Market) -> None:
    """Statements with a post each; findings that rest on some; pairs that contradict."""
    made, chance, claims = market.made, market.chance, []
    for number in range(market.share(5_000)):
        post = chance.choice(market.posts)
        claim = made.node("Claim", f"claim:{number:032x}", "tie", kind="tie", layer="claimed",
                          post_id=post.id, confidence=0.8, status="active",
                          created_at=market.when(), owner=f"analyst {number % 3}")  # fmt: skip
        made.link("SUPPORTED_BY", claim, post)
        made.link("ABOUT", claim, market.often(market.accounts), part="subject")
        claims.append(claim)
    for number in range(market.share(300)):
        finding = made.node("Claim", f"claim:f{number:031x}", f"finding {number}", kind="finding",
                            layer="assessed", confidence=0.6, status="active")  # fmt: skip
        for claim in market.some(claims, 1 + number % 4):
            made.link("SUPPORTED_BY", finding, claim)
    for number in range(market.share(250)):
        one, other = chance.choice(claims), chance.choice(claims)
        if one != other:
            made.link("CONTRADICTS", one, other, independent=number % 2 == 0)


def _successors(market: Market) -> None:
    made = market.made
    for old, new in zip(market.escrows[1:], market.escrows[2:], strict=False):
        made.link("SUCCEEDED_BY", old, new, changed_on=market.day(), modality="analyst")
    for venue, section in zip(market.venues, market.venues[1:9], strict=False):
        made.link("PART_OF", section, venue, kind="section")
    for escrow in market.escrows[1:]:
        made.link("GUARANTEES", escrow, market.often(market.venues), deposit=1_000.0,
                  currency="USDT", valid_from=market.when(),
                  valid_to=market.when() + timedelta(days=900))  # fmt: skip
