"""What an export of a whole account holds beside its chats: the collector's own data.

It is counted and named, and nothing of it is kept but the number of the account.
"""

import msgspec

from graph import ids
from ingest.posts import SetAside
from ingest.readers.jsonvalue import BadValueError, ValueDecoder

PERSON = "personal_information"
OWN_DATA = (
    "profile_pictures",
    "profile_music",
    "saved_music",
    "stories",
    "contacts",
    "frequent_contacts",
    "sessions",
    "web_sessions",
    "other_data",
    "ips",
)
_LONGEST_KEY = 60


class _Person(msgspec.Struct):
    user_id: int | str | None = None


_PERSON = ValueDecoder(_Person)


def own_account(raw: bytes | None) -> str | None:
    """Account id in `personal_information`; None where it states no number."""
    try:
        number = str(_PERSON(raw or b"{}").user_id)
    except BadValueError:
        return None
    is_number = number.isascii() and number.isdecimal() and len(number) <= 20
    return ids.account("telegram", number) if is_number else None


def set_aside(source: str, key: str, entries: int, own: str | None = None) -> SetAside:
    """The note of a value at the root that is no chat; `own`: the account that it names."""
    whose = "the collector's own data" if key in (PERSON, *OWN_DATA) else "no chat"
    parts = [whose, f"{entries} {'entry' if entries == 1 else 'entries'}, not stored"]
    if own:
        parts.append(f"{own} is the collector's own account, unless --received-from is given")
    return SetAside(f"{source}: {key[:_LONGEST_KEY]}", "; ".join(parts))
