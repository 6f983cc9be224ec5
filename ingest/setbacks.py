"""Where the times of a chat fall back, in a format that states none in UTC."""

from collections.abc import Sequence
from typing import Final

from evidence.archive.entries import Draft
from ingest.posts import Problem

FORMATS: Final = ("qq", "qq-mht")
"""Readers of exports that are in order of time and know no zone."""
_NOTED: Final = 1_800
"""Seconds: less is a clock that was set right, and no zone is nearer to another."""


class SetBacks:
    """Watches the posts of one file; its times are kept as written."""

    def __init__(self) -> None:
        self._latest: dict[str, int] = {}
        self._place = ""
        self._seconds = 0
        self._times = 0

    def look(self, drafts: Sequence[Draft]) -> None:
        """Takes the next posts of the file."""
        latest = self._latest
        for draft in drafts:
            if draft.utc is None or draft.venue is None:
                continue
            before = latest.get(draft.venue, draft.utc)
            if before - draft.utc >= _NOTED:
                self._note(draft.read.place, before - draft.utc)
            latest[draft.venue] = draft.utc

    def _note(self, place: str, seconds: int) -> None:
        self._times += 1
        if self._times == 1:
            self._place, self._seconds = place, seconds

    def problems(self) -> list[Problem]:
        """A word on the first place, where there is one."""
        if not self._times:
            return []
        hours, minutes = divmod(self._seconds // 60, 60)
        more = f", and {self._times - 1} more times below" if self._times > 1 else ""
        reason = (
            f"the clock falls back by {hours}:{minutes:02} hours here{more}; times are kept as "
            "written: if the collector's zone changed, split the file and say --tz for each part"
        )
        return [Problem(self._place, reason)]
