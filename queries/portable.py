"""Rules that keep a statement equal on both stores."""

from collections.abc import Iterator, Sequence

from graph.store.tokens import Token
from queries.shape import NOT_FUNCTIONS, brackets
from queries.statement import sign, word

# Proven equal on both engines; another is added with a parity test.
_FUNCTION_NAMES = """
labels type startnode endnode nodes relationships length elementid count sum avg min max stdev
collect size head coalesce reduce range any all none tolower toupper trim split replace substring
left reverse tointeger tofloat tostring toboolean abs sign floor ceil sqrt log date datetime
duration shortestpath allshortestpaths exists properties keys
"""
FUNCTIONS = frozenset(_FUNCTION_NAMES.split())


def check(body: str, tokens: Sequence[Token]) -> Iterator[str]:
    """Everything in the text that runs on one engine only, or never ends."""
    if _has_block_comment(body, tokens):
        yield "comments begin with //"
    inside = brackets(tokens)
    for at, token in enumerate(tokens):
        if token.kind == "sign":
            yield from _signs(tokens, inside, at)
        elif token.kind == "word":
            yield from _words(tokens, at)
    if "SHORTESTPATH" in {word(tokens, at) for at in range(len(tokens))}:
        yield from _shortest(tokens)


def _has_block_comment(body: str, tokens: Sequence[Token]) -> bool:
    ends = [0, *(token.end for token in tokens)]
    starts = [*(token.start for token in tokens), len(body)]
    gaps = (body[a:b] for a, b in zip(ends, starts, strict=True))
    return any(line.split("//")[0].count("/*") for gap in gaps for line in gap.splitlines())


def _signs(tokens: Sequence[Token], inside: Sequence[str], at: int) -> Iterator[str]:
    value = tokens[at].value
    if value in ("!", "&"):
        yield f"no {value} between labels"
    if value == "|" and inside[at] in ("", "{") and sign(tokens, at - 2) == ":":
        yield "a choice of labels stands in a pattern, or as `n:A OR n:B`"
    if value == "*" and inside[at] == "-[" and not _bounded(tokens, at):
        yield "a path of any length needs an upper bound: *1..4"
    if value in ("+", "{") and sign(tokens, at - 1) == ")" and _quantified(tokens, at):
        yield "no quantified path patterns"


def _bounded(tokens: Sequence[Token], at: int) -> bool:
    if tokens[at + 1].kind == "number" and sign(tokens, at + 2) != "..":
        return True
    dots = at + 1 if sign(tokens, at + 1) == ".." else at + 2
    return sign(tokens, dots) == ".." and tokens[dots + 1].kind == "number"


def _quantified(tokens: Sequence[Token], at: int) -> bool:
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    return tokens[at].value == "{" and following is not None and following.kind == "number"


def _words(tokens: Sequence[Token], at: int) -> Iterator[str]:
    name = word(tokens, at)
    if name == "COLLECT" and sign(tokens, at + 1) == "{":
        yield "no COLLECT { }"
    if name == "SHORTEST":
        yield "no SHORTEST; use shortestPath()"
    if name == "EPOCHMILLIS":
        yield "no epochMillis; use epochSeconds"
    if sign(tokens, at + 1) != "(" or sign(tokens, at - 1) in (".", ":", "|"):
        return
    if name not in NOT_FUNCTIONS and name.lower() not in FUNCTIONS:
        yield f"the function {tokens[at].value} is not proven equal on both stores"


def _shortest(tokens: Sequence[Token]) -> Iterator[str]:
    if not any(sign(tokens, at) == "<>" for at in range(len(tokens))):
        yield "shortestPath needs `WHERE a.id <> b.id` on its ends"
