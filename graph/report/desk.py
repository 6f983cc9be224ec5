"""What the sections of a report work with: the graph, the archive, words, and what is cited."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property, partial
from typing import Any, Final

import msgspec

from evidence.archive.archive import Archive
from evidence.translations import Translation, translations
from graph.analysis.price_sketch import PriceSketch
from graph.elements import Graph, Node, Relationship
from graph.export.clean.defang import defang, defang_contact
from graph.export.clean.guard import Guard
from graph.export.stamp import Stamp
from graph.report.words import Words
from graph.store.base import GraphStore

CITED_MOST: Final = 300
"""Posts of the evidence list; beyond it only the first of each citation is listed."""
_A_CITATION: Final = 3
_NAME: Final = 80
"""Code points of a name; the id behind it stays whole."""
_FOLDERS: Final = re.compile(r"^.*[\\/](?=.)", re.DOTALL)
_CHINESE: Final = re.compile("[一-鿿]")
_VOCABULARY: Final = frozenset({"Product", "Organisation", "Role", "EscrowService", "AccessMethod"})


class Answer(msgspec.Struct, frozen=True):
    """What a canned query answered; `title`: English, Chinese."""

    query: str
    title: tuple[str, str]
    rows: Sequence[Mapping[str, Any]] = ()
    cut: bool = False
    failed: str = ""
    """Why there is no answer."""


class Source(msgspec.Struct, frozen=True):
    """Where a report comes from. `graph`: all up to the mark; `audit`: head of the audit log."""

    archive: Archive
    store: GraphStore
    graph: Graph
    guard: Guard
    stamp: Stamp
    clock: Callable[[datetime], str]
    zone: str
    answers: Mapping[str, Answer]
    facts: Mapping[str, str]
    """Case id, purpose, owner, redaction, audit head."""
    segments: Callable[[str], Sequence[str]]
    left_out: Sequence[str] = ()
    products: PriceSketch | str | None = None
    """Goods by mentions with their prices, of a whole case; a text: why there are none."""
    pictures: bool = False
    """Whether they can be drawn."""


class Desk:
    """`subjects`: the account or actor of the report with its accounts; empty for a case."""

    def __init__(self, source: Source, words: Words, subject: str | None) -> None:
        self.source = source
        self.words = words
        self.say = words.say
        self.subject = subject
        graph = source.graph
        self.nodes: dict[str, Node] = {node.id: node for node in graph.nodes}
        self.own = frozenset(node.id for node in graph.nodes if node.props.get("own"))
        self._of_type: dict[str, list[Relationship]] = defaultdict(list)
        for tie in sorted(graph.relationships, key=lambda one: one.id):
            if tie.start not in self.own and tie.end not in self.own:
                self._of_type[tie.type].append(tie)
        self.subjects = self._subjects()
        self._cited: dict[str, int] = {}
        self.beyond: set[str] = set()

    def _subjects(self) -> frozenset[str]:
        if self.subject is None:
            return frozenset()
        held = (tie.start for tie in self.ties("RESOLVED_TO") if tie.end == self.subject)
        return frozenset((self.subject, *held))

    def ties(self, *types: str) -> list[Relationship]:
        """Relationships of these types by id, without those of the collector's own account."""
        return [tie for kind in types for tie in self._of_type.get(kind, ())]

    def about(self, *ids: str) -> bool:
        """Whether a thing with these ids in it belongs into the report."""
        return not self.subjects or not self.subjects.isdisjoint(ids)

    def clean(self, text: str) -> str:
        """Text from elsewhere without secrets and without live contacts."""
        return defang(self.source.guard.text(text))

    def id(self, identifier: str) -> str:
        """An id as it leaves."""
        return self.source.guard.identifier(identifier)

    def name(self, identifier: str) -> str:
        """What a node is called; a contact with its kind."""
        node = self.nodes.get(identifier)
        if node is None:
            return self.clean(identifier)
        if node.label == "Contact":
            kind, value = str(node.props.get("kind", "")), str(node.props.get("value", ""))
            return defang_contact(kind, self.source.guard.text(value))
        name = str(node.props.get("name") or identifier)
        if node.label not in _VOCABULARY:
            clean = self.clean(name)
            return clean if len(clean) <= _NAME else f"{clean[:_NAME]}…"
        said = self._said.get(identifier) if self.words.lang == "zh" else None
        return f"{self.clean(said)}（{name}）" if said else name

    @cached_property
    def _said(self) -> dict[str, str]:
        """Goods and organisations -> the words that most listings use for them."""
        words: dict[str, Counter[str]] = defaultdict(Counter)
        for tie in self.ties("OFFERS", "SEEKS"):
            quotes = tie.props.get("quotes")
            words[tie.end].update(map(str, quotes) if isinstance(quotes, list) else ())
        several = {tie.end for tie in self.ties("CLAIMS_SOURCE") if tie.props.get("expanded")}
        for tie in self.ties("RESOLVES_TO"):
            source = self.nodes.get(tie.start)
            # A word for several at once is no name of one of them.
            if source is not None and tie.start not in several:
                words[tie.end][str(source.props.get("text") or "")] += 1
        usual = {
            name: min(found, key=partial(_order, found)) for name, found in words.items() if found
        }
        return {name: word for name, word in usual.items() if _CHINESE.search(word)}

    def who(self, identifier: str) -> str:
        """Name and id, as `name (id)`."""
        return f"{self.name(identifier)} ({self.id(identifier)})"

    def path(self, path: str) -> str:
        """A file's path as it was given; where contacts are redacted its name alone."""
        shown = path if self.source.facts["redact"] == "none" else _FOLDERS.sub("", path)
        return self.source.guard.text(shown)

    def time(self, value: object) -> str:
        """A time in the case's zone, a day as it is, nothing for nothing."""
        if isinstance(value, datetime):
            return self.source.clock(value)
        return value.isoformat() if isinstance(value, date) else ""

    def period(self, values: Iterable[object]) -> str:
        """First and last of some times."""
        times = sorted(value for value in values if isinstance(value, datetime))
        if not times:
            return self.say("evidence.undated")
        first, last = self.time(times[0]), self.time(times[-1])
        return first if first == last else f"{first} – {last}"

    def cite(self, posts: object, most: int = _A_CITATION) -> str:
        """The numbers of these posts in the evidence list, the first few and how many more."""
        named = list(dict.fromkeys(map(str, posts))) if isinstance(posts, list) else []
        shown = [post for place, post in enumerate(named[:most]) if self._cites(post, place == 0)]
        self.beyond.update(post for post in named if post not in shown)
        numbers = ", ".join(self.say("evidence.name", n=self._cited[post]) for post in shown)
        more = len(named) - len(shown)
        return f"{numbers} (+{more})" if more else numbers

    def _cites(self, post: str, first: bool) -> bool:
        if post not in self._cited and (first or len(self._cited) < CITED_MOST):
            self._cited[post] = len(self._cited) + 1
        return post in self._cited

    @property
    def cited(self) -> list[str]:
        """Ids of the cited posts in the order of their numbers."""
        return list(self._cited)

    @cached_property
    def translations(self) -> dict[str, list[Translation]]:
        """Post id -> translations that were imported."""
        return translations(self.source.archive.connection)

    def rows(self, query: str) -> Sequence[Mapping[str, Any]]:
        """What a canned query answered."""
        answer = self.source.answers.get(query)
        return () if answer is None else answer.rows


def _order(found: Counter[str], word: str) -> tuple[int, str]:
    return -found[word], word


def posts_of(tie: Relationship) -> list[str]:
    """Ids of the posts that a relationship names."""
    posts = tie.props.get("posts")
    return [str(post) for post in posts] if isinstance(posts, list) else []
