"""The steps that a query may name under `post`."""

from queries.steps.base import Context, Row, Step
from queries.steps.chains import CHAINS
from queries.steps.cliques import CLIQUES
from queries.steps.gaps import GAPS
from queries.steps.independence import INDEPENDENCE
from queries.steps.overlaps import OVERLAPS
from queries.steps.quantiles import QUANTILES
from queries.steps.windows import WINDOWS

_OF_MEASURES = frozenset({"top", "product", "since", "until", "min_confidence", "exclude_shared"})


def _measures(rows: list[Row], context: Context) -> list[Row]:
    # Its graph libraries take a second to load, which every other query would wait for.
    from queries.steps.measures import run

    return run(rows, context)


STEPS: dict[str, Step] = {
    "chains": CHAINS,
    "cliques": CLIQUES,
    "gaps": GAPS,
    "independence": INDEPENDENCE,
    "measures": Step(_measures, lambda header: ["actor"], _OF_MEASURES),
    "overlaps": OVERLAPS,
    "quantiles": QUANTILES,
    "windows": WINDOWS,
}

__all__ = ["STEPS", "Context", "Row", "Step"]
