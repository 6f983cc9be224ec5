"""The filter that ad-hoc Cypher passes before any engine sees it: one reading statement only."""

import re
import unicodedata
from collections.abc import Container, Sequence
from functools import lru_cache
from itertools import pairwise

from evidence.errors import UsageError
from graph.store import growth
from graph.store.tokens import Token, refuse, tokenize

FIRST_WORDS = ("MATCH", "OPTIONAL", "UNWIND", "WITH", "RETURN", "CALL")
REFUSED = frozenset(
    {"CREATE", "INSERT", "MERGE", "SET", "DELETE", "DETACH", "NODETACH", "REMOVE"}
    | {"FOREACH", "DROP", "LOAD"}
)
PROCEDURES = frozenset(
    {
        "db.labels",
        "db.relationshipTypes",
        "db.propertyKeys",
        "db.index.fulltext.queryNodes",
        "db.index.fulltext.queryRelationships",
    }
)
NAMESPACES = frozenset({"date", "datetime", "duration"})
_STARTS_A_QUERY_NO_MORE = frozenset({"USE", "SHOW", "TERMINATE"})
# A word that asks for something, and what stands behind it then.
_EVEN_QUOTED = {
    "LOAD": ("CSV",),
    "FORMAT": ("CSV",),
    "INSERT": ("(",),
    "DROP": ("INDEX", "CONSTRAINT"),
}
MOST_CHARACTERS = 100_000
MOST_UNIONS = 50
MOST_NESTED = 100
"""Beyond these the embedded engine runs out of stack, which ends the process."""
_UNSENDABLE = re.compile("[\x00\ud800-\udfff]")
_BACKTICKS = "a name like this must be quoted with backticks: `{}`"


def fold(word: str) -> str:
    """Upper case as the most generous engine reads it (`ſet` is SET)."""
    return unicodedata.normalize("NFKC", word.upper()).casefold().upper()


@lru_cache(maxsize=256)
def check(text: str) -> tuple[str, ...]:
    """Parameter names of a reading statement, in order of first use. Raises UsageError."""
    _refuse_characters(text)
    tokens = tokenize(text)
    _refuse_first(text, tokens)
    inside = _brackets(tokens)
    _refuse_size(text, tokens, inside)
    for at in range(len(tokens)):
        _refuse_at(text, tokens, inside, at)
    for fault in growth.faults(tokens):
        raise refuse(fault.message, text, fault.start, "its size would know no bound")
    return tuple(dict.fromkeys(t.value for t in tokens if t.kind == "parameter"))


def refuse_missing(text: str, given: Container[str]) -> None:
    """`check`, and UsageError where the text names a parameter that is not among the given."""
    if missing := [name for name in check(text) if name not in given]:
        listed = ", ".join(f"${name}" for name in missing)
        raise UsageError(f"no value for {listed}", hint="give it with --param NAME=VALUE")


@lru_cache(maxsize=256)
def asks_for_whole_maps(text: str) -> bool:
    """Whether a statement may return all properties or all keys of an element."""
    tokens = tokenize(text)
    names = {token.value.lower() for token in tokens if token.kind == "word"}
    star = any(a.value == "." and b.value == "*" for a, b in pairwise(tokens))
    return star or not names.isdisjoint({"properties", "keys"})


def _refuse_characters(text: str) -> None:
    if len(text) > MOST_CHARACTERS:
        hint = f"at most {MOST_CHARACTERS} characters; pass long lists as parameters"
        raise refuse("the text is too long", text, MOST_CHARACTERS, hint)
    if bad := _UNSENDABLE.search(text):
        raise refuse("the text holds a character that cannot be sent", text, bad.start(), "")
    # Neo4j decodes these before it reads the text, inside and outside of strings and comments.
    if (at := text.find("\\u")) >= 0:
        hint = "write the character itself, or pass it as a parameter"
        raise refuse("a backslash-u escape is refused", text, at, hint)


def _refuse_first(text: str, tokens: Sequence[Token]) -> None:
    allowed = f"it must begin with one of {', '.join(FIRST_WORDS)}"
    if not tokens:
        raise refuse("there is no statement", text, 0, allowed)
    first = tokens[0]
    if first.kind != "word" or fold(first.value) not in FIRST_WORDS:
        raise refuse(f"a statement cannot begin with {first.value!r}", text, first.start, allowed)


def _brackets(tokens: Sequence[Token]) -> list[tuple[str, int]]:
    """For each token the innermost open bracket, and how many are open."""
    stack: list[str] = []
    found = []
    for token in tokens:
        found.append((stack[-1] if stack else "", len(stack)))
        if token.kind != "sign":
            continue
        if token.value in ("(", "[", "{"):
            stack.append(token.value)
        elif token.value in (")", "]", "}") and stack:
            stack.pop()
    return found


