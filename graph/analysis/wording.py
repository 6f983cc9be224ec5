"""The wording of a ranking's reasons, in English and Chinese, from one table."""

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Final, Literal

from graph.schema import ROLES

Lang = Literal["en", "zh"]
LANGS: Final[tuple[Lang, ...]] = ("en", "zh")
Pair = tuple[str, str]
"""English, Chinese."""


@cache
def table() -> Mapping[str, Pair]:
    """Key -> wording."""
    text = files("graph.analysis").joinpath("words.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines()[1:])
    return {key: (en, zh) for key, en, zh in rows}


class Wording:
    """The wording in one language."""

    def __init__(self, lang: Lang) -> None:
        self._column = LANGS.index(lang)

    def say(self, key: str, **values: object) -> str:
        """The sentence of that key with the values in it. KeyError for an unknown key."""
        return table()[key][self._column].format(**values)

    def known(self, group: str, code: str) -> str:
        """The word for a code of that group; the code with spaces where there is none."""
        pair = table().get(f"{group}.{code}")
        return code.replace("_", " ") if pair is None else pair[self._column]

    def role(self, code: str) -> str:
        """A claimed role."""
        term = ROLES.get(code)
        return self.known("role", code) if term is None else (term.en, term.zh)[self._column]

    def listed(self, parts: Iterable[str]) -> str:
        """Things of one kind one after the other."""
        return (", ", "、")[self._column].join(parts)

    def joined(self, parts: Iterable[str]) -> str:
        """Things that have commas in them, or halves of a sentence."""
        return ("; ", "；")[self._column].join(parts)


ENGLISH: Final = Wording("en")
