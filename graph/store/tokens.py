"""Cypher text cut into tokens, comments left out, so that a word can be told from a quotation."""

import re
from typing import Literal, NamedTuple

import msgspec

from evidence.errors import UsageError

Kind = Literal["string", "quoted", "number", "parameter", "word", "sign"]

_NUMBER = re.compile(r"0[xX][0-9a-fA-F]+|0[oO][0-7]+|\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?", re.A)
_WORD = re.compile(r"[^\W\d]\w*")
_NAME = re.compile(r"\w+")
_SIGN = re.compile(r"\.\.|->|<-|<>|<=|>=|=~|\+=|[()\[\]{}.,:;|<>=+\-*/%^!&]")
# What lies between tokens for one engine is part of a name or an error for the other.
_SPACE = re.compile(r"[ \t\r\n]+")
# A comment ends at a line break; engines do not agree on these as line breaks.
_ODD_BREAKS = re.compile("\r(?!\n)|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


class Token(msgspec.Struct, frozen=True):
    kind: Kind
    value: str
    """A quoted name without its backticks, a parameter without `$`, anything else as written."""
    start: int
    end: int


class Fault(NamedTuple):
    """What is wrong, and the code point where it stands."""

    message: str
    start: int = 0


def tokenize(text: str) -> list[Token]:
    """Tokens in order. Raises UsageError for a token that does not end."""
    tokens: list[Token] = []
    at = 0
    while at < len(text):
        if space := _SPACE.match(text, at):
            at = space.end()
        elif text.startswith(("//", "/*"), at):
            at = _comment_end(text, at)
        else:
            token = _token(text, at)
            tokens.append(token)
            at = token.end
    return tokens


def refuse(message: str, text: str, at: int, hint: str) -> UsageError:
    """UsageError that names the line and column (from 1) of code point `at`."""
    line = text.count("\n", 0, at) + 1
    column = at - (text.rfind("\n", 0, at) + 1) + 1
    return UsageError(message, hint=hint, where={"line": line, "column": column})


def _comment_end(text: str, at: int) -> int:
    if text.startswith("/*", at):
        end = text.find("*/", at + 2)
        if end < 0:
            raise refuse("a comment does not end", text, at, "close it with */")
        return end + 2
    end = text.find("\n", at)
    end = len(text) if end < 0 else end
    if _ODD_BREAKS.search(text, at, end):
        raise refuse("a comment holds an unusual line break", text, at, "use plain line breaks")
    return end


def _token(text: str, at: int) -> Token:
    first = text[at]
    if first in "'\"":
        return _string(text, at)
    if first == "`":
        value, end = _quoted(text, at)
        return Token("quoted", value, at, end)
    if first == "$":
        return _parameter(text, at)
    if number := _NUMBER.match(text, at):
        return _number(text, at, number.end())
    if word := _WORD.match(text, at):
        return _plain_word(text, word)
    sign = _SIGN.match(text, at)
    if sign is None:
        hint = "outside of quotes: letters, digits, plain spaces and the signs of Cypher"
        raise refuse(f"the character {first!r} is refused", text, at, hint)
    return Token("sign", sign[0], at, sign.end())


def _plain_word(text: str, found: re.Match[str]) -> Token:
    # Digits and numerals of other scripts end a name in one engine and not in the other.
    for at, char in enumerate(found[0], start=found.start()):
        if not (char.isalpha() or char == "_" or char in "0123456789"):
            hint = "quote the name with backticks"
            raise refuse(f"the character {char!r} is refused in a name", text, at, hint)
    return Token("word", found[0], found.start(), found.end())


def _string(text: str, at: int) -> Token:
    end = at + 1
    while end < len(text):
        if text[end] == "\\":
            end += 2
        elif text[end] == text[at]:
            return Token("string", text[at : end + 1], at, end + 1)
        else:
            end += 1
    raise refuse("a string does not end", text, at, f"close it with {text[at]}")


def _quoted(text: str, at: int) -> tuple[str, int]:
    end = at + 1
    while (end := text.find("`", end)) >= 0:
        if not text.startswith("``", end):
            return text[at + 1 : end].replace("``", "`"), end + 1
        end += 2
    raise refuse("a quoted name does not end", text, at, "close it with `")


def _parameter(text: str, at: int) -> Token:
    name = _NAME.match(text, at + 1)
    if name is None:
        raise refuse("a $ without a parameter name", text, at, "write $name")
    _plain_word(text, name)
    return Token("parameter", name[0], at, name.end())


def _number(text: str, at: int, end: int) -> Token:
    # Where a number ends inside `1eSET` is read differently by each engine.
    if end < len(text) and (text[end].isalnum() or text[end] == "_"):
        raise refuse("a word follows a number without a space", text, at, "put a space between")
    return Token("number", text[at:end], at, end)
