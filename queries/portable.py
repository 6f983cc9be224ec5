"""Rules that keep a statement equal on both stores."""

from collections.abc import Iterator, Sequence

from graph.store.guard import fold
from graph.store.tokens import Fault, Token
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


def check(body: str, tokens: Sequence[Token]) -> Iterator[Fault]:
    """Everything in the text that runs on one engine only, or never ends."""
    if (place := _block_comment(body, tokens)) is not None:
        yield Fault("comments begin with //", place)
    inside = brackets(tokens)
    for at, token in enumerate(tokens):
        if token.kind == "sign":
            yield from _signs(tokens, inside, at)
        elif token.kind == "word":
            yield from _words(tokens, at)
    if "SHORTESTPATH" in {word(tokens, at) for at in range(len(tokens))}:
        yield from _shortest(tokens)


def _block_comment(body: str, tokens: Sequence[Token]) -> int | None:
    """Where the first block comment begins."""
    ends = [0, *(token.end for token in tokens)]
    starts = [*(token.start for token in tokens), len(body)]
    for begin, end in zip(ends, starts, strict=True):
        at = begin
        for line in body[begin:end].splitlines(keepends=True):
            if (found := line.split("//")[0].find("/*")) >= 0:
                return at + found
            at += len(line)
    return None


def _signs(tokens: Sequence[Token], inside: Sequence[str], at: int) -> Iterator[Fault]:
    value, start = tokens[at].value, tokens[at].start
    if value in ("!", "&"):
        yield Fault(f"no {value} between labels", start)
    if value == "|" and inside[at] in ("", "{") and sign(tokens, at - 2) == ":":
        yield Fault("a choice of labels stands in a pattern, or as `n:A OR n:B`", start)
    if value == "*" and inside[at] == "-[" and not _bounded(tokens, at):
        yield Fault("a path of any length needs an upper bound: *1..4", start)
    if value in ("+", "{") and sign(tokens, at - 1) == ")" and _quantified(tokens, at):
        yield Fault("no quantified path patterns", start)


def _bounded(tokens: Sequence[Token], at: int) -> bool:
    if tokens[at + 1].kind == "number" and sign(tokens, at + 2) != "..":
        return True
    dots = at + 1 if sign(tokens, at + 1) == ".." else at + 2
    return sign(tokens, dots) == ".." and tokens[dots + 1].kind == "number"


def _quantified(tokens: Sequence[Token], at: int) -> bool:
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    return tokens[at].value == "{" and following is not None and following.kind == "number"


def _words(tokens: Sequence[Token], at: int) -> Iterator[Fault]:
    name = word(tokens, at)
    if name == "COLLECT" and sign(tokens, at + 1) == "{":
        yield Fault("no COLLECT { }", tokens[at].start)
    if name == "SHORTEST":
        yield Fault("no SHORTEST; use shortestPath()", tokens[at].start)
    if name == "EPOCHMILLIS":
        yield Fault("no epochMillis; use epochSeconds", tokens[at].start)
    if sign(tokens, at + 1) != "(" or sign(tokens, at - 1) in (".", ":", "|"):
        return
    if name not in NOT_FUNCTIONS and name.lower() not in FUNCTIONS:
        yield Fault(
            f"the function {tokens[at].value} is not proven equal on both stores", tokens[at].start
        )


def _shortest(tokens: Sequence[Token]) -> Iterator[Fault]:
    if not any(sign(tokens, at) == "<>" for at in range(len(tokens))):
        start = next(t.start for t in tokens if fold(t.value) == "SHORTESTPATH")
        yield Fault("shortestPath needs `WHERE a.id <> b.id` on its ends", start)
