"""The lexicon's terms as reports name them: written forms, those of a case's own files too."""

import csv
import re
from collections.abc import Iterator
from functools import cached_property, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Final

from ingest.extract.report.tables import Row, TermTable, table
from ingest.extract.report.words import words
from ingest.extract.rules import Rules
from ingest.lexicon.own import own_files
from ingest.text.normalise import normalise

_PACKAGED: Final = ("lexicon.tsv", "additions.tsv")
_SOURCES: Final = frozenset(
    {
        "source_operator",
        "source_app",
        "source_bank",
        "source_courier",
        "source_gov",
        "source_bigdata_firm",
    }
)
_VAGUE_SOURCE: Final = ("/generic", "/all_three", "/mvno")
_VAGUE_ESCROW: Final = frozenset(
    {"escrow/generic", "escrow/group_types", "escrow/dispute", "escrow/finalise"}
)


class Terms:
    """Names and goods of a lexicon, compiled for reports when they are first asked for."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self._rows = tuple(_rows(rules.extra))

    def _clear(self, *categories: str) -> Iterator[Row]:
        """Unambiguous rows of some categories."""
        for row in self._rows:
            if row["category"] in categories and row["ambiguous"] == "n":
                yield row

    @cached_property
    def goods(self) -> TermTable[str]:
        """English terms for what is sold, with their ids."""
        return TermTable(
            (row["term"], row["canonical"])
            for row in self._clear("data_product", "service")
            if row["lang"] == "en"
        )

    @cached_property
    def markets(self) -> TermTable[str]:
        """Names of marketplaces and guarantee services, with their ids."""
        return TermTable(
            (row["term"], row["canonical"])
            for row in self._clear("market", "escrow")
            if row["canonical"] not in _VAGUE_ESCROW
        )

    @cached_property
    def roles(self) -> tuple[tuple[str, str, str], ...]:
        """Role, language and normal form of every unambiguous word for one."""
        return tuple(
            (row["canonical"].removeprefix("role/"), row["lang"][:2], normalise(row["term"]).text)
            for row in self._clear("role")
        )

    @cached_property
    def organisations(self) -> TermTable[str]:
        """Names of organisations, with their ids."""
        return TermTable((row["term"], row["canonical"]) for row in self._named_organisations())

    @cached_property
    def platforms(self) -> frozenset[str]:
        """Names of places of talk, which are no organisations ("QQ Group")."""
        rows = (row for row in self._rows if row["category"] in ("platform", "market", "escrow"))
        return frozenset(normalise(row["term"]).text for row in rows)

    def market_id(self, name: str) -> str | None:
        """The id of a name that stands beside the word for a market, ordinary words included."""
        return self._market_ids.get(normalise(name).text)

    def identify(self, name: str) -> str | None:
        """The id of a name or of a full company name around it, else None."""
        text = normalise(name).text.strip()
        if text in self._ids:
            return self._ids[text]
        match = self._inside.fullmatch(text)
        return self._ids[match[1]] if match else None

    def english_name(self, canonical: str) -> str | None:
        """The name that an organisation's id has in English."""
        return self.rules.lexicon.names.get(canonical)

    def _named_organisations(self) -> Iterator[Row]:
        for row in self._clear(*_SOURCES):
            path = row["canonical"]
            named = path.startswith("org/") and not path.endswith(_VAGUE_SOURCE)
            if named and not row["term"].isdigit():
                yield row

    @cached_property
    def _ids(self) -> dict[str, str]:
        return {normalise(r["term"]).text: r["canonical"] for r in self._named_organisations()}

    @cached_property
    def _market_ids(self) -> dict[str, str]:
        rows = (row for row in self._rows if row["category"] == "market")
        return {normalise(row["term"]).text: row["canonical"] for row in rows}

    @cached_property
    def _inside(self) -> re.Pattern[str]:
        """A known name with nothing but a place before it and company words after it."""
        terms = "|".join(sorted(map(re.escape, self._ids), key=len, reverse=True))
        places = "|".join(
            re.escape(normalise(row["term"]).text)
            for row in table("places.tsv")
            if row["form"] == "city"
        )
        generic = f"{words('generic', 'en')}|{words('generic', 'zh')}"
        return re.compile(rf"(?:(?:{places})[市省]?\s?)?({terms})(?:[\s.,]*(?:{generic}))*[\s.,]*")


@lru_cache(maxsize=2)
def terms_of(rules: Rules) -> Terms:
    """The terms of rules, kept for the next report that the same rules read."""
    return Terms(rules)


def _rows(extra: tuple[Path, ...]) -> Iterator[Row]:
    """The rows of the packaged lexicon, then of the extra files, which the rules have checked."""
    data = files("ingest.lexicon") / "data"
    for name in _PACKAGED:
        yield from _read((data / name).read_text("utf-8"))
    for file in own_files(extra, ".tsv"):
        content = file.read_text("utf-8-sig")
        if content.startswith("term\t"):
            yield from _read(content)


def _read(text: str) -> Iterator[Row]:
    yield from csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
