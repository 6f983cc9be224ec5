"""Ids by number, also after the table of them was let go."""

from graph.build.numbers import Numbers

IDS = ["a:1", "a:11", "1", "a", "b:a:1", "é:1", ":1"]


def test_an_id_keeps_its_number_when_the_table_was_let_go() -> None:
    numbers = Numbers()
    given = {id_: numbers.of(id_) for id_ in IDS}
    for id_ in IDS:
        numbers.forget()
        assert numbers.known(id_) == given[id_]
        assert numbers.known(f"{id_}1x") is None
        assert numbers.of(id_) == given[id_]
    assert numbers.names() == IDS


def test_many_ids_are_asked_for_and_new_ones_come_in_between() -> None:
    numbers = Numbers()
    given = {id_: numbers.of(id_) for id_ in IDS}
    numbers.forget()
    assert numbers.of("new") == numbers.of("new") == len(IDS)
    for _ in range(3):
        assert {id_: numbers.of(id_) for id_ in IDS} == given
        assert numbers.known("new") == len(IDS)
        assert numbers.known("none") is None
    assert numbers.names() == [*IDS, "new"]


def test_ids_of_a_lot_have_the_numbers_that_each_alone_has() -> None:
    numbers = Numbers()
    known = numbers.of(IDS[0])
    assert numbers.all_of([IDS[1], IDS[0], IDS[2], IDS[1]]) == [1, known, 2, 1]
    numbers.forget()
    assert numbers.all_of([*IDS, IDS[3]]) == [*range(len(IDS)), 3]
    assert [numbers.name(number) for number in range(len(IDS))] == IDS