def _refuse_size(text: str, tokens: Sequence[Token], inside: Sequence[tuple[str, int]]) -> None:
    unions = [token for at, token in enumerate(tokens) if _word(tokens, at) == "UNION"]
    if len(unions) > MOST_UNIONS:
        place = unions[MOST_UNIONS].start
        raise refuse("too many parts", text, place, f"at most {MOST_UNIONS} times UNION")
    for token, (_, depth) in zip(tokens, inside, strict=True):
        if depth > MOST_NESTED:
            hint = f"at most {MOST_NESTED} brackets inside each other"
            raise refuse("nested too deep", text, token.start, hint)


def _refuse_at(
    text: str, tokens: Sequence[Token], inside: Sequence[tuple[str, int]], at: int
) -> None:
    token = tokens[at]
    if token.kind == "sign" and token.value == ";" and at + 1 < len(tokens):
        raise refuse("one statement at a time", text, token.start, "nothing may follow the ;")
    _refuse_function(text, tokens, inside, at)
    if _is_keyword(tokens, inside[at][0], at):
        _refuse_keyword(text, tokens, at)
    _refuse_even_quoted(text, tokens, at)


def _refuse_keyword(text: str, tokens: Sequence[Token], at: int) -> None:
    token = tokens[at]
    word = fold(token.value)
    if word in REFUSED or _in_transactions(tokens, at, word) or _other_database(tokens, at, word):
        hint = f"only reading is allowed; {_BACKTICKS.format(token.value)}"
        raise refuse(f"{token.value} is refused", text, token.start, hint)
    if word == "CALL":
        _refuse_call(text, tokens, at)


def _refuse_even_quoted(text: str, tokens: Sequence[Token], at: int) -> None:
    """Refuses words that the embedded engine reads as keywords in backticks too."""
    if at + 1 == len(tokens) or tokens[at].kind not in ("word", "quoted"):
        return
    word, after = fold(tokens[at].value), fold(tokens[at + 1].value)
    if after in _EVEN_QUOTED.get(word, ()) and tokens[at + 1].kind != "string":
        hint = "choose the form with --format" if word == "FORMAT" else "only reading is allowed"
        raise refuse(f"{word} {after} is refused", text, tokens[at].start, hint)


def _is_keyword(tokens: Sequence[Token], bracket: str, at: int) -> bool:
    if tokens[at].kind != "word":
        return False
    before = _sign(tokens, at - 1)
    if before == ":" or (before == "." and _is_access(tokens, at - 1)):
        return False
    return not (bracket == "{" and before in ("{", ",") and _sign(tokens, at + 1) == ":")


def _is_access(tokens: Sequence[Token], dot: int) -> bool:
    # After a number the dot may belong to it: `1.SET` is read as `1. SET` by some.
    return dot > 0 and tokens[dot - 1].kind != "number"


def _in_transactions(tokens: Sequence[Token], at: int, word: str) -> bool:
    return word == "TRANSACTIONS" and _word(tokens, at - 1) in ("IN", "CONCURRENT")


def _other_database(tokens: Sequence[Token], at: int, word: str) -> bool:
    if word not in _STARTS_A_QUERY_NO_MORE:
        return False
    before = _word(tokens, at - 1)
    if before in ("ALL", "DISTINCT"):
        before = _word(tokens, at - 2)
    return before in ("UNION", "NEXT") or _sign(tokens, at - 1) == "{"


def _refuse_call(text: str, tokens: Sequence[Token], at: int) -> None:
    if _sign(tokens, at + 1) in ("(", "{"):
        return
    name, _ = _dotted(tokens, at + 1)
    if name not in PROCEDURES:
        hint = f"after CALL: a subquery, or one of {', '.join(sorted(PROCEDURES))}"
        raise refuse(f"CALL {name or '…'} is refused", text, tokens[at].start, hint)


def _refuse_function(
    text: str, tokens: Sequence[Token], inside: Sequence[tuple[str, int]], at: int
) -> None:
    """Refuses a dotted name before `(` unless it is a known function or a called procedure."""
    if tokens[at].kind not in ("word", "quoted") or _sign(tokens, at - 1) == ".":
        return
    name, after = _dotted(tokens, at)
    if "." not in name or _sign(tokens, after) != "(":
        return
    called = _word(tokens, at - 1) == "CALL" and _is_keyword(tokens, inside[at - 1][0], at - 1)
    if not called and name.split(".")[0].lower() not in NAMESPACES:
        hint = "dotted functions that both stores know begin with date, datetime or duration"
        raise refuse(f"the function {name} is refused", text, tokens[at].start, hint)


def _dotted(tokens: Sequence[Token], at: int) -> tuple[str, int]:
    """The dotted name that starts at `at` and the index of the token after it."""
    parts: list[str] = []
    while at < len(tokens) and tokens[at].kind in ("word", "quoted"):
        parts.append(tokens[at].value)
        at += 1
        if _sign(tokens, at) != ".":
            break
        at += 1
    return ".".join(parts), at


def _sign(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].value if 0 <= at < len(tokens) and tokens[at].kind == "sign" else ""


def _word(tokens: Sequence[Token], at: int) -> str:
    return fold(tokens[at].value) if 0 <= at < len(tokens) and tokens[at].kind == "word" else ""
