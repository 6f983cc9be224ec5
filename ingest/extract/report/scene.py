"""What is known of a report before its statements are read: lines, dates, names."""

from bisect import bisect_left

from ingest.extract.report.dates import DateHit
from ingest.extract.report.organisations import Named
from ingest.extract.report.page import Page


class Scene:
    """A page with its dates and the organisations named in it."""

    def __init__(
        self, page: Page, dates: tuple[DateHit, ...], organisations: list[Named]
    ) -> None:
        self.page = page
        self.dates = dates
        self.organisations = organisations
        self._date_starts = [hit.start for hit in dates]
        self._name_starts = [one.span[0] for one in organisations]

    def dates_in(self, start: int, end: int) -> list[DateHit]:
        """The dates inside a stretch of the text, in order."""
        low = bisect_left(self._date_starts, start)
        high = bisect_left(self._date_starts, end)
        return [hit for hit in self.dates[low:high] if hit.end <= end]

    def names_in(self, start: int, end: int) -> list[Named]:
        """The organisations named inside a stretch of the text, in order."""
        low = bisect_left(self._name_starts, start)
        high = bisect_left(self._name_starts, end)
        return [one for one in self.organisations[low:high] if one.span[1] <= end]
