"""Reads a page as a browser would, with a parser of HTML 5."""

from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

from commands.page.write import Counts, write_page
from evidence.masking import mask
from ingest.extract.explain import explain
from ingest.records import Text
from tests.ingest.extract.reading import rules


def made(path: Path, texts: list[str]) -> Counts:
    """A page of texts, masked first."""
    masked = [mask(text) for text in texts]
    given = (Text(str(n), m.text, masked=m.count) for n, m in enumerate(masked, 1))
    return write_page(path, (explain(text, rules()) for text in given))


def parsed(path: Path) -> LexborHTMLParser:
    """The page's document."""
    return LexborHTMLParser(path.read_bytes().decode("utf-8"))


def texts_of(document: LexborHTMLParser) -> list[str]:
    """The texts of all messages, hidden characters put back."""
    return [_text(node) for node in document.css("article > p.text")]


def _text(node: LexborNode) -> str:
    parts = []
    for child in node.iter(include_text=True):
        code = child.attributes.get("data-c") if child.tag == "span" else None
        if code is not None:
            parts.append(chr(int(code, 16)))
        elif child.tag == "-text":
            parts.append(child.text_content or "")
        else:
            parts.append(_text(child))
    return "".join(parts)
