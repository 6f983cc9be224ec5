import pytest

from evidence.errors import DataError
from graph.store.twice import Ids


def test_one_id_twice_is_refused() -> None:
    ids = Ids()
    ids.add(["post:1", "post:2"])
    ids.add(["post:3", "post:1"])
    with pytest.raises(DataError, match="two elements"):
        ids.refuse_twice(lambda: ["post:1", "post:2", "post:3", "post:1"])


def test_two_ids_with_the_same_eight_bytes_are_two() -> None:
    ids = Ids()
    ids.add(["post:1", "post:1"])
    ids.refuse_twice(lambda: ["post:1", "post:2"])


def test_ids_are_asked_for_again_only_in_doubt() -> None:
    def never() -> list[str]:
        raise AssertionError

    ids = Ids()
    ids.refuse_twice(never)
    ids.add(map(str, range(10_000)))
    ids.refuse_twice(never)
