"""An erasure from end to end: the archive, the files of the case, and the graph built again."""

from collections.abc import Sequence

from evidence.care.erase import Reach, erase
from evidence.care.erasing import finish_erasing
from evidence.care.going import Asked
from evidence.case import Case
from evidence.errors import HeichanError
from evidence.pace import Progress

_BUSY = "another process still reads the old pages: the next writing command does it"


def erase_from(
    case: Case, asked: Sequence[Asked], *, reason: str, progress: Progress | None = None
) -> list[Reach]:
    """Erases, and says what that reached. An erasure that is stopped is ended by the next writer.

    Raises UsageError without a reason, NotFoundError for what is not in the case.
    """
    # Loads the extractors.
    from graph.build.run import build

    embedded = case.settings.store == "embedded" or any(case.graph.glob("*"))
    with case.archive() as archive:
        reached = erase(archive, asked, reason=reason)
        whole = finish_erasing(archive)
    if not whole:
        reached = _with_note(reached, "free pages", _BUSY, reached=False)
    if embedded:
        try:
            build(case, store="embedded", progress=progress)
        except HeichanError as error:
            # What was erased is erased: that must be told in any case.
            reached = _with_note(reached, "embedded graph", f"gone, not built: {error.message}")
    return reached


def _with_note(rows: list[Reach], part: str, note: str, *, reached: bool = True) -> list[Reach]:
    return [
        Reach(one.part, reached, None, note) if one.part.startswith(part) else one for one in rows
    ]
