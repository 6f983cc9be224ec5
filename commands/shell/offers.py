"""What Tab offers at a place of a line, without the prompt that shows it."""

import re
import sqlite3
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final

import msgspec

from commands.shell.lines import kind_of
from commands.shell.settings import SETTINGS
from commands.shell.state import State
from commands.terminal import visible
from evidence.errors import HeichanError

if TYPE_CHECKING:
    from queries.header import Param
    from queries.pack import Query

SHOWN: Final = 60
_SECONDS: Final = 1.0
_COMPLETED = re.compile(r"([^\W\d]\w*)\.([^\W\d]\w*)\Z")
_TRUTH = ("true", "false")


class Offer(msgspec.Struct, frozen=True):
    """A text that takes the place of the last `length` characters, and what it means."""

    text: str
    length: int
    means: str = ""


def offers(state: State, before: str) -> list[Offer]:
    """Offers for the text before the cursor; nothing that a terminal would obey is among them."""
    try:
        found = [offer for offer in _all(state, before) if visible(offer.text) == offer.text]
    except (HeichanError, sqlite3.Error):
        return []
    return list({offer.text: offer for offer in found}.values())[:SHOWN]


def _all(state: State, before: str) -> Iterator[Offer]:
    from commands.shell.cypher_offers import cypher_offers

    if not before.split() or (len(before.split()) == 1 and not before[-1].isspace()):
        yield from _first_words(state, before.strip())
    match kind_of(before, state.names):
        case "shell":
            yield from _of_setting(state, before)
        case "query":
            yield from _of_query(state, before.split(), before)
        case "command":
            yield from _of_command(state, before)
        case "cypher":
            yield from cypher_offers(state, before)
        case _:
            pass


def _first_words(state: State, typed: str) -> Iterator[Offer]:
    yield from _beginning(SETTINGS, typed)
    yield from _beginning(sorted(state.names.commands), typed)
    yield from _queries(state, typed)


def _queries(state: State, typed: str) -> Iterator[Offer]:
    """Queries whose id begins so, or whose Chinese title holds it."""
    for query in state.packs.queries.values():
        title = query.header.title
        chinese = not typed.isascii() and typed in title.zh
        if query.id.startswith(typed) or chinese:
            yield Offer(query.id, len(typed), title.zh if chinese else title.en)


def _of_setting(state: State, before: str) -> Iterator[Offer]:
    name, _, rest = before.lstrip().partition(" ")
    typed = rest.split(" ")[-1]
    if not before.strip().partition(" ")[1] and not before[-1].isspace():
        return
    if name == ":open":
        yield from ids(state, typed)
    elif name == ":param":
        params = {each for query in state.packs.queries.values() for each in query.header.params}
        yield from _beginning(sorted(params | set(state.parameters)), typed)
    elif name == ":help":
        yield from _first_words(state, typed)
    elif name in SETTINGS:
        yield from _beginning(SETTINGS[name].choices, typed)


def _of_query(state: State, words: list[str], before: str) -> Iterator[Offer]:
    """Names of the parameters, and their values."""
    query = state.query_of(words)
    if query is None:
        return
    typed = "" if before[-1].isspace() else words[-1]
    name, equals, value = typed.partition("=")
    behind = words[-1] if before[-1].isspace() else (words[-2] if len(words) > 1 else "")
    if equals:
        yield from _values(state, query, name, value)
    elif behind.startswith("--") and "=" not in behind and behind != typed:
        yield from _values(state, query, behind, typed)
    else:
        for each, param in query.header.params.items():
            option = f"--{each.replace('_', '-')}"
            if option.startswith(typed):
                yield Offer(option, len(typed), param.help or param.type)


def _values(state: State, query: "Query", option: str, typed: str) -> Iterator[Offer]:
    param = query.header.params.get(option.removeprefix("--").replace("-", "_"))
    if param is None:
        return
    # Of a list the last part is completed.
    last = typed.rsplit(",", 1)[-1] if param.type.startswith("list") else typed
    known = param.choices or (_TRUTH if param.type == "bool" else ())
    yield from _beginning(known, last)
    yield from (Offer(each, len(last)) for each in _stored(state, param, last))


