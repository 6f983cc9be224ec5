"""Shared by the tests of extraction: rules compiled once, one text read."""

from functools import cache

from ingest.extract import Rules, extract
from ingest.records import Listing, Reading, Text, Voice


@cache
def rules() -> Rules:
    return Rules.load()


def read(text: str, voice: Voice = "own") -> Reading:
    return extract([Text("1", text, voice)], rules())[0]


def listings(text: str) -> tuple[Listing, ...]:
    return read(text).listings


def only(text: str) -> Listing:
    found = listings(text)
    assert len(found) == 1, [(item.polarity, item.products) for item in found]
    return found[0]
