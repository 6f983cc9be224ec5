"""The steps that a query may name under `post`."""

from queries.steps.base import Context, Row, Step
from queries.steps.chains import CHAINS
from queries.steps.cliques import CLIQUES
from queries.steps.gaps import GAPS
from queries.steps.independence import INDEPENDENCE
from queries.steps.measures import MEASURES
from queries.steps.quantiles import QUANTILES
from queries.steps.windows import WINDOWS

STEPS: dict[str, Step] = {
    "chains": CHAINS,
    "cliques": CLIQUES,
    "gaps": GAPS,
    "independence": INDEPENDENCE,
    "measures": MEASURES,
    "quantiles": QUANTILES,
    "windows": WINDOWS,
}

__all__ = ["STEPS", "Context", "Row", "Step"]
