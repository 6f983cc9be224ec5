"""The ids under which the corpus shows up in a case."""

from demo.cast import MAIL, Person
from demo.venues import VENUES, Venue
from demo.world import Message
from graph import ids


def platform_of(person: Person) -> str:
    """The platform of an account."""
    return VENUES[person.home[0]].platform


def account_id(person: Person) -> str:
    """`account:<platform>:<native id>`; where only a mail is known, an id by name in the venue."""
    if person.key in MAIL:
        return ids.account_name("qq", f"name/{VENUES[person.home[0]].name}", MAIL[person.key])
    return ids.account(platform_of(person), person.number)


def section_id(venue: Venue, section: str = "") -> str:
    """The id of a venue; on the forum each section is one, in QQ only the name is known."""
    if section or venue.platform == "qq":
        return ids.venue_name(venue.platform, section or venue.name)
    return ids.venue(venue.platform, venue.native)


def venue_id(message: Message) -> str:
    """The id of the venue that a message stands in."""
    return section_id(message.venue, message.heading.partition("/")[0] if on_forum(message) else "")


def on_forum(message: Message) -> bool:
    """Whether the message is a forum post."""
    return message.venue.platform == "forum"


def native_id(message: Message) -> str | None:
    """The number that the export gives a message; None in QQ, which gives none."""
    if message.venue.platform == "qq":
        return None
    return f"k{message.number}" if message.venue.platform == "market" else str(message.number)
