"""Labels, types and properties of a statement, looked up in the schema."""

from collections.abc import Iterator, Sequence

from graph.schema import NODE_KINDS, RELATIONSHIP_KINDS
from graph.store.tokens import Fault, Token
from queries.statement import sign, word

LABELS = frozenset(NODE_KINDS)
TYPES = frozenset(RELATIONSHIP_KINDS)
PROPERTIES = frozenset(
    {name for node in NODE_KINDS.values() for name in node.properties}
    | {name for relationship in RELATIONSHIP_KINDS.values() for name in relationship.properties}
)
STATED = frozenset(
    kind.type
    for kind in RELATIONSHIP_KINDS.values()
    if any("modality" in form.key for form in kind.forms)
)
"""Relationships that stand apart by who stated them: seen, claimed, derived or assessed."""
_KEYWORDS = """
MATCH WHERE AND OR NOT XOR IN RETURN WITH UNWIND BY AS CALL CASE WHEN THEN ELSE DISTINCT OPTIONAL
ON EXISTS COUNT CONTAINS
"""
NOT_FUNCTIONS = frozenset(_KEYWORDS.split())
"""Keywords that may stand before a bracket."""
# Parts of a date or a duration, read by a dot as a property is.
_PARTS = frozenset(
    {"year", "month", "day", "hour", "minute", "second", "dayOfWeek", "days", "months"}
    | {"seconds", "epochSeconds", "quarter", "week"}
)
_FUNCTIONS = frozenset({"date", "datetime", "duration"})


def check(tokens: Sequence[Token]) -> Iterator[Fault]:
    """Every label, type and property that the schema does not know."""
    inside = brackets(tokens)
    keys = {tokens[at].value for at in range(len(tokens)) if _map_key(tokens, inside, at)}
    known = PROPERTIES | _PARTS | keys
    for at, token in enumerate(tokens):
        if token.kind not in ("word", "quoted"):
            continue
        if _named_after_colon(tokens, inside, at):
            yield from _label_or_type(token, inside[at])
        elif sign(tokens, at - 1) == "." and not _function(tokens, at):
            if token.value not in known:
                yield Fault(f"the schema has no property {token.value}", token.start)
        elif _pattern_key(tokens, inside, at) and token.value not in PROPERTIES:
            yield Fault(f"the schema has no property {token.value}", token.start)


def types_of(tokens: Sequence[Token]) -> set[str]:
    """The relationship types that a statement names."""
    inside = brackets(tokens)
    named = (at for at in range(len(tokens)) if inside[at] == "-[")
    return {tokens[at].value for at in named if tokens[at].value in TYPES}


def brackets(tokens: Sequence[Token]) -> list[str]:
    """For each token the innermost open bracket as it is used.

    `f(` of a function, `-[` of a relationship, `({` of a map in a pattern, else as written.
    """
    stack: list[str] = []
    found = []
    for at, token in enumerate(tokens):
        found.append(stack[-1] if stack else "")
        if token.kind != "sign":
            continue
        if token.value in ("(", "{", "["):
            stack.append(_bracket(tokens, at, stack[-1] if stack else ""))
        elif token.value in (")", "}", "]") and stack:
            stack.pop()
    return found


def _bracket(tokens: Sequence[Token], at: int, outer: str) -> str:
    value = tokens[at].value
    if value == "[" and sign(tokens, at - 1) in ("-", "<-"):
        return "-["
    if value == "(" and word(tokens, at - 1) not in ("", *NOT_FUNCTIONS):
        return "f("
    closes_a_name = tokens[at - 1].kind in ("word", "quoted") or sign(tokens, at - 1) == "("
    return "({" if value == "{" and outer in ("(", "-[") and closes_a_name else value


def _named_after_colon(tokens: Sequence[Token], inside: Sequence[str], at: int) -> bool:
    while sign(tokens, at - 1) == "|" and at >= 2:
        at -= 2
    if sign(tokens, at - 1) != ":" or at < 2:
        return False
    return not _map_key(tokens, inside, at - 2) and inside[at - 1] != "({"


def _label_or_type(token: Token, inside: str) -> Iterator[Fault]:
    if inside == "-[" and token.value not in TYPES:
        yield Fault(f"the schema has no relationship {token.value}", token.start)
    elif inside != "-[" and token.value not in LABELS:
        yield Fault(f"the schema has no label {token.value}", token.start)


def _map_key(tokens: Sequence[Token], inside: Sequence[str], at: int) -> bool:
    return (
        tokens[at].kind in ("word", "quoted")
        and inside[at] == "{"
        and sign(tokens, at - 1) in ("{", ",")
        and sign(tokens, at + 1) == ":"
    )


def _pattern_key(tokens: Sequence[Token], inside: Sequence[str], at: int) -> bool:
    return inside[at] == "({" and sign(tokens, at - 1) in ("{", ",") and sign(tokens, at + 1) == ":"


def _function(tokens: Sequence[Token], at: int) -> bool:
    named = at >= 2 and tokens[at - 2].value.lower() in _FUNCTIONS
    return sign(tokens, at + 1) == "(" or named
