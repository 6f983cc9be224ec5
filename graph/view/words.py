"""Words of the page in English and Chinese: its own, and those of the schema that it needs."""

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from graph.analysis.wording import Pair, table
from graph.schema import NODE_KINDS, RELATIONSHIP_KINDS, ROLES, Property

_OF_RANKING = ("lead", "basis.")
"""What the page itself says in the words of a ranking, by the beginning of the key."""


@cache
def own_words() -> dict[str, Pair]:
    """Key -> words of the page itself."""
    text = files("graph.view").joinpath("words.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines()[1:])
    shared = {key: pair for key, pair in table().items() if key.startswith(_OF_RANKING)}
    return shared | {key: (en, zh) for key, en, zh in rows}


def words_for(
    kinds: Iterable[str], relations: Iterable[str], names: Iterable[str]
) -> dict[str, Pair]:
    """The page's words, with those of the kinds, relationships and properties that it shows."""
    words = dict(own_words())
    words |= {f"kind.{kind}": _kind(kind) for kind in kinds}
    words |= {f"tie.{relation}": _tie(relation) for relation in relations}
    words |= {f"role.{code}": (term.en, term.zh) for code, term in ROLES.items()}
    described = _described()
    words |= {f"prop.{name}": described.get(name, (_spaced(name), _spaced(name))) for name in names}
    return dict(sorted(words.items()))


def _kind(label: str) -> Pair:
    known = NODE_KINDS.get(label)
    return _spaced(label), label if known is None else known.zh_name


def _tie(relation: str) -> Pair:
    known = RELATIONSHIP_KINDS.get(relation)
    return relation.replace("_", " ").lower(), relation if known is None else known.zh_name


def _described() -> Mapping[str, Pair]:
    words: dict[str, Pair] = {}
    kinds = [kind.properties for kind in NODE_KINDS.values()]
    kinds += [kind.properties for kind in RELATIONSHIP_KINDS.values()]
    for properties in kinds:
        for name, property_ in properties.items():
            words.setdefault(name, _property(name, property_))
    return words


def _property(name: str, known: Property) -> Pair:
    return _spaced(name), known.zh.split("，")[0].split("（")[0].split("(")[0]


def _spaced(name: str) -> str:
    """`TextCluster` -> `text cluster`, `first_seen` -> `first seen`."""
    apart = "".join(f" {char.lower()}" if char.isupper() else char for char in name)
    return apart.replace("_", " ").strip()
