"""The frame of the command line: shared options on every command, errors told once, exit codes."""

import functools
import inspect
import os
import sys
import traceback
from collections.abc import Callable, Mapping
from copy import copy
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.models import CommandInfo

from commands.output import to_json
from commands.session import Session, Shared
from commands.terminal import visible, whole
from evidence.errors import HeichanError

_SHARED: dict[str, tuple[Any, Any]] = {
    "case": (
        Annotated[Path | None, typer.Option("--case", help="Folder of the case.", metavar="DIR")],
        None,
    ),
    "store": (
        Annotated[str | None, typer.Option("--store", help="embedded or neo4j.", metavar="NAME")],
        None,
    ),
    "form": (
        Annotated[
            str | None,
            typer.Option("--format", help="table, json, jsonl, csv or tsv.", metavar="FORMAT"),
        ],
        None,
    ),
    "meta": (Annotated[bool, typer.Option("--meta", help="Add what was asked to JSON.")], False),
    "quiet": (
        Annotated[bool, typer.Option("--quiet", "-q", help="Only answers and errors.")],
        False,
    ),
    "verbose": (
        Annotated[int, typer.Option("-v", count=True, help="Say more; twice for tracebacks.")],
        0,
    ),
    "no_color": (Annotated[bool, typer.Option("--no-color", help="No colour.")], False),
    "version": (
        Annotated[
            bool,
            typer.Option(
                "--version",
                help="Print the version and stop.",
                is_eager=True,
                callback=lambda asked: _print_version(asked),
            ),
        ],
        False,
    ),
    "spec": (
        Annotated[
            bool,
            typer.Option(
                "--spec",
                help="Print commands, options, columns and exit codes as JSON and stop.",
                is_eager=True,
                callback=lambda ctx, asked: _print_spec(ctx, asked),
            ),
        ],
        False,
    ),
}
_STOPPING = ("version", "spec")
_VALUED = ("--case", "--store", "--format")
_RUNNING = ("shell", "mcp")
"""Commands that run other commands."""


class InterruptedByUserError(HeichanError):
    """Ctrl-C, or no answer to a question."""

    code = 130
    kind = "interrupted"


class Application(typer.Typer):
    """A Typer application whose errors follow the public interface."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if os.environ.get("_HEICHAN_COMPLETE") == "complete_bash":
            from commands.completion import complete_bash

            complete_bash(lambda: run(self, *args, **kwargs))
        sys.exit(run(self, *args, **kwargs))


def run(app: typer.Typer, args: list[str] | None = None, **extra: Any) -> int:
    """Run the application on `args` (default: the process's) and give the exit code."""
    words = sys.argv[1:] if args is None else args
    _use_utf8()
    root = typer.main.get_command(_asked_of(app, words))
    return invoke(root, words, prog_name=app.info.name or "heichan", **extra)


def _asked_of(app: typer.Typer, words: list[str]) -> typer.Typer:
    """The application with nothing but the command that is asked for, where that is known.

    To make all of them takes a third of the start of a short command.
    """
    name = _first_word(words)
    commands = [each for each in app.registered_commands if _name_of(each) == name]
    groups = [each for each in app.registered_groups if each.name == name]
    if name in _RUNNING or "--spec" in words or len(commands) + len(groups) != 1:
        return app
    part = copy(app)
    part.registered_commands, part.registered_groups = commands, groups
    return part


def _first_word(words: list[str]) -> str | None:
    """The first one that is no shared option and no value of one."""
    left = iter(words)
    for word in left:
        if word in _VALUED:
            next(left, None)
        elif not word.startswith("-"):
            return word
    return None


def _name_of(registered: CommandInfo) -> str | None:
    made = registered.callback
    return registered.name or (made and typer.main.get_command_name(made.__name__))


def invoke(
    root: Callable[..., Any], words: list[str], *, prog_name: str = "heichan", **extra: Any
) -> int:
    """Run the whole command on `words`, tell its error, and give the exit code."""
    try:
        code = root(words, standalone_mode=False, prog_name=prog_name, **extra)
        sys.stdout.flush()
        if code == InterruptedByUserError.code:
            # Ctrl-C, which Typer makes an exit code of.
            tell(InterruptedByUserError("interrupted"), words)
        return int(code) if isinstance(code, int) else 0
    except HeichanError as error:
        tell(error, words)
        return error.code
    except (KeyboardInterrupt, typer.Abort):
        tell(InterruptedByUserError("interrupted"), words)
        return InterruptedByUserError.code
    except BrokenPipeError:
        # What is left in the buffer must not be flushed into the closed pipe at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except typer.TyperException as error:
        tell(_usage(error), words)
        return int(error.exit_code)
    except Exception as error:
        tell(_unexpected(error), words)
        if _wants_traceback(words):
            traceback.print_exc()
        return 1


def command(app: typer.Typer, name: str | None = None, **settings: Any) -> Callable[..., Any]:
    """Register a function of (session, …) as a command that also takes the shared options."""

    def register(function: Callable[..., None]) -> Callable[..., None]:
        app.command(name, **settings)(with_shared(function))
        return function

    return register


def with_shared(function: Callable[..., None]) -> Callable[..., None]:
    """The function with the shared options in front of a session."""

    @functools.wraps(function)
    def wrapped(ctx: typer.Context, **given: Any) -> None:
        own = {name: _whole(given.pop(name)) for name in list(given) if name not in _SHARED}
        for name in _STOPPING:
            given.pop(name)
        outer = ctx.find_object(Shared) or Shared()
        path = ctx.command_path.partition(" ")[2]
        session = Session(
            outer.over(given), raw=bool(own.get("raw", False)), command=path, given=own.copy()
        )
        if "ctx" in inspect.signature(function).parameters:
            own["ctx"] = ctx
        try:
            function(session, **own)
        finally:
            session.finish()

    _sign(wrapped, function)
    return wrapped


def shared_callback(ctx: typer.Context, given: Mapping[str, Any]) -> None:
    """Keep the options that stand before the sub-command."""
    options = {name: value for name, value in given.items() if name not in _STOPPING}
    ctx.obj = (ctx.find_object(Shared) or Shared()).over(options)


def share_options(app: typer.Typer) -> None:
    """Lets an application take the shared options before the sub-command too."""

    def callback(ctx: typer.Context, **given: Any) -> None:
        shared_callback(ctx, given)

    context = inspect.Parameter("ctx", inspect.Parameter.KEYWORD_ONLY, annotation=typer.Context)
    signature = inspect.Signature([context, *shared_parameters()])
    callback.__signature__ = signature  # type: ignore[attr-defined]
    app.callback(invoke_without_command=True)(callback)


def shared_parameters() -> list[inspect.Parameter]:
    """Keyword parameters of the shared options, for a signature."""
    kind = inspect.Parameter.KEYWORD_ONLY
    return [
        inspect.Parameter(name, kind, default=default, annotation=annotation)
        for name, (annotation, default) in _SHARED.items()
    ]


def _whole(value: Any) -> Any:
    """Text that any store can take; a path keeps the bytes that name its file."""
    if isinstance(value, str):
        return whole(value)
    return [_whole(part) for part in value] if isinstance(value, list) else value


def _sign(wrapped: Callable[..., None], function: Callable[..., None]) -> None:
    own = [
        parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY)
        for name, parameter in inspect.signature(function, eval_str=True).parameters.items()
        if name not in ("session", "ctx")
    ]
    context = inspect.Parameter("ctx", inspect.Parameter.KEYWORD_ONLY, annotation=typer.Context)
    parameters = [context, *own, *shared_parameters()]
    wrapped.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    wrapped.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}


