"""An erasure from end to end: the archive, the files of the case, and the graph built again."""

from collections.abc import Sequence

from evidence.care.erase import Reach, erase
from evidence.care.erasing import finish_erasing
from evidence.care.going import Asked
from evidence.case import Case
from graph.build.derive import Progress

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
    if embedded:
        build(case, store="embedded", progress=progress)
    if not whole:
        return [_unwritten(one) if one.part.startswith("free pages") else one for one in reached]
    return reached


def _unwritten(one: Reach) -> Reach:
    return Reach(one.part, False, None, _BUSY)
