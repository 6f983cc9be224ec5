"""Who is meant by a name in a text: the account that wore it, or uses the contact, at that time."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import zip_longest

import msgspec

from graph import ids
from graph.build.contacts import Uses
from graph.build.names import Names
from graph.build.rows import Account, Post
from graph.build.world import World
from ingest.records import Party

# The sign keeps SQLite from walking all posts by account for the sake of the order.
_ANSWERED = """
SELECT m.value, p.account_n, count(DISTINCT p.n) FROM post p
CROSS JOIN post q INDEXED BY post_native
  ON q.venue_n = p.venue_n AND q.native_id = p.reply_to AND q.native_id IS NOT NULL
JOIN mention m ON m.post_n = q.n AND m.kind = 'handle'
WHERE p.reply_to IS NOT NULL AND +p.account_n IS NOT NULL AND p.account_n <> q.account_n
  AND 1 = (SELECT count(*) FROM mention o WHERE o.post_n = q.n)
GROUP BY m.value, p.account_n ORDER BY m.value, p.account_n
"""
_DAY = 86_400
# A name is taken to hold on for so long after it was last seen, and to have held so long before.
AFTER = 180 * _DAY
BEFORE = 30 * _DAY
# Who gives a contact so many times as often as another, all the while, is its user.
OFTEN = 3
# Who answers so many messages that call a handle, and so great a share of those, wears it.
ANSWERS = 2
SHARE = 0.75


class Stretch(msgspec.Struct, frozen=True):
    """An account seen with a name from `first` to `last`, and with another from `limit` on."""

    first: int
    last: int
    limit: int | None
    account: str
    firm: bool = True
    """False for a contact that was given only once: it may have been given for another."""

    def held_on(self, utc: int) -> bool:
        """Whether the name, last seen before this time, is taken to hold still."""
        return 0 < utc - self.last <= AFTER and (self.limit is None or utc < self.limit)


class Parties:
    """Resolves named parties; a name that fits two accounts fits none."""

    def __init__(self, world: World, uses: Uses) -> None:
        self._world = world
        self._uses = uses
        self._worn = _worn_stretches(world.names)
        self._used = {contact: _use_stretches(uses, contact) for contact in uses.by_contact}
        self._answering = _answering(world)
        self._marked: dict[tuple[int, int], str] = {}
        self._mentioned: dict[int, list[tuple[int, str, str]]] = {}
        rows = world.connection.execute(
            "SELECT post_n, span_start, kind, value FROM mention ORDER BY post_n, span_start, value"
        )
        for post_n, start, kind, value in rows:
            self._mentioned.setdefault(post_n, []).append((start, kind, value))
            if kind == "account":
                self._marked[post_n, start] = value

    def account(self, party: Party, post: Post) -> Account | None:
        """The account that an act names, None where it cannot be told."""
        marked = self._marked_at(party, post)
        if marked is not None:
            return marked
        if party.kind == "qq":
            known = self._world.account_by_id.get(ids.account("qq", party.value))
            return known or self._by_contact([ids.contact("qq", party.value)], post.utc)
        if party.kind == "contact":
            return self._by_contact(self._contacts(party.value), post.utc)
        return self.named(party.value, post)

    def _marked_at(self, party: Party, post: Post) -> Account | None:
        # The export's own mark may stand at the name or at the sign before it.
        for start in (party.span[0], party.span[0] - 1, party.span[0] + 1):
            if (id_ := self._marked.get((post.n, start))) is not None:
                return self._world.account_by_id.get(id_)
        return None

    def named(self, name: str, post: Post) -> Account | None:
        """The account that wore a name, or gave it as a contact, when the post was written."""
        if post.venue_n is None:
            return None
        platform = self._world.venues[post.venue_n].platform
        holders = _holders(self._worn.get(ids.handle(platform, name), ()), post.utc)
        for contact in self._contacts(ids.normal_name(name).removeprefix("@")):
            holders |= self._users(contact, post.utc)
        if not holders and (answering := self._answering.get(ids.normal_name(name))):
            return self._world.account_by_id.get(answering)
        return self._only(holders)

    def before(self, name: str, post: Post) -> set[str]:
        """Accounts that wore a name, or gave it as a contact, before the post."""
        utc = post.utc or 0
        return {each.account for each in self._stretches(name, post) if each.first <= utc}

    def since(self, name: str, post: Post, lead: int) -> set[str]:
        """Accounts with a name that nobody had more than `lead` seconds before the post."""
        found = self._stretches(name, post)
        utc = (post.utc or 0) - lead
        if any(each.first < utc for each in found):
            return set()
        return {each.account for each in found}

    def _stretches(self, name: str, post: Post) -> list[Stretch]:
        if post.venue_n is None:
            return []
        platform = self._world.venues[post.venue_n].platform
        found = list(self._worn.get(ids.handle(platform, name), ()))
        for contact in self._contacts(ids.normal_name(name).removeprefix("@")):
            found += self._used.get(contact, ())
        return found

    def mentioned(self, post: Post) -> list[Account]:
        """The accounts that the export marks in a post, each once."""
        marked = self._mentioned.get(post.n)
        if marked is None:
            return []
        found: dict[str, Account] = {}
        for _, kind, value in marked:
            account = (
                self._world.account_by_id.get(value)
                if kind == "account"
                else self.named(value, post)
            )
            if account is not None:
                found.setdefault(account.id, account)
        return list(found.values())

    def handles(self, post: Post) -> list[str]:
        """Names that the export marks in a post."""
        return [value for _, kind, value in self._mentioned.get(post.n, ()) if kind == "handle"]

    def _contacts(self, value: str) -> list[str]:
        return sorted(self._uses.by_value.get(value.casefold(), ()))

    def _by_contact(self, contacts: list[str], utc: int | None) -> Account | None:
        holders: set[str] = set()
        for contact in contacts:
            holders |= self._users(contact, utc)
        return self._only(holders)

    def _users(self, contact: str, utc: int | None) -> set[str]:
        """Who used a contact then; accounts of its own platform come before others."""
        stretches = self._used.get(contact, [])
        own = f"account:{contact.split(':', 2)[1]}:"
        native = [each for each in stretches if each.account.startswith(own)]
        return _holders(native, utc) or _holders(stretches, utc)

    def _only(self, holders: set[str]) -> Account | None:
        return self._world.account_by_id[min(holders)] if len(holders) == 1 else None


def _answering(world: World) -> dict[str, str]:
    """The account that answers when a handle, which no export links to one, is called."""
    votes: dict[str, dict[int, int]] = defaultdict(dict)
    for value, account_n, n in world.connection.execute(_ANSWERED):
        votes[ids.normal_name(value).removeprefix("@")][account_n] = n
    found = {}
    for name, counted in votes.items():
        account_n, n = max(counted.items(), key=lambda item: (item[1], -item[0]))
        if n >= ANSWERS and n >= SHARE * sum(counted.values()):
            found[name] = world.accounts[account_n].id
    return found


def _worn_stretches(names: Names) -> dict[str, list[Stretch]]:
    held: dict[str, list[Stretch]] = defaultdict(list)
    for account, stretches in names.by_account.items():
        dated = [worn for worn in stretches if worn.first is not None]
        for worn, following in zip_longest(dated, dated[1:]):
            # Who was seen with another name since does not hold this one any more.
            limit = None if following is None else following.first
            first = worn.first or 0
            held[worn.handle].append(Stretch(first, worn.last or first, limit, account))
    return held


def _use_stretches(uses: Uses, contact: str) -> list[Stretch]:
    # A copied advertisement carries the original's contact: its poster is not meant by it.
    found = uses.by_contact[contact]
    times: dict[str, list[int]] = defaultdict(list)
    for use in [use for use in found if not use.copied] or found:
        if use.listing.post.utc is not None:
            times[use.account.id].append(use.listing.post.utc)
    kept = (account for account in times if not _in_passing(times, account))
    return [
        Stretch(min(times[each]), max(times[each]), None, each, len(times[each]) > 1)
        for each in kept
    ]


def _in_passing(times: dict[str, list[int]], account: str) -> bool:
    """Whether another gives the contact far more often, before and after this account does."""
    own = times[account]
    return any(
        len(other) >= OFTEN * len(own) and min(other) <= min(own) and max(own) <= max(other)
        for id_, other in times.items()
        if id_ != account
    )


def _holders(stretches: Iterable[Stretch], utc: int | None) -> set[str]:
    """Who held the name at a time: those seen with it then, else last before, else next after."""
    known = list(stretches)
    if utc is None:
        return {each.account for each in known}
    if inside := {each.account for each in known if each.first <= utc <= each.last}:
        return inside
    before = [(each.last, each.account) for each in known if each.held_on(utc)]
    if before:
        return {max(before)[1]}
    after = [
        (each.first, each.account) for each in known if each.firm and 0 < each.first - utc <= BEFORE
    ]
    return {min(after)[1]} if after else set()
