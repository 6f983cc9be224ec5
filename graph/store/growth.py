"""What makes a value grow without end inside one expression, found before an engine sees it."""

from collections.abc import Iterator, Sequence

from graph.store.tokens import Fault, Token

MOST_IN_RANGE = 1_000_000
"""Items of a range whose ends stand in the text."""
MOST_CASES = 50
_OPEN, _CLOSE = {"(": ")", "[": "]", "{": "}"}, (")", "]", "}")
_MULTIPLIES = ("replace", "reduce", "range", "split")
"""Functions that make more out of one value than there was."""
_JOINED = ("+",)


def faults(tokens: Sequence[Token]) -> Iterator[Fault]:
    """Ranges that are too long, values joined to themselves, and what a `reduce` multiplies."""
    deep = _too_deep(tokens)
    if deep is not None:
        yield Fault(f"at most {MOST_CASES} times CASE inside each other", tokens[deep].start)
        return
    closing = _closing(tokens)
    opening = {end: begin for begin, end in closing.items()}
    for at, token in enumerate(tokens):
        if token.kind == "word" and _sign(tokens, at + 1) == "(" and at + 1 in closing:
            inner = range(at + 2, closing[at + 1])
            if token.value.lower() == "range":
                yield from _range(tokens, inner, token.start)
            elif token.value.lower() == "reduce":
                yield from _reduce(tokens, inner, token.start, closing)
        elif token.kind == "sign" and token.value in _JOINED:
            yield from _joined(tokens, at, opening, closing)


def _range(tokens: Sequence[Token], inner: range, start: int) -> Iterator[Fault]:
    parts = _parts(tokens, inner, ",")
    ends = [_number(tokens, part) for part in parts]
    if len(parts) not in (2, 3) or any(end is None for end in ends):
        return
    first, last, step = [end or 0.0 for end in (ends if len(ends) == 3 else [*ends, 1.0])]
    if step and abs(last - first) / abs(step) >= MOST_IN_RANGE:
        yield Fault(f"a range holds at most {MOST_IN_RANGE} items", start)


def _number(tokens: Sequence[Token], part: range) -> float | None:
    """The number that a part of the text is; None where it is something else."""
    written = [tokens[at] for at in part]
    sign = -1.0 if written and written[0].value == "-" else 1.0
    if written and written[0].value in ("-", "+"):
        written = written[1:]
    if len(written) != 1 or written[0].kind != "number":
        return None
    text = written[0].value.replace("_", "")
    prefix = text[:2].lower()
    try:
        return sign * (float(int(text, 0)) if prefix in ("0x", "0o") else float(text))
    except OverflowError:
        return sign * float("inf")


def _too_deep(tokens: Sequence[Token]) -> int | None:
    """Where a CASE stands inside too many others; each costs the engines a piece of stack."""
    depth = 0
    for at in range(len(tokens)):
        depth = max(0, depth + _is(tokens, at, "CASE") - _is(tokens, at, "END"))
        if depth > MOST_CASES:
            return at
    return None


def _reduce(
    tokens: Sequence[Token], inner: range, start: int, closing: dict[int, int]
) -> Iterator[Fault]:
    """`reduce(held = …, x IN … | …)`: what is held may go once into what is held next."""
    parts = _parts(tokens, inner, "|")
    if len(parts) < 2 or not inner:
        return
    held, body = tokens[inner.start].value, range(parts[0].stop + 1, inner.stop)
    if _uses(tokens, body, held) > 1:
        yield Fault(f"reduce may take up {held} once in each step", start)
    for at in body:
        multiplies = tokens[at].value.lower() in _MULTIPLIES and _sign(tokens, at + 1) == "("
        opens = at + 1 if multiplies else at
        listed = _sign(tokens, at) == "[" and _is(tokens, at + 2, "IN")
        if (multiplies or listed) and opens in closing:
            within = range(opens + 1, closing[opens])
            if any(_named(tokens, each, held) for each in within):
                what = tokens[at].value if multiplies else "a list"
                yield Fault(f"reduce may not make {what} out of {held}", start)


