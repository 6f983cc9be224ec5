"""A document as one HTML file: it asks for nothing, runs nothing and prints well."""

import base64
import hashlib
from collections.abc import Iterator, Sequence
from html import escape
from importlib.resources import files
from typing import BinaryIO

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

_LANGUAGES = {"en": "en", "zh": "zh-Hans"}


def write_page(stream: BinaryIO, document: Document) -> None:
    """Writes the document in UTF-8."""
    for part in _parts(document):
        stream.write(part.encode("utf-8", "replace"))


def _parts(document: Document) -> Iterator[str]:
    style = files("graph.report").joinpath("report.css").read_text("utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode("ascii")
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    title, marking = _text(document.title), f"<p class=marking>{_text(document.marking)}</p>\n"
    yield f'<!doctype html>\n<html lang="{_LANGUAGES[document.lang]}">\n<head>\n'
    yield '<meta charset="utf-8">\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield '<meta name="referrer" content="no-referrer">\n'
    yield '<meta name="format-detection" content="telephone=no,email=no,address=no">\n'
    yield f"<title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n"
    yield f"{marking}<h1>{title}</h1>\n"
    for block in document.blocks:
        yield from _block(block)
    yield f"{marking}</body>\n</html>\n"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading(level, text):
            yield f"<h{level}>{_text(text)}</h{level}>\n"
        case Paragraph(text, caution):
            yield f"<p{' class=caution' if caution else ''}>{_text(text)}</p>\n"
        case Bullets(items):
            yield f"<ul>{''.join(f'<li>{_text(item)}</li>' for item in items)}</ul>\n"
        case Facts(rows):
            pairs = (f"<dt>{_text(name)}</dt><dd>{_cell(value)}</dd>\n" for name, value in rows)
            yield f"<dl>\n{''.join(pairs)}</dl>\n"
        case Table(columns, rows):
            heads = "".join(f"<th scope=col>{_text(column)}</th>" for column in columns)
            yield f"<table><thead><tr>{heads}</tr></thead><tbody>\n"
            yield from map(_row, rows)
            yield "</tbody></table>\n"
        case Quote(text):
            yield f'<blockquote dir="auto">{escape(visible(text))}</blockquote>\n'
        case Picture(_, _, note, svg):
            caption = f"<figcaption>{_text(note)}</figcaption>"
            yield f"<figure>\n{svg.decode()}{caption}</figure>\n"


def _row(cells: Sequence[Cell]) -> str:
    return f"<tr>{''.join(f'<td>{_cell(cell)}</td>' for cell in cells)}</tr>\n"


def _cell(cell: Cell) -> str:
    return f"<code>{escape(one_line(cell.text))}</code>" if isinstance(cell, Code) else _text(cell)


def _text(text: str) -> str:
    return escape(one_line(text))
