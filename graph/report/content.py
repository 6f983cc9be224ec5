"""What a report says, before it is Markdown or HTML. Every text is plain and may be hostile."""

from collections.abc import Sequence

import msgspec


class Code(msgspec.Struct, frozen=True):
    """An id, a hash or a path: shown letter for letter."""

    text: str


Cell = str | Code


class Heading(msgspec.Struct, frozen=True):
    """`level`: 2 a section, 3 a part of one."""

    level: int
    text: str


class Paragraph(msgspec.Struct, frozen=True):
    text: str
    caution: bool = False


class Bullets(msgspec.Struct, frozen=True):
    items: Sequence[str]


class Table(msgspec.Struct, frozen=True):
    """Each row has a cell a column."""

    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]


class Facts(msgspec.Struct, frozen=True):
    """Names with their values."""

    rows: Sequence[tuple[str, Cell]]


class Quote(msgspec.Struct, frozen=True):
    """Words of a post; line breaks stay."""

    text: str


class Picture(msgspec.Struct, frozen=True):
    """A drawing of what a table beside it holds: `svg` is one element that is safe in a page.

    `sentence`: what it shows, for those who cannot see it; `note`: how it is to be read.
    """

    name: str
    sentence: str
    note: str
    svg: bytes


Block = Heading | Paragraph | Bullets | Table | Facts | Quote | Picture


class Document(msgspec.Struct, frozen=True):
    """`marking`: the line that stands first and last; `lang`: `en` or `zh`."""

    lang: str
    title: str
    marking: str
    blocks: Sequence[Block]
