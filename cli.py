"""The `heichan` command, assembled from `commands/`."""

import inspect
from typing import Any

import typer

from commands import (
    actor,
    assertion,
    assistant,
    audit,
    brokers,
    build,
    case,
    claims,
    compare,
    config,
    correct,
    cypher,
    decisions,
    demo,
    doctor,
    explore,
    export,
    extract,
    grade,
    ingest,
    init,
    mark,
    media,
    metrics,
    note,
    query,
    replay,
    report,
    resolve,
    search,
    shell,
    status,
    store,
    tag,
    train_ner,
    translation,
    verify,
    view,
    watch,
)
from commands.application import Application, shared_callback, shared_parameters

app = Application(
    name="heichan",
    help="heichan (黑产): from a folder of chat exports, tables and reports to a graph of the "
    "data-monetisation chain. A seller's words are claims, never facts.",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_show_locals=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _callback(ctx: typer.Context, **given: Any) -> None:
    shared_callback(ctx, given)


_callback.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
    [
        inspect.Parameter("ctx", inspect.Parameter.KEYWORD_ONLY, annotation=typer.Context),
        *shared_parameters(),
    ]
)
app.callback(invoke_without_command=True)(_callback)

for module in (
    demo,
    init,
    ingest,
    extract,
    build,
    status,
    query,
    cypher,
    search,
    explore,
    claims,
    watch,
    shell,
    assistant,
    correct,
    assertion,
    actor,
    tag,
    grade,
    note,
    mark,
    decisions,
    translation,
    train_ner,
    brokers,
    metrics,
    resolve,
    compare,
    media,
    export,
    view,
    report,
    store,
    case,
    verify,
    replay,
    audit,
    doctor,
    config,
):
    module.register(app)
