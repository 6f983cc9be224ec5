"""What a report says, in English and Chinese, from one table."""

from functools import cache
from importlib.resources import files

from graph.analysis.wording import LANGS as LANGS
from graph.analysis.wording import Lang as Lang
from graph.schema import RELATIONSHIP_KINDS, ROLES
from graph.view.words import own_words


class Words:
    """The words of one language."""

    def __init__(self, lang: Lang) -> None:
        self.lang: Lang = lang
        self._column = LANGS.index(lang)

    def say(self, key: str, **values: object) -> str:
        """The sentence of that key with the values in it. KeyError for an unknown key."""
        return table()[key][self._column].format(**values)

    def known(self, group: str, code: str) -> str:
        """The word for a code of that group; the code with spaces where there is none."""
        key = f"{group}.{code}"
        pair = table().get(key) or own_words().get(key)
        return code.replace("_", " ") if pair is None else pair[self._column]

    def count(self, thing: str, n: int) -> str:
        """So many things, as `1 listing`."""
        return self.say(f"count.{thing}.{'one' if n == 1 else 'many'}", n=n)

    def role(self, code: str) -> str:
        """A claimed role."""
        term = ROLES.get(code)
        return code if term is None else (term.en, term.zh)[self._column]

    def tie(self, relation: str) -> str:
        """A type of relationship."""
        kind = RELATIONSHIP_KINDS.get(relation)
        plain = relation.replace("_", " ").lower()
        return plain if kind is None or self.lang == "en" else kind.zh_name

    def pair(self, en: str, zh: str) -> str:
        """The one of two texts that is in this language."""
        return (en, zh)[self._column]

    def joined(self, parts: list[str]) -> str:
        """Parts of a cell one after the other."""
        return ("; ", "；")[self._column].join(parts)


@cache
def table() -> dict[str, tuple[str, str]]:
    """Key -> English, Chinese."""
    text = files("graph.report").joinpath("words.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines()[1:])
    return {key: (en, zh) for key, en, zh in rows}
