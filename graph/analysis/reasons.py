"""The reasons of a row of the ranking as sentences, in either language."""

from collections.abc import Callable, Iterator, Mapping

import msgspec

from graph.analysis.cautions import Caution, told_as_one, why
from graph.analysis.goods import plain_name
from graph.analysis.ledger import BEFORE_DAYS
from graph.analysis.ranking import SAMPLES
from graph.analysis.rows import BrokerRow, Side, Triple
from graph.analysis.wording import Wording

Text = Callable[[str], str]


def composed(words: Wording) -> str:
    """That no triple was ever stated as a whole."""
    return words.say("composed", days=BEFORE_DAYS)


class Reasons(msgspec.Struct, frozen=True):
    """Tells rows in the language of `words`.

    `day`: a UTC time of a document -> as people read it; `goods`: product id -> the words of those
    who trade in it; `name`, `identifier`: names and ids of parties as they may be shown.
    """

    words: Wording
    day: Text = str
    goods: Mapping[str, str] = {}
    name: Text = str
    identifier: Text = str

    def short(self, row: BrokerRow) -> Iterator[str]:
        """The place, the goods that pass through, and the claimed roles."""
        yield from self.standing(row)
        yield self.roles(row)

    def standing(self, row: BrokerRow) -> Iterator[str]:
        """The place, and the goods that pass through."""
        yield self.place(row)
        if row.triples:
            passed = dict.fromkeys(self.called(triple.product) for triple in row.triples)
            yield self.words.say("goods", goods=self.words.joined(passed))

    def place(self, row: BrokerRow) -> str:
        """The rank and how often it is kept, or why there is none."""
        if row.rank is None:
            reasons = (why(one, self.words) for one in row.cautions if one.unranked)
            return self.words.say("unranked", why=self.words.joined(reasons))
        return self.words.say(
            "place",
            rank=row.rank,
            of=row.ranks.of,
            top=row.ranks.top,
            kept=round(row.stability * SAMPLES),
            samples=SAMPLES,
            score=f"{row.score:.2f}",
        )

    def roles(self, row: BrokerRow) -> str:
        """The claimed roles in a sentence."""
        return self.words.say("roles", roles=self.words.joined(self.claimed(row)))

    def claimed(self, row: BrokerRow) -> list[str]:
        """The claimed roles, each with all its bases."""
        bases: dict[str, list[str]] = {}
        for told in row.roles:
            code, _, basis = told.partition(" (")
            bases.setdefault(code, []).extend(filter(None, [basis.rstrip(")")]))
        return [self._role(code, by) for code, by in bases.items()]

    def _role(self, code: str, bases: list[str]) -> str:
        role = self.words.role(code)
        by = self.words.listed(self.words.known("basis", basis) for basis in bases)
        return self.words.say("role", role=role, bases=by) if by else role

    def cautions(self, row: BrokerRow) -> Iterator[str]:
        """What to take care of; not why there is no rank."""
        yield from (self.caution(one) for one in row.cautions if not one.unranked)

    def caution(self, one: Caution) -> str:
        """One thing to take care of."""
        if one.taken is None:
            return self.words.known("warn", one.code)
        taken = msgspec.structs.replace(
            one.taken,
            account=self.identifier(one.taken.account),
            name=self.name(one.taken.name),
        )
        return told_as_one(taken, self.name(one.beside), self.words)

    def head(self, number: int, row: BrokerRow, triple: Triple) -> str:
        """From whom through whom to whom, and what."""
        through = (triple.supplier.name, row.name, triple.buyer.name)
        chain = " → ".join(map(self.name, through))
        return f"{number}. {chain}   {self.called(triple.product)}"

    def sides(self, triple: Triple) -> Iterator[tuple[str, Side]]:
        """What speaks for each side: the supplier, then the buyer."""
        yield self._side("got", triple.supplier, triple.product), triple.supplier
        yield self._side("gave", triple.buyer, triple.product), triple.buyer

    def called(self, product: str) -> str:
        """Goods with their name in the trade."""
        plain, said = plain_name(product), self.goods.get(product)
        return self.words.say("called", plain=plain, said=said) if said else plain

    def when(self, side: Side) -> str:
        """The last time of a side."""
        return self.words.say("undated") if side.date is None else self.day(side.date)

    def by(self, side: Side) -> str:
        """By which kinds of evidence a side is known."""
        return self.words.listed(self.words.known("by", kind) for kind in side.evidence)

    def _side(self, key: str, side: Side, product: str) -> str:
        who = self.words.say("party", name=self.name(side.name), id=self.identifier(side.id))
        told = [self.by(side), *self._read(side, product)]
        return self.words.say(key, who=who, when=self.when(side), by=self.words.joined(told))

    def _read(self, side: Side, product: str) -> Iterator[str]:
        """What a side says of the goods, where it does not tell those of the triple."""
        if side.product == product:
            return
        words = self.words
        read = words.say("read.untold")
        if side.product is not None:
            read = words.say("read.as", goods=plain_name(side.product))
        signs = words.listed(words.known("sign", sign) for sign in side.goods_by)
        if signs:
            yield words.say("read.likely", read=read, signs=signs)
        else:
            yield read if side.product is None else words.say("read.perhaps", read=read)
