"""The prompt: multi-line editing, colours, Tab, the history of the case."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.formatted_text.utils import split_lines
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.lexers import Lexer
from prompt_toolkit.output import ColorDepth
from prompt_toolkit.output.defaults import create_output
from prompt_toolkit.styles import Style

from commands.shell.history import CaseHistory, history_file
from commands.shell.lines import ends, kind_of
from commands.shell.offers import offers
from commands.shell.run import output, run_entry
from commands.shell.state import State
from commands.terminal import visible

_WORDS: Final = frozenset(
    {"match", "optional", "where", "return", "with", "unwind", "call", "union", "all", "yield"}
    | {"order", "by", "skip", "limit", "distinct", "as", "and", "or", "xor", "not", "in", "is"}
    | {"null", "starts", "ends", "contains", "desc", "asc", "case", "when", "then", "else", "end"}
    | {"exists", "true", "false"}
)
_PARTS = re.compile(
    r"(?P<comment>//[^\n]*|/\*(?:[^*]|\*(?!/))*(?:\*/)?)"
    r"|(?P<string>'(?:\\.|[^'\\])*'?|\"(?:\\.|[^\"\\])*\"?)"
    r"|(?P<label>(?<=:)\w+)|(?P<parameter>\$\w*|(?<!\S)--[\w-]+)|(?P<number>\b\d[\d.]*)"
    r"|(?P<word>[^\W\d]\w*)|(?P<other>\s+|.)",
    re.S,
)
_STYLE: Final = Style.from_dict(
    {
        "keyword": "bold ansiblue",
        "string": "ansigreen",
        "number": "ansicyan",
        "label": "ansimagenta",
        "parameter": "ansiyellow",
        "comment": "italic",
        "command": "bold",
    }
)


def converse(state: State) -> None:
    """Reads and runs entries until the user leaves."""
    case = state.session.case
    prompt = _session(state)
    output(state).note(f"case {case.root.name}; :help says what there is, :quit leaves")
    while not state.left:
        if state.session.case.root != case.root:
            case, prompt = state.session.case, _session(state)
        try:
            text = prompt.prompt([("class:command", f"{visible(case.root.name)}> ")])
        except KeyboardInterrupt:
            continue
        except EOFError:
            return
        try:
            run_entry(state, text)
        except KeyboardInterrupt:
            output(state).note("interrupted")


def _session(state: State) -> "PromptSession[str]":
    # The prompt goes to the terminal where answers go to a file.
    screen = create_output(always_prefer_tty=True)
    return PromptSession(
        multiline=True,
        history=CaseHistory(history_file(state.session.case.settings.id), state.secret),
        completer=_Completer(state),
        complete_while_typing=False,
        lexer=_Colours(state),
        style=_STYLE,
        key_bindings=_keys(state),
        prompt_continuation=lambda width, *_: "… ".rjust(width),
        color_depth=None if state.shared.color else ColorDepth.DEPTH_1_BIT,
        output=screen,
        enable_open_in_editor=False,
        erase_when_done=False,
    )


def _keys(state: State) -> KeyBindings:
    keys = KeyBindings()

    @keys.add("enter")
    def _(event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        if buffer.complete_state is not None and buffer.complete_state.current_completion:
            buffer.complete_state = None
        elif buffer.document.is_cursor_at_the_end and not ends(buffer.text, state.names):
            buffer.insert_text("\n")
        else:
            buffer.validate_and_handle()

    @keys.add("escape", "enter")
    def _(event: KeyPressEvent) -> None:
        event.current_buffer.insert_text("\n")

    return keys


class _Completer(Completer):
    """What Tab offers, shown so that a terminal obeys nothing in it."""

    def __init__(self, state: State) -> None:
        self._state = state

    def get_completions(self, document: Document, event: CompleteEvent) -> Iterable[Completion]:
        for offer in offers(self._state, document.text_before_cursor):
            yield Completion(
                offer.text, -offer.length, display=offer.text, display_meta=visible(offer.means)
            )


class _Colours(Lexer):
    """Colours of Cypher and of the shell's own lines."""

    def __init__(self, state: State) -> None:
        self._state = state

    def lex_document(self, document: Document) -> Callable[[int], StyleAndTextTuples]:
        cypher = kind_of(document.text, self._state.names) == "cypher"
        lines = list(split_lines(list(_coloured(document.text, cypher=cypher))))
        return lambda number: lines[number] if number < len(lines) else []


def _coloured(text: str, *, cypher: bool) -> Iterator[Any]:
    for number, found in enumerate(_PARTS.finditer(text)):
        kind, part = found.lastgroup or "other", found[0]
        if kind == "word" and cypher:
            yield ("class:keyword" if part.lower() in _WORDS else "", part)
        elif number == 0 and not cypher:
            yield ("class:command", part)
        else:
            yield (f"class:{kind}" if kind not in ("word", "other") else "", part)