def _uses(tokens: Sequence[Token], body: range, held: str) -> int:
    """How often a name goes into the value; of the branches of a CASE the most counts."""
    total, at = 0, body.start
    while at < body.stop:
        if _is(tokens, at, "CASE"):
            end = _case_end(tokens, at, body.stop)
            total += _in_branches(tokens, range(at + 1, end), held)
            at = end
        else:
            total += _named(tokens, at, held)
        at += 1
    return total


def _in_branches(tokens: Sequence[Token], inner: range, held: str) -> int:
    """What stands behind CASE and WHEN only decides."""
    most, depth, start = 0, 0, None
    for at in inner:
        depth += _is(tokens, at, "CASE") - _is(tokens, at, "END")
        if depth == 0 and any(_is(tokens, at, word) for word in ("WHEN", "THEN", "ELSE")):
            if start is not None:
                most = max(most, _uses(tokens, range(start, at), held))
            start = None if _is(tokens, at, "WHEN") else at + 1
    return most if start is None else max(most, _uses(tokens, range(start, inner.stop), held))


def _case_end(tokens: Sequence[Token], at: int, stop: int) -> int:
    depth = 0
    for place in range(at, stop):
        depth += _is(tokens, place, "CASE") - _is(tokens, place, "END")
        if depth == 0:
            return place
    return stop


def _joined(
    tokens: Sequence[Token], at: int, opening: dict[int, int], closing: dict[int, int]
) -> Iterator[Fault]:
    """The same name, or property of a name, on both sides of a `+`."""
    left, right = _ending(tokens, at - 1, opening), _beginning(tokens, at + 1, closing)
    if left and left == right:
        yield Fault(f"{'.'.join(left)} is joined to itself", tokens[at].start)


def _beginning(tokens: Sequence[Token], at: int, closing: dict[int, int]) -> list[str]:
    """The dotted name that starts here, brackets around it taken off; empty for all else."""
    while _sign(tokens, at) == "(" and at in closing:
        at += 1
    if at >= len(tokens) or tokens[at].kind not in ("word", "quoted", "parameter"):
        return []
    name = [tokens[at].value]
    while _sign(tokens, at + 1) == "." and at + 2 < len(tokens):
        name.append(tokens[at + 2].value)
        at += 2
    return [] if _sign(tokens, at + 1) in ("(", "[") else name


def _ending(tokens: Sequence[Token], at: int, opening: dict[int, int]) -> list[str]:
    while at in opening and _sign(tokens, at) == ")":
        at -= 1
    if at < 0 or tokens[at].kind not in ("word", "quoted", "parameter"):
        return []
    name = [tokens[at].value]
    while _sign(tokens, at - 1) == "." and at >= 2:
        name.insert(0, tokens[at - 2].value)
        at -= 2
    return name


def _parts(tokens: Sequence[Token], inner: range, between: str) -> list[range]:
    """Parts of the text between signs that stand in no inner bracket."""
    depth, start, parts = 0, inner.start, []
    for at in inner:
        sign = _sign(tokens, at)
        depth += (sign in _OPEN) - (sign in _CLOSE)
        if sign == between and depth == 0:
            parts.append(range(start, at))
            start = at + 1
    return [*parts, range(start, inner.stop)]


def _closing(tokens: Sequence[Token]) -> dict[int, int]:
    """Place of an opening bracket -> place of the one that closes it."""
    stack: list[int] = []
    found = {}
    for at, token in enumerate(tokens):
        if token.kind == "sign" and token.value in _OPEN:
            stack.append(at)
        elif token.kind == "sign" and token.value in _CLOSE and stack:
            found[stack.pop()] = at
    return found


def _named(tokens: Sequence[Token], at: int, name: str) -> bool:
    """Whether this token is the name itself, and no property or key that is called so."""
    token = tokens[at]
    return (
        token.kind in ("word", "quoted")
        and token.value == name
        and _sign(tokens, at - 1) not in (".", ":", "$")
    )


def _is(tokens: Sequence[Token], at: int, word: str) -> bool:
    known = 0 <= at < len(tokens) and tokens[at].kind == "word"
    return known and tokens[at].value.upper() == word


def _sign(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].value if 0 <= at < len(tokens) and tokens[at].kind == "sign" else ""
