"""A document as Markdown (CommonMark with tables): texts are escaped, never obeyed."""

import re
from collections.abc import Iterator, Sequence
from typing import BinaryIO, Final

from graph.report.content import (
    Block,
    Bullets,
    Cell,
    Code,
    Document,
    Facts,
    Heading,
    Paragraph,
    Picture,
    Quote,
    Table,
)
from graph.report.safe import one_line, visible

_SPECIAL: Final = re.compile(r"[\\`*_\[\]<>|&~$]|^[-+=#]")
_NUMBERED: Final = re.compile(r"^(\d{1,9})(?=[.)](?:\s|$))")
# Programs that make links of bare addresses need these signs whole.
_BARE: Final = re.compile(r"(?<=\w):(?=//)|(?<=\bwww)\.|@", re.IGNORECASE)
_TICKS: Final = re.compile("`+")


def write_markdown(stream: BinaryIO, document: Document, pictures: str = "") -> None:
    """Writes the document in UTF-8; `pictures`: the folder of its pictures, as a link has it."""
    for line in _lines(document, pictures):
        stream.write(f"{line}\n".encode("utf-8", "replace"))


def _lines(document: Document, pictures: str) -> Iterator[str]:
    yield from (f"**{_text(document.marking)}**", "", f"# {_text(document.title)}", "")
    for block in document.blocks:
        yield from _block(block, pictures)
        yield ""
    yield f"**{_text(document.marking)}**"


def _block(block: Block, pictures: str) -> Iterator[str]:
    match block:
        case Heading(level, text):
            yield f"{'#' * level} {_text(text)}"
        case Paragraph(text, caution):
            yield f"**{_text(text)}**" if caution else _text(text)
        case Bullets(items):
            yield from (f"- {_text(item)}" for item in items)
        case Facts(rows):
            yield from (f"- {_text(name)}: {_cell(value)}" for name, value in rows)
        case Table(columns, rows):
            yield _row(columns)
            yield _row(["---"] * len(columns), escaped=True)
            yield from (_row(row) for row in rows)
        case Quote(text):
            lines = visible(text).split("\n")
            # Two spaces at the end keep the line break.
            yield from (f"> {_text(line)}  " for line in lines)
        case Picture(name, sentence, note, _):
            yield from (f"![{_text(sentence)}]({pictures}/{name}.svg)", "", _text(note))


def _row(cells: Sequence[Cell], *, escaped: bool = False) -> str:
    return f"| {' | '.join(str(cell) if escaped else _cell(cell) for cell in cells)} |"


def _cell(cell: Cell) -> str:
    return _code(cell.text) if isinstance(cell, Code) else _text(cell)


def _text(text: str) -> str:
    escaped = _SPECIAL.sub(lambda found: f"\\{found[0]}", one_line(text))
    escaped = _NUMBERED.sub(r"\1\\", escaped)
    return _BARE.sub(lambda found: f"\\{found[0]}", escaped)


def _code(text: str) -> str:
    """A code span; a bar in it would end the cell, and a backslash is shown as it is."""
    plain = one_line(text).replace("|", "¦")
    if not plain:
        return ""
    fence = "`" * (1 + max((len(run) for run in _TICKS.findall(plain)), default=0))
    room = " " if plain[0] == "`" or plain[-1] == "`" else ""
    return f"{fence}{room}{plain}{room}{fence}"
