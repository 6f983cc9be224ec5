"""The main text of a saved web page, without what stands around it."""

import re
from collections import Counter
from collections.abc import Iterator

import msgspec
from selectolax.lexbor import LexborHTMLParser, LexborNode

from ingest.readers.pages.nodes import attribute, outer, text_of
from ingest.readers.pages.text import node_lines
from ingest.readers.reports.article_weights import Weight, Weights, weigh

_TAGS = {
    "scripts": "script, style, noscript, template, iframe, svg, canvas, object, embed",
    "navigation": "nav, aside, footer, form, button, select, [role=navigation], [role=banner],"
    " [role=contentinfo], [role=search], [role=dialog], [role=complementary]",
    "hidden parts": "[hidden], [aria-hidden=true]",
}
_NAMED = {
    "comments": "comment comments commentlist commentform respond disqus replies pinglun",
    "navigation": "nav navbar navigation menu breadcrumb breadcrumbs crumb crumbs pagination pager"
    " topbar masthead footer foot copyright skiplink toc",
    "parts beside the text": "sidebar related recommend recommended recommendations recirc share"
    " sharing sharebar social cookie cookies consent newsletter subscribe subscription signup"
    " advert advertisement ads adsense sponsor sponsored promo promotion widget widgets popular"
    " trending hotnews tags taglist qrcode paywall outbrain taboola",
}
_KIND_OF = {name: kind for kind, names in _NAMED.items() for name in names.split()}
_TOKEN = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_MARKED = ", ".join(f"{tag}[{name}]" for tag in ("*",) for name in ("id", "class"))
_MOST_SHARE = 0.4
_LINKS = 0.6
_LITTLE, _MUCH, _SMALL_SHARE = 40, 150, 0.1
"""Letters without link beside the prose: so few are no reason to keep a part, so many are one."""
_PARAGRAPHS = frozenset({"p", "li", "blockquote", "pre", "dd"})
_LIST_TAGS = frozenset({"ul", "ol", "div", "section", "p", "table", "dl"})


class Article(msgspec.Struct, frozen=True):
    """The lines of the main text, and how many characters of which parts were left out."""

    text: str
    left_out: tuple[tuple[str, int], ...] = ()


def read_article(tree: LexborHTMLParser) -> Article:
    """The article of a page. A paragraph is left out only where the page itself says, by tag or
    by name, that it belongs to something else. Takes the tree apart."""
    counts: Counter[str] = Counter()
    for kind, selector in _TAGS.items():
        for node in outer(tree.root, selector):
            counts[kind] += len(node.text())
            node.decompose()
    body = tree.body
    if body is None:
        return Article("")
    beside = _beside(body, weigh(body), counts)
    left_out = {node.mem_id for node in beside}
    weights = weigh(body, left_out)
    main = _main(body, weights)
    lists = list(_link_lists(main, weights, left_out))
    counts["lists of links"] += sum(weights.of(node).letters for node in lists)
    counts["other parts"] += weights.of(body).letters - weights.of(main).letters
    left_out.update(node.mem_id for node in lists)
    lines = [*_title_above(body, main), *node_lines(main, left_out)]
    return Article("\n".join(lines), tuple(item for item in counts.items() if item[1]))


def _title_above(body: LexborNode, main: LexborNode) -> list[str]:
    """The page's one heading of the first rank, where it stands outside of the main text."""
    titles = body.css("h1")
    if len(titles) != 1 or main.css_first("h1") is not None:
        return []
    return [text] if (text := text_of(titles[0])) else []


def _beside(body: LexborNode, weights: Weights, counts: Counter[str]) -> list[LexborNode]:
    """Parts whose names say that they are no article, the outermost ones, unless much of the
    page's prose stands in them."""
    most = weights.of(body).prose * _MOST_SHARE
    inside: set[int] = {body.mem_id}
    found: list[LexborNode] = []
    for node in body.css("[id], [class]"):
        kind = None if node.mem_id in inside else _kind(node)
        if kind is None or (weight := weights.of(node)).prose > most:
            continue
        counts[kind] += weight.letters
        inside.update(one.mem_id for one in node.css("[id], [class]"))
        found.append(node)
    return found


def _kind(node: LexborNode) -> str | None:
    """What an element's id and classes call it; `post-comments` is comments."""
    named = f"{attribute(node, 'id')} {attribute(node, 'class')}"[:300]
    for token in _TOKEN.findall(named):
        if kind := _KIND_OF.get(token.lower()):
            return kind
    return None


def _main(body: LexborNode, weights: Weights) -> LexborNode:
    """The smallest element that holds all prose, and nearly all other text that is no link."""
    node = _stated_main(body, weights)
    while not weights.own(node):
        children = [(weights.of(child), child) for child in node.iter(include_text=False)]
        prose = [child for weight, child in children if weight.prose]
        if len(prose) != 1 or prose[0].tag in _PARAGRAPHS:
            break
        whole, part = _unlinked(weights.of(node)), _unlinked(weights.of(prose[0]))
        if whole - part >= min(_MUCH, max(_LITTLE, whole * _SMALL_SHARE)):
            break
        node = prose[0]
    return node


def _stated_main(body: LexborNode, weights: Weights) -> LexborNode:
    """The one element that the page calls its main part and that holds all prose; the body."""
    prose = weights.of(body).prose
    for selector in ("[itemprop=articleBody]", "article", "main", "[role=main]"):
        parts = [node for node in body.css(selector) if weights.of(node).prose == prose]
        if len(parts) == 1 and prose:
            return parts[0]
    return body


def _unlinked(weight: Weight) -> int:
    return weight.letters - weight.linked


def _link_lists(root: LexborNode, weights: Weights, left_out: set[int]) -> Iterator[LexborNode]:
    """Outermost blocks below that are links for the most part and hold no prose."""
    stack = list(root.iter(include_text=False))
    while stack:
        node = stack.pop()
        if node.mem_id in left_out:
            continue
        weight = weights.of(node)
        if node.tag in _LIST_TAGS and _is_links(weight):
            yield node
        else:
            stack.extend(node.iter(include_text=False))


def _is_links(weight: Weight) -> bool:
    return not weight.prose and weight.links > 2 and weight.linked > weight.letters * _LINKS
