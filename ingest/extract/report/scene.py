"""What is known of a report before its statements are read: lines, dates, names."""

from bisect import bisect_left
from collections.abc import Sequence

from ingest.extract.report.dates import DateHit
from ingest.extract.report.findings import OrganisationRef
from ingest.extract.report.markets import Market
from ingest.extract.report.organisations import Named
from ingest.extract.report.page import Page
from ingest.extract.report.places import Place
from ingest.extract.report.terms import Terms


class Scene:
    """A page with its dates and the organisations named in it."""

    def __init__(
        self,
        page: Page,
        dates: tuple[DateHit, ...],
        organisations: list[Named],
        places: tuple[Place, ...],
        markets: Sequence[Market],
        terms: Terms,
    ) -> None:
        self.page = page
        self.dates = dates
        self.organisations = organisations
        self.places = places
        self.markets = tuple(market.span for market in markets)
        self._venues = [
            Named(one.span, OrganisationRef(one.id, one.name, one.aliases)) for one in markets
        ]
        self.terms = terms
        self._date_starts = [hit.start for hit in dates]
        self._name_starts = [one.span[0] for one in organisations]
        self._place_starts = [place.span[0] for place in places]

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

    def venues_in(self, start: int, end: int) -> list[Named]:
        """The marketplaces named inside a stretch of the text, as organisations, in order."""
        return [one for one in self._venues if start <= one.span[0] and one.span[1] <= end]

    def places_in(self, start: int, end: int) -> list[Place]:
        """The places named inside a stretch of the text, in order."""
        low = bisect_left(self._place_starts, start)
        high = bisect_left(self._place_starts, end)
        return [place for place in self.places[low:high] if place.span[1] <= end]
