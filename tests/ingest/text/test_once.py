"""An attribute that is worked out once for each instance."""

from ingest.text.once import once
from ingest.text.scan import holds_one


class _Counted:
    def __init__(self, start: int) -> None:
        self.start = start
        self.asked = 0

    @once
    def double(self) -> int:
        """Twice the start."""
        self.asked += 1
        return 2 * self.start


def test_each_instance_works_its_own_value_out_once() -> None:
    one, other = _Counted(1), _Counted(2)
    assert [one.double, one.double, other.double] == [2, 2, 4]
    assert (one.asked, other.asked) == (1, 1)
    assert _Counted.double.__doc__ == "Twice the start."


def test_one_of_a_few_words() -> None:
    assert holds_one("出股民料", ("网贷", "股民"))
    assert not holds_one("出股民料", ("网贷",))
    assert not holds_one("出股民料", ())
