"""Confidence of a reading: one minus the product of what each kind of evidence leaves open."""

from typing import Final

from ingest.records import Listing

_ACT, _GOODS, _WEAK_GOODS = 0.5, 0.5, 0.3
_FIGURE, _CONTACT, _SOURCE, _TERMS = 0.3, 0.3, 0.25, 0.25
_PROBLEM: Final = 0.9
"""Each open problem, and a homophone cue, takes a tenth."""
NO_LISTING: Final = 0.95
MAYBE_LISTING: Final = 0.7
"""A post without a listing: goods are named in the second case."""


def confidence(listing: Listing, *, act: bool, weak: bool, unsure: int) -> float:
    """0 to 1, two decimals; `act`: an explicit act, `weak`: only ambiguous goods."""
    open_ = 1.0
    for holds, share in (
        (act, _ACT),
        (bool(listing.products), _WEAK_GOODS if weak else _GOODS),
        (bool(listing.prices or listing.quantities), _FIGURE),
        (bool(listing.contacts), _CONTACT),
        (bool(listing.sources or listing.methods), _SOURCE),
        (bool(listing.escrow) or _terms(listing), _TERMS),
    ):
        if holds:
            open_ *= 1 - share
    return round((1 - open_) * _PROBLEM ** (len(listing.problems) + unsure), 2)


def _terms(listing: Listing) -> bool:
    claims = listing.claims
    return bool(claims.freshness or claims.exclusivity or claims.test)
