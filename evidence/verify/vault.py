"""The originals in the vault, against the hashes under which they lie."""

from evidence.archive.archive import Archive
from evidence.case import Case
from evidence.errors import HeichanError
from evidence.pace import Progress
from evidence.vault.keys import find_key
from evidence.vault.vault import Vault
from evidence.verify.found import Checked

_READ = "SELECT substr(id, 6), path FROM file WHERE state IN ('read', 'broken_off') ORDER BY id"


def check_vault(case: Case, archive: Archive, progress: Progress) -> Checked:
    """Opens each original and hashes it, where the key is here."""
    if not case.settings.vault:
        return Checked(check="vault", said=["this case keeps no originals"])
    vault, rows = Vault(case), archive.connection.execute(_READ).fetchall()
    checked = Checked(check="vault", of=len(rows))
    try:
        find_key(case.settings.id, case.root)
    except HeichanError as error:
        held = sum(vault.holds(digest) for digest, _ in rows)
        checked.said.append(f"{held} of {len(rows)} are there, not opened: {error.message}")
        return checked
    for number, (digest, path) in enumerate(rows, 1):
        try:
            vault.check(digest)
        except HeichanError as error:
            checked.differs(f"file:{digest}", path, error.message)
        checked.looked_at += 1
        progress("vault", number, len(rows))
    return checked
