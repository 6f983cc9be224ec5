"""Where in the head of a query file an error stands."""

import re
from collections.abc import Iterator

import msgspec
import yaml

_FIRST = 2
"""Line of the file on which the head's first line stands, behind the fence."""
_PATH = re.compile(r" - at `\$\.?(?:key in )?([^`]*)`")
_VALUE = re.compile(r"value '([^']*)'")
_FIELD = re.compile(r"field `([^`]+)`")


def line_of(head: str, error: Exception) -> int:
    """Line of the file, from 1, that an error of reading the YAML text of a head speaks of."""
    mark = getattr(error, "problem_mark", None)
    if mark is not None:
        return int(mark.line) + _FIRST
    if not isinstance(error, msgspec.ValidationError):
        return 1
    said = str(error)
    path = _PATH.search(said)
    steps = re.findall(r"[^.\[\]]+", path[1]) if path else []
    named = _FIELD.search(said)
    unknown = [named[1]] if named and "unknown" in said else []
    value = _VALUE.search(said)
    return _line_at(head, [*steps, *unknown], value[1] if value else None)


def _line_at(head: str, steps: list[str], value: str | None) -> int:
    """Line of the value below the last step that can be followed, else of that step."""
    node = yaml.compose(head, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    line = 0
    for step in steps:
        found = _below(node, step)
        if found is None:
            break
        line, node = found
    places = [] if value is None or node is None else list(_places(node, value))
    return min(places, default=line) + _FIRST


def _places(node: yaml.Node, value: str) -> Iterator[int]:
    """Lines of the plain values that read so."""
    if isinstance(node, yaml.ScalarNode) and node.value == value:
        yield int(node.start_mark.line)
    elif isinstance(node, yaml.MappingNode):
        for _, below in node.value:
            yield from _places(below, value)
    elif isinstance(node, yaml.SequenceNode):
        for below in node.value:
            yield from _places(below, value)


def _below(node: yaml.Node | None, step: str) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == step:
                return int(key.start_mark.line), value
    if isinstance(node, yaml.SequenceNode) and step.isdecimal() and int(step) < len(node.value):
        item = node.value[int(step)]
        return int(item.start_mark.line), item
    return None
