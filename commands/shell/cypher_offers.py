"""What Tab offers inside a Cypher statement."""

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from commands.shell.state import State
from graph.schema import NODE_KINDS, RELATIONSHIP_KINDS, NodeKind, RelationshipKind

if TYPE_CHECKING:
    from commands.shell.offers import Offer

KEYWORDS: Final = (
    *("MATCH", "OPTIONAL MATCH", "WHERE", "RETURN", "WITH", "UNWIND", "CALL", "UNION", "YIELD"),
    *("ORDER BY", "SKIP", "LIMIT", "DISTINCT", "AS", "AND", "OR", "NOT", "IN", "IS NULL"),
    *("IS NOT NULL", "STARTS WITH", "ENDS WITH", "CONTAINS", "DESC", "CASE", "WHEN", "THEN"),
    *("ELSE", "END", "EXISTS", "COUNT", "count", "collect", "labels", "type", "size", "coalesce"),
)
_WORD = re.compile(r"\w*\Z")
_STRING = re.compile(r"(['\"])([^'\"\\\s]*)\Z")
_LABEL_OF = r"\(\s*{name}\s*:\s*(\w+)"
_TYPE_OF = r"\[\s*{name}\s*:\s*(\w+)"
_ACCESS = re.compile(r"(\w+)\.\w*\Z")
_KEY = re.compile(r"([(\[])\s*\w*\s*:\s*(\w+)\s*\{[^{}]*\Z")
_CLOSED = re.compile(r"'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"|`[^`]*`")


def cypher_offers(state: State, before: str) -> "Iterator[Offer]":
    """Labels, types, properties, parameters, ids and keywords, by what stands before."""
    from commands.shell.offers import Offer

    bare = _CLOSED.sub("''", before)
    if string := _STRING.search(bare):
        yield from _in_string(state, string[2])
        return
    word = _WORD.search(bare)
    typed = word[0] if word else ""
    ahead = bare[: len(bare) - len(typed)].rstrip()
    if ahead.endswith("$"):
        yield from (Offer(each, len(typed)) for each in state.parameters if each.startswith(typed))
    elif ahead.endswith((":", "|", "&", "!")) and _bracket(ahead) in ("(", "["):
        yield from _names(_bracket(ahead), typed)
    elif names := _properties(bare):
        found = (each for each in names if each.startswith(typed))
        yield from (Offer(each, len(typed), names[each]) for each in found)
    elif typed:
        match = (each for each in KEYWORDS if each.lower().startswith(typed.lower()))
        yield from (Offer(each, len(typed)) for each in match)


def _in_string(state: State, typed: str) -> "Iterator[Offer]":
    from commands.shell.offers import ids

    if typed:
        yield from ids(state, typed)


def _names(bracket: str, typed: str) -> "Iterator[Offer]":
    """Labels in round brackets, types in square ones, by their Chinese names too."""
    from commands.shell.offers import Offer

    for name, kind in sorted(_kinds(bracket).items()):
        if name.lower().startswith(typed.lower()) or kind.zh_name.startswith(typed):
            yield Offer(name, len(typed), f"{kind.zh_name} {kind.en}")


def _bracket(text: str) -> str:
    """The bracket that is open at the end of a text."""
    depth = 0
    for sign in reversed(text):
        if sign in ")]}":
            depth += 1
        elif sign in "([{":
            if depth == 0:
                return sign
            depth -= 1
    return ""


def _properties(bare: str) -> dict[str, str]:
    """Properties with their meaning: of the label that is known, else of all; none elsewhere."""
    if (key := _KEY.search(bare)) and bare.rstrip().endswith(("{", ",", key[0][-1])):
        return _of(key[2], key[1])
    access = _ACCESS.search(bare)
    if access is None or access[1].isdecimal():
        return {}
    name = re.escape(access[1])
    for pattern, bracket in ((_LABEL_OF, "("), (_TYPE_OF, "[")):
        if found := re.search(pattern.format(name=name), bare):
            return _of(found[1], bracket)
    return _of("", "(") | _of("", "[")


def _of(label: str, bracket: str) -> dict[str, str]:
    kinds = _kinds(bracket)
    chosen = [kinds[label]] if label in kinds else list(kinds.values())
    return {
        name: f"{value.zh} {value.en}"
        for kind in chosen
        for name, value in sorted(kind.properties.items())
    }


def _kinds(bracket: str) -> Mapping[str, NodeKind | RelationshipKind]:
    return NODE_KINDS if bracket == "(" else RELATIONSHIP_KINDS
