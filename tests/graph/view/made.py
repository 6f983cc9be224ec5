"""An invented market for pages: a chain, people without a role, hostile names."""

import io
from collections.abc import Iterable

from graph.export.clean.plan import Plan, PlanEdge, PlanNode
from graph.export.clean.words import Cell
from graph.export.stamp import Stamp
from graph.view.extras import Backing, Badge, Extras, Passed, Quote, RoleClaim
from graph.view.page import write

HOSTILE = (
    "</script><script>window.ran=1</script>",
    '<img src=x onerror="window.ran=1">',
    "\u202egpj.exe\u2066",
    "\x1b[31mred",
    "]]><!-- --><style>*{display:none}</style>",
    "__proto__",
    "a\u2028b\u2029c",
    "长" * 10_000,
)
STAMP = Stamp(selection="a made market", snapshot="abc123", version="0.1.0", tlp="AMBER")
ROLES = {
    "insider": RoleClaim("insider", "self_described", "2023-01-02", "2023-02-03", 4, 3, 0.9),
    "middleman": RoleClaim("middleman", "act_derived", "2023-01-05", "2023-03-04", 9, 6, 0.95),
    "buyer": RoleClaim("buyer", "act_derived", "2023-02-01", "2023-03-09", 3, 2, 0.8),
}


def account(name: str, label: str, first: str = "2023-01-01", last: str = "2023-04-01") -> PlanNode:
    """An account that was seen between two days."""
    values = {"platform": "telegram", "first_seen": f"{first}T02:00:00Z"}
    return PlanNode(
        f"account:telegram:{name}", label, "Account", {**values, "last_seen": f"{last}T02:00:00Z"}
    )


def flow(number: int, start: PlanNode, end: PlanNode, first: str, last: str) -> PlanEdge:
    """A tie of goods."""
    values: dict[str, Cell] = {
        "confidence": 0.5,
        "first_seen": f"{first}T01:00:00Z",
        "modality": "derived",
    }
    return PlanEdge(
        f"rel:{number}",
        start.id,
        end.id,
        "FLOWS_TO",
        "FLOWS_TO",
        float(number),
        {**values, "last_seen": f"{last}T01:00:00Z", "product": "product:stock_leads"},
    )


INSIDER = account("1", "内部小王")
BROKER = account("2", "老金")
BADGE = Badge(
    1,
    [
        ("ranks 1 of 3", "排名第 1（共 3）"),
        ("take care: @demo_jin https://bad.example/y", "注意：t"),
    ],
    [
        Passed(
            ("1. 内部小王 → 老金 → 九号台   stock leads",) * 2,
            [("got from 内部小王, undated: <b>an offer</b>", "进货：内部小王，无日期：出售信息")],
        )
    ],
    ("composed of 2 separate statements", "由 2 个独立陈述拼合"),
)
BUYER = account("3", "九号台")
STRANGER = account("4", "路人甲", "2023-03-20", "2023-04-01")
CONTACT = PlanNode(
    "contact:telegram:demo_jin", "demo_jin", "Contact", {"kind": "telegram", "value": "demo_jin"}
)
LINK = PlanNode(
    "contact:url:https://shop.example/x",
    "https://shop.example/x",
    "Contact",
    {"kind": "url", "value": "https://shop.example/x"},
)
PEOPLE = (INSIDER, BROKER, BUYER, STRANGER)


def market() -> Plan:
    """Four people, two contacts, ties of four months."""
    edges = [
        flow(1, INSIDER, BROKER, "2023-01-10", "2023-02-10"),
        flow(2, BROKER, BUYER, "2023-02-15", "2023-03-10"),
        flow(3, BROKER, STRANGER, "2023-03-25", "2023-03-28"),
        PlanEdge(
            "rel:4",
            BROKER.id,
            CONTACT.id,
            "USES_CONTACT",
            "USES_CONTACT",
            1.0,
            {"modality": "observed"},
        ),
        PlanEdge(
            "rel:5",
            BROKER.id,
            LINK.id,
            "USES_CONTACT",
            "USES_CONTACT",
            1.0,
            {"modality": "claimed"},
        ),
    ]
    return Plan([*PEOPLE, CONTACT, LINK], edges, ["1 character removed"])


def hostile() -> Plan:
    """The market with a person of each hostile name."""
    plain = market()
    others = [account(str(100 + number), name) for number, name in enumerate(HOSTILE)]
    edges = [
        flow(100 + number, BROKER, other, "2023-01-10", "2023-02-10")
        for number, other in enumerate(others)
    ]
    return Plan([*plain.nodes, *others], [*plain.edges, *edges], plain.losses)


def extras(texts: Iterable[str] = ("出股民 一手 飞机@demo_jin https://shop.example/x",)) -> Extras:
    """Roles, a broker's badge, and quotes of the broker with these texts."""
    quotes = [
        Quote(f"post:{number}", "2023-02-03 12:00:00 +08:00", "演示群", "老金", text)
        for number, text in enumerate(texts)
    ]
    return Extras(
        zone="Asia/Shanghai",
        quotes=quotes,
        of_nodes={BROKER.id: Backing(list(range(len(quotes))), 7)},
        of_edges={"rel:2": Backing([0], 1)},
        roles={
            INSIDER.id: [ROLES["insider"]],
            BROKER.id: [ROLES["middleman"], RoleClaim("cheat", "accused")],
            BUYER.id: [ROLES["buyer"]],
        },
        brokers={BROKER.id: BADGE},
    )


def page(plan: Plan, shown: Extras | None = None, stamp: Stamp = STAMP) -> bytes:
    """The page as it is written."""
    stream = io.BytesIO()
    write(stream, plan, stamp, shown)
    return stream.getvalue()
