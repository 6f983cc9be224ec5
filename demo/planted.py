"""Invented victims: samples with valid checksums that nobody owns, and what must never be kept.

Regions end in 99 and births lie around 1910, phones are in segment 0000, cards carry unused
prefixes, mail is at example.com, foreign numbers are those reserved for fiction.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from demo.rng import SEED, Rng

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_SPOKEN = str.maketrans("0123456789", "零幺二三四五六七八九")


@dataclass(frozen=True)
class Planted:
    """An identifier: its kind, its plain value, and how it stands in the corpus."""

    kind: str
    value: str
    written: str


@dataclass(frozen=True)
class Victim:
    """A person who does not exist."""

    name: str
    phone: str
    identity_number: str
    bank_card: str
    address: str
    email: str


@dataclass(frozen=True)
class Sample:
    """Sample rows as somebody posts them, with what is planted in them."""

    text: str
    planted: tuple[Planted, ...]


def identity_check(body: str) -> str:
    """The check character of 17 digits (GB 11643)."""
    return _CHECKS[sum(w * int(d) for w, d in zip(_WEIGHTS, body, strict=True)) % 11]


def luhn_check(body: str) -> str:
    """The check digit that completes a card number (ISO/IEC 7812)."""
    total = 0
    for place, digit in enumerate(reversed(body)):
        double = int(digit) * 2 if place % 2 == 0 else int(digit)
        total += double - 9 if double > 9 else double
    return str(-total % 10)


def _victim(rng: Rng) -> Victim:
    name = rng.pick("赵钱孙周吴郑冯陈沈韩蒋许") + rng.pick("霁屿砚珩翊旖琤")
    name += rng.pick("岚桐秋蘅汐翎甯") if rng.chance(85) else ""
    phone = rng.pick(("131", "139", "152", "158", "177", "186")) + "0000" + rng.digits(4)
    region = rng.pick(("320199", "330199", "440199", "510199", "110199"))
    birth = f"19{rng.between(3, 19):02d}{rng.between(1, 12):02d}{rng.between(10, 28)}"
    body = region + birth + rng.digits(3)
    card = rng.pick(("622999", "621999")) + rng.digits(12)
    address = (
        f"{rng.pick(('浙江省', '江苏省', '四川省'))}{rng.pick(('云州市', '临渚市', '青澜市'))}"
        f"{rng.pick(('南屏区', '雁回区', '石浦镇'))}{rng.pick(('杏花路', '观澜街', '望舒大道'))}"
        f"{rng.between(2, 980)}号{rng.between(1, 30)}幢{rng.between(101, 2805)}室"
    )
    return Victim(
        name,
        phone,
        body + identity_check(body),
        card + luhn_check(card),
        address,
        f"v{rng.digits(7)}@example.com",
    )


class _Writer:
    """Collects what is planted while a sample is written."""

    def __init__(self) -> None:
        self.found: list[Planted] = []

    def put(self, victim: Victim, kind: str, written: str = "") -> str:
        value = str(getattr(victim, kind))
        self.found.append(Planted(kind, value, written or value))
        return written or value

    def other(self, kind: str, value: str) -> str:
        self.found.append(Planted(kind, value, value))
        return value


def _joined(kinds: str, between: str) -> Callable[[_Writer, Victim], str]:
    def write(writer: _Writer, victim: Victim) -> str:
        return between.join(writer.put(victim, kind) for kind in kinds.split())

    return write


def _grouped(text: str, sizes: tuple[int, ...], between: str) -> str:
    starts = [sum(sizes[:place]) for place in range(len(sizes) + 1)]
    ends = [*starts[1:], len(text)]
    return between.join(text[a:b] for a, b in zip(starts, ends, strict=True) if text[a:b])


def _labels(writer: _Writer, victim: Victim) -> str:
    head = f"姓名：{writer.put(victim, 'name')}\n电话：{writer.put(victim, 'phone')}\n"
    return f"{head}住址：{writer.put(victim, 'address')}"


def _spoken(writer: _Writer, victim: Victim) -> str:
    phone = writer.put(victim, "phone", victim.phone.translate(_SPOKEN))
    return f"{writer.put(victim, 'name')} {phone} {writer.put(victim, 'address')}"


def _card(writer: _Writer, victim: Victim) -> str:
    card = _grouped(victim.bank_card, (4, 4, 4, 4), " ")
    return f"{writer.put(victim, 'name')} 卡号 {writer.put(victim, 'bank_card', card)}"


def _hidden(writer: _Writer, victim: Victim) -> str:
    phone = _grouped(victim.phone, (3, 4, 4), "-").translate(_WIDE)
    number = _grouped(victim.identity_number, (6, 8), " ")
    head = f"{writer.put(victim, 'name')} {writer.put(victim, 'phone', phone)}"
    return f"{head} {writer.put(victim, 'identity_number', number)}"


def _english(writer: _Writer, victim: Victim) -> str:
    tail = victim.phone[-2:]
    first, last = ("Odalys", "Barnaby", "Perpetua"), ("Quillfeather", "Thistlewick", "Wrenfield")
    name = f"{first[int(tail[0]) % 3]} {last[int(tail[1]) % 3]}"
    street = f"{int(tail) + 10} Larkspur Lane, Apt {int(tail) // 3 + 1}, Nowhere, TX"
    phone, number = f"202-555-01{tail}", f"987-65-43{tail[1]}0"
    fields = (("name", name), ("phone", phone), ("address", street), ("email", victim.email))
    row = " | ".join(writer.other(kind, value) for kind, value in fields)
    return f"{row} | SSN {writer.other('identity_number', number)}"


def _passport(writer: _Writer, victim: Victim) -> str:
    return f"护照号 {writer.other('identity_number', 'E0000' + victim.phone[-4:])}"


# Manner of writing, how many samples of it, and its writer.
_MANNERS: tuple[tuple[str, int, Callable[[_Writer, Victim], str]], ...] = (
    ("dashes", 2, _joined("name phone identity_number address", "----")),
    ("pipes", 2, _joined("name identity_number bank_card phone", "|")),
    ("commas", 2, _joined("name phone address email", ",")),
    ("tabs", 2, _joined("name identity_number phone", "\t")),
    ("labels", 2, _labels),
    ("spoken", 2, _spoken),
    ("card", 2, _card),
    ("hidden", 2, _hidden),
    ("english", 2, _english),
    ("passport", 1, _passport),
    ("alone", 1, _joined("identity_number", "")),
    ("cardalone", 1, _joined("bank_card", "")),
)


@cache
def samples() -> dict[str, Sample]:
    """The samples by the manner in which they are written."""
    rng = Rng(SEED, "victims")
    made: dict[str, Sample] = {}
    for manner, copies, write in _MANNERS:
        for copy in range(copies):
            writer = _Writer()
            text = write(writer, _victim(rng))
            made[f"{manner}{copy}"] = Sample(text, tuple(writer.found))
    return made


def planted() -> tuple[Planted, ...]:
    """Every planted identifier of the corpus."""
    return tuple(item for sample in samples().values() for item in sample.planted)
