"""Learns which words of an ad name goods, and which goods; and how well that tells a new hand's.

`python -m benchmarks.named` leaves out each hand in turn, and the authors of the development half
in four lots, and prints the goods read by the rules alone and with what was learned. `--write`
learns from all of them and writes the weights.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import msgspec

from benchmarks import gold, scores
from benchmarks.named_weights import Known, learn
from ingest.extract import Rules, extract
from ingest.extract.goods_features import (
    EDGES,
    Run,
    goods_features,
    marks_of,
    piece_features,
    run_features,
    word_features,
)
from ingest.extract.named import OTHER, Named, Weights, rows_of
from ingest.extract.pieces import plain_pieces
from ingest.extract.products import goods_tokens
from ingest.extract.scene import Scene
from ingest.extract.tokens import GOODS, Token
from ingest.lexicon.load import packaged_path
from ingest.records import Listing, Span, Text
from tests.ads import HANDS, digest, lines

LOTS: Final = 4
OF_HANDS, OF_HALF = 1.0, 1.5
"""What one ad of each counts; the half is annotated to the definitions of the record."""


class Marked(msgspec.Struct, frozen=True):
    """An ad and where it names which goods. `whole`: each mention is marked, not one of each."""

    text: str
    goods: tuple[tuple[Span, str], ...]
    whole: bool


class Noting(Named):
    """Keeps what it is asked about, and all goods."""

    def __init__(self) -> None:
        super().__init__(Weights())
        self.asked: list[tuple[Scene, list[Token]]] = []

    def kept(self, scene: Scene, goods: list[Token]) -> list[Token]:
        self.asked.append((scene, goods))
        return goods


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table, or write the weights."""
    rules = Rules.load()
    lots = _lots()
    known = {name: [_known(one, rules) for one in some] for name, some in lots.items()}
    terms = list(_terms(rules))
    if "--write" in (sys.argv[1:] if arguments is None else arguments):
        _write(learn([one for some in known.values() for one in some], terms))
    else:
        print("\n".join(_table(rules, lots, known, terms)))


def _lots() -> dict[str, list[Marked]]:
    """What is left out together: a hand, or authors of the development half."""
    found = {hand: list(_of(hand)) for hand in HANDS}
    authors = sorted({message.id[0] for message in gold.messages("development")})
    for number in range(LOTS):
        names = authors[number::LOTS]
        found["".join(names) + " of the half"] = list(_annotated(names))
    return found


def _of(hand: str) -> Iterator[Marked]:
    for line in lines(hand):
        if line.is_ad:
            names = (name for _, name in line.goods)
            yield Marked(line.text, tuple(zip(line.places, names, strict=True)), whole=True)


def _annotated(authors: Sequence[str]) -> Iterator[Marked]:
    for message in gold.messages("development"):
        items = [item for listing in message.listings for item in listing]
        acts = {item.key[0] for item in items if item.slot == "polarity"}
        if message.id[0] in authors and acts - {"warning"}:
            goods = {(i.span, str(i.key[0])) for i in items if i.slot == "products" and i.span}
            yield Marked(message.text, tuple(sorted(goods)), whole=False)


def _known(marked: Marked, rules: Rules) -> Known:
    scene = _scene(marked.text, rules)
    found = scene.pieces
    written = [scene.written(piece.start, piece.end)[1] for piece in found]
    runs = [(run, name) for span, name in marked.goods if (run := _run(written, span))]
    named = {number for run, _ in runs for number in range(run.first, run.last + 1)}
    open_ = set() if marked.whole else _unmarked(scene, written, marked)
    names = [*EDGES, *(piece.name for piece in found), *EDGES]
    marks = [*EDGES, *marks_of(scene), *EDGES]
    return Known(
        weight=OF_HANDS if marked.whole else OF_HALF,
        pieces=[
            (piece_features(names, marks, at), at in named)
            for at in range(len(found))
            if at in named or at not in open_
        ],
        runs=[(run_features(scene, run), name) for run, name in runs],
        read=list(_read(marked, rules)),
    )


