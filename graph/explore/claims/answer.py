"""`claims`: the whole answer about one node."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

from evidence.archive.archive import Archive
from evidence.errors import NotFoundError
from evidence.grading.schemes import level
from graph.explore.claims.about import Gathering
from graph.explore.claims.against import contradictions
from graph.explore.claims.graded import Grades
from graph.explore.claims.model import Claim, Claims, Contradiction, Statement
from graph.explore.claims.rulings import upheld
from graph.explore.claims.support import Supports
from graph.explore.labels import label_of
from graph.store.base import GraphStore

_EARLY: Final = datetime(1, 1, 1, tzinfo=UTC)


def claims(
    store: GraphStore, archive: Archive, identifier: str, *, kind: str | None, limit: int
) -> Claims:
    """Who claims what about a node, the earliest first. NotFoundError, UsageError."""
    gathering = Gathering(store, archive)
    found = gathering.about(identifier)
    wanted = [each for each in found.values() if kind in (None, each.kind)]
    name = _name(store, identifier)
    if name is None and not found:
        raise NotFoundError(f"{identifier} is not in this case", hint="heichan search TEXT")
    around = gathering.beside(wanted) | found
    supports = Supports(store, archive.connection, around.values())
    against = contradictions(_standing(found, around))
    mine = {each.id for each in wanted}
    shown = [each for each in against if mine & _ids(each)]
    grades = Grades(archive.connection, upheld(store))
    beside = _beside(shown)
    ordered = sorted(wanted, key=lambda each: (each.time or _EARLY, each.post or "", each.id))
    return Claims(
        id=identifier,
        name=name or identifier,
        collectors=supports.links.collectors,
        claims=tuple(_claim(each, grades, supports, beside) for each in ordered[:limit]),
        contradictions=tuple(shown),
        total=len(wanted),
    )


def _standing(found: Mapping[str, Statement], around: Mapping[str, Statement]) -> list[Statement]:
    """What is asked for, and what else the case says and nobody took back."""
    return [each for id_, each in around.items() if id_ in found or each.status == "active"]


def _ids(contradiction: Contradiction) -> set[str]:
    return {claim for value in contradiction.values for claim in value.claims}


def _beside(found: list[Contradiction]) -> Mapping[str, set[str]]:
    """Claim -> those that say another value of the same slot."""
    beside: dict[str, set[str]] = defaultdict(set)
    for each in found:
        whole = _ids(each)
        for value in each.values:
            for claim in value.claims:
                beside[claim] |= whole - set(value.claims)
    return beside


def _claim(
    each: Statement, grades: Grades, supports: Supports, beside: Mapping[str, set[str]]
) -> Claim:
    return Claim(
        claim=each.id,
        kind=each.kind,
        value=each.value,
        subject=each.subject,
        speaker=each.speaker,
        voice=each.voice,
        layer=each.layer,
        status=each.status,
        time=each.time,
        date=each.date,
        precision=each.precision,
        quote=each.quote,
        confidence=None if each.confidence is None else level(each.confidence),
        grade=grades.of(each),
        posting=grades.of_posting(each.post),
        support=supports.of(each),
        contradicts=tuple(sorted(beside.get(each.id, ()))),
        evidence=(each.post,) if each.post else (),
    )


def _name(store: GraphStore, identifier: str) -> str | None:
    label = label_of(identifier)
    query = f"MATCH (n:{label}) WHERE n.id = $id RETURN n.name AS name ORDER BY name LIMIT 1"
    rows = store.run(query, {"id": identifier}).rows
    return str(rows[0]["name"]) if rows else None
