"""What a file says of itself: which part of which graph, by which version, under which mark."""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from graph.export.clean.plan import Plan

CAUTION = "A seller's words are claims, never facts; roles are claimed roles with their basis."


class Stamp(msgspec.Struct, frozen=True, kw_only=True):
    """`tlp`: the strictest mark of the content; `last_day`: of the data, so no clock is read."""

    selection: str = "whole graph"
    query: str | None = None
    query_version: str | None = None
    parameters: Mapping[str, Any] = {}
    snapshot: str | None = None
    version: str = ""
    tlp: str | None = None
    last_day: str | None = None
    case: str | None = None

    def lines(self, plan: Plan) -> Iterator[str]:
        """The stamp in sentences, the losses of the plan behind it."""
        yield f"{self.selection}; {len(plan.nodes)} nodes, {len(plan.edges)} edges"
        if self.query:
            given = ", ".join(f"{name} {value}" for name, value in sorted(self.parameters.items()))
            version = f" version {self.query_version}" if self.query_version else ""
            yield f"query {self.query}{version}" + (f" with {given}" if given else "")
        yield f"snapshot {self.snapshot or 'unknown'}"
        if self.tlp:
            yield f"TLP:{self.tlp}"
        yield CAUTION
        yield from plan.losses


def stamp_of(build: Mapping[str, Any] | None, **told: Any) -> Stamp:
    """A stamp with what the graph's `Build` node says; `told`: further fields."""
    facts = build or {}
    day = str(facts.get("last_seen") or "")[:10]
    return Stamp(
        snapshot=facts.get("snapshot"),
        version=str(facts.get("version") or ""),
        last_day=day if len(day) == 10 else None,
        **told,
    )
