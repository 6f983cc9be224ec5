import hmac
from pathlib import Path
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from evidence.archive.claims import act_claim, listing_span, slot_claims
from evidence.archive.cleaning import text_key
from evidence.archive.occurrences import Occurrences, Triple
from evidence.case import create_case
from ingest.records import Act, ContactRef, Listing, Party, Price, ProductRef, SourceClaim

_TRIPLES = st.lists(
    st.tuples(st.sampled_from("uv"), st.sampled_from("ab"), st.sampled_from(["1", "2", "3", ""])),
    max_size=60,
)


def _counted(triples: list[Triple]) -> list[int]:
    return [triples[: n + 1].count(triple) for n, triple in enumerate(triples)]


@given(_TRIPLES, st.integers(1, 9))
def test_occurrences_count_from_one_in_any_order_and_any_chunks(
    triples: list[Triple], size: int
) -> None:
    occurrences = Occurrences()
    numbers: list[int] = []
    for start in range(0, len(triples), size):
        numbers += occurrences.number(triples[start : start + size])
    occurrences.close()
    assert numbers == _counted(triples)


def test_occurrences_of_a_file_in_order_and_out_of_order_agree() -> None:
    triples = [("v", f"a{n % 3}", f"2021-01-01T00:00:{n // 5:02d}") for n in range(200)]
    ordered = Occurrences()
    assert ordered.number(triples) == _counted(triples)
    shuffled = Random(3).sample(triples, len(triples))
    mixed = Occurrences()
    assert mixed.number(shuffled) == _counted(shuffled)
    mixed.close()


def _listing() -> Listing:
    return Listing(
        post="p",
        listing=0,
        text="",
        lang="zh",
        voice="own",
        polarity="offer",
        confidence=0.9,
        products=(ProductRef("product/stock_leads", "股民", (2, 4)),),
        sources=tuple(
            SourceClaim(f"org/operator/cn/{name}", name, "extraction_point", "三网", (6, 8), True)
            for name in ("china_mobile", "china_unicom", "china_telecom")
        ),
        prices=(Price(0.3, "USDT", "record", 500, "0.3U", (10, 14)),),
        contacts=(ContactRef("telegram", "demo", "@demo", (20, 25), "seller"),),
    )


def test_each_slot_value_is_one_claim_with_an_id_of_its_own() -> None:
    claims = slot_claims(_listing(), "post:1", "listing:1")
    assert [claim.kind for claim in claims] == [
        *("product", "source", "source", "source", "price", "contact")
    ]
    assert len({claim.id for claim in claims}) == 6
    assert claims[4].code == "0.3 USDT record 500"
    assert claims[0].id != slot_claims(_listing(), "post:2", "listing:1")[0].id
    assert listing_span(_listing()) == (2, 25)


def test_acts_towards_different_parties_are_different_claims() -> None:
    def act(name: str) -> Act:
        party = Party("praised", "handle", name, f"@{name}", (1, 2))
        return Act(kind="vouch", span=(0, 3), quote="x", parties=(party,))

    assert act_claim(act("a"), "post:1", None) != act_claim(act("b"), "post:1", None)
    assert act_claim(act("a"), "post:1", None) == act_claim(act("a"), "post:1", None)


def test_a_transaction_that_fails_leaves_nothing(tmp_path: Path) -> None:
    case = create_case(tmp_path / "c")
    with case.archive() as archive:
        try:
            with archive.transaction() as connection:
                connection.execute("INSERT INTO setting VALUES ('a', 'b')")
                raise KeyboardInterrupt
        except KeyboardInterrupt:
            pass
        assert archive.connection.execute("SELECT * FROM setting WHERE name = 'a'").fetchall() == []


@given(st.text(), st.binary(max_size=100))
def test_the_key_of_a_text_is_its_hmac(text: str, secret: bytes) -> None:
    written = b"text\x1f" + text.encode("utf-8", "surrogatepass")
    assert text_key(text, secret) == hmac.digest(secret, written, "sha256")
