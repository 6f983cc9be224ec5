"""Sections: what is claimed by whom, what is observed of one subject, sources, accusations."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Final

from graph.elements import Relationship
from graph.explore.evidence import quotes_of
from graph.report.content import Block, Cell, Code, Facts, Heading, Paragraph, Table
from graph.report.desk import Desk, posts_of
from graph.report.listings import Listed, by_account

ACCOUNTS: Final = 60
LISTINGS: Final = 80
TIES: Final = 80
EVENTS: Final = 60
_ENFORCED: Final = ("enforcement", "exposure")
_TIES: Final = (
    "SUPPLIES", "BUYS_FROM", "BROKERS_FOR", "RECRUITS", "FLOWS_TO", "INSTRUCTS", "EXTRACTS_FROM",
    "VOUCHES_FOR", "MAYBE_SAME", "MAYBE_IMPERSONATES", "PROCESSED_BY",
)  # fmt: skip


def claimed(desk: Desk, listed: list[Listed]) -> Iterator[Block]:
    """Who claims what, an account a line."""
    say = desk.say
    yield Heading(2, say("claims"))
    if not listed:
        yield Paragraph(say("claims.none"))
        return
    yield Paragraph(say("claims.lead"))
    roles = _roles(desk)
    held = sorted(by_account(listed).items(), key=lambda item: (-len(item[1]), item[0]))
    heads = ("account", "roles", "listings", "goods", "period", "evidence")
    rows = [_account(desk, name, mine, roles[name]) for name, mine in held[:ACCOUNTS]]
    yield Table([say(f"col.{head}") for head in heads], rows)
    yield from _more(desk, len(held) - ACCOUNTS)


def subject(desk: Desk, listed: list[Listed]) -> Iterator[Block]:
    """One account or actor: names, contacts, listings and ties."""
    say, identifier = desk.say, desk.subject
    assert identifier is not None
    yield Heading(2, say("subject"))
    node = desk.nodes[identifier]
    category = str(node.props.get("category") or "unknown")
    names = {tie.end: None for tie in desk.ties("WEARS") if tie.start in desk.subjects}
    contacts = {tie.end: None for tie in desk.ties("USES_CONTACT") if tie.start in desk.subjects}
    facts: list[tuple[str, Cell]] = [
        (say("subject.id"), Code(desk.id(identifier))),
        (say("subject.names"), desk.words.joined([desk.name(name) for name in names])),
        (say("subject.contacts"), desk.words.joined([desk.name(name) for name in contacts])),
        (say("subject.category"), desk.words.known("category", category)),
    ]
    others = sorted(desk.subjects - {identifier})
    if others:
        facts.append((say("subject.accounts"), desk.words.joined([desk.who(o) for o in others])))
    yield Facts([(name, value if value != "" else say("none")) for name, value in facts])
    yield from _listings(desk, listed)
    yield from _ties(desk)


def _listings(desk: Desk, listed: list[Listed]) -> Iterator[Block]:
    say = desk.say
    yield Heading(3, say("subject.listings"))
    if not listed:
        yield Paragraph(say("claims.none"))
        return
    heads = ("time", "polarity", "goods", "sources", "terms", "contacts", "evidence")
    rows = [
        [
            desk.time(one.time) or say("evidence.undated"),
            desk.words.known("polarity", one.polarity),
            _names(desk, one.goods),
            _names(desk, one.sources),
            desk.words.joined([desk.clean(term) for term in one.terms if term]),
            _names(desk, one.contacts),
            desk.cite(one.posts),
        ]
        for one in listed[:LISTINGS]
    ]
    yield Table([say(f"col.{head}") for head in heads], rows)
    yield from _more(desk, len(listed) - LISTINGS)


def _ties(desk: Desk) -> Iterator[Block]:
    say = desk.say
    ties = [tie for tie in desk.ties(*_TIES) if desk.about(tie.start, tie.end)]
    if not ties:
        return
    yield Heading(3, say("subject.ties"))
    heads = ("from", "relation", "to", "goods", "modality", "period", "evidence")
    rows = [
        [
            desk.who(tie.start),
            desk.words.tie(tie.type),
            desk.who(tie.end),
            desk.name(str(tie.props["product"])) if tie.props.get("product") else "",
            desk.words.known("modality", str(tie.props.get("modality", ""))),
            desk.period((tie.props.get("first_seen"), tie.props.get("last_seen"))),
            desk.cite(posts_of(tie)),
        ]
        for tie in ties[:TIES]
    ]
    yield Table([say(f"col.{head}") for head in heads], rows)
    yield from _more(desk, len(ties) - TIES)


def accusations(desk: Desk) -> Iterator[Block]:
    """Who is accused by how many, with the outcome where one was stated."""
    say = desk.say
    yield Heading(2, say("accusations"))
    against: dict[str, list[Relationship]] = defaultdict(list)
    for tie in desk.ties("ACCUSES"):
        if desk.about(tie.start, tie.end):
            against[tie.end].append(tie)
    if not against:
        yield Paragraph(say("accusations.none"))
        return
    yield Paragraph(say("accusations.lead"))
    rows = [
        [desk.who(accused), _said(desk, ties), desk.cite(_posts(ties))]
        for accused, ties in sorted(against.items())
    ]
    yield Table([say("col.accused"), say("col.said"), say("col.evidence")], rows)


def _posts(ties: list[Relationship]) -> list[str]:
    return [post for tie in ties for post in posts_of(tie)]


def _said(desk: Desk, ties: list[Relationship]) -> str:
    accounts = desk.words.count("account", len({tie.start for tie in ties}))
    outcomes = {str(tie.props.get("outcome") or "unknown") for tie in ties} - {"unknown"}
    if not outcomes:
        return desk.say("accused.by", accounts=accounts)
    return desk.say("accused.ruled", accounts=accounts, outcome=", ".join(sorted(outcomes)))


def events(desk: Desk) -> Iterator[Block]:
    """Enforcement events in the words of their sources."""
    say = desk.say
    named: dict[str, list[str]] = defaultdict(list)
    told: dict[str, list[Relationship]] = defaultdict(list)
    for tie in desk.ties("SUBJECT_OF"):
        named[tie.end].append(tie.start)
    for tie in desk.ties("REPORTED_IN"):
        told[tie.start].append(tie)
    found = [node for node in desk.nodes.values() if node.props.get("kind") in _ENFORCED]
    found = [node for node in found if node.label == "Event" and desk.about(*named[node.id])]
    found.sort(key=lambda node: (str(node.props.get("date")), node.id))
    yield Heading(2, say("events"))
    if not found:
        yield Paragraph(say("events.none"))
        return
    yield Paragraph(say("events.lead"), caution=True)
    rows = [
        [
            desk.time(node.props.get("date")) or say("evidence.undated"),
            _sentence(desk, told[node.id]) or desk.name(node.id),
            desk.words.known("measure", str(node.props.get("measure") or "")),
            ", ".join(map(desk.name, named[node.id])),
            desk.cite([tie.end for tie in told[node.id]]),
        ]
        for node in found[:EVENTS]
    ]
    heads = ("time", "event", "measure", "named_in", "evidence")
    yield Table([say(f"col.{head}") for head in heads], rows)
    yield from _more(desk, len(found) - EVENTS)


def _sentence(desk: Desk, told: list[Relationship]) -> str:
    """The words of the first source, as long as the reading of the event is."""
    for tie in told:
        start, end = tie.props.get("span_start"), tie.props.get("span_end")
        if isinstance(start, int) and isinstance(end, int):
            found = quotes_of(desk.source.archive, [tie.end], {tie.end: (start, end)})
            if tie.end in found:
                return desk.clean(found[tie.end].quote)
    return ""


def _roles(desk: Desk) -> dict[str, list[str]]:
    """Account -> its claimed roles, each with its basis, over all periods."""
    held: dict[str, dict[tuple[str, str], Counter[str]]] = defaultdict(dict)
    for tie in desk.ties("HAS_ROLE"):
        if tie.start_label != "Listing" and tie.props.get("modality") != "analyst":
            key = tie.end.partition(":")[2], str(tie.props.get("basis", "unknown"))
            sums = held[tie.start].setdefault(key, Counter())
            sums.update({name: int(str(tie.props.get(name) or 0)) for name in ("acts", "days")})
    return defaultdict(
        list,
        {
            name: [_role(desk, *key, sums) for key, sums in sorted(roles.items())]
            for name, roles in held.items()
        },
    )


def _role(desk: Desk, code: str, basis: str, sums: Counter[str]) -> str:
    return desk.say(
        "acts",
        role=desk.words.role(code),
        basis=desk.words.known("basis", basis),
        acts=sums["acts"],
        days=sums["days"],
    )


def _account(desk: Desk, name: str, mine: list[Listed], roles: list[str]) -> list[Cell]:
    counted = Counter(one.polarity for one in mine).most_common()
    goods = Counter(product for one in mine for product in one.goods).most_common(5)
    kinds = (
        desk.say("offers", n=n, polarity=desk.words.known("polarity", kind)) for kind, n in counted
    )
    return [
        desk.who(name),
        desk.words.joined(roles) or desk.say("none"),
        ", ".join(kinds),
        _names(desk, [product for product, _ in goods]),
        desk.period(one.time for one in mine),
        desk.cite([post for one in mine for post in one.posts], 1),
    ]


def _names(desk: Desk, ids: list[str]) -> str:
    return ", ".join(dict.fromkeys(desk.name(one) for one in ids))


def _more(desk: Desk, n: int) -> Iterator[Block]:
    if n > 0:
        yield Paragraph(desk.say("more", n=n))
