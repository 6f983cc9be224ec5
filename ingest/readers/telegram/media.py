"""Media blocks on the pages of a Telegram HTML export: file names and kinds, nothing is opened."""

import re

from selectolax.lexbor import LexborNode

_GLOBAL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{1,20}:|//")
_UP = re.compile(r"(?:\.\./)+")
# The kinds as the JSON export names them.
_TITLES = {
    "Photo": "photo",
    "Self-destructing photo": "photo",
    "Sticker": "sticker",
    "Animation": "animation",
    "Video file": "video_file",
    "Self-destructing video": "video_file",
    "Video message": "video_message",
    "Voice message": "voice_message",
}
_KINDS = {
    "media_audio_file": "audio_file",
    "media_contact": "contact",
    "media_location": "location",
    "media_live_location": "location",
    "media_call": "call",
}
_ANSWER = "- "


def media_of(wrap: LexborNode) -> tuple[str, ...]:
    """Names of the block's files as the export has them, or what kind of thing stands in it."""
    if wrap.css_first(".media_poll") is not None:
        return ()
    if call_of(wrap):
        return ()
    link = wrap.css_first("a")
    path = _path((link.attributes.get("href") or "") if link is not None else "")
    title, classes = _line(wrap, ".title"), _media_classes(wrap)
    if "media_file" in classes:
        return tuple(name for name in (title if title != "File" else "", path) if name) or ("file",)
    if path:
        return (path,)
    kind = _TITLES.get(title) or next((_KINDS[name] for name in classes if name in _KINDS), None)
    if kind is not None or not classes:
        return (kind or "file",)
    return tuple(name for name in (classes[0].removeprefix("media_"), title) if name)


def call_of(wrap: LexborNode) -> bool:
    """Whether the block stands for a phone call."""
    return "media_call" in _media_classes(wrap)


def poll_text(wrap: LexborNode) -> str:
    """Question and answers of a poll, a line each; the empty string for any other block."""
    poll = wrap.css_first(".media_poll")
    if poll is None:
        return ""
    answers = (own_text(node).removeprefix(_ANSWER) for node in poll.css(".answer"))
    return "\n".join((_line(poll, ".question"), *answers))


def _path(address: str) -> str:
    """A path inside the export; the empty string for an address elsewhere."""
    return "" if _GLOBAL.match(address) else _UP.sub("", address, count=1)


def _media_classes(wrap: LexborNode) -> list[str]:
    block = wrap.css_first(".media")
    classes = (block.attributes.get("class") or "").split() if block is not None else []
    return [name for name in classes if name.startswith("media_")]


def _line(node: LexborNode, selector: str) -> str:
    found = node.css_first(selector)
    return own_text(found) if found is not None else ""


def own_text(node: LexborNode) -> str:
    """The text that stands in the element itself, that of elements in it left out."""
    return "".join(
        child.text_content or "" for child in node.iter(include_text=True) if child.tag == "-text"
    ).strip(" \t\r\n")
