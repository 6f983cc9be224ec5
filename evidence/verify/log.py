"""The chain of the audit log, and what must stand in it."""

from evidence.archive.archive import Archive
from evidence.audit import verify_audit
from evidence.verify.found import Checked

_RUNS = """
SELECT id FROM run WHERE ended_at IS NOT NULL AND id NOT IN
  (SELECT detail ->> '$.run' FROM audit WHERE what = 'ingest' AND json_valid(detail))
ORDER BY id
"""


def check_log(archive: Archive) -> Checked:
    """Each entry holds the hash of the one before, and every run that ended has its entry."""
    state = verify_audit(archive.connection)
    checked = Checked(check="audit log", of=state.entries, looked_at=state.entries)
    if state.broken is not None:
        checked.differs(f"audit entry {state.broken}", "audit log", "does not fit the chain")
    for (run,) in archive.connection.execute(_RUNS):
        checked.differs(run, "audit log", "the log has no entry of this run")
    checked.said.append(f"head {state.head or 'none'}; compare it with one noted elsewhere")
    return checked
