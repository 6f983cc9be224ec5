from datetime import UTC, date, datetime

import msgspec
import pytest

from evidence.errors import UsageError
from queries.header import Bilingual, Column, Header, Param
from queries.parameters import bind, describe


def header(**params: Param) -> Header:
    both = Bilingual("x", "x")
    return Header(
        id="p.q",
        version="1.0.0",
        title=both,
        question=both,
        params=params,
        returns={"x": Column("str", key=True)},
    )


def one(param: Param, value: object) -> object:
    return bind(header(x=param), {"x": value})["x"]


def test_texts_become_values() -> None:
    assert one(Param("int"), "4") == 4
    assert one(Param("float"), "0.5") == 0.5
    assert one(Param("bool"), "no") is False
    assert one(Param("date"), "2021-03-04") == date(2021, 3, 4)
    assert one(Param("list[str]"), "a, b") == ["a", "b"]


def test_days_and_times_are_read_in_the_zone() -> None:
    assert one(Param("since"), "2021-03-04") == datetime(2021, 3, 3, 16, tzinfo=UTC)
    assert one(Param("until"), "2021-03-04") == datetime(2021, 3, 4, 16, tzinfo=UTC)
    assert one(Param("since"), "2021-03-04T13:06:07") == datetime(2021, 3, 4, 5, 6, 7, tzinfo=UTC)
    assert one(Param("until"), "2021-03-04T05:06:07Z") == datetime(2021, 3, 4, 5, 6, 8, tzinfo=UTC)


def test_a_day_with_a_change_of_clocks_ends_at_midnight() -> None:
    head = header(x=Param("until"))
    value = bind(head, {"x": "2021-03-28"}, "Europe/Berlin")["x"]
    assert value == datetime(2021, 3, 28, 22, tzinfo=UTC)


def test_defaults_and_absent_values() -> None:
    head = header(a=Param("int", default=4), b=Param("str"))
    assert bind(head, {}) == {"a": 4, "b": None}


@pytest.mark.parametrize(
    ("param", "value"),
    [
        (Param("int"), "four"),
        (Param("int"), True),
        (Param("int"), str(2**70)),
        (Param("int", min=1), 0),
        (Param("float", max=1.0), "1.5"),
        (Param("float", min=0.0), "nan"),
        (Param("str", choices=["a", "b"]), "c"),
        (Param("list[str]", choices=["a", "b"]), "a,c"),
        (Param("bool"), "maybe"),
        (Param("date"), "2021-02-30"),
        (Param("since"), "yesterday"),
        (Param("str"), 5),
    ],
)
def test_wrong_values_are_refused_and_the_right_ones_listed(param: Param, value: object) -> None:
    with pytest.raises(UsageError) as caught:
        one(param, value)
    assert "x (" in caught.value.hint


def test_unknown_and_missing_parameters_list_what_exists() -> None:
    head = header(product=Param("str", required=True), k=Param("int", default=2, min=1))
    for given in ({"prodcut": "x", "product": "y"}, {}, {"product": ""}):
        with pytest.raises(UsageError) as caught:
            bind(head, given)
        assert "product (str, required)" in caught.value.hint
        assert "k (int, default 2, at least 1)" in caught.value.hint


def test_described_without_parameters() -> None:
    assert describe(msgspec.structs.replace(header(), params={})) == "p.q has no parameters"
