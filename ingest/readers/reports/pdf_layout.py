"""From the lines of pages to paragraphs: without running heads, with broken words made whole."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise, product
from statistics import median

import msgspec

from ingest.confined.frames import Line, Page

_EDGE_LINES = 4
_REPEATED_SHARE = 0.3
_SAME_PLACE = 4.0
"""Points by which a line may stand higher or lower and still be at the same place."""
_OTHER_SIZE = 0.12
_WIDER_GAP = 1.25
_USUAL_GAP = 1.2
_SHORT = 0.75
_NUMBER = re.compile(r"\d{1,5}", re.ASCII)
_BULLET = re.compile(r"\s*[•●▪■◦‣○◆◇➢➤]")
_ITEM = re.compile(r"\s*(?:\(?\d{1,3}[.)、)]|[((][一二三四五六七八九十]{1,3}[))]|[—–-]\s)")
_STOP = re.compile(r"[.!?:;。!?:;…][\"'”’」』))\]]*\s*$")
_GOES_ON = re.compile(r"\s*[a-z(,;,、;\u3400-\u9fff]")
_BROKEN = re.compile(r"(\w*)\xad\s?(\w*)")
_WORD = re.compile(r"\w+(?:-\w+)*")
_WIDE = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]")
_NAMELESS = re.compile(r"[\ue000-\uf8ff\ufffd\x00-\x08\x0e-\x1f]")
_NAMELESS_SHARE = 0.3


class Paragraph(msgspec.Struct, frozen=True):
    """A paragraph; `page` is that on which it begins, `number` counts there from 1."""

    page: int
    number: int
    text: str
    size: float


class Layout(msgspec.Struct, frozen=True):
    """The paragraphs in order, and how many lines and characters ran along the pages."""

    paragraphs: list[Paragraph]
    running_lines: int = 0
    running_characters: int = 0


class _Block(msgspec.Struct):
    page: int
    lines: list[Line]


def lay_out(pages: Sequence[Page]) -> Layout:
    """The paragraphs of a document; columns in the order of its lines."""
    gap = _usual_gap(pages)
    running = _running(pages, gap)
    blocks: list[_Block] = []
    for page in pages:
        kept = [line for at, line in enumerate(page.lines) if (page.number, at) not in running]
        for block in _blocks(page.number, kept, gap):
            if blocks and _goes_on(blocks[-1].lines[-1], block.lines[0]):
                blocks[-1].lines += block.lines
            else:
                blocks.append(block)
    return Layout(
        list(_paragraphs(blocks)), len(running), sum(len(text) for text in running.values())
    )


def nameless(page: Page) -> bool:
    """Whether the fonts of a page do not say which characters their shapes are."""
    text = "".join(line.text for line in page.lines)
    return len(_NAMELESS.findall(text)) > _NAMELESS_SHARE * len(text)


def _running(pages: Sequence[Page], gap: float) -> dict[tuple[int, int], str]:
    """Page and place of each line that stands at the same edge of many pages, numbers counting."""
    met: dict[tuple[bool, str], list[tuple[int, int, float]]] = {}
    for order, page in enumerate(pages):
        for at in _edges(page, gap):
            line = page.lines[at]
            upper = line.bottom > page.height / 2
            height = page.height - line.top if upper else line.bottom
            for form in _forms(line.text, order):
                met.setdefault((upper, form), []).append((order, at, height))
    found: dict[tuple[int, int], str] = {}
    enough = max(2, len(pages) * _REPEATED_SHARE)
    for places in met.values():
        middle = median(height for _, _, height in places)
        near = [place for place in places if abs(place[2] - middle) <= _SAME_PLACE]
        if len({order for order, _, _ in near}) >= enough:
            for order, at, _ in near:
                found[pages[order].number, at] = pages[order].lines[at].text
    return found if len(found) < sum(len(page.lines) for page in pages) else {}


def _edges(page: Page, gap: float) -> list[int]:
    """Places of the lines at the upper and the lower edge that a gap parts from the others."""
    order = sorted(range(len(page.lines)), key=lambda at: -page.lines[at].bottom)
    parts: list[list[int]] = []
    for at in order:
        last = page.lines[parts[-1][-1]] if parts else None
        line = page.lines[at]
        if last and (last.bottom - line.bottom) <= gap * _WIDER_GAP * _height(last):
            parts[-1].append(at)
        else:
            parts.append([at])
    edges = (part for part in (parts[:1] + parts[-1:]) if len(part) <= _EDGE_LINES)
    return sorted({at for part in edges for at in part})


def _forms(text: str, order: int) -> Iterator[str]:
    """The line with each of its first numbers as written, or as what it is beyond the page's."""
    said = " ".join(text.split())[:200]
    numbers = _NUMBER.findall(said)[:3]
    choices = [(number, f"\0{int(number) - order}\0") for number in numbers]
    for chosen in product(*choices):
        replacements = iter(chosen)
        yield _NUMBER.sub(lambda _, r=replacements: next(r), said, count=len(chosen))  # type: ignore[misc]


