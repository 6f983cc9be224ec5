"""What is planted in a world, apart from its exports."""

from collections.abc import Sequence
from pathlib import Path

import msgspec
from msgspec import Struct


class Account(Struct, frozen=True):
    """An account: key `<platform>:<native id>`, who holds it, and the names and handles it wore."""

    key: str
    person: str
    role: str
    names: tuple[str, ...]
    handles: tuple[str, ...]
    messages: int


class Trace(Struct, frozen=True):
    """A message of a dealing: `<export path>#<number>`, its author, time and act.

    The number is the message's id (Telegram) or its place in the file from 1 up (QQ). `part` is
    `source` or `sale` where goods pass through somebody, `introduced`, or `sale` alone.
    """

    message: str
    account: str
    time: str
    act: str
    part: str


class Dealing(Struct, frozen=True):
    """Goods from a supplier to a buyer, through nobody or through others; price in yuan a unit.

    `kind` is `direct`, `brokered`, `introduced` or `from_stock`. Accounts are the first of their
    person's; `time` is that of the receipt. A wholly private dealing has no traces.
    """

    number: int
    kind: str
    supplier: str
    buyer: str
    through: tuple[str, ...]
    product: str
    quantity: int
    price: float
    time: str
    traces: tuple[Trace, ...]


class Takeover(Struct, frozen=True):
    """A handle taken by a stranger after its owner had left it."""

    handle: str
    owner: str
    taker: str
    time: str


class Truth(Struct, frozen=True):
    """The planted truth. Lists of roles hold the first account of each person.

    `aliases` are all accounts of one person, the first first: a finding about any of them is a
    finding about the person. `occasional` let goods pass through them only once and are no
    brokers. `others` only talk or keep order.
    """

    scenario: str
    seed: int
    size: int
    messages: int
    exports: tuple[str, ...]
    brokers: tuple[str, ...]
    suppliers: tuple[str, ...]
    buyers: tuple[str, ...]
    traders: tuple[str, ...]
    resellers: tuple[str, ...]
    hubs: tuple[str, ...]
    copycats: tuple[str, ...]
    spammers: tuple[str, ...]
    focused: tuple[str, ...]
    self_styled: tuple[str, ...]
    escrow: tuple[str, ...]
    others: tuple[str, ...]
    occasional: tuple[str, ...]
    aliases: tuple[tuple[str, ...], ...]
    takeovers: tuple[Takeover, ...]
    accounts: tuple[Account, ...]
    dealings: tuple[Dealing, ...]

    def persons(self) -> dict[str, str]:
        """The first account of the person behind every account."""
        first: dict[str, str] = {}
        for group in self.aliases:
            first |= dict.fromkeys(group, group[0])
        return {account.key: first.get(account.key, account.key) for account in self.accounts}


def save(truth: Truth, path: Path) -> None:
    """Writes the truth as JSON."""
    path.write_bytes(msgspec.json.format(msgspec.json.encode(truth), indent=1))


def load(path: Path) -> Truth:
    """Reads a truth back; msgspec's errors where the file is none."""
    return msgspec.json.decode(path.read_bytes(), type=Truth)


def through(dealings: Sequence[Dealing], broker: str) -> list[Dealing]:
    """The dealings that passed through somebody."""
    return [dealing for dealing in dealings if broker in dealing.through]
