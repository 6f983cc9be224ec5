"""An exported graph with everything that a format may stumble over."""

from datetime import UTC, date, datetime, timedelta

from graph.elements import Graph, Node, Relationship, Value

HOSTILE = (
    "\x1b[31m\x00\ud800 ]]></node><script>alert(1)</script> &amp; \u202e\n\t\r'\"\\ [red] =1+1 "
    + "长" * 10_000
)
FIRST, SECOND, VENUE = "account:qq:1", "account:qq:2", "venue:qq:9"
DAY = date(2021, 1, 1)
DAYS = (0, 1, 2, 100, 101, 300)
"""Days of activity after the first: three stretches."""


def exported() -> Graph:
    """Two accounts that deal in two goods, one of them active in three stretches of days."""
    nodes = [
        Node(FIRST, "Account", {"name": HOSTILE, "platform": HOSTILE, "bot": False}),
        Node(SECOND, "Account", {"name": "乙", "first_seen": datetime(2021, 1, 2, tzinfo=UTC)}),
        Node("post:1", "Post", {"name": "帖", "kind": "message", "excerpt": "]]> & <b>"}),
        Node("role:supplier", "Role", {"name": "supplier", "layer": 3}),
        Node(VENUE, "Venue", {"name": "群", "segments": ['a "b", c', "二\\", "", "x\ny", HOSTILE]}),
    ]
    return Graph(nodes, sorted(_ties(), key=lambda tie: tie.id))


def _ties() -> list[Relationship]:
    here, there = (FIRST, "Account"), (SECOND, "Account")
    told: dict[str, Value] = {"modality": "derived", "basis": "answered", "confidence": 0.5, "n": 2}
    seen: dict[str, Value] = {"first_seen": datetime(2021, 1, 5, 6, 7, 8, tzinfo=UTC)}
    seen["last_seen"] = datetime(2021, 1, 5, 6, 7, 8, tzinfo=UTC)
    supplies = [
        Relationship(f"rel:s{at}", "SUPPLIES", *here, *there, {**told, **seen, "product": product})
        for at, product in enumerate(("product:a", "product:b"))
    ]
    active = [
        Relationship(
            f"rel:a{at}", "ACTIVE_IN", *here, VENUE, "Venue", {"day": DAY + timedelta(day), "n": 1}
        )
        for at, day in enumerate(DAYS)
    ]
    roles = [
        Relationship(f"rel:r{at}", "HAS_ROLE", *here, "role:supplier", "Role", claimed)
        for at, claimed in enumerate(_claims())
    ]
    posted = Relationship("rel:p", "POSTED", *here, "post:1", "Post", {})
    return [*supplies, *active, *roles, posted]


def _claims() -> list[dict[str, Value]]:
    return [
        {"basis": "self_described", "acts": 1, "valid_from": date(2021, 1, 1)},
        {"basis": "act_derived", "acts": 5, "valid_from": date(2021, 1, 1), "score": 0.4},
    ]
