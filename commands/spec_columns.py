"""What each command answers with in JSON: rows of these columns, one document, or text."""

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

import msgspec

Answer = Literal["rows", "document", "text", "lines"]


class Shape(msgspec.Struct, frozen=True):
    """`rows`: a list of objects with these columns; none are named where a query decides.

    `columns_with`: those of rows that an option makes others.
    """

    answer: Answer
    columns: Sequence[str] = ()
    columns_with: Mapping[str, Sequence[str]] = {}


def columns(words: tuple[str, ...]) -> Shape:
    """The shape of a command's answer; text where none is declared."""
    return SHAPES.get(words, _always("text"))()


def _search() -> Shape:
    from commands.search import COLUMNS

    return Shape("rows", COLUMNS)


def _media() -> Shape:
    from commands.media import COLUMNS

    return Shape("rows", COLUMNS)


def _compared() -> Shape:
    from commands.compare import COLUMNS

    return Shape("rows", COLUMNS)


def _timeline() -> Shape:
    from commands.explore import ENTRY, MORE_OF_ENTRY

    return Shape("rows", (*ENTRY, *MORE_OF_ENTRY))


def _evidence() -> Shape:
    from commands.chain import LINKS, POSTS
    from commands.explore import MORE_OF_QUOTE, QUOTE

    return Shape("rows", (*QUOTE, *MORE_OF_QUOTE), {"--posts": POSTS, "--chain": LINKS})


def _steps() -> Shape:
    from commands.explore import STEP

    return Shape("rows", STEP)


def _correct() -> Shape:
    from commands.correct import COLUMNS

    return Shape("rows", COLUMNS)


def _brokers() -> Shape:
    from graph.analysis.rows import COLUMNS
    from graph.analysis.trajectories import COLUMNS as MONTHS

    return Shape("rows", COLUMNS, {"--by month": MONTHS})


def _metrics() -> Shape:
    from graph.analysis.metrics import COLUMNS

    return Shape("rows", COLUMNS)


def _products() -> Shape:
    from commands.metrics.products import COLUMNS, RANKS
    from graph.analysis.market.mentions import COLUMNS as LEFT_OUT

    return Shape("rows", COLUMNS, {"--ranks": RANKS, "--ambiguous": LEFT_OUT})


def _growth() -> Shape:
    from graph.analysis.market.growth import COLUMNS

    return Shape("rows", COLUMNS)


def _sides() -> Shape:
    from graph.analysis.market.comparison import COLUMNS
    from graph.analysis.market.published import COLUMNS as BESIDE

    return Shape("rows", COLUMNS, {"--published": BESIDE})


def _market() -> Shape:
    from graph.analysis.market.supply import COLUMNS

    return Shape("rows", COLUMNS)


def _prices() -> Shape:
    from commands.metrics.prices import OUTLIERS
    from graph.analysis.market.prices import COLUMNS

    return Shape("rows", COLUMNS, {"--outliers": OUTLIERS})


def _guarantees() -> Shape:
    from graph.analysis.market.guarantees import COLUMNS

    return Shape("rows", COLUMNS)


def _overlap() -> Shape:
    from graph.analysis.market.overlap import COLUMNS

    return Shape("rows", COLUMNS)


def _copies() -> Shape:
    from graph.analysis.market.copies import COLUMNS

    return Shape("rows", COLUMNS)


def _doctor() -> Shape:
    from commands.doctor import COLUMNS

    return Shape("rows", COLUMNS)


def _listed() -> Shape:
    from commands.query import LISTED

    return Shape("rows", LISTED)


def _validated() -> Shape:
    from commands.query import FOUND

    return Shape("rows", FOUND)


def _differs() -> Shape:
    from commands.query_diff import COLUMNS

    return Shape("rows", COLUMNS)


def _verified() -> Shape:
    from commands.verify import COLUMNS

    return Shape("rows", COLUMNS)


def _replayed() -> Shape:
    from commands.replay import COLUMNS

    return Shape("document", COLUMNS)


def _logged() -> Shape:
    from commands.audit import COLUMNS

    return Shape("rows", COLUMNS)


def _chain() -> Shape:
    from commands.audit import CHAIN

    return Shape("document", CHAIN)


def _ingest() -> Shape:
    from commands.ingest_look import EXPLAINED

    return Shape("document", (), {"--explain": EXPLAINED})


def _always(answer: Answer, *names: str) -> Callable[[], Shape]:
    return lambda: Shape(answer, names)


def _hits() -> Shape:
    from commands.watch import COLUMNS

    return Shape("rows", COLUMNS)


