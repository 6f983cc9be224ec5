"""Roles as sums: every cue with its weight, its factor and its context."""

import math
from collections.abc import Iterator
from typing import Final

from ingest.extract.explain.origins import Origins
from ingest.extract.explain.records import Place, RoleSum, Summand
from ingest.extract.explain.replay import Replay
from ingest.records import Cue, Listing, RoleReading

_FILES: Final = ("role_cues.tsv", "role_additions.tsv", "lexicon.tsv", "additions.tsv")
_RULES: Final = {
    "low": "low: the score is below 0.6",
    "medium": "medium: the score is 0.6 or more; one listing alone is at most medium",
    "high": "high: the score is 0.9 or more, from three kinds of evidence in two messages",
}
_PARTS: Final = (1.0, 0.5, 0.25)
"""Contexts: full, half (a forward, or access to an insider), and both halves."""


def role_sums(replay: Replay, rows: Origins, listing: Listing) -> tuple[RoleSum, ...]:
    """The sum behind each role of a listing."""
    return tuple(_sum(replay, rows, listing, role) for role in listing.roles)


def _sum(replay: Replay, rows: Origins, listing: Listing, role: RoleReading) -> RoleSum:
    summands = tuple(_summand(replay, rows, listing, role.role, cue) for cue in role.cues)
    total = math.fsum(each.value for each in summands)
    rule = _RULES[role.confidence]
    return RoleSum(role.role, role.confidence, rule, round(total, 6), role.score, summands)


def _summand(replay: Replay, rows: Origins, listing: Listing, role: str, cue: Cue) -> Summand:
    words = replay.words(cue.span)
    weight = replay.cue_weights.get(words, {}).get(role, 0.0)
    context = next((part for part in _PARTS if abs(weight * part - cue.weight) < 0.001), None)
    note = ""
    if not weight or context is None:
        context = 0.5 if listing.voice == "forwarded" else 1.0
        weight = cue.weight / context
        sold = any(cue.span == product.span for product in listing.products)
        note = "what is sold" if sold else "the act in front of goods"
        origins = rows.of(words, "stance/sell", "stance/buy")
    else:
        origins = tuple(
            row
            for row in rows.in_file(words, *_FILES)
            if row.says.split(" ")[0] in {role, f"role/{role}"}
        )
    return Summand(
        holder=f"listing {listing.listing}",
        role=role,
        cue=words,
        weight=weight,
        factor=1.0,
        context=context,
        value=cue.weight,
        post=listing.post,
        place=Place(cue.quote, cue.span),
        note=note or _why_half(listing, context),
        origins=origins,
    )


def _why_half(listing: Listing, context: float) -> str:
    if context == 1.0:
        return ""
    return "a forward counts half" if listing.voice == "forwarded" else "access is not being one"


def silent_cues(replay: Replay, rows: Origins, listing: Listing) -> tuple[Summand, ...]:
    """Cues that stand in the text and count nothing for this listing: context 0."""
    counted = {(role.role, cue.span) for role in listing.roles for cue in role.cues}
    return tuple(_silent(replay, rows, listing, counted))


def _silent(
    replay: Replay, rows: Origins, listing: Listing, counted: set[tuple[str, tuple[int, int]]]
) -> Iterator[Summand]:
    cues, scene = replay.rules.roles, replay.scene
    seen: set[tuple[str, str]] = {
        (role.role, replay.words(cue.span)) for role in listing.roles for cue in role.cues
    }
    for token in scene.cue_hits:
        place = replay.place(token.start, token.end)
        term = cues.terms[int(token.id)]
        for role, weight in cues.table[int(token.id)].items():
            if (role, place.span) in counted or (role, term) in seen:
                continue
            seen.add((role, term))
            note = _why_silent(replay, token.start, token.end, weight)
            origins = tuple(r for r in rows.in_file(term, *_FILES) if role in r.says)
            holder = f"listing {listing.listing}"
            yield Summand(
                holder, role, term, weight, 1.0, 0.0, 0.0, listing.post, place, note, origins
            )


def _why_silent(replay: Replay, start: int, end: int, weight: float) -> str:
    if not weight:
        return "an acceptance pattern"
    if replay.scene.is_negated(start, end):
        return "negated"
    return "about others, or against the act or the goods of this listing"
