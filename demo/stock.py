"""Stocks of phrases: sections of templates, filled from slots, other sections and alternatives."""

import re
from functools import cache
from importlib.resources import files

from demo.rng import Rng

_HOLE = re.compile(r"\{([^{}]*)\}")


class Stock:
    """The sections of one file in `demo/phrases`."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.sections: dict[str, list[str]] = {}
        section = ""
        text = (files("demo") / "phrases" / f"{name}.txt").read_text(encoding="utf-8")
        for line in text.splitlines():
            if line.startswith("== "):
                section = line[3:].strip()
                self.sections[section] = []
            elif line and not line.startswith("# "):
                self.sections[section].append(line.replace("\\n", "\n"))

    def say(self, rng: Rng, section: str, **slots: str) -> str:
        """A phrase of the section; `{a|b}` is a choice, `{x}` a slot or else a section."""
        return self.fill(rng, rng.pick(self.sections[section]), **slots)

    def fill(self, rng: Rng, template: str, **slots: str) -> str:
        """The template with its holes filled."""

        def fill(hole: re.Match[str]) -> str:
            inner = str(hole.group(1))
            if "|" in inner:
                return rng.pick(inner.split("|"))
            return slots[inner] if inner in slots else self.say(rng, inner, **slots)

        return _HOLE.sub(fill, template)

    def has(self, section: str) -> bool:
        """Whether there is such a section."""
        return section in self.sections


@cache
def stock(name: str) -> Stock:
    """The stock of that name."""
    return Stock(name)
