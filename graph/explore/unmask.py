"""Quotes as they were written, out of the vault; who asked and why is logged first."""

import sqlite3
from collections import defaultdict
from collections.abc import Sequence

from msgspec.structs import replace

from evidence.audit import append_audit
from evidence.case import Case
from evidence.errors import NotFoundError, UsageError
from evidence.vault.keys import find_key
from evidence.vault.vault import Vault
from graph.explore.evidence import Quote
from ingest.originals import Wanted, written

_VERSION = """
SELECT v.text_key, length(v.text) FROM capture c JOIN post_version v ON v.n = c.version_n
JOIN file f ON f.n = c.file_n JOIN post p ON p.n = v.post_n
WHERE f.id = ? AND c.place = ? ORDER BY p.id = ? DESC, v.n = p.version_n DESC LIMIT 1
"""
# Of a message in two exports one post is shown, with the captures of both.


def unmask(case: Case, asked: str, quotes: Sequence[Quote], reason: str) -> list[Quote]:
    """The quotes whose original the vault holds, unmasked.

    Raises UsageError without a reason, HeichanError without a vault or its key, NotFoundError
    where it holds none of them.
    """
    if not reason.strip():
        raise UsageError("unmasking needs a reason", hint="add --reason TEXT")
    vault = Vault(case)
    find_key(case.settings.id, case.root)
    kept = [quote for quote in quotes if vault.holds(quote.sha256)]
    if not kept:
        raise NotFoundError("the vault holds no original of this", hint="heichan evidence ID")
    with case.archive() as archive, archive.transaction() as connection:
        append_audit(
            connection,
            "evidence unmasked",
            {"id": asked, "reason": reason, "quotes": len(kept)},
        )
        by_file: dict[str, list[tuple[Quote, Wanted]]] = defaultdict(list)
        for quote in kept:
            by_file[quote.sha256].append((quote, _wanted(connection, quote)))
    found: list[Quote] = []
    for sha256, pairs in by_file.items():
        words = written(case, sha256, {wanted for _, wanted in pairs})
        found += [_shown(quote, words[wanted]) for quote, wanted in pairs if wanted in words]
    return [one for quote in quotes for one in found if _place(one) == _place(quote)]


def _wanted(connection: sqlite3.Connection, quote: Quote) -> Wanted:
    values = (f"file:{quote.sha256}", quote.place, quote.post)
    key, length = connection.execute(_VERSION, values).fetchone()
    return Wanted(quote.place, key, length)


def _shown(quote: Quote, text: str) -> Quote:
    return replace(quote, quote=text[quote.span[0] : quote.span[1]])


def _place(quote: Quote) -> tuple[str, str, str, tuple[int, int]]:
    return quote.post, quote.sha256, quote.place, quote.span
