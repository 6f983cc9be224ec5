"""What is wrong with a query before any engine sees it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain

from evidence.errors import HeichanError
from graph.store import guard
from graph.store.tokens import Token, tokenize
from queries import parameters, portable, shape, statement, steps, warned
from queries.findings import Finding
from queries.header import OF_ALL, Header


def lint(header: Header, body: str) -> list[Finding]:
    """All findings, errors first."""
    checks = _CYPHER if header.engine == "cypher" else _ARCHIVE
    found = [fault for check in (*_HEADER, *checks) for fault in check(header, body)]
    return [fault if isinstance(fault, Finding) else Finding(fault) for fault in found]


def returned(header: Header) -> list[str]:
    """Columns that the body must return: what the step takes, or the answer and its drawing."""
    if header.post is not None and header.post in steps.STEPS:
        return steps.STEPS[header.post].takes(header)
    drawn = [header.graph] if header.graph and header.graph not in header.returns else []
    added = {warned.COLUMN} if header.warns else set()
    return [*(name for name in header.returns if name not in added), *drawn]


def _titles(header: Header, body: str) -> Iterator[str]:
    for what, text in (("title", header.title), ("question", header.question)):
        if not (text.en.strip() and text.zh.strip()):
            yield f"the {what} must be there in English and in Chinese"


def _columns(header: Header, body: str) -> Iterator[str]:
    if not any(column.key for column in header.returns.values()):
        yield "no column is marked `key: true`"
    wants = header.maturity == "stable" and header.evidence != "none"
    if wants and "evidence" not in header.returns:
        yield "a stable query returns `evidence`"
    if header.evidence == "none" and not header.id.startswith("qa."):
        yield "only queries of the pack qa may do without evidence"
    if header.warns is not None and not {header.warns, warned.COLUMN} <= header.returns.keys():
        yield f"with `warns` the columns {header.warns} and {warned.COLUMN} are returned"
    if header.post is not None and header.post not in steps.STEPS:
        yield f"no step named {header.post}; there are: {', '.join(sorted(steps.STEPS))}"


def _defaults(header: Header, body: str) -> Iterator[str]:
    for name, param in header.params.items():
        if not param.help:
            yield f"the parameter {name} has no help"
        if param.required and param.default is not None:
            yield f"the parameter {name} is required and has a default"
    yield from _bound(header, parameters.sample(header), "the defaults")


def _needs(header: Header, body: str) -> Iterator[str]:
    if unknown := sorted(set(header.needs) - shape.TYPES):
        yield f"the schema has no relationship {', '.join(unknown)}"


def _expectations(header: Header, body: str) -> Iterator[str]:
    for at, expected in enumerate(header.expect, start=1):
        yield from _bound(header, expected.params, f"expect {at}")
        for row in (*expected.contains, *expected.lacks):
            if unknown := row.keys() - header.returns.keys():
                yield f"expect {at} names columns that are not returned: {', '.join(unknown)}"


def _bound(header: Header, given: Mapping[str, object], what: str) -> Iterator[str]:
    try:
        parameters.bind(header, given)
    except HeichanError as error:
        yield f"{what} cannot be bound: {error.message}"


def _declared(header: Header, used: set[str]) -> Iterator[str]:
    step = steps.STEPS.get(header.post or "")
    declared = {*header.params, "limit"} - OF_ALL.keys()
    if missing := sorted(used - declared):
        yield f"used and not declared: {', '.join(missing)}"
    if unused := sorted(declared - used - (step.uses if step else frozenset())):
        yield f"declared and not used: {', '.join(unused)}"


def _cypher(header: Header, body: str) -> Iterator[str | Finding]:
    try:
        used = guard.check(body)
    except HeichanError as error:
        said = f"{error.message} ({error.hint})" if error.hint else error.message
        yield Finding(said, line=int(error.where.get("line", 1)))
        return
    yield from _declared(header, set(used))
    tokens = tokenize(body)
    keys = [name for name, column in header.returns.items() if column.key]
    faults = chain(
        shape.check(tokens),
        portable.check(body, tokens),
        statement.check_returned(tokens, returned(header)),
        statement.check_order(tokens, [] if header.post else keys),
    )
    for fault in faults:
        yield Finding(fault.message, line=body.count("\n", 0, fault.start) + 1)
    if "ACTIVE_IN" in {token.value for token in tokens} and header.evidence != "files":
        yield "a query that counts ACTIVE_IN says `evidence: files`"
    yield from _modality(header, tokens)


def _modality(header: Header, tokens: Sequence[Token]) -> Iterator[str]:
    """A tie that one and another may state is asked for by who stated it."""
    stated = sorted(shape.types_of(tokens) & shape.STATED)
    if stated and "modality" not in header.params:
        yield f"a query that reads {', '.join(stated)} takes the parameter modality"


def _archive(header: Header, body: str) -> Iterator[str]:
    from queries import sql

    try:
        columns, used = sql.describe(body)
    except HeichanError as error:
        yield error.message
        return
    yield from _declared(header, used)
    if columns != returned(header):
        yield f"returns {', '.join(columns)}; the head says {', '.join(returned(header))}"


Check = Callable[[Header, str], Iterator[str] | Iterator[str | Finding]]
_HEADER: tuple[Check, ...] = (_titles, _columns, _defaults, _needs, _expectations)
_CYPHER: tuple[Check, ...] = (_cypher,)
_ARCHIVE: tuple[Check, ...] = (_archive,)
