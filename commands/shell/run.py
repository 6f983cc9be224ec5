"""Runs one entry by the command of the program that it stands for, which borrows what is open."""

import io
import json
import shlex
import time
from contextlib import nullcontext, redirect_stdout
from itertools import pairwise

from commands.application import invoke, tell
from commands.output import Output
from commands.parameters import typed
from commands.shell.lines import kind_of
from commands.shell.pager import paged
from commands.shell.state import State
from evidence.errors import HeichanError, UsageError

_STATEMENT_ENDS = "; \t\n"


def run_entry(state: State, text: str) -> int:
    """Runs an entry and tells its error; the exit code that the same command would have."""
    began = time.perf_counter()
    try:
        kind = kind_of(text, state.names)
        if kind == "nothing":
            return 0
        state.refresh()
        if kind == "shell":
            from commands.shell.settings import obey

            return obey(state, text.strip())
        words = cypher_words(state, text) if kind == "cypher" else command_words(state, text)
    except HeichanError as error:
        tell(error, form_words(state))
        return error.code
    code = run_words(state, words)
    if state.timing:
        output(state).note(f"{time.perf_counter() - began:.3f} s")
    return code


def run_words(state: State, words: list[str], *, hidden: bool = False) -> int:
    """Runs the words of a command; `hidden` keeps its answer from the screen."""
    where = redirect_stdout(io.StringIO()) if hidden else nullcontext()
    with paged(enabled=state.pager), where:
        return invoke(state.root, [*form_words(state), *words], obj=state.lent())


def command_words(state: State, text: str) -> list[str]:
    """The words of a command or of a canned query, with the limit and the parameters in force."""
    try:
        words = shlex.split(text)
    except ValueError as error:
        raise UsageError(f"the line cannot be read: {error}", hint="Close the quotation.") from None
    if words[0] in state.packs.queries:
        words = ["query", "run", *words]
    if words[:2] == ["query", "run"]:
        words += _known_parameters(state, words)
        state.last = list(words)
    return _limited(state, words)


def cypher_words(state: State, text: str) -> list[str]:
    """The words of a statement with the parameters that it names. UsageError where refused."""
    from graph.store.guard import check

    statement = text.rstrip(_STATEMENT_ENDS)
    _refuse_misspelt(state, statement)
    pairs = [
        f"{name}={_as_json(state.parameters[name])}"
        for name in check(statement)
        if name in state.parameters
    ]
    words = [word for pair in pairs for word in ("--param", pair)]
    return [*_limited(state, ["cypher"]), *words, "--", statement]


def form_words(state: State) -> list[str]:
    """The option that says how answers and errors are written."""
    return [] if state.shared.form is None else ["--format", state.shared.form]


def output(state: State) -> Output:
    """Where the shell itself answers."""
    return state.session.output(state.session.case.settings.zone)


def _refuse_misspelt(state: State, statement: str) -> None:
    """A first word that is near to a command or a query is not taken for Cypher."""
    from rapidfuzz import fuzz, process

    from graph.store.guard import FIRST_WORDS, fold

    word = statement.split(maxsplit=1)[0]
    if fold(word.split("(", 1)[0]) in FIRST_WORDS:
        return
    known = sorted(state.names.commands | state.names.queries)
    near = process.extract(word, known, scorer=fuzz.ratio, limit=3, score_cutoff=70)
    if near:
        names = ", ".join(found[0] for found in near)
        raise UsageError(f"no command or query named {word}", hint=f"near to it: {names}")


def _known_parameters(state: State, words: list[str]) -> list[str]:
    query = state.query_of(words)
    if query is None:
        return []
    given = {word[2:].partition("=")[0].replace("-", "_") for word in words if word[:2] == "--"}
    given |= {
        pair.partition("=")[0].replace("-", "_")
        for option, pair in pairwise(words)
        if option == "--param"
    }
    return [
        f"--{name.replace('_', '-')}={value}"
        for name, value in state.parameters.items()
        if name in query.header.params and name not in given
    ]


def _limited(state: State, words: list[str]) -> list[str]:
    """The limit in force, where the command takes one and none is given."""
    given = any(word == "--limit" or word.startswith("--limit=") for word in words)
    if state.limit is None or given:
        return words
    at, command = 1, state.commands[words[0]]
    while at < len(words) and words[at] in getattr(command, "commands", {}):
        command = command.commands[words[at]]
        at += 1
    takes = any("--limit" in option.opts for option in command.params)
    return [*words[:at], "--limit", str(state.limit), *words[at:]] if takes else words


def _as_json(value: str) -> str:
    """A value for `--param` that no `@` at its beginning makes a file of."""
    return json.dumps(typed({"value": value})["value"], ensure_ascii=False)
