"""How much text, link and prose stands below each element of a page."""

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

import msgspec
from selectolax.lexbor import LexborNode

from ingest.readers.pages.text import BLOCKS, CELLS

_SENTENCE = re.compile(r"[.!?。！？…;；][\"'”’」』)）]?(?:\s|$|[\u3000-\u9fff])")
_HAN = re.compile(r"[\u3400-\u9fff]")
_LONG_ENOUGH = 40
_HAN_WEIGHT = 2
"""A Han character says as much as two letters."""
_LINKED_SHARE = 0.5
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


class Weight(msgspec.Struct):
    """`letters` of all text, `linked` of them in `links`, `prose` in paragraphs."""

    letters: int = 0
    linked: int = 0
    links: int = 0
    prose: int = 0


_NOTHING = Weight()


@dataclass
class Weights:
    """Weights by element; elements without text have none."""

    _all: dict[int, Weight] = field(default_factory=dict)
    _own: set[int] = field(default_factory=set)

    def of(self, node: LexborNode) -> Weight:
        return self._all.get(node.mem_id, _NOTHING)

    def own(self, node: LexborNode) -> bool:
        """Whether a paragraph stands in the element itself, in no block below it."""
        return node.mem_id in self._own


class _Open(msgspec.Struct):
    """An element that is being weighed; `said` is the text of its own paragraph so far."""

    node: LexborNode
    tag: str
    weight: Weight
    block: bool
    said: list[str]
    linked_said: int = 0


def weigh(root: LexborNode, left_out: AbstractSet[int] = frozenset()) -> Weights:
    """Weighs all elements below, without recursion; those left out (`mem_id`) weigh nothing."""
    weights = Weights()
    path: list[_Open] = []
    stack: list[tuple[LexborNode, bool]] = [(root, False)]
    links = 0
    while stack:
        node, left = stack.pop()
        tag = node.tag or ""
        if left:
            links -= tag == "a"
            _close(path, weights)
        elif tag == "-text":
            _add(path, node.text_content or "", bool(links))
        elif node.mem_id in left_out:
            continue
        elif tag == "br" and path:
            path[-1].said.append(" ")
        else:
            links += tag == "a"
            block = tag in BLOCKS or tag in CELLS or not path
            path.append(_Open(node, tag, Weight(links=int(tag == "a")), block, []))
            stack.append((node, True))
            stack.extend((child, False) for child in reversed(list(node.iter(include_text=True))))
    return weights


def _add(path: list[_Open], text: str, linked: bool) -> None:
    letters = len("".join(text.split()))
    if not letters or not path:
        return
    at = path[-1]
    at.weight.letters += letters
    at.said.append(text)
    if linked:
        at.weight.linked += letters
        at.linked_said += letters


def _close(path: list[_Open], weights: Weights) -> None:
    done = path.pop()
    weight = done.weight
    if done.block:
        length = _prose(done)
        if length:
            weight.prose += length
            weights._own.add(done.node.mem_id)
    if weight.letters:
        weights._all[done.node.mem_id] = weight
    if not path:
        return
    above = path[-1]
    for name in ("letters", "linked", "links", "prose"):
        setattr(above.weight, name, getattr(above.weight, name) + getattr(weight, name))
    if not done.block:
        above.said += done.said
        above.linked_said += done.linked_said


def _prose(block: _Open) -> int:
    """Length of a block's own text where it is a paragraph: long enough, with an end of a
    sentence, and not for the most part links."""
    text = " ".join("".join(block.said).split())
    if not text or block.tag in _HEADINGS:
        return 0
    length = len(text) + (_HAN_WEIGHT - 1) * len(_HAN.findall(text))
    if length < _LONG_ENOUGH or block.linked_said > len(text) * _LINKED_SHARE:
        return 0
    return length if _SENTENCE.search(text) else 0
