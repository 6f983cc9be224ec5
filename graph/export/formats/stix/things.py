"""Nodes as STIX objects: who and what can be tied to others."""

from collections.abc import Callable, Collection
from typing import Any, Final

from graph.export.clean.plan import PlanNode
from graph.export.formats.stix.frame import Frame

WALLETS: Final = frozenset({"btc", "eth", "trx", "xmr"})
NOTES: Final = frozenset({"Listing", "Claim", "Event"})
"""What is told as a note over the objects that it is tied to; a wallet is one too."""
_SECTORS: Final = {
    "operator": "telecommunications",
    "bank": "financial-services",
    "gov": "government",
    "courier": "transportation",
}
_CLASSES: Final = {"person": "individual", "crew": "group"}


class Things:
    """Makes objects of nodes; `assessed`: ids of the actors that an analyst assessed."""

    def __init__(self, frame: Frame, assessed: Collection[str]) -> None:
        self._frame = frame
        self._assessed = assessed
        self._makers: dict[str, Callable[[PlanNode], Any]] = {
            "Account": self._account,
            "Handle": self._handle,
            "Contact": self._contact,
            "Actor": self._actor,
            "Syndicate": self._identity("group"),
            "Venue": self._identity("group"),
            "Organisation": self._identity("organization"),
            "EscrowService": self._identity("organization"),
        }

    def of(self, node: PlanNode) -> Any | None:
        """The object of a node; none where it is told in notes, labels and references."""
        maker = self._makers.get(node.kind)
        return None if maker is None or is_note(node) else maker(node)

    def _account(self, node: PlanNode) -> Any:
        platform, own = _parts(node.id)
        return self._frame.stix2.v21.UserAccount(
            account_type=platform,
            user_id=own,
            display_name=node.label or own,
            **self._frame.marked(node.values),
        )

    def _handle(self, node: PlanNode) -> Any:
        platform, own = _parts(node.id)
        return self._login(node, platform, str(node.values.get("text") or own))

    def _contact(self, node: PlanNode) -> Any:
        stix, marked = self._frame.stix2.v21, self._frame.marked(node.values)
        kind, value = _parts(node.id)
        value = str(node.values.get("value") or value)
        if kind == "email":
            return stix.EmailAddress(value=value, **marked)
        if kind == "url" or (kind == "onion" and "/" in value):
            return stix.URL(value=value, **marked)
        if kind == "onion":
            return stix.DomainName(value=value, **marked)
        return self._login(node, kind, value)

    def _login(self, node: PlanNode, kind: str, login: str) -> Any:
        marked = self._frame.marked(node.values)
        return self._frame.stix2.v21.UserAccount(account_type=kind, account_login=login, **marked)

    def _actor(self, node: PlanNode) -> Any:
        if node.id in self._assessed:
            return self._frame.stix2.v21.ThreatActor(
                **self._frame.of("threat-actor", node.id, node.values),
                **_named(node),
                description="Assessed by an analyst; not a finding of guilt.",
            )
        kind = _CLASSES.get(str(node.values.get("kind")), "unknown")
        return self._identity(kind)(node)

    def _identity(self, kind: str) -> Callable[[PlanNode], Any]:
        def made(node: PlanNode) -> Any:
            sector = _SECTORS.get(str(node.values.get("kind")))
            sectors = {"sectors": [sector]} if sector and node.kind == "Organisation" else {}
            return self._frame.stix2.v21.Identity(
                **self._frame.of("identity", node.id, node.values),
                **_named(node),
                **sectors,
                identity_class=kind,
            )

        return made


def is_note(node: PlanNode) -> bool:
    """Whether the node is told as a note."""
    return node.kind in NOTES or (node.kind == "Contact" and _parts(node.id)[0] in WALLETS)


def role_labels(node: PlanNode) -> list[str]:
    """The claimed roles of a node as labels, without their basis."""
    roles = node.values.get("claimed_roles")
    named = roles if isinstance(roles, list) else []
    return sorted({f"claimed-role:{role.partition(' ')[0]}" for role in named})


def _named(node: PlanNode) -> dict[str, Any]:
    labels = sorted({node.id, f"kind:{node.kind}", *role_labels(node)})
    return {"name": node.label or node.id, "labels": labels}


def _parts(identifier: str) -> tuple[str, str]:
    """Platform or kind, and the rest, of `account:telegram:1`."""
    rest = identifier.partition(":")[2]
    first, _, own = rest.partition(":")
    return first, own or rest
