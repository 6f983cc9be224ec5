"""The English pipeline adds statements and changes none that a frame read."""

import pytest

from ingest.extract.report import load_english, read_report
from tests.ingest.report.kinds import events, listings

NLP = load_english()
pytestmark = pytest.mark.skipif(NLP is None, reason="no English pipeline is installed")

FAR = (
    "A seller, who according to the researchers had for several years taken part in the largest of "
    "the trading rooms that they were able to follow and who was trusted there by nearly everybody "
    "else in them, advertised patient records in May 2021."
)
APART = (
    "Officers from the harbour district who had followed the trail of the leaked delivery labels "
    "through four provinces and dozens of interviews over a period of more than two whole years "
    "detained three employees of Lanwan Parcel Co. Ltd. in June 2021."
)


def test_a_subject_far_from_its_verb() -> None:
    assert listings(read_report(FAR, english=None)) == []
    (listing,) = listings(read_report(FAR, english=NLP))
    assert (listing.date, [p.id for p in listing.products]) == (
        "2021-05-01",
        ["product/health_leads"],
    )


def test_an_agent_far_from_its_verb() -> None:
    assert events(read_report(APART, english=None)) == []
    (event,) = events(read_report(APART, english=NLP))
    assert (event.measure, event.date, event.persons) == (
        "detained",
        "2021-06-01",
        ("three employees",),
    )


def test_what_frames_read_stays() -> None:
    text = "An actor in May 2020 sold a hacked user database on a forum.\n" + APART
    alone = read_report(text, english=None)
    both = read_report(text, english=NLP)
    assert [finding for finding in both if finding in alone] == alone
