"""What a line means, and where a statement that is written over several lines ends."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

import msgspec

from evidence.errors import UsageError
from graph.store.guard import FIRST_WORDS, fold
from graph.store.tokens import Token, tokenize

Kind = Literal["nothing", "shell", "command", "query", "cypher"]
_OPEN, _CLOSE = ("(", "[", "{"), (")", "]", "}")
_UNFINISHED = frozenset(
    {",", ".", "=", "<", ">", "<=", ">=", "<>", "+", "-", "*", "/", "|", ":", "->", "<-"}
)
_CLAUSES = frozenset({"MATCH", "OPTIONAL", "UNWIND", "WITH"})
_JOINS = frozenset({"AS", "AND", "OR", "XOR", "NOT", "IN", "BY", "DISTINCT", "WHERE", "RETURN"})


class Names(msgspec.Struct, frozen=True):
    """First words that are a command of the program or the name of a canned query."""

    commands: frozenset[str]
    queries: frozenset[str]


def kind_of(text: str, names: Names) -> Kind:
    """What an entry is, by its first word; what is nothing else is Cypher."""
    words = text.split(maxsplit=1)
    if not words or _is_comment(text):
        return "nothing"
    if words[0].startswith(":"):
        return "shell"
    if words[0] in names.commands:
        return "command"
    return "query" if words[0] in names.queries else "cypher"


def is_whole(text: str) -> bool:
    """Whether a statement can run as it stands: nothing is open, and it returns something."""
    try:
        tokens = tokenize(text)
    except UsageError:
        return False
    if not tokens or tokens[-1].value == ";":
        return bool(tokens)
    return not _ends_open(tokens[-1]) and _returns(tokens)


def ends(text: str, names: Names) -> bool:
    """Whether Enter runs the text: one line that is whole, or `;` or an empty line behind more."""
    if kind_of(text, names) != "cypher" or text.rstrip().endswith(";"):
        return True
    lines = text.split("\n")
    if len(lines) > 1:
        return not lines[-1].strip()
    return not _begins_statement(text) or is_whole(text)


def entries(lines: Iterable[str], names: Names) -> Iterator[str]:
    """Entries of piped lines. A statement ends with `;`, an empty line, or where it is whole and
    the next line begins something else."""
    held: list[str] = []
    for line in lines:
        text = line.rstrip("\r\n")
        if held and (not text.strip() or (_begins(text, names) and is_whole("\n".join(held)))):
            yield "\n".join(held)
            held = []
        if not held and (kind_of(text, names) != "cypher" or not _begins_statement(text)):
            yield text
            continue
        held.append(text)
        if text.rstrip().endswith(";"):
            yield "\n".join(held)
            held = []
    if held:
        yield "\n".join(held)


def _begins(text: str, names: Names) -> bool:
    return kind_of(text, names) != "cypher" or _begins_statement(text)


def _begins_statement(text: str) -> bool:
    # `MATCH(n)` needs no space.
    word = text.split(maxsplit=1)[0].split("(", 1)[0]
    return fold(word) in FIRST_WORDS


def _is_comment(text: str) -> bool:
    try:
        return not tokenize(text)
    except UsageError:
        return False


def _ends_open(token: Token) -> bool:
    if token.kind == "word":
        return fold(token.value) in _JOINS
    return token.kind == "sign" and token.value in _UNFINISHED


def _returns(tokens: Sequence[Token]) -> bool:
    """A RETURN outside of brackets and behind the last UNION, or a call of a procedure alone."""
    depth, returned, clauses = 0, False, False
    for token in tokens:
        if token.kind == "sign":
            depth += (token.value in _OPEN) - (token.value in _CLOSE)
        elif token.kind == "word" and depth == 0:
            word = fold(token.value)
            returned = word == "RETURN" or (returned and word != "UNION")
            clauses = clauses or word in _CLAUSES
    called = fold(tokens[0].value) == "CALL" and not clauses and tokens[1:2] != []
    return depth <= 0 and (returned or (called and tokens[1].value not in _OPEN))
