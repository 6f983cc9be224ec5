"""`metrics`: what a chat underground talks of, offers and asks, by period."""

import typer

from commands.application import command

app = typer.Typer(help="Measure a chat underground.", invoke_without_command=True)


def register(parent: typer.Typer) -> None:
    from commands.application import with_shared
    from commands.metrics.compare import compare
    from commands.metrics.market import copies, escrow, market, venues
    from commands.metrics.periods import growth, metrics
    from commands.metrics.prices import prices
    from commands.metrics.products import products

    app.callback(invoke_without_command=True)(with_shared(metrics))
    for function in (products, growth, compare, market, prices, escrow, venues, copies):
        command(app, function.__name__)(function)
    parent.add_typer(app, name="metrics")
