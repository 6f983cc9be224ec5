"""One text, its records and what stands behind each."""

from typing import Final

from ingest.extract.explain.grammars import Grammars
from ingest.extract.explain.origins import origins
from ingest.extract.explain.polarity import act_reason, gate_of
from ingest.extract.explain.records import Explained, Explanation, Reason
from ingest.extract.explain.replay import Replay
from ingest.extract.explain.roles import role_sums, silent_cues
from ingest.extract.explain.values import Values, undisguised
from ingest.extract.rules import Rules
from ingest.records import Text

_SLOTS: Final = (
    "products",
    "sources",
    "methods",
    "quantities",
    "prices",
    "contacts",
    "escrow",
    "claims",
)


def explain(text: Text, rules: Rules) -> tuple[Explained, ...]:
    """The records that `extract` gives for a text, with reasons; one record where it is none."""
    replay = Replay(text, rules)
    rows = origins(tuple(rules.extra))
    values, grammars = Values(replay, rows), Grammars(replay, rows)
    found: list[Explained] = []
    for listing, unit in replay.pairs(replay.reading.listings):
        given = sorted((*values.of(listing), *grammars.of(listing)), key=_by_slot)
        reasons = (undisguised(reason, replay, rows) for reason in given)
        explanation = Explanation(
            polarity=act_reason(replay, rows, listing, unit),
            gate=gate_of(replay, listing, unit),
            values=tuple(reasons),
            roles=role_sums(replay, rows, listing),
            silent=silent_cues(replay, rows, listing),
            lexicon=rules.version,
        )
        found.append(Explained(listing, explanation))
    return tuple(found)


def _by_slot(reason: Reason) -> int:
    return _SLOTS.index(reason.slot.partition("[")[0].partition(".")[0])