def _watched() -> Shape:
    from commands.watch import LISTED

    return Shape("rows", LISTED)


def _candidates() -> Shape:
    from commands.resolve import COLUMNS

    return Shape("rows", COLUMNS)


def _identity_log() -> Shape:
    from commands.resolve import LOG

    return Shape("rows", LOG)


def _decided() -> Shape:
    from commands.resolve import DECIDED

    return Shape("document", DECIDED)


def _undone() -> Shape:
    from commands.resolve import UNDONE

    return Shape("document", UNDONE)


def _assertions() -> Shape:
    from commands.assertion import COLUMNS

    return Shape("rows", COLUMNS)


def _actors() -> Shape:
    from commands.actor import COLUMNS

    return Shape("rows", COLUMNS)


def _tags() -> Shape:
    from commands.tag import COLUMNS

    return Shape("rows", COLUMNS)


def _grades() -> Shape:
    from commands.grade import COLUMNS

    return Shape("rows", COLUMNS)


def _notes() -> Shape:
    from commands.note import COLUMNS

    return Shape("rows", COLUMNS)


def _marks() -> Shape:
    from commands.mark import COLUMNS

    return Shape("rows", COLUMNS)


def _claims() -> Shape:
    from commands.claims import DOCUMENT

    return Shape("document", DOCUMENT)


def _decisions() -> Shape:
    from commands.decisions import COLUMNS

    return Shape("rows", COLUMNS)


def _erased() -> Shape:
    from commands.case_erase import COLUMNS, LISTED

    return Shape("rows", COLUMNS, {"--list": LISTED})


SHAPES: dict[tuple[str, ...], Callable[[], Shape]] = {
    ("demo",): _always("text"),
    ("init",): _always("document"),
    ("view",): _always("document"),
    ("ingest",): _ingest,
    ("extract",): _always("lines"),
    ("build",): _always("document"),
    ("status",): _always("document"),
    ("cypher",): _always("rows"),
    ("search",): _search,
    ("show",): _always("document"),
    ("timeline",): _timeline,
    ("compare",): _compared,
    ("media",): _media,
    ("evidence",): _evidence,
    ("neighbors",): _steps,
    ("path",): _steps,
    ("shell",): _always("text"),
    ("mcp",): _always("text"),
    ("correct",): _correct,
    ("claims",): _claims,
    ("grade",): _grades,
    ("note",): _notes,
    ("mark",): _marks,
    ("assert",): _assertions,
    ("actor", "new"): _always("document"),
    ("actor", "rename"): _always("document"),
    ("actor", "list"): _actors,
    ("actor", "undo"): _always("document"),
    ("tag",): _tags,
    ("decisions", "export"): _always("document"),
    ("decisions", "import"): _always("document"),
    ("decisions", "list"): _decisions,
    ("train-ner",): _always("document"),
    ("brokers",): _brokers,
    ("export",): _always("document"),
    ("report",): _always("document"),
    ("translation", "import"): _always("document"),
    ("doctor",): _doctor,
    ("query", "list"): _listed,
    ("query", "show"): _always("document"),
    ("query", "run"): _always("rows"),
    ("query", "diff"): _differs,
    ("query", "validate"): _validated,
    ("metrics",): _metrics,
    ("metrics", "products"): _products,
    ("metrics", "growth"): _growth,
    ("metrics", "compare"): _sides,
    ("metrics", "market"): _market,
    ("metrics", "prices"): _prices,
    ("metrics", "escrow"): _guarantees,
    ("metrics", "venues"): _overlap,
    ("metrics", "copies"): _copies,
    ("watch", "add"): _watched,
    ("watch", "remove"): _watched,
    ("watch", "list"): _watched,
    ("watch", "hits"): _hits,
    ("resolve", "candidates"): _candidates,
    ("resolve", "same"): _decided,
    ("resolve", "different"): _decided,
    ("resolve", "unsure"): _decided,
    ("resolve", "undo"): _undone,
    ("resolve", "log"): _identity_log,
    ("store", "push"): _always("document"),
    ("store", "status"): _always(
        "rows", "store", "state", "nodes", "relationships", "snapshot", "differs"
    ),
    ("case", "trust"): _always("document"),
    ("case", "upgrade"): _always("document"),
    ("case", "backup"): _always("document"),
    ("case", "restore"): _always("document"),
    ("case", "erase"): _erased,
    ("verify",): _verified,
    ("replay",): _replayed,
    ("audit", "show"): _logged,
    ("audit", "verify"): _chain,
    ("config", "show"): _always("rows", "setting", "value"),
}
