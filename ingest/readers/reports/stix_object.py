"""One STIX object: the text in it as passages, and what its marking says."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import msgspec
from selectolax.lexbor import LexborHTMLParser

from ingest.readers.clock import NotATimeError, read_time
from ingest.readers.jsonvalue import whole_text
from ingest.readers.pages.nesting import too_deep
from ingest.readers.pages.text import page_text

_TEXTS = ("description", "content", "explanation", "body")
_TITLED = frozenset({"report", "note", "opinion", "grouping", "incident"})
"""Types whose title alone says something."""
_FRAMES = frozenset({"marking-definition", "extension-definition", "language-content"})
_HTML = re.compile(r"\s*<(?:!doctype|html|body|div|p|h\d|ul|ol|table|article|section)\b", re.I)
_REFERENCES, _LONGEST_PLACE, _LONGEST_TITLE = 3, 300, 300

TLP = {
    "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9": "CLEAR",
    "marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da": "GREEN",
    "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82": "AMBER",
    "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed": "RED",
    "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487": "CLEAR",
    "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb": "GREEN",
    "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421": "AMBER",
    "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003": "AMBER+STRICT",
    "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1": "RED",
}
"""The markings of TLP 1.0 and 2.0 by their fixed ids."""
LEVELS = ("CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED")


class Reference(msgspec.Struct, gc=False):
    source_name: str | None = None
    external_id: str | None = None
    url: str | None = None


class StixObject(msgspec.Struct, gc=False):
    """The properties that are read; all others are passed over."""

    type: str
    id: str | None = None
    name: str | None = None
    abstract: str | None = None
    subject: str | None = None
    description: str | None = None
    content: str | None = None
    explanation: str | None = None
    body: str | None = None
    published: str | None = None
    created: str | None = None
    revoked: bool = False
    external_references: list[Reference] = []
    object_marking_refs: list[str] = []
    definition_type: str | None = None
    definition: dict[str, object] = {}
    extensions: dict[str, object] = {}


class Passage(msgspec.Struct, frozen=True, gc=False):
    """A line of an object's text."""

    text: str
    place: str


class Dated(msgspec.Struct, frozen=True, gc=False):
    """When an object was published, else created; nothing where it states no possible time."""

    written: str | None = None
    wall: str | None = None
    unix: int | None = None


def title(found: StixObject) -> str:
    """What the object is called, in one line."""
    called = found.name or found.abstract or found.subject or ""
    return " ".join(whole_text(called).split())[:_LONGEST_TITLE]


def passages(found: StixObject) -> Iterator[Passage]:
    """The lines of its title and texts; none for an object that says nothing in words."""
    if found.type in _FRAMES:
        return
    texts = [(field, _plain(getattr(found, field) or "")) for field in _TEXTS]
    texts = [(field, text) for field, text in texts if text.strip()]
    if not texts and found.type not in _TITLED:
        return
    where, behind = (found.id or found.type)[:_LONGEST_PLACE], _references(found)
    heading = title(found)
    if heading and not any(text.lstrip().startswith(heading) for _, text in texts):
        yield Passage(heading, f"{where} title{behind}")
    for field, text in texts:
        lines = [line.strip() for line in text.split("\n")]
        lines = [line for line in lines if line]
        for number, line in enumerate(lines, 1):
            counted = f":{number}" if len(lines) > 1 else ""
            yield Passage(line, f"{where} {field}{counted}{behind}")


def dated(found: StixObject) -> Dated:
    """The time of publication, else of creation; in UTC, as STIX has it."""
    for written in (found.published, found.created):
        if not written:
            continue
        try:
            moment = read_time(written[:40])
        except NotATimeError:
            continue
        if moment.unix is None:
            return Dated(written, moment.wall)
        wall = datetime.fromtimestamp(moment.unix, UTC).replace(tzinfo=None).isoformat()
        return Dated(written[:40], wall, moment.unix)
    return Dated()


def level(found: StixObject) -> str | None:
    """The TLP level that a marking definition stands for."""
    stated: list[object] = [found.name]
    if found.definition_type == "tlp":
        stated.append(found.definition.get("tlp"))
    stated += [
        extension["tlp_2_0"]
        for extension in found.extensions.values()
        if isinstance(extension, dict) and "tlp_2_0" in extension
    ]
    for value in stated:
        word = str(value).upper().removeprefix("TLP:").strip()
        word = "CLEAR" if word == "WHITE" else word
        if word in LEVELS:
            return word
    return None


def _plain(written: str) -> str:
    text = whole_text(written)
    if not _HTML.match(text) or too_deep(text):
        return text
    return page_text(LexborHTMLParser(text))


def _references(found: StixObject) -> str:
    """The first external references, in brackets."""
    shown = []
    for one in found.external_references[:_REFERENCES]:
        parts = (part for part in (one.source_name, one.external_id or one.url) if part)
        shown.append(" ".join(whole_text(" ".join(parts)).split())[:_LONGEST_PLACE])
    joined = "; ".join(part for part in shown if part)
    return f" ({joined})" if joined else ""
