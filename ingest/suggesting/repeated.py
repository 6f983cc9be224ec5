"""What repeats on a page: the elements that look like its posts, and what stands in each."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

import msgspec
from selectolax.lexbor import LexborHTMLParser, LexborNode

from ingest.readers.pages.nodes import attribute, outer

DATE = re.compile(
    r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}"
    r"|\b\d{1,2}\.? [A-Z][a-z]{2,8} \d{4}|\b[A-Z][a-z]{2,8} \d{1,2},? \d{4}",
    re.ASCII,
)
_CLASS = re.compile(r"[A-Za-z_][\w-]{0,60}", re.ASCII)
_NUMBERED = re.compile(r"\d{2}")
_PASSED = frozenset({"html", "body", "head", "script", "style", "svg", "path", "br", "option"})
_ROWS = frozenset({"tr", "li", "article"})
_MOST_NODES = 100_000
_MOST_SELECTORS = 300
_LOOKED_AT = 40
"""Posts that are looked at."""
_LONGEST = 20_000
_DATED = 0.6
_SHORTEST = 12


class Part(msgspec.Struct, frozen=True):
    """Elements of one selector, one in each post that has it."""

    selector: str
    nodes: list[LexborNode]
    texts: list[str]
    share: float
    """Of the posts that have it."""


def shown_text(node: LexborNode | None) -> str:
    """All text below, with a space where an element ends: cells of a row are no one word."""
    return " ".join(node.text(separator=" ").split()) if node is not None else ""


def selectors_of(node: LexborNode) -> Iterator[str]:
    """Tag and class, for each class that names no single element; the tag alone without any, and
    of rows always: their classes often alternate."""
    tag = node.tag or ""
    if tag in _PASSED or not tag.isalnum():
        return
    classes = [
        name
        for name in attribute(node, "class").split()[:6]
        if _CLASS.fullmatch(name) and not _NUMBERED.search(name)
    ]
    if not classes or tag in _ROWS:
        yield tag
    for name in classes:
        yield f"{tag}.{name}"


def find_posts(tree: LexborHTMLParser) -> tuple[str, list[LexborNode]] | None:
    """The selector of the elements that look most like posts, and the first of them."""
    whole = max(len(shown_text(tree.body)), 1)
    best: tuple[float, str, list[LexborNode]] | None = None
    for selector in _repeated(tree):
        nodes = outer(tree.root, selector)
        score = _likeness(nodes, whole)
        if score and (best is None or score > best[0]):
            best = score, selector, nodes[:_LOOKED_AT]
    return best[1:] if best else None


def _repeated(tree: LexborHTMLParser) -> list[str]:
    """Selectors of several elements, those with a class and then the commonest first."""
    counts: Counter[str] = Counter()
    root = tree.body
    for number, node in enumerate(root.traverse() if root is not None else ()):
        if number > _MOST_NODES:
            break
        counts.update(selectors_of(node))
    several = [(selector, count) for selector, count in counts.items() if count > 1]
    several.sort(key=lambda one: ("." not in one[0], -one[1], one[0]))
    return [selector for selector, _ in several[:_MOST_SELECTORS]]


def _likeness(nodes: Sequence[LexborNode], whole: int) -> float:
    """How much of the page they hold, where most of them bear a date and some words."""
    if len(nodes) < 2:
        return 0.0
    texts = [shown_text(node)[:_LONGEST] for node in nodes[:_LOOKED_AT]]
    dated = sum(
        DATE.search(text) is not None or _has_time(node)
        for node, text in zip(nodes, texts, strict=False)
    )
    if dated / len(texts) < _DATED or sum(map(len, texts)) / len(texts) < _SHORTEST:
        return 0.0
    held = sum(map(len, texts)) * len(nodes) / len(texts) / whole
    return dated / len(texts) + min(held, 1.0)


def _has_time(node: LexborNode) -> bool:
    return node.css_first("time[datetime]") is not None


def parts_of(posts: Sequence[LexborNode]) -> list[Part]:
    """What stands in the posts, by selector; of each post its first such element."""
    found: defaultdict[str, list[LexborNode]] = defaultdict(list)
    for post in posts:
        met: set[str] = set()
        for node in post.traverse():
            if node.mem_id == post.mem_id:
                continue
            for selector in selectors_of(node):
                if selector not in met:
                    met.add(selector)
                    found[selector].append(node)
    return [
        Part(
            selector,
            nodes,
            [shown_text(node)[:_LONGEST] for node in nodes],
            len(nodes) / len(posts),
        )
        for selector, nodes in list(found.items())[:_MOST_SELECTORS]
    ]
