"""Files that were erased from a case stay out of it."""

from evidence.archive.archive import Archive
from evidence.archive.suppression import Suppressed
from graph import ids
from ingest.plan import AsideFile, Failure, Plan
from ingest.posts import Problem

_REASON = "it was erased from this case and stays out"


def leave_erased(archive: Archive, plan: Plan) -> None:
    """Takes erased files out of the plan: failures where they were named, else set aside.

    Their hashes are not kept again.
    """
    suppressed = Suppressed(archive)
    for one in [one for one in plan.archives if suppressed.holds(ids.file(one.held.sha256))]:
        plan.leave_out({one.name})
        if one.named:
            plan.failures.append(Failure(one.name, Problem("file", _REASON)))
        else:
            aside = AsideFile(one.name, _REASON, None, one.held.size, one.parent)
            plan.asides.append(aside)
    for file in [file for file in plan.inputs if suppressed.holds(ids.file(file.sha256))]:
        plan.inputs.remove(file)
        if file.named:
            plan.failures.append(Failure(file.source.name, Problem("file", _REASON)))
        else:
            plan.asides.append(AsideFile(file.source.name, _REASON, None, file.size, file.parent))