def _read(marked: Marked, rules: Rules) -> Iterator[tuple[set[str], bool]]:
    """Words that the rules take for goods of a listing, and whether the ad names those goods."""
    packaged, rules.named = rules.named, (noting := Noting())
    [reading] = extract([Text("", marked.text)], rules)
    rules.named = packaged
    if any(listing.polarity != "warning" for listing in reading.listings):
        named = {name for _, name in marked.goods}
        for scene, goods in noting.asked:
            yield from ((goods_features(scene, goods, g), g.id in named) for g in goods)


def _scene(text: str, rules: Rules) -> Scene:
    normal, hits = rules.views.view(text)
    return Scene(Text("", text), normal, hits, rules)


def _run(written: Sequence[Span], span: Span) -> Run | None:
    touched = [n for n, (start, end) in enumerate(written) if start < span[1] and span[0] < end]
    return Run(touched[0], touched[-1]) if touched else None


def _unmarked(scene: Scene, written: Sequence[Span], marked: Marked) -> set[int]:
    """Pieces of further mentions: one of each goods is annotated, so these are neither."""
    ids = {name for _, name in marked.goods}
    spans = [scene.written(t.start, t.end)[1] for t in goods_tokens(scene) if t.id in ids]
    for quote in {marked.text[start:end] for (start, end), _ in marked.goods}:
        place = marked.text.find(quote)
        while place >= 0:
            spans.append((place, place + len(quote)))
            place = marked.text.find(quote, place + 1)
    return {
        number
        for number, (start, end) in enumerate(written)
        if any(start < last and first < end for first, last in spans)
    }


def _terms(rules: Rules) -> Iterator[tuple[set[str], str]]:
    """Terms of the lexicon that stand for one kind of goods."""
    for term, senses in sorted(rules.lexicon.terms.items()):
        ids = {s.canonical for s in senses if s.canonical.split("/")[0] in GOODS}
        small = term.lower()
        if len(ids) == 1 and len(small) > 1:
            yield (
                word_features([piece.name for piece in plain_pieces(small, 0, len(small))]),
                ids.pop(),
            )


def _table(
    rules: Rules,
    lots: Mapping[str, Sequence[Marked]],
    known: Mapping[str, Sequence[Known]],
    terms: Sequence[tuple[set[str], str]],
) -> Iterator[str]:
    yield "| left out | ads | rules: precision | recall | F1 | both: precision | recall | F1 |"
    yield "| --- |" + " ---: |" * 7
    sums = scores.Count(), scores.Count()
    for name, left in lots.items():
        others = [one for other, some in known.items() if other != name for one in some]
        counts = (
            _count(rules, left, Named(Weights())),
            _count(rules, left, Named(learn(others, terms))),
        )
        for total, count in zip(sums, counts, strict=True):
            total.add(count)
        yield _row(name, len(left), counts)
    yield _row("all", sum(map(len, lots.values())), sums)


def _row(name: str, number: int, counts: tuple[scores.Count, scores.Count]) -> str:
    cells = (f"{c.precision:.3f} | {c.recall:.3f} | {c.f1:.3f}" for c in counts)
    return f"| {name} | {number} | {' | '.join(cells)} |"


def _count(rules: Rules, left: Sequence[Marked], named: Named) -> scores.Count:
    """Goods of each ad that is read as one; the same id counts once."""
    packaged, rules.named = rules.named, named
    batch = [Text(str(number), one.text) for number, one in enumerate(left)]
    total = scores.Count()
    for reading, one in zip(extract(batch, rules), left, strict=True):
        if listings := [x for x in reading.listings if x.polarity not in {"none", "warning"}]:
            total.add(_compared({name for _, name in one.goods} - {OTHER}, listings))
    rules.named = packaged
    return total


def _compared(wanted: set[str], listings: Sequence[Listing]) -> scores.Count:
    got = {product.id for listing in listings for product in listing.products}
    return scores.Count(len(wanted & got), len(got - wanted), len(wanted - got))


def _write(weights: Weights) -> None:
    written = "\n".join(f"{key}\t{value}" for key, value in rows_of(weights, digest()))
    packaged_path("named").write_text(f"feature\tweights\n{written}\n", "utf-8")


if __name__ == "__main__":
    main()
