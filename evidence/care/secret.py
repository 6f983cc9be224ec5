"""Whether a secret is the one that a case's keys were made with."""

import hmac

from evidence.archive.archive import Archive
from evidence.errors import DataError

_MARK = "secret_mark"
_KEPT = "SELECT value FROM setting WHERE name = ?"


def refuse_other_secret(archive: Archive) -> None:
    """Raises DataError where the secret beside the archive is another case's; notes the first.

    With another one no text would be known again, and what was erased would come back.
    """
    if archive.kept_secret is None:
        return
    mark = hmac.digest(archive.kept_secret, b"mark\x1f", "sha256").hex()
    kept = archive.connection.execute(_KEPT, (_MARK,)).fetchone()
    if kept is None:
        archive.connection.execute("INSERT INTO setting VALUES (?, ?)", (_MARK, mark))
    elif kept[0] != mark:
        raise DataError(
            "the secret beside the archive is that of another case",
            hint="put the file `secret` of this case's first folder into its place",
            where={"file": str(archive.path.parent / "secret")},
        )
