"""Phrases put together from parts: a grammar of sections, read from a text file."""

import re
from collections.abc import Mapping, Set
from functools import cache
from importlib.resources import files

from demo.rng import Rng
from evidence.errors import DataError

GAP = "~"
"""Stands between the parts of a phrase; a writer's manner puts a space, comma or line end there."""
_NODE = re.compile(r"\{([^{}]*)\}")


class Grammar:
    """The sections of a file, each a list of phrasings."""

    def __init__(self, sections: Mapping[str, tuple[str, ...]]) -> None:
        self.sections = sections

    def say(
        self,
        section: str,
        rng: Rng,
        slots: Mapping[str, str] | None = None,
        muted: Set[str] = frozenset(),
    ) -> str:
        """A phrasing of a section with its names filled in; muted sections say nothing."""
        values = slots or {}

        def node(found: re.Match[str]) -> str:
            return self._node(found.group(1), rng, values, muted)

        text = self._pick(section, rng)
        while "{" in text:
            text = _NODE.sub(node, text)
        return text

    def _pick(self, section: str, rng: Rng) -> str:
        if section not in self.sections:
            raise DataError(f"no phrases named {section!r}", hint="see the files in phrases/")
        return rng.pick(self.sections[section])

    def _node(self, content: str, rng: Rng, slots: Mapping[str, str], muted: Set[str]) -> str:
        if content.startswith("?"):
            if rng.chance(50):
                return ""
            content = content[1:]
        if "|" in content:
            return rng.pick(content.split("|"))
        if content in slots:
            return slots[content]
        plain = content not in self.sections and not content.isidentifier()
        return content if plain else "" if content in muted else self._pick(content, rng)


def _sections(text: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    name = ""
    for line in text.splitlines():
        if line.startswith("#") or not line:
            continue
        if line.startswith("[") and line.endswith("]") and line.isascii():
            name = line[1:-1]
            found[name] = []
        else:
            found[name].append(line)
    return {key: tuple(lines) for key, lines in found.items()}


def read(name: str) -> str:
    """The text of a file of the phrases."""
    return (files("benchmarks.worlds") / "phrases" / name).read_text(encoding="utf-8")


@cache
def grammar(name: str) -> Grammar:
    """The grammar of a phrase file, by its name without the ending."""
    return Grammar(_sections(read(f"{name}.txt")))
