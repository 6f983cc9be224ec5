"""What a service line of a Telegram HTML page says, in the actions of the JSON export.

The program writes these lines in English whatever language it runs in. A line is read only where
it can be read in one way: a name may hold the same words.
"""

import re
from dataclasses import dataclass

NOBODY = frozenset({"Deleted", "Deleted Account"})
_UNSUPPORTED = re.compile(r"This message is not supported by this version of .{1,40} Please update")
_JOINTS = (
    " created group «",
    " changed group title to «",
    " converted a basic group to this supergroup «",
    " converted this group to a supergroup",
    " created topic «",
    " changed group photo",
    " removed group photo",
    " joined group by link from ",
    " joined group by request",
    " pinned this message",
    " joined Telegram",
    " invited ",
    " removed ",
)
_JOINT = re.compile("|".join(map(re.escape, _JOINTS)))
_TITLE = r"(?P<title>.{0,255})»"
_RESTS = {
    " created group «": ((rf"{_TITLE}(?: with members (?P<members>.+))?", "create_group"),),
    " changed group title to «": ((_TITLE, "edit_group_title"),),
    " converted a basic group to this supergroup «": ((_TITLE, "migrate_from_group"),),
    " converted this group to a supergroup": (("", "migrate_to_supergroup"),),
    " created topic «": ((r".{0,255}»", "topic_created"),),
    " changed group photo": (("", "edit_group_photo"),),
    " removed group photo": (("", "delete_group_photo"),),
    " joined group by link from ": ((r"(?P<one>.+)", "join_group_by_link"),),
    " joined group by request": (("", "join_group_by_request"),),
    " pinned this message": (("", "pin_message"),),
    " joined Telegram": (("", "joined_telegram"),),
    " invited ": (
        (r"(?P<members>.+) to the voice chat", "invite_to_group_call"),
        (r"(?P<members>.+)", "invite_members"),
    ),
    " removed ": ((r"(?P<one>.+)", "remove_members"),),
}
_FORMS = {
    joint: tuple((re.compile(rest, re.DOTALL), action) for rest, action in rests)
    for joint, rests in _RESTS.items()
}
_OF_CHANNEL = (
    (re.compile(rf"Channel «{_TITLE} created", re.DOTALL), "create_channel"),
    (re.compile(rf"Channel title changed to «{_TITLE}", re.DOTALL), "edit_channel_title"),
    (re.compile(r"Channel photo changed"), "edit_group_photo"),
    (re.compile(r"Channel photo removed"), "delete_group_photo"),
    (re.compile(r"History cleared"), "clear_history"),
)
_LIST = re.compile(r", | and ")
_LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Notice:
    """`action`: as in the JSON export, or notice; `text`: what the action does not say."""

    action: str
    who: str | None = None
    members: tuple[str, ...] = ()
    title: str | None = None
    text: str = ""


def is_unsupported(text: str) -> bool:
    """Whether the line stands for a message that the exporting program could not show."""
    return _UNSUPPORTED.match(text) is not None


def read_notice(text: str) -> Notice:
    """Reads a service line; one that can be read in no way or in two is kept in its words."""
    joints = list(_JOINT.finditer(text)) if len(text) <= _LONGEST else []
    if len(joints) == 1 and (joint := joints[0]).start():
        for form, action in _FORMS[joint[0]]:
            if found := form.fullmatch(text, joint.end()):
                return _told(text, action, text[: joint.start()], found.groupdict())
    elif not joints and len(text) <= _LONGEST:
        for form, action in _OF_CHANNEL:
            if found := form.fullmatch(text):
                return _told(text, action, None, found.groupdict())
    return Notice("notice", text=text)


def _told(text: str, action: str, who: str | None, parts: dict[str, str | None]) -> Notice:
    named = (one,) if (one := parts.get("one")) else _names(parts.get("members"))
    return Notice(
        action,
        None if who is None else known(who),
        tuple(name for name in named if name not in NOBODY),
        parts.get("title"),
        # A comma or an "and" may belong to a name.
        text if len(named) > 1 else "",
    )


def _names(listed: str | None) -> tuple[str, ...]:
    return tuple(name for part in _LIST.split(listed) if (name := part.strip())) if listed else ()


def known(name: str) -> str | None:
    """A name as shown; None for the words that stand for a deleted account."""
    name = name.strip()
    return None if name in NOBODY else name or None