def _usual_gap(pages: Sequence[Page]) -> float:
    """The commonest distance of two lines, in heights of a line."""
    gaps = Counter(
        round((upper.bottom - lower.bottom) / _height(upper) * 20) / 20
        for page in pages
        for upper, lower in pairwise(page.lines)
        if _same_size(upper, lower)
    )
    usual = [(count, -gap) for gap, count in gaps.items() if 0.8 <= gap <= 2.2]
    return -max(usual)[1] if usual else _USUAL_GAP


def _blocks(page: int, lines: Sequence[Line], gap: float) -> Iterator[_Block]:
    block: list[Line] = []
    for line in lines:
        if block and _begins(block, line, gap):
            yield _Block(page, block)
            block = []
        block.append(line)
    if block:
        yield _Block(page, block)


def _begins(block: Sequence[Line], line: Line, gap: float) -> bool:
    """Whether a line begins a paragraph behind those of the block."""
    last = block[-1]
    height = _height(last)
    down = (last.bottom - line.bottom) / height
    if down < -0.5 or down > gap * _WIDER_GAP or not _same_size(last, line):
        return True
    if down < 0.5:
        return False
    if _BULLET.match(line.text):
        return True
    ended = _STOP.search(last.text) is not None
    width = max(one.right for one in block) - min(one.left for one in block)
    short = last.right - min(one.left for one in block) < width * _SHORT
    if _ITEM.match(line.text) and (ended or short):
        return True
    indented = line.left - min(one.left for one in block[1:] or block)
    return ended and (short or height * 0.8 < indented < height * 4)


def _goes_on(last: Line, line: Line) -> bool:
    """Whether a sentence that one page or column leaves open goes on in the next block."""
    if not _same_size(last, line) or _STOP.search(last.text) or _BULLET.match(line.text):
        return False
    # Within a column the gap has spoken already.
    jumped = line.bottom > last.bottom
    return jumped and _GOES_ON.match(line.text) is not None


def _paragraphs(blocks: Sequence[_Block]) -> Iterator[Paragraph]:
    texts = [_joined([line.text for line in block.lines]) for block in blocks]
    words = Counter(
        word.lower() for text in texts for word in _WORD.findall(_BROKEN.sub(" ", text))
    )
    numbers: Counter[int] = Counter()
    for block, text in zip(blocks, texts, strict=True):
        whole = _BROKEN.sub(lambda found: _mended(found[1], found[2], words), text)
        if said := " ".join(whole.split()):
            numbers[block.page] += 1
            yield Paragraph(block.page, numbers[block.page], said, _height(block.lines[0]))


def _joined(lines: Sequence[str]) -> str:
    """Lines as one. Between Chinese and other letters a space, unless the lines are Chinese."""
    text = "".join(lines)
    chinese = 2 * len(_WIDE.findall(text)) > sum(map(str.isalpha, text))
    joined = ""
    for line in map(str.strip, lines):
        before, behind = joined[-1:], line[:1]
        wide = bool(_WIDE.match(before)), bool(_WIDE.match(behind))
        tight = all(wide) or (chinese and any(wide)) or before == "\xad"
        hyphen = before == "-" and joined[-2:-1].isalnum()
        joined += line if not joined or tight or hyphen else f" {line}"
    return joined


def _mended(left: str, right: str, words: Counter[str]) -> str:
    """A word broken at a line's end: as the document writes it elsewhere, else without hyphen."""
    plain, hyphened = f"{left}{right}", f"{left}-{right}"
    if words[plain.lower()] < words[hyphened.lower()]:
        return hyphened
    if not words[plain.lower()] and not (left[-1:].islower() and right[:1].islower()):
        return hyphened
    return plain


def _height(line: Line) -> float:
    return max(line.top - line.bottom, 1.0)


def _same_size(one: Line, other: Line) -> bool:
    return abs(_height(one) - _height(other)) <= _OTHER_SIZE * max(_height(one), _height(other))