def _print_version(asked: bool) -> None:
    """Eager, so that it answers where an argument is missing; the format stands in the words."""
    if not asked:
        return
    import importlib.metadata

    version = importlib.metadata.version("heichan")
    if _wants_json(sys.argv):
        names = ("kglite", "neo4j", "networkx", "spacy")
        parts = {name: importlib.metadata.version(name) for name in names}
        sys.stdout.write(to_json({"heichan": version, "dependencies": parts}) + "\n")
    else:
        sys.stdout.write(f"heichan {version}\n")
    raise typer.Exit


def _print_spec(ctx: typer.Context, asked: bool) -> None:
    """Eager too; behind a command it tells of that command."""
    if not asked:
        return
    from commands.spec import spec

    root = ctx.find_root()
    words = tuple(ctx.command_path.split()[1:])
    document = spec(root.command, words, frozenset(_SHARED))
    sys.stdout.write(to_json(document, terminal=sys.stdout.isatty(), indent=1) + "\n")
    raise typer.Exit


def _usage(error: typer.TyperException) -> HeichanError:
    from evidence.errors import UsageError

    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "heichan"
    return UsageError(error.format_message(), hint=f"Try '{path} --help'.")


def _unexpected(error: Exception) -> HeichanError:
    return HeichanError(
        f"unexpected error: {type(error).__name__}: {error}",
        hint="Run the same command with -v -v for the traceback, and report it.",
    )


def tell(error: HeichanError, words: list[str]) -> None:
    """The error on standard error: text, or JSON where the words ask for it."""
    if _wants_json(words):
        document = {
            "code": error.code,
            "kind": error.kind,
            "message": error.message,
            "hint": error.hint,
            "where": error.where,
        }
        sys.stderr.write(to_json({"error": document}, terminal=sys.stderr.isatty()) + "\n")
        return
    place = ", ".join(_placed(name, value) for name, value in error.where.items())
    lines = [f"error: {error.message}", f"  at {place}" if place else "", error.hint]
    text = "\n".join(line for line in lines if line)
    sys.stderr.write(visible(text, lines=True) + "\n")


def _placed(name: str, value: str | int) -> str:
    """A file speaks for itself; a number needs its name: `result.json, line 12`."""
    return str(value) if name in ("file", "address") else f"{name} {value}"


def _wants_json(words: list[str]) -> bool:
    """Read from the raw words: a usage error stands before any parsing is done."""
    joined = [word.split("=", 1)[1] for word in words if word.startswith("--format=")]
    apart = [after for word, after in pairwise(words) if word == "--format"]
    return any(form in ("json", "jsonl") for form in (*joined, *apart))


def _wants_traceback(words: list[str]) -> bool:
    return words.count("-v") > 1 or "-vv" in words


def _use_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