def _stored(state: State, param: "Param", typed: str) -> list[str]:
    """Values of the property that completes a parameter, from the store."""
    named = _COMPLETED.match(param.complete)
    if named is None:
        return []
    label, name = named.groups()
    text = (
        f"MATCH (n:{label}) WHERE n.{name} STARTS WITH $typed "
        f"RETURN DISTINCT n.{name} AS value ORDER BY value LIMIT {SHOWN}"
    )
    rows = state.session.store.run(text, {"typed": typed}, timeout=_SECONDS).rows
    return [str(row["value"]) for row in rows if " " not in str(row["value"])]


def _of_command(state: State, before: str) -> Iterator[Offer]:
    """What the command's own completion offers, and ids that were shown."""
    words = before.split()
    typed = "" if before[-1].isspace() else words.pop()
    if words[:2] == ["query", "run"] and len(words) > 2:
        yield from _of_query(state, [*words, typed] if typed else words, before)
    if words[:1] == ["query"] and len(words) == 2:
        yield from _queries(state, typed)
    command, path = _leaf(state, words)
    if command is None:
        return
    if hasattr(command, "commands"):
        yield from _beginning(sorted(command.commands), typed)
        return
    context = _context(state, command, path)
    option = _open_option(command, words)
    if typed.startswith("-"):
        found = command.shell_complete(context, typed)
    elif option is not None:
        found = option.shell_complete(context, typed)
    elif _takes_id(command):
        yield from ids(state, typed)
        return
    else:
        found = []
    yield from (Offer(item.value, len(typed), item.help or "") for item in found)


def _leaf(state: State, words: list[str]) -> tuple[Any, list[str]]:
    """The command that the words name, and those of them that are its name."""
    command, path = state.commands.get(words[0]) if words else None, words[:1]
    for word in words[1:]:
        if word not in getattr(command, "commands", {}):
            break
        command, path = command.commands[word], [*path, word]  # type: ignore[union-attr]
    return command, path


def _context(state: State, command: Any, path: list[str]) -> Any:
    """A context of the command in which `--case` is the case in use."""
    case = ["--case", str(state.session.case.root)]
    root = state.root.make_context("heichan", case, resilient_parsing=True)
    return command.make_context(path[-1], [], parent=root, resilient_parsing=True)


def _open_option(command: Any, words: list[str]) -> Any:
    """The option whose value is being typed, None where there is none."""
    for option in command.params:
        if words[-1] in option.opts and not getattr(option, "is_flag", False):
            return option
    return None


def _takes_id(command: Any) -> bool:
    arguments = [each.name for each in command.params if each.param_type_name == "argument"]
    return any(name in ("identifier", "start", "end") for name in arguments)


def ids(state: State, typed: str) -> Iterator[Offer]:
    """Ids that were shown lately, then ids, handles and nodes by name of the case."""
    from graph.explore.directory import ids_from, kinds, names_worn
    from graph.explore.search import search
    from ingest.text.fold import fold

    archive = state.session.archive
    yield from (Offer(each, len(typed)) for each in state.seen.recent(typed, SHOWN // 2))
    if typed.startswith("@"):
        worn = names_worn(archive.connection, fold(typed[1:]), SHOWN)
        yield from (Offer(f"@{name}", len(typed)) for name in worn)
    elif ":" in typed:
        found = ids_from(archive.connection, typed, SHOWN)
        yield from (Offer(each, len(typed)) for each in found)
    else:
        yield from _beginning(kinds(), typed)
        hits = search(archive, typed, SHOWN).hits if typed.strip() else []
        named = [hit for hit in hits if hit.kind != "Post" and hit.match != "alike"]
        yield from (Offer(hit.id, len(typed), visible(hit.name)) for hit in named)


def _beginning(known: Iterable[str], typed: str) -> Iterator[Offer]:
    yield from (Offer(each, len(typed)) for each in known if each.startswith(typed))
