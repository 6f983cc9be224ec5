"""What stands at the head of a query file."""

import re
from typing import Any, Literal

import msgspec
import yaml

from evidence.errors import DataError
from evidence.settings import TLP_ORDER
from queries.places import line_of

ParamType = Literal["str", "int", "float", "bool", "date", "since", "until", "list[str]"]
ColumnType = Literal[
    "str", "int", "float", "bool", "date", "datetime",
    "list[str]", "list[int]", "list[float]", "list[date]",
]  # fmt: skip
Evidence = Literal["posts", "files", "none"]
_FENCE = "---"


class Bilingual(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    en: str
    zh: str


class Param(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A parameter; `since` and `until` are a day or a time, read in the case's zone."""

    type: ParamType
    required: bool = False
    default: Any = None
    min: float | None = None
    max: float | None = None
    choices: list[str] | None = None
    complete: str = ""
    """`Label.property` whose values complete it on the command line."""
    help: str = ""


class Column(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    type: ColumnType
    key: bool = False
    """Key columns together name a row; they end the order of rows."""
    help: str = ""


class Expectation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the query gives: the number of rows, rows that are among them, and some that are not."""

    case: str = ""
    """A small graph made for one trap (tests/queries/cases); empty: the demo corpus."""
    params: dict[str, Any] = {}
    rows: int | None = None
    contains: list[dict[str, Any]] = []
    lacks: list[dict[str, Any]] = []


class Header(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    id: str
    version: str
    maturity: Literal["experimental", "stable", "deprecated"] = "stable"
    engine: Literal["cypher", "archive"] = "cypher"
    title: Bilingual
    question: Bilingual
    tags: list[str] = []
    params: dict[str, Param] = {}
    returns: dict[str, Column]
    evidence: Evidence = "posts"
    post: str | None = None
    """A vetted step in Python after the rows."""
    warns: str | None = None
    """The column of accounts or actors about whom the column `warnings` tells what is unsure."""
    graph: str | None = None
    """The column that can be drawn and exported."""
    composed: bool = False
    """Rows join separate statements, which the answer says."""
    needs: list[str] = []
    """Relationships without any of which there is nothing to ask; an empty answer says so."""
    timeout: float = 30.0
    limit: int = 200
    slow: Bilingual | None = None
    """Why it takes seconds on a large graph, which cannot be helped."""
    caveats: list[Bilingual] = []
    expect: list[Expectation] = []


# A parameter of one of these names needs no description of its own: `since: {}`.
COMMON: dict[str, Param] = {
    "since": Param("since", help="first day or time of the posts"),
    "until": Param("until", help="last day or time of the posts"),
    "min_confidence": Param(
        "float", default=0.0, min=0.0, max=1.0, help="least confidence of a reading"
    ),
    "modality": Param(
        "list[str]",
        default=["observed", "claimed", "derived"],
        choices=["observed", "claimed", "derived", "analyst"],
        help="kinds of statement that count",
    ),
    "exclude_shared": Param(
        "bool", default=True, help="leave out accounts that serve many (escrow, bots, notices)"
    ),
}
TLP_MAX = "tlp_max"
# Taken by every query without being declared: it chooses what the query is run on.
OF_ALL: dict[str, Param] = {
    TLP_MAX: Param(
        "str",
        choices=list(TLP_ORDER),
        help="nothing that rests on a file marked stricter than this TLP mark",
    ),
}


def split(text: str, comment: str, where: dict[str, str | int]) -> tuple[str, str]:
    """YAML and body of a query file whose head stands in `comment` lines between two fences."""
    fence = f"{comment} {_FENCE}"
    lines = text.splitlines()
    fences = [at for at, line in enumerate(lines) if line.rstrip() == fence][:2]
    if len(fences) < 2 or any(lines[: fences[0]]):
        said = f"a query begins with a head between two lines `{fence}`"
        raise DataError(said, where={**where, "line": 1})
    head = lines[fences[0] + 1 : fences[1]]
    if stray := [at for at, line in enumerate(head) if not line.startswith(comment)]:
        placed = {**where, "line": fences[0] + 2 + stray[0]}
        raise DataError(f"a line of the head is no comment: {head[stray[0]]}", where=placed)
    plain = [re.sub(rf"^{re.escape(comment)} ?", "", line) for line in head]
    return "\n".join(plain), "\n".join(lines[fences[1] + 1 :]).strip() + "\n"


def parse(head: str, where: dict[str, str | int]) -> Header:
    """The header of YAML text. Raises DataError that names the field."""
    try:
        fields = yaml.load(head, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        return msgspec.convert(_with_common(fields), Header)
    except (yaml.YAMLError, msgspec.ValidationError, RecursionError) as error:
        said = " ".join(str(error).split())
        placed = {**where, "line": line_of(head, error)}
        raise DataError(f"the head of the query is wrong: {said}", where=placed) from None


def _with_common(fields: Any) -> Any:
    if not isinstance(fields, dict) or not isinstance(fields.get("params", {}), dict):
        return fields
    params = {
        name: msgspec.to_builtins(COMMON[name]) | given
        if name in COMMON and isinstance(given, dict)
        else given
        for name, given in fields.get("params", {}).items()
    }
    of_all = {name: msgspec.to_builtins(param) for name, param in OF_ALL.items()}
    return fields | {"params": params | of_all}
