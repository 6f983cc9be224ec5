"""What a heading says of the prices below it: 查询价目(RMB,每份), (按条,2w条起), all USD per 1k."""

import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from ingest.extract.figure import Figure
from ingest.extract.price_basis import Basis, BasisGrammar
from ingest.extract.price_terms import COUNTERS, term_name
from ingest.extract.spans import SpanIndex, line_spans
from ingest.lexicon.frames import frame
from ingest.lexicon.tables import UnitWord
from ingest.lexicon.wordings import wording
from ingest.text.late import late

_BRACKET: Final = re.compile(r"[(\[【<《]\s?(?P<in>[^()\[\]【】<>《》\n]{1,30}?)\s?[)\]】>》]")
_SAYS: Final = wording("list_head")
_MONEY: Final = frame("head_money")
_LEAST: Final = frame("head_least")
_FILLER: Final = frame("head_filler")
_NUMBER: Final = re.compile(r"\d")
_COUNTED: Final = re.compile(r"(?<![\d.])1(?:,?000|0,?000|0?k|[千万w])|[千万]")
_OVER: Final = re.compile(
    r"\A(?P<u>(?:[一1] ?)?[千万][条个]?|1k|1w|1,?0000?[条个]?) ?/ ?(?P<m>\D{1,5})\Z"
)
"""千条/元: what the prices are for in front of what they are in."""
_BY: Final = re.compile(
    r"(?:[按论]|单(?!位)|单位[:为是 ]{1,2})(?=[千万条个套张份组号次笔位名人台户天周月年小])"
)
_ONE_ROUND: Final = re.compile(
    r"(?<![\d一二两三四五六七八九十百千万每/])(?=[千万][条个次笔份]?(?:的?(?:报?价|单价)|\Z))"
)
"""In front of one thousand or ten thousand that is said without a word for one (千条报价)."""
_ROUNDS: Final = frozenset({"thousand", "ten_thousand"})
_LONGEST: Final = 60
_SEVERAL: Final = 2
_PEOPLE: Final = frozenset(
    ["人", "位", "名", "户", "person", "people", "name", "number", "user", "customer", "client"]
)
"""One of these is a record where records are sold, and a query where people are looked up."""
_WHOLE: Final = wording("head_total")
_SHARE: Final = frame("head_share")
"""Words of a heading by which its prices are shares of a sum."""
_ABOVE: Final = re.compile(r"[都均全皆](?:是|为|按|算)?\s?\Z")
_MOST_SHARE: Final = 50


class Heading(NamedTuple):
    """Where the words of a heading stand, and what its prices are in and for."""

    start: int
    end: int
    currency: str | None
    per: str | None
    unit: str | None
    above: bool = False
    """Whether it is said of the prices in front of it."""
    stated: bool = False
    """Whether it says so in a clause of its own, and so of a single price too."""


