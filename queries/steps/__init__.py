"""The steps that a query may name under `post`."""

from queries.steps.base import Context, Row, Step
from queries.steps.chains import CHAINS
from queries.steps.quantiles import QUANTILES

STEPS: dict[str, Step] = {"chains": CHAINS, "quantiles": QUANTILES}

__all__ = ["STEPS", "Context", "Row", "Step"]
