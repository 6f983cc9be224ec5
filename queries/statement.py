"""The outer shape of a statement: what it returns, in which order, and how much."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from graph.store.guard import fold
from graph.store.tokens import Fault, Token, tokenize

_OPEN = {"(": ")", "[": "]", "{": "}"}
_STOPS = ("ORDER", "SKIP", "LIMIT")


def depths(tokens: Sequence[Token]) -> list[int]:
    """How many brackets are open before each token."""
    found, depth = [], 0
    for token in tokens:
        closing = token.kind == "sign" and token.value in _OPEN.values()
        depth -= closing
        found.append(depth)
        depth += token.kind == "sign" and token.value in _OPEN
    return found


def word(tokens: Sequence[Token], at: int) -> str:
    """The word at this place in upper case, empty where there is none."""
    return fold(tokens[at].value) if 0 <= at < len(tokens) and tokens[at].kind == "word" else ""


def sign(tokens: Sequence[Token], at: int) -> str:
    """The sign at this place, empty where there is none."""
    return tokens[at].value if 0 <= at < len(tokens) and tokens[at].kind == "sign" else ""


def check_returned(tokens: Sequence[Token], expected: Sequence[str]) -> Iterator[Fault]:
    """Compares the names of the last RETURN with what the head says."""
    start = _last(tokens, "RETURN")
    if start is None:
        yield Fault("there is no RETURN")
        return
    names = [_name(item) for item in _items(tokens, start + 1)]
    if "" in names:
        yield Fault("every returned value is named: `… AS name`", tokens[start].start)
    elif names != list(expected):
        said = f"returns {', '.join(names)}; the head says {', '.join(expected)}"
        yield Fault(said, tokens[start].start)


@lru_cache(512)
def columns(text: str) -> tuple[str, ...]:
    """Names of what a statement returns; none where not every value is named."""
    tokens = tokenize(text)
    start = _last(tokens, "RETURN")
    names = [] if start is None else [_name(item) for item in _items(tokens, start + 1)]
    return tuple(names) if all(names) else ()


def check_order(tokens: Sequence[Token], keys: Sequence[str]) -> Iterator[Fault]:
    """Every LIMIT stands under an ORDER BY; the last order holds all key columns."""
    depth = depths(tokens)
    for at in range(len(tokens)):
        if word(tokens, at) == "LIMIT" and not _ordered(tokens, depth, at):
            yield Fault("LIMIT without ORDER BY", tokens[at].start)
    if [t.value for t in tokens[-2:]] != ["LIMIT", "limit"] or tokens[-1].kind != "parameter":
        yield Fault("the statement ends with LIMIT $limit", tokens[-1].start)
    order = _last(tokens, "ORDER")
    named = [_name(item) or _plain(item) for item in _items(tokens, (order or 0) + 2)]
    if missing := [key for key in keys if order is None or key not in named]:
        start = tokens[-1 if order is None else order].start
        yield Fault(f"the order is not total: ORDER BY lacks {', '.join(missing)}", start)


def _last(tokens: Sequence[Token], wanted: str) -> int | None:
    depth = depths(tokens)
    places = [at for at in range(len(tokens)) if not depth[at] and word(tokens, at) == wanted]
    return places[-1] if places else None


def _items(tokens: Sequence[Token], start: int) -> list[list[Token]]:
    """Parts between commas up to the next clause."""
    depth = depths(tokens)
    items: list[list[Token]] = [[]]
    if word(tokens, start) == "DISTINCT":
        start += 1
    for at in range(start, len(tokens)):
        if not depth[at] and word(tokens, at) in _STOPS:
            break
        if not depth[at] and sign(tokens, at) == ",":
            items.append([])
        else:
            items[-1].append(tokens[at])
    return items


def _name(item: Sequence[Token]) -> str:
    if len(item) > 2 and word(item, len(item) - 2) == "AS":
        return item[-1].value
    return item[0].value if len(item) == 1 and item[0].kind in ("word", "quoted") else ""


def _plain(item: Sequence[Token]) -> str:
    """The column of `column DESC`."""
    names = len(item) == 2 and word(item, 1) in ("ASC", "DESC", "ASCENDING", "DESCENDING")
    return item[0].value if names else ""


def _ordered(tokens: Sequence[Token], depth: Sequence[int], limit: int) -> bool:
    for at in range(limit - 1, -1, -1):
        if depth[at] < depth[limit]:
            return False
        if depth[at] == depth[limit] and word(tokens, at) == "ORDER":
            return True
        if depth[at] == depth[limit] and word(tokens, at) in ("RETURN", "WITH"):
            return False
    return False
