import pytest

from evidence.errors import StoreError
from graph.store.address import Address, from_environment, is_loopback, refuse_unsafe

SECRET = "very-secret"


def test_read_from_the_environment() -> None:
    environment = {
        "NEO4J_URI": "bolt://127.0.0.1:7687",
        "NEO4J_USERNAME": "reader",
        "NEO4J_PASSWORD": SECRET,
    }
    address = from_environment(environment, "team")
    assert (address.uri, address.database) == ("bolt://127.0.0.1:7687", "team")
    assert address.credentials == ("reader", SECRET)
    assert SECRET not in repr(address)
    assert from_environment({**environment, "NEO4J_DATABASE": "x"}, "team").database == "x"


def test_no_address_says_what_to_set() -> None:
    with pytest.raises(StoreError) as caught:
        from_environment({})
    assert "NEO4J_URI" in caught.value.hint


@pytest.mark.parametrize(
    ("uri", "password", "allowed"),
    [
        ("bolt://127.0.0.1:7687", None, True),
        ("bolt://localhost", None, True),
        ("neo4j://[::1]:7687", None, True),
        ("bolt://db.example.org:7687", SECRET, False),
        ("neo4j://10.0.0.7", SECRET, False),
        ("bolt+ssc://db.example.org", SECRET, False),
        ("bolt+s://db.example.org", SECRET, True),
        ("neo4j+s://db.example.org", None, False),
        ("bolt+s://db.example.org", "", False),
        ("bolt://localhost.example.org", SECRET, False),
        ("http://127.0.0.1:7474", None, False),
        ("127.0.0.1:7687", None, False),
        ("bolt://", None, False),
        (f"bolt://user:{SECRET}@127.0.0.1", None, False),
    ],
)
def test_what_is_unsafe_is_refused(uri: str, password: str | None, allowed: bool) -> None:
    address = Address(uri, password=password)
    if allowed:
        refuse_unsafe(address, allow_plain=False)
        return
    with pytest.raises(StoreError) as caught:
        refuse_unsafe(address, allow_plain=False)
    assert caught.value.code == 4
    shown = f"{caught.value.message} {caught.value.hint} {caught.value.where}"
    assert SECRET not in shown


def test_plain_is_taken_where_asked_for() -> None:
    refuse_unsafe(Address("bolt://db.example.org"), allow_plain=True)


def test_loopback() -> None:
    assert is_loopback("127.8.9.1")
    assert not is_loopback("127.0.0.1.example.org")
