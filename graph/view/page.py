"""One HTML file that holds a part of the graph, the script that draws it, and nothing else.

It asks for nothing: no address is loaded, and its content security policy allows only the two
scripts and the styles whose hashes it names.
"""

import base64
import hashlib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from html import escape
from importlib.resources import files
from typing import BinaryIO, Final

import msgspec

from evidence.errors import DataError, UsageError
from graph.export.clean.plan import Plan
from graph.export.stamp import Stamp
from graph.view.data import page_data
from graph.view.extras import Extras

MOST: Final = 2_000
HARD: Final = 5_000
"""Above this no layout can be read, and a canvas without a graphics card stands still."""
LIBRARY: Final = "vendor/cytoscape.min.js"
SCRIPTS: Final = (
    "core",
    "words",
    "look",
    "graph",
    "paint",
    "filter",
    "legend",
    "search",
    "time",
    "panel",
    "table",
    "keys",
    "picture",
    "main",
)
"""The page's own script, in the order in which its parts need each other."""
# The library adds this style itself where it is not there, which the policy forbids.
LIBRARY_STYLE: Final = ".__________cytoscape_container { position: relative; }"
LIBRARY_STYLE_ID: Final = "__________cytoscape_stylesheet"


def write(stream: BinaryIO, plan: Plan, stamp: Stamp, extras: Extras | None = None) -> None:
    """The page of the plan. Raises UsageError above HARD nodes, DataError for equal ids."""
    check_size(len(plan.nodes), HARD)
    _check_ids(plan)
    for part in _document(plan, stamp, extras or Extras()):
        stream.write(part.encode("utf-8", "replace"))


def check_size(nodes: int, most: int) -> None:
    """Raises UsageError where a page of so many nodes would not be readable."""
    if nodes > min(most, HARD):
        raise UsageError(
            f"{nodes} nodes are too many for a page (at most {min(most, HARD)})",
            hint="Narrow it: --rel FLOWS_TO, --ego ID --hops 1, --query NAME, --since and --until, "
            f"--label Account; --max-nodes allows up to {HARD}. Or: heichan export gexf, for Gephi",
        )


def _check_ids(plan: Plan) -> None:
    for what, ids in (
        ("node", [node.id for node in plan.nodes]),
        ("relationship", [edge.id for edge in plan.edges]),
    ):
        again, times = max(Counter(ids).items(), key=lambda one: one[1], default=("", 0))
        if times > 1:
            raise DataError(f"two {what}s have the id {again}", hint="heichan build --full")


def _document(plan: Plan, stamp: Stamp, extras: Extras) -> Iterator[str]:
    own, library, style = script(), _asset(LIBRARY), _asset("page.css")
    policy = (
        "default-src 'none'; "
        f"script-src {_hash(library)} {_hash(own)}; "
        f"style-src {_hash(style)} {_hash(LIBRARY_STYLE)}; "
        "base-uri 'none'; form-action 'none'"
    )
    yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield '<meta name="referrer" content="no-referrer">\n'
    yield f"<title>heichan: {escape(stamp.selection)}</title>\n"
    yield f"<style>{style}</style>\n"
    yield f'<style id="{LIBRARY_STYLE_ID}">{LIBRARY_STYLE}</style>\n</head>\n<body>\n'
    yield _asset("page.html")
    yield f'<script type="application/json" id="data">{_json(plan, stamp, extras)}</script>\n'
    yield f"<script>{library}</script>\n<script>{own}</script>\n</body>\n</html>\n"


@cache
def script() -> str:
    """The page's own script: its parts one after the other, in a scope of their own."""
    parts = "".join(_asset(f"{name}.js") for name in SCRIPTS)
    return f'"use strict";\n{{\nconst H = {{}};\n{parts}}}\n'


@cache
def _asset(name: str) -> str:
    return files("graph.view").joinpath("assets", name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    """A source of a content security policy: the text, and nothing else, may run."""
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")
    return f"'sha256-{digest}'"


def _json(plan: Plan, stamp: Stamp, extras: Extras) -> str:
    """JSON that no HTML parser takes for an end of its script, in any position."""
    text = msgspec.json.encode(page_data(plan, stamp, extras)).decode()
    text = text.replace("<", "\\u003c")
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
