"""What the first bytes of a saved page show: a forum's pages, a chat's, or none of these."""

import re

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


def forum_strength(text: str) -> int:
    """0 to 100 for the beginning of a page: 85 where posts or threads stand in it, 50 where a
    forum software is named and its body is not yet in sight."""
    if not is_page(text):
        return 0
    named = _named(text)
    if _has_parts(text):
        return 90 if named else 85
    return 50 if named and not _BODY.search(text) else 0


def is_article(text: str) -> bool:
    """Whether the beginning of a page can be that of an article: no page of a forum."""
    if not is_page(text) or _has_parts(text):
        return False
    return not _named(text) or _PORTAL.search(text) is not None


def _has_parts(text: str) -> bool:
    if _DISCUZ_PARTS.search(text):
        return True
    found = set()
    for mark in _PHPBB_PARTS.finditer(text):
        found.add(mark[1])
        if len(found) >= _ENOUGH:
            return True
    return False


def _named(text: str) -> bool:
    return bool(_DISCUZ_NAME.search(text) or _PHPBB_NAME.search(text))
