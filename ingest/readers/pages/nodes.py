"""Small questions to the nodes of a saved page."""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

_LONGEST_NAME = 200


def first(node: LexborHTMLParser | LexborNode | None, selector: str) -> LexborNode | None:
    """The first element below that fits, or None."""
    return node.css_first(selector) if node is not None else None


def text_of(node: LexborNode | None) -> str:
    """All text below, white space run together; empty where there is no node."""
    return " ".join(node.text().split()) if node is not None else ""


def attribute(node: LexborNode | None, name: str) -> str:
    """An attribute's value, empty where it is missing."""
    return (node.attributes.get(name) or "").strip() if node is not None else ""


def link_number(address: str, form: re.Pattern[str]) -> str | None:
    """The number in an address: the first group of the form that is not empty."""
    found = form.search(address[:2000])
    return next((group for group in found.groups() if group), None) if found else None


def address_name(address: str) -> str:
    """The last part of an address, as the name of what lies there."""
    if address.startswith("data:"):
        return "picture"
    path = re.split(r"[?#]", address, maxsplit=1)[0].rstrip("/")
    return path.rsplit("/", 1)[-1][:_LONGEST_NAME] or "picture"


def outermost(
    tree: LexborHTMLParser, selector: str, form: re.Pattern[str]
) -> list[tuple[LexborNode, re.Match[str]]]:
    """Elements whose id is of the form and that stand in no other such element.

    A hostile page nests posts in posts: each is looked at once, so time stays linear.
    """
    inside: set[int] = set()
    found: list[tuple[LexborNode, re.Match[str]]] = []
    for node in tree.css(selector):
        match = form.fullmatch(attribute(node, "id"))
        if match is None or node.mem_id in inside:
            continue
        inside.update(one.mem_id for one in node.css(selector))
        found.append((node, match))
    return found


def outer(root: LexborNode | None, selector: str) -> list[LexborNode]:
    """Elements below that fit and stand in no other that does; time linear as above."""
    inside = {root.mem_id} if root is not None else set()
    found: list[LexborNode] = []
    for node in root.css(selector) if root is not None else ():
        if node.mem_id not in inside:
            inside.update(one.mem_id for one in node.css(selector))
            found.append(node)
    return found


def behind(node: LexborNode) -> bool:
    """Whether an element stands behind this one: it was read to its end, not broken off."""
    at: LexborNode | None = node
    while at is not None and at.tag not in ("body", "html"):
        after = at.next
        while after is not None:
            if after.is_element_node:
                return True
            after = after.next
        at = at.parent
    return False
