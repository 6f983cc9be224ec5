"""`--spec`: commands, options, columns, queries and exit codes as JSON, read from the live tree."""

import importlib.metadata
import typing
from collections.abc import Iterator
from pathlib import Path
from types import UnionType
from typing import Any

import msgspec

EXIT_CODES = {
    0: "done; a closed pipe is no error",
    1: "failed, out of time, or a check found something",
    2: "wrong usage, a bad parameter, refused Cypher",
    3: "no such query, node, case or kept answer; or empty under --fail-empty",
    4: "database out of reach, refused, or holding another case",
    5: "a named input could not be read, does not exist, or breaks off",
    130: "interrupted",
}
_TYPES = {
    str: "str", int: "int", float: "float", bool: "bool", Path: "path",
}  # fmt: skip
Node = Any
"""A command or an option of the tree; the library under Typer has no public names for them."""


def spec(root: Node, path: tuple[str, ...], shared: frozenset[str]) -> dict[str, Any]:
    """What is under `path` (empty: everything), with the shared options told once."""
    commands = [
        _command(words, command, shared)
        for words, command in leaves(root)
        if words[: len(path)] == path
    ]
    with_queries = not path or any(one["words"][:2] == ["query", "run"] for one in commands)
    return {
        "program": "heichan",
        "version": importlib.metadata.version("heichan"),
        "shared_options": [_option(one) for one in root.params if one.name in shared],
        "commands": commands,
        "queries": list(_queries()) if with_queries else [],
        "exit_codes": [{"code": code, "means": text} for code, text in EXIT_CODES.items()],
    }


def leaves(command: Node, words: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Node]]:
    """Every command that does something, by its words; a group may do something itself."""
    children = getattr(command, "commands", {})
    if words and (not children or command.invoke_without_command):
        yield words, command
    for name, child in children.items():
        yield from leaves(child, (*words, name))


def _command(words: tuple[str, ...], command: Node, shared: frozenset[str]) -> dict[str, Any]:
    from commands.spec_columns import columns

    own = [one for one in command.params if one.name not in shared and not one.hidden]
    arguments = [one for one in own if one.param_type_name == "argument"]
    free = bool(command.context_settings.get("ignore_unknown_options"))
    shape = columns(words)
    return {
        "words": list(words),
        "help": (command.help or "").split("\n\n")[0].replace("\n", " ").strip(),
        "arguments": [_argument(one) for one in arguments],
        "options": [_option(one) for one in own if one not in arguments],
        "parameters_as_options": free,
        "answer": shape.answer,
        "columns": list(shape.columns),
        "columns_with": {option: list(names) for option, names in shape.columns_with.items()},
    }


def _argument(one: Node) -> dict[str, Any]:
    described = {"name": one.name, "metavar": one.metavar, "help": one.help or ""}
    return {**described, "required": one.required, "multiple": one.nargs == -1, **_value(one)}


def _option(one: Node) -> dict[str, Any]:
    return {
        "name": one.name,
        "written": [*one.opts, *one.secondary_opts],
        "metavar": one.metavar,
        "help": one.help or "",
        "required": one.required,
        "multiple": one.multiple,
        "flag": one.is_flag or one.count,
        **_value(one),
    }


def _value(one: Node) -> dict[str, Any]:
    default = one.default
    plain = isinstance(default, str | int | float | bool) or default is None
    kind = _type_of(one.type_descriptor.annotation)
    limits = {"min": one.min, "max": one.max}
    return {"type": kind, "default": default if plain else str(default), **limits}


def _type_of(annotation: Any) -> str:
    """The name of a type; that of its items for a list, of its first choice for a union."""
    if annotation in _TYPES:
        return _TYPES[annotation]
    parts = [part for part in typing.get_args(annotation) if part is not type(None)]
    union = isinstance(annotation, UnionType) or typing.get_origin(annotation) is typing.Union
    if parts and (union or typing.get_origin(annotation) in (list, tuple)):
        return _type_of(parts[0])
    return str(getattr(annotation, "__name__", annotation))


def _queries() -> Iterator[dict[str, Any]]:
    from queries.pack import load_packs

    for query in load_packs(lint_shipped=False).queries.values():
        header = query.header
        about = {"id": query.id, "version": header.version, "maturity": header.maturity}
        yield {
            **about,
            "engine": header.engine,
            "title": msgspec.to_builtins(header.title),
            "question": msgspec.to_builtins(header.question),
            "parameters": [
                {"name": name, "option": f"--{name.replace('_', '-')}", **msgspec.to_builtins(one)}
                for name, one in header.params.items()
            ],
            "columns": [
                {"name": name, **msgspec.to_builtins(one)} for name, one in header.returns.items()
            ],
            "evidence": header.evidence,
            "limit": header.limit,
            "timeout": header.timeout,
        }
