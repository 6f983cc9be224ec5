"""The text of a saved page, a line for each block, without scripts, styles and navigation."""

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from selectolax.lexbor import LexborHTMLParser, LexborNode

_DROPPED = (
    "script, style, noscript, template, nav, footer, aside, form, iframe, svg, button, select, "
    "[hidden], [aria-hidden=true], [role=navigation], [role=banner], [role=contentinfo]"
)
_BLOCK_NAMES = (
    "address article blockquote body caption center dd details div dl dt figcaption figure h1 h2 "
    "h3 h4 h5 h6 header hr li main ol p pre section summary table tbody thead tfoot tr ul br"
)
BLOCKS = frozenset(_BLOCK_NAMES.split())
CELLS = frozenset({"td", "th"})
_SPACE = re.compile(r"[ \t\r\n\f\u00a0\u3000]+")
_MAIN_SHARE = 0.5


def page_text(tree: LexborHTMLParser) -> str:
    """The lines of the page's main part, joined by line feeds."""
    for node in tree.css(_DROPPED):
        node.decompose()
    part = _main_part(tree)
    return "\n".join(node_lines(part)) if part is not None else ""


def _main_part(tree: LexborHTMLParser) -> LexborNode | None:
    """The one article or main element, if most of the text stands in it; else the body."""
    body = tree.body
    if body is None:
        return None
    whole = len(body.text())
    for selector in ("article", "main", "[role=main]"):
        parts = tree.css(selector)
        if len(parts) == 1 and len(parts[0].text()) > whole * _MAIN_SHARE:
            return parts[0]
    return body


def node_lines(root: LexborNode, left_out: AbstractSet[int] = frozenset()) -> Iterator[str]:
    """The lines below an element that are not empty; `left_out`: `mem_id` of elements below."""
    line: list[str] = []
    for piece in _pieces(root, left_out):
        if piece != "\n":
            line.append(piece)
            continue
        if text := _SPACE.sub(" ", "".join(line)).strip():
            yield text
        line = []
    if text := _SPACE.sub(" ", "".join(line)).strip():
        yield text


def _pieces(root: LexborNode, left_out: AbstractSet[int]) -> Iterator[str]:
    """Texts in order, with a line feed at the borders of blocks; without recursion, since
    hostile pages nest deeply."""
    preformatted = 0
    stack: list[tuple[LexborNode, bool]] = [(root, False)]
    while stack:
        node, left = stack.pop()
        tag = node.tag or ""
        if tag == "-text":
            text = node.text_content or ""
            yield from _split_lines(text) if preformatted else (text,)
            continue
        if node.mem_id in left_out:
            continue
        if tag in BLOCKS:
            yield "\n"
        elif tag in CELLS:
            yield " "
        preformatted += (tag == "pre") * (-1 if left else 1)
        if not left:
            stack.append((node, True))
            stack.extend((child, False) for child in reversed(list(node.iter(include_text=True))))


def _split_lines(text: str) -> Iterator[str]:
    for line in text.splitlines():
        yield line
        yield "\n"
