"""The grade of a claim: a person's, else the default that stands while nobody has judged."""

import sqlite3
from collections.abc import Collection, Iterable, Sequence
from typing import Final

from evidence.grading.defaults import OF_CLASS, Default, Defaults
from evidence.grading.grades import Judged, Standing, standings
from evidence.grading.schemes import ADMIRALTY
from evidence.grading.targets import collector_id
from graph.explore.claims.model import ClaimGrade, Judgement, Statement

_STANDS: Final = """
SELECT v.id, f.id, r.operator FROM post p LEFT JOIN venue v ON v.n = p.venue_n
LEFT JOIN post_version pv ON pv.post_n = p.n LEFT JOIN capture c ON c.version_n = pv.n
LEFT JOIN file f ON f.n = c.file_n LEFT JOIN run r ON r.n = f.run_n WHERE p.id = ? ORDER BY f.id
"""
NO_CLAIM: Final = "an analyst's own statement"


class Grades:
    """Gives the grades of claims: a person's, else the default, and says which."""

    def __init__(self, connection: sqlite3.Connection, upheld: Collection[str]) -> None:
        self._connection = connection
        self._standings = standings(connection)
        self._defaults = Defaults(connection, upheld)

    def of(self, claim: Statement) -> ClaimGrade:
        """The speaker's reliability and the credibility of what is said, by the nearest grade."""
        default = self._default(claim)
        _, files, venue, _ = self._stands(claim.post)
        speaker = claim.speaker.id
        sources = [speaker, venue] if claim.speaker.kind == "account" else [speaker]
        items = [claim.id, claim.listing, *(files if claim.finding else ())]
        return self._grade(sources, items, default, NO_CLAIM)

    def of_posting(self, post: str | None) -> ClaimGrade | None:
        """That the post stood so: reliability of the file or its collector."""
        if post is None:
            return None
        _, files, _, collectors = self._stands(post)
        default = self._defaults.of_post(post)
        return self._grade([*files, *collectors], [post, *files], default, default.why)

    def _default(self, claim: Statement) -> Default | None:
        if claim.layer == "assessed":
            return OF_CLASS.get(claim.basis or "")
        if claim.finding:
            return OF_CLASS["vendor_report"]
        return self._defaults.of_speaker(claim.speaker.id)

    def _grade(
        self,
        sources: Iterable[str | None],
        items: Iterable[str | None],
        default: Default | None,
        without: str,
    ) -> ClaimGrade:
        said_by, said = [each for each in sources if each], [each for each in items if each]
        given = default or Default(None, None, without)
        source = self._judged(said_by, "source") or _defaulted(said_by, given.source)
        item = self._judged(said, "item") or _defaulted(said, given.item)
        written = "".join(each.code for each in (source, item) if each is not None)
        if not written:
            return ClaimGrade(None, None, given.words)
        lacking = f"; {given.why}" if given.words == given.why and default is not None else ""
        bases = {each.basis for each in (source, item) if each is not None}
        told = "default" if bases == {"default"} else "judged"
        how = f"partly {told}" if len(bases) > 1 else told
        return ClaimGrade(source, item, f"{written} ({how}){lacking}")

    def _judged(self, targets: Iterable[str], part: str) -> Judgement | None:
        for target in targets:
            found: Judged | None = getattr(self._standings.get(target, Standing()), part)
            if found is not None:
                by = found.decision
                return Judgement(found.code, found.scheme, target, "judged", by.author, by.id)
        return None

    def _stands(self, post: str | None) -> tuple[str | None, list[str], str | None, list[str]]:
        """The post's id, its files, its venue and its collectors."""
        rows = self._connection.execute(_STANDS, (post,)).fetchall()
        files = list(dict.fromkeys(file for _, file, _ in rows if file))
        collectors = sorted({collector_id(operator) for _, _, operator in rows if operator})
        return post, files, rows[0][0] if rows else None, collectors


def _defaulted(targets: Sequence[str], code: str | None) -> Judgement | None:
    if code is None:
        return None
    return Judgement(code, ADMIRALTY, targets[0] if targets else None, "default")
