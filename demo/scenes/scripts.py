"""Scene: everything that is written line by line in tables."""

from hashlib import blake2b

import base58

from demo.script import perform
from demo.world import World

TABLES = ("recruit", "escrow", "english", "qq", "traps", "hostile", "forum", "feed", "lists")


def wallets() -> dict[str, str]:
    """Addresses with valid checksums of which nobody holds the key."""
    bodies = {name: blake2b(name.encode(), digest_size=20).digest() for name in ("tron", "btc")}
    return {
        "tron": base58.b58encode_check(b"\x41" + bodies["tron"]).decode(),
        "btc": base58.b58encode_check(b"\x00" + bodies["btc"]).decode(),
    }


def play(world: World) -> None:
    """Plays the tables in order."""
    for table in TABLES:
        perform(world, table, wallets())
