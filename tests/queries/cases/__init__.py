"""Small made graphs, each for one trap, with the queries' expectations on them.

How to use it. Each module of this folder is named after a pack and holds that pack's cases:

    from tests.queries.cases import made
    from tests.queries.cases.making import Making

    @made
    def products(case: Making) -> None:
        '''A chain whose ties speak of different goods is none.'''
        a, b, c = case.accounts("a b c")
        case.flow(a, b, 1)
        case.flow(b, c, 2, product="product/loan_leads")

A query names the case by `<module>.<function>` in its head, and what must and must not come out:

    // expect:
    //   - {case: chain.products, params: {min_hops: 2}, rows: 0}
    //   - case: chain.products
    //     contains: [{path: ["account:telegram:a", "account:telegram:b"]}]
    //     lacks: [{product: "product:loan_leads"}]

`rows` is the number of rows, each of `contains` stands among them, none of `lacks` does. Dates in
a head are compared as they stand: `2021-03-05` is a day, times are better left out. Write both a
row that must be there and what a naive query would give. tests/queries/test_expectations.py runs
them on the embedded store, tests/integration/test_parity_cases.py on Neo4j too, where the rows of
both must be equal.

A case for a query that reads posts (`engine: archive`), or for the whole way from posts to graph,
fills an archive; the graph is built from it:

    from tests.graph.filling import Filling
    from tests.queries.cases import filled

    @filled
    def reposts(fill: Filling) -> None:
        '''The same text over and over is one offer.'''
        fill.listing(fill.say("1", "出料", 0))

For a test with more to say than a head can: `with opened("chain.products", tmp_path) as case:`,
then `run_query(query, case.store, case.archive, {...})`.
"""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import msgspec

from evidence.archive.archive import Archive
from graph.build.derive import derive
from graph.build.run import with_build_node
from graph.elements import Graph
from graph.store.embedded import EmbeddedStore
from tests.graph.filling import SETTINGS, Filling, filling
from tests.queries.cases.making import CASE, Making

_made: dict[str, Callable[[Making], None]] = {}
_filled: dict[str, Callable[[Filling], None]] = {}
_HELPERS = {"making"}


def made(case: Callable[[Making], None]) -> Callable[[Making], None]:
    """Marks a case whose graph is put together by hand."""
    _made[_name(case.__module__, case.__name__)] = case
    return case


def filled(case: Callable[[Filling], None]) -> Callable[[Filling], None]:
    """Marks a case that fills an archive, from which the graph is built."""
    _filled[_name(case.__module__, case.__name__)] = case
    return case


def _name(module: str, function: str) -> str:
    return f"{module.rsplit('.', 1)[-1]}.{function}"


def case_names() -> list[str]:
    """Names of all cases."""
    for module in iter_modules(__path__):
        if module.name not in _HELPERS and not module.name.startswith("test_"):
            import_module(f"{__name__}.{module.name}")
    return sorted([*_made, *_filled])


class Opened(msgspec.Struct, frozen=True):
    """A case in the embedded store, and its archive if it fills one."""

    graph: Graph
    case_id: str
    store: EmbeddedStore
    archive: Archive | None


@contextmanager
def opened(name: str, folder: Path) -> Iterator[Opened]:
    """The case of this name, kept under the folder. Raises KeyError for an unknown one."""
    if name not in case_names():
        raise KeyError(f"tests/queries/cases has no case {name}")
    place = folder / name
    place.mkdir(parents=True)
    if name in _made:
        making = Making()
        _made[name](making)
        with closing(EmbeddedStore(place)) as store:
            store.load(graph := making.graph())
            yield Opened(graph, CASE, store, None)
        return
    with filling(place) as fill, closing(EmbeddedStore(place)) as store:
        _filled[name](fill)
        graph = with_build_node(derive(fill.archive, SETTINGS), fill.archive, SETTINGS)
        store.load(graph)
        yield Opened(graph, SETTINGS.id, store, fill.archive)
