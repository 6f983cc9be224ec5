"""Claims that contradict each other, side by side."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from graph.explore.claims.model import Contradiction, Statement, Value


def contradictions(claims: Iterable[Statement]) -> list[Contradiction]:
    """Different values of a slot that can hold one, each with who says it.

    Several values in one reading of one post are one statement and contradict nothing.
    """
    said: dict[tuple[str, str], dict[str, list[Statement]]] = defaultdict(dict)
    for claim in claims:
        for each in claim.says:
            if each.single:
                values = said[each.subject, each.slot]
                values.setdefault(each.value, []).append(claim)
    return [
        Contradiction(subject, slot, tuple(_value(v, c) for v, c in sorted(values.items())))
        for (subject, slot), values in sorted(said.items())
        if _differ(list(values.values()))
    ]


def _differ(values: Sequence[Sequence[Statement]]) -> bool:
    places = [{(each.layer, each.status, each.post) for each in held} for held in values]
    return any(one - other or other - one for one in places for other in places if one is not other)


def _value(value: str, claims: Sequence[Statement]) -> Value:
    speakers = {each.speaker.id or each.speaker.name or "" for each in claims}
    posts = {each.post for each in claims if each.post}
    return Value(
        value,
        tuple(sorted(each.id for each in claims)),
        tuple(sorted(filter(None, speakers))),
        tuple(sorted(posts)),
    )
