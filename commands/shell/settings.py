"""The shell's own commands, which begin with a colon."""

import shlex
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

import msgspec

from commands.output import FORMATS
from commands.parameters import read_parameters
from commands.session import STORES, Session
from commands.shell.run import output, run_words
from commands.shell.state import State
from evidence.errors import NotFoundError, UsageError

AROUND: Final = "5"
"""Posts before and after the one that `:open` shows."""
_SWITCH: Final = {"on": True, "off": False}
_HELP: Final = """\
MATCH …        Cypher, reading only; over several lines it ends with ; or an empty line
{queries}  a canned query by its name, its parameters as --name VALUE
search TEXT    a command of heichan, as on its command line:
               {commands}

:help                  this page; :help NAME of a command or a query
:use [DIR|STORE]       another case, or embedded or neo4j; alone: what is in use
:param NAME VALUE      $NAME in Cypher, --NAME of queries; NAME=@FILE reads it, NAME= forgets it
:out {formats}
:limit N|off           rows at the most
:save NAME [--force]   keep the answer of the last canned query in the case
:pager on|off          long answers page by page
:timing on|off         seconds behind each answer
:open ID|N             a node, a post in its conversation; N: the Nth row of the last answer
:quit                  leave; so does Ctrl-D

Tab completes labels, types, properties, names of queries, parameters and ids.
Ctrl-C ends a query. Alt-Enter begins a new line. A line with a contact is not kept.\
"""


class Setting(msgspec.Struct, frozen=True):
    """A command of the shell; `choices` are what its first word may be, for Tab."""

    obey: Callable[[State, list[str]], int]
    choices: tuple[str, ...] = ()


def obey(state: State, line: str) -> int:
    """Runs a line that begins with a colon. Raises UsageError, NotFoundError."""
    try:
        words = shlex.split(line)
    except ValueError as error:
        raise UsageError(f"the line cannot be read: {error}", hint="Close the quotation.") from None
    setting = SETTINGS.get(words[0])
    if setting is None:
        hint = f"there are: {' '.join(SETTINGS)}"
        raise UsageError(f"no command {words[0]} in the shell", hint=hint)
    return setting.obey(state, words[1:])


def _help(state: State, words: list[str]) -> int:
    if words and words[0] in state.packs.queries:
        return run_words(state, ["query", "show", words[0]])
    if words:
        if words[0] not in state.names.commands:
            raise NotFoundError(f"no command or query named {words[0]}", hint=":help lists them")
        return run_words(state, [*words, "--help"])
    example = sorted(state.packs.queries)[0]
    text = _HELP.format(
        queries=f"{example:<13}",
        commands=" ".join(sorted(state.names.commands)),
        formats="|".join(FORMATS),
    )
    output(state).text(text)
    return 0


def _use(state: State, words: list[str]) -> int:
    if words:
        chosen = _one(words, ":use DIR or :use STORE")
        in_use = {"store": chosen} if chosen in STORES else {"case": Path(chosen).expanduser()}
        shared = replace(state.shared, **in_use)
        probe = Session(replace(shared, lender=None))
        try:
            # What cannot be opened leaves the shell where it was.
            _ = probe.case, probe.archive, probe.store
        finally:
            probe.close()
        state.reopen(shared)
    session = state.session
    output(state).note(f"case {session.case.root}, store {session.store.name}")
    return 0


def _param(state: State, words: list[str]) -> int:
    if not words:
        rows = [{"name": name, "value": value} for name, value in state.parameters.items()]
        output(state).rows(rows, ("name", "value"))
        return 0
    pair = words[0] if len(words) == 1 else f"{words[0].removesuffix('=')}={' '.join(words[1:])}"
    # As other shells write it: `name => value`.
    name, _, value = pair.partition("=")
    name, value = name.strip(), value.removeprefix("> ").removeprefix("=> ").strip()
    if not name.isidentifier():
        raise UsageError(f"{name!r} is no name of a parameter", hint="Write :param NAME VALUE.")
    if value:
        state.parameters |= read_parameters([f"{name}={value}"])
    elif state.parameters.pop(name, None) is None:
        raise NotFoundError(f"no parameter {name} is set", hint="Write :param NAME VALUE.")
    return 0


def _out(state: State, words: list[str]) -> int:
    form = _one(words, f":out {'|'.join(FORMATS)}")
    if form not in FORMATS:
        raise UsageError(f"no format named {form}", hint=f"one of {', '.join(FORMATS)}")
    state.shared = replace(state.shared, form=form)
    return 0


def _limit(state: State, words: list[str]) -> int:
    given = _one(words, ":limit N or :limit off")
    if given != "off" and not (given.isascii() and given.isdecimal() and int(given) > 0):
        raise UsageError(f"{given!r} is no number of rows", hint="Write :limit N or :limit off.")
    state.limit = None if given == "off" else int(given)
    return 0


def _save(state: State, words: list[str]) -> int:
    name = _one([word for word in words if word != "--force"], ":save NAME [--force]")
    if state.last is None:
        raise UsageError(
            "no canned query has run", hint="Run one by its name first; it is kept with its rows."
        )
    force = ["--force"] if "--force" in words else []
    return run_words(state, [*state.last, "--save", name, *force], hidden=True)


def _pager(state: State, words: list[str]) -> int:
    state.pager = _switched(words, ":pager")
    return 0


def _timing(state: State, words: list[str]) -> int:
    state.timing = _switched(words, ":timing")
    return 0


def _open(state: State, words: list[str]) -> int:
    given = _one(words, ":open ID or :open N")
    identifier = _row(state, int(given)) if given.isascii() and given.isdecimal() else given
    around = ["--context", AROUND] if identifier.startswith("post:") else []
    return run_words(state, ["show", *around, "--", identifier])


def _row(state: State, number: int) -> str:
    rows = state.seen.rows
    found = rows[number - 1] if 0 < number <= len(rows) else None
    if found is None:
        raise NotFoundError(
            f"row {number} of the last answer names nothing", hint=f"it has {len(rows)} rows"
        )
    return found


def _quit(state: State, words: list[str]) -> int:
    state.left = True
    return 0


def _one(words: list[str], usage: str) -> str:
    if len(words) != 1:
        raise UsageError("one word is wanted", hint=f"Write {usage}.")
    return words[0]


def _switched(words: list[str], name: str) -> bool:
    word = _one(words, f"{name} on or {name} off")
    if word not in _SWITCH:
        raise UsageError(f"{name} is on or off", hint=f"Write {name} on.")
    return _SWITCH[word]


SETTINGS: Final[dict[str, Setting]] = {
    ":help": Setting(_help),
    ":use": Setting(_use, STORES),
    ":param": Setting(_param),
    ":out": Setting(_out, FORMATS),
    ":limit": Setting(_limit, ("off",)),
    ":save": Setting(_save),
    ":pager": Setting(_pager, tuple(_SWITCH)),
    ":timing": Setting(_timing, tuple(_SWITCH)),
    ":open": Setting(_open),
    ":quit": Setting(_quit),
}
