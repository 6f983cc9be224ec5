"""What Tab offers: ids and handles of the case, labels, relationship types."""

import io
import os
import re
import sys
from collections.abc import Callable, Iterable, MutableMapping
from contextlib import redirect_stdout
from pathlib import Path
from typing import Final

import typer

SHOWN: Final = 60
# A shell takes what is offered into the command line as it stands, so an id with a sign that a
# shell obeys is not offered. Nothing is said beside an id: zsh would read the words of strangers.
_HARMLESS = re.compile(r"[\w@:/.%+-]+\Z")
_BROKEN_AT: Final = ":@="
"""Where bash cuts words apart by itself."""


def complete_id(ctx: typer.Context, incomplete: str) -> list[str]:
    """Ids and handles that begin so; nothing where there is no case or it cannot be read."""
    from evidence.errors import HeichanError

    try:
        return _harmless(_found(_case(ctx), incomplete))
    except (HeichanError, OSError):
        return []


def complete_label(incomplete: str) -> list[str]:
    """Labels that begin so."""
    from graph.schema import NODE_KINDS

    return _beginning(NODE_KINDS, incomplete)


def complete_type(incomplete: str) -> list[str]:
    """Relationship types that begin so."""
    from graph.schema import RELATIONSHIP_KINDS

    return _beginning(RELATIONSHIP_KINDS, incomplete)


def complete_account(ctx: typer.Context, incomplete: str) -> list[str]:
    """Ids of accounts, and handles, that begin so."""
    if incomplete.startswith("@"):
        return complete_id(ctx, incomplete)
    return _of_kind(ctx, incomplete, "account:")


def complete_decision(ctx: typer.Context, incomplete: str) -> list[str]:
    """Ids of the decisions on identity that can be undone and begin so."""
    from evidence.case import resolve_case
    from evidence.errors import HeichanError
    from graph.resolve.review import log

    try:
        with resolve_case(_case(ctx), Path.cwd()).reader() as archive:
            standing = [each for each in log(archive.connection) if each.state != "undone"]
    except (HeichanError, OSError):
        return []
    return [each.decision for each in standing if each.decision.startswith(incomplete)]


def complete_venue(ctx: typer.Context, incomplete: str) -> list[str]:
    """Ids of venues that begin so."""
    return _of_kind(ctx, incomplete, "venue:")


def _of_kind(ctx: typer.Context, incomplete: str, beginning: str) -> list[str]:
    if len(incomplete) < len(beginning):
        incomplete = beginning if beginning.startswith(incomplete) else incomplete
    return [each for each in complete_id(ctx, incomplete) if each.startswith(beginning)]


def _found(case: Path | None, incomplete: str) -> Iterable[str]:
    from evidence.case import resolve_case
    from graph.explore.directory import ids_from, kinds, names_worn
    from ingest.text.fold import fold

    if ":" not in incomplete and not incomplete.startswith("@"):
        return [kind for kind in kinds() if kind.startswith(incomplete)]
    with resolve_case(case, Path.cwd()).reader() as archive:
        if incomplete.startswith("@"):
            worn = names_worn(archive.connection, fold(incomplete[1:]), SHOWN)
            return [f"@{name}" for name in worn]
        return ids_from(archive.connection, incomplete, SHOWN)


def _case(ctx: typer.Context) -> Path | None:
    """What `--case` says, before or after the sub-command, else the environment."""
    at: typer.Context | None = ctx
    while at is not None:
        named = at.params.get("case")
        if named is not None:
            return Path(named)
        at = at.parent  # type: ignore[assignment]
    named = os.environ.get("HEICHAN_CASE")
    return Path(named) if named else None


def _beginning(known: Iterable[str], incomplete: str) -> list[str]:
    return sorted(name for name in known if name.lower().startswith(incomplete.lower()))


def _harmless(found: Iterable[str]) -> list[str]:
    return [each for each in found if _HARMLESS.match(each)]


def complete_bash(answer: Callable[[], object]) -> None:
    """Runs what prints the offers with the words as they were typed.

    Bash cuts words apart at `:`, `@` and `=`, and puts an offer in the place of the last piece.
    """
    kept = mend(os.environ)
    printed = io.StringIO()
    try:
        with redirect_stdout(printed):
            answer()
    finally:
        for line in printed.getvalue().splitlines():
            sys.stdout.write(line.removeprefix(kept) + "\n")


def mend(environment: MutableMapping[str, str]) -> str:
    """Puts the words of `COMP_WORDS` together again; the part of the last that bash keeps."""
    words = environment.get("COMP_WORDS", "").split("\n")
    at = int(environment.get("COMP_CWORD", "0"))
    joined = words[:1]
    where = 0
    for number, word in enumerate(words[1:], 1):
        if number > 1 and _is_one_word(joined[-1], word):
            joined[-1] += word
        else:
            joined.append(word)
        if number == at:
            where = len(joined) - 1
    environment["COMP_WORDS"], environment["COMP_CWORD"] = "\n".join(joined), str(where)
    last = joined[where]
    return last[: max(last.rfind(sign) for sign in _BROKEN_AT) + 1]


def _is_one_word(before: str, word: str) -> bool:
    # A handle begins with its sign; `:` and `=` stand inside a word.
    return bool(before and before[-1] in _BROKEN_AT) or bool(word and word[0] in ":=")