class Headings:
    """Reads headings with the tables of currencies and units and the terms of prices."""

    def __init__(
        self,
        currencies: Mapping[str, str],
        units: Mapping[str, UnitWord],
        term: re.Pattern[str],
        written: str,
    ) -> None:
        self._currencies = currencies
        self._units = units
        self._term = term
        self._pair = late(rf"(?P<u>{written})\s?/\s?(?=(?:{_MONEY.pattern})\Z)")
        self._goods = late(
            rf"(?m:^)[^\d\n/:,]{{2,14}}(?:/| 每)(?P<u>[{COUNTERS}人])(?=[ :]*\n[^\n]*\d)"
        )
        self._basis = BasisGrammar(written)
        self._latest: tuple[str, list[Heading]] = "", []

    def read(self, text: str) -> list[Heading]:
        """The headings of a text by place; those of the latest text are kept."""
        if self._latest[0] != text:
            self._latest = text, self._read(text)
        return self._latest[1]

    def _read(self, text: str) -> list[Heading]:
        found = [*self._bracketed(text), *self._of_goods(text)]
        for start, stop in line_spans(text) if _SAYS.may_stand_in(text) else ():
            if stop - start <= _LONGEST and (said := _SAYS.search(text, start, stop)):
                end = _inline_end(text, said.end(), stop)
                if not any(start <= h.end <= end for h in found):
                    found += self._of(text, said.start(), end, strict=False)
        clauses = list(self._basis.read(text))
        return sorted(self._with_stated(found, clauses) if clauses else found)

    def _with_stated(self, found: list[Heading], said: list[Basis]) -> list[Heading]:
        """The headings and what clauses say; a heading that says as much stays."""
        told = SpanIndex([(h.start, h.end) for h in found if h.per])
        stated = [self._stated(b) for b in said if not told.overlaps(b.start, b.end)]
        apart = SpanIndex([(h.start, h.end) for h in stated])
        return [*stated, *(h for h in found if not apart.overlaps(h.start, h.end))]

    def over(self, text: str, figures: list[Figure]) -> list[Figure]:
        """Prices that name no currency, or not what they are for, with what their heading names."""
        bare = [f for f in figures if _is_open(f)]
        heads = self.read(text) if bare else []
        if heads and sum(f.kind == "price" for f in figures) < _SEVERAL:
            heads = [h for h in heads if h.stated and _is_beside(text, h, bare[0])]
        if not heads:
            return figures
        priced = SpanIndex([(f.start, f.end) for f in figures if f.kind == "price"])
        heads = [h for h in heads if not priced.overlaps(h.start, h.end)]
        if not heads:
            return figures
        rounds = SpanIndex([(h.start, h.end) for h in heads if h.per in _ROUNDS])
        figures = [
            f for f in figures
            if f.kind != "quantity" or not rounds.overlaps(f.start, f.end)
        ]  # fmt: skip
        return [self._under(heads, f) if _is_open(f) else f for f in figures]

    def _under(self, heads: list[Heading], figure: Figure) -> Figure:
        above = [h for h in heads if h.end <= figure.start and not h.above]
        below = [h for h in heads if h.start >= figure.end and h.above]
        if not above and not below and len(heads) > 1:
            return figure
        head = above[-1] if above else below[0] if below else heads[0]
        if head.per == "percent" and (figure.currency or figure.value > _MOST_SHARE):
            return figure
        if figure.per is None and head.per and not figure.unit:
            figure = figure._replace(per=head.per, unit=head.unit)
        return figure._replace(currency=figure.currency or head.currency)

    def _stated(self, basis: Basis) -> Heading:
        """What a clause says of prices, with the currency that it names."""
        term, said = basis.term, basis.term["money"]
        written = term["named"] or term["bare"] or term["unit"]
        money = self._currencies.get(said) if said else None
        per, unit = self._of_unit(written) if written else (term_name(term), None)
        if term["order"]:
            per, unit = "each", "order"
        per = "query" if per == "look" else per
        return Heading(basis.start, basis.end, money, per, unit, basis.above, stated=True)

    def _of_unit(self, written: str) -> tuple[str, str]:
        row = self._units[written]
        per = "each" if written in _PEOPLE else row.per
        return per, "other" if row.unit == "-" else row.unit

    def _bracketed(self, text: str) -> Iterator[Heading]:
        for match in _BRACKET.finditer(text):
            yield from self._of(text, *match.span("in"), strict=True)

    def _of_goods(self, text: str) -> Iterator[Heading]:
        """肉鸡/台 on a line of its own: goods and what their prices below are for."""
        named = ("/" in text or " 每" in text) and "\n" in text
        for match in self._goods.finditer(text) if named else ():
            yield Heading(*match.span(), None, *self._of_unit(match["u"]))

    def _of(self, text: str, start: int, end: int, *, strict: bool) -> Iterator[Heading]:
        """The heading that a stretch is; `strict`: it says nothing else."""
        words = _BY.sub("每", _OVER.sub(r"\g<m>/\g<u>", text[start:end]))
        rest = _LEAST.sub(" ", _ONE_ROUND.sub("每", words))
        money = {self._currencies.get(m[0].strip()) for m in _MONEY.finditer(rest)} - {None}
        term, rest = self._per(rest)
        if not money and _SHARE.search(rest):
            term = "percent", None
        if _NUMBER.search(_COUNTED.sub("", rest)) or len(money) > 1 or not (money or term):
            return
        if strict and _FILLER.sub("", _MONEY.sub("", rest)).strip():
            return
        line = text.rfind("\n", 0, start) + 1
        per, unit = term or ("total" if _WHOLE.search(text, line, end) else None, None)
        above = _ABOVE.search(text, line, start) is not None
        yield Heading(start, end, money.pop() if money else None, per, unit, above)

    def _per(self, words: str) -> tuple[tuple[str, str | None] | None, str]:
        """What the prices are for, and the words without that."""
        if pair := self._pair.search(words):
            return self._of_unit(pair["u"]), words[: pair.start()] + words[pair.end() :]
        found = [m for m in self._term.finditer(words) if m[0].strip()]
        if not found:
            return None, words
        match = found[0]
        name = term_name(match)
        rest = words[: match.start()] + " " + words[match.end() :]
        if name is None:
            return self._of_unit(match["unit"]), rest
        return ("query" if name == "look" else name, None), rest


def _inline_end(text: str, said: int, end: int) -> int:
    """报价 每套:工行2400 农行2200: where a heading ends whose prices stand on its line."""
    colon = text.find(":", said, end)
    return colon + 1 if colon >= 0 and _NUMBER.search(text, colon, end) else end


def _is_beside(text: str, head: Heading, figure: Figure) -> bool:
    """Whether a heading and a lone price stand on one line, or on two lines one below the other."""
    first, last = sorted(((head.start, head.end), (figure.start, figure.end)))
    return text.count("\n", first[1], last[0]) <= 1


def _is_open(figure: Figure) -> bool:
    if figure.kind != "price" or figure.per in {"percent", "total"}:
        return False
    return figure.currency is None or figure.per is None
