"""A currency that a list names once, and one in brackets behind a price."""

from typing import Final

from ingest.extract.figure import Figure
from ingest.lexicon.frames import frame
from ingest.text.late import late

_NAMED: Final = frame("list_currency")
_MONEY: Final = late(rf"(?<![a-z])(?:{frame('money_name').pattern})(?![a-z])")
_BRACKET: Final = late(r"(?:\s?[一-鿿]{1,2})?\s?[(\[]\s?(?P<c>[^\d()\[\]\n]{1,8})\s?[)\]]")
_CENTS: Final = late(r"[\d.,a-z ]*\d? ?cents?(?: (?:a|an|per|each|every|for) ?[a-z]*)?")
_MORE: Final = late(r"\s?(?:/|或|or|和|及|,|、|&|\+)\s?[a-z一-鿿]{1,6}\s?[)\]]")


class ListCurrency:
    """Currencies by their written forms."""

    def __init__(self, currencies: dict[str, str]) -> None:
        self._currencies = currencies

    def named_once(self, text: str, figures: list[Figure]) -> list[Figure]:
        """Prices without a currency get that of their brackets, else that of the whole list."""
        if not any(f.kind == "price" and f.per != "percent" for f in figures):
            return figures
        figures = [self._bracketed(text, f) for f in figures]
        bare = {f for f in figures if _is_bare(f) or _in_cents(text, f)}
        currency = self._of_list(text) if bare else None
        if currency is None:
            return figures
        return [f._replace(currency=currency) if f in bare else f for f in figures]

    def _of_list(self, text: str) -> str | None:
        for match in _NAMED.finditer(text):
            names = {self._currencies.get(name) for name in _MONEY.findall(match[0])}
            if len(names) == 1 and not _MORE.match(text, match.end() - 1):
                return names.pop()
        return None

    def _bracketed(self, text: str, figure: Figure) -> Figure:
        """¥38/件(日元): the sign of two currencies is settled by the bracket behind it."""
        if (
            figure.kind != "price"
            or figure.per == "percent"
            or figure.currency not in {None, "CNY"}
        ):
            return figure
        match = _BRACKET.match(text, figure.end)
        currency = self._currencies.get(match["c"].strip()) if match else None
        if match is None or currency is None:
            return figure
        if figure.currency and "¥" not in text[figure.start : figure.end]:
            return figure
        return figure._replace(currency=currency, end=match.end())


def _is_bare(figure: Figure) -> bool:
    return figure.kind == "price" and figure.currency is None and figure.per != "percent"


def _in_cents(text: str, figure: Figure) -> bool:
    """9 cents a row: of which currency, the list may say."""
    if figure.kind != "price" or figure.currency != "USD":
        return False
    return _CENTS.fullmatch(text, figure.start, figure.end) is not None
