"""What the first bytes of a saved page show: a forum's pages, a chat's, or none of these."""

import re

from ingest.readers.base import NO_SIGNS, Signs
from ingest.readers.pages.saved import HTML

_CHAT = re.compile(r'class="(?:page_wrap|history|message default clearfix)')
_DISCUZ_PARTS = re.compile(
    r"""\bid=["']?(?:postmessage_\d|post_\d{1,18}["'\s>]|threadlisttableid|normalthread_\d)"""
    r"|\bclass=[\"'][^\"'>]{0,100}\bpg_(?:viewthread|forumdisplay)\b"
)
_DISCUZ_NAME = re.compile(
    r"Powered by Discuz!?[^<]{0,40}</title>"
    r"""|<meta name=["']?generator["']? content=["']?Discuz|\bdiscuz_uid = '""",
    re.IGNORECASE,
)
_PHPBB_PARTS = re.compile(
    r"""\bclass=["'](postbody|postprofile|topiclist topics|topictitle)["'\s]"""
)
_PHPBB_NAME = re.compile(
    r"""<body id=["']?phpbb\b|<meta name=["']copyright["'] content=["'][^"']{0,60}phpBB""",
    re.IGNORECASE,
)
_PORTAL = re.compile(r"""<body[^>]{0,100}\bid=["']?nv_portal\b""", re.IGNORECASE)
_BODY = re.compile(r"<body\b", re.IGNORECASE)
_ENOUGH = 2


def is_page(text: str) -> bool:
    """Whether the beginning of a file is that of a page, and no chat export's."""
    return HTML.match(text) is not None and _CHAT.search(text) is None


def forum_signs(text: str) -> Signs:
    """Of the beginning of a page: 85 where posts or threads stand in it, 50 where a forum
    software is named and its body is not yet in sight."""
    if not is_page(text):
        return NO_SIGNS
    named, parts = _named(text), _parts(text)
    shown = (f"names its software: {named}",) if named else ()
    if parts:
        return Signs(90 if named else 85, *shown, f"parts of a forum's page: {', '.join(parts)}")
    strength = 50 if named and not _BODY.search(text) else 0
    return Signs(strength, *(shown or ("a saved page",)), missing="posts of Discuz! or phpBB")


def is_article(text: str) -> bool:
    """Whether the beginning of a page can be that of an article: no page of a forum."""
    if not is_page(text) or _parts(text):
        return False
    return not _named(text) or _PORTAL.search(text) is not None


def _parts(text: str) -> tuple[str, ...]:
    """What only the pages of a forum hold, as written; nothing where it is not enough."""
    if part := _DISCUZ_PARTS.search(text):
        return (part[0].strip("\"' \t\r\n>"),)
    found: list[str] = []
    for mark in _PHPBB_PARTS.finditer(text):
        if mark[1] not in found:
            found.append(mark[1])
        if len(found) >= _ENOUGH:
            return tuple(found)
    return ()


def _named(text: str) -> str:
    """The software that the page names; empty where it names none."""
    if _DISCUZ_NAME.search(text):
        return "Discuz!"
    return "phpBB" if _PHPBB_NAME.search(text) else ""
