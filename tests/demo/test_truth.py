"""The planted truth holds together and is written in the corpus."""

from demo.truth import truth


def test_full_chains_run_from_an_insider_to_an_end_user() -> None:
    roles = {account.id: account.roles for account in truth().accounts.values()}
    assert len(truth().chains) >= 2
    for hops in truth().chains.values():
        assert [hop.buyer for hop in hops[:-1]] == [hop.seller for hop in hops[1:]]
        assert [hop.day for hop in hops] == sorted(hop.day for hop in hops)
        assert len({hop.product for hop in hops}) == 1
        assert "insider" in roles[hops[0].seller]
        assert "end_user" in roles[hops[-1].buyer]
        assert any("middleman" in roles[hop.buyer] for hop in hops)


def test_brokers_have_matched_dealings_with_several_parties() -> None:
    assert len(truth().brokers) >= 3
    for broker in truth().brokers:
        assert len(broker.pairs) >= 4
        assert len({supply.seller for supply, _ in broker.pairs}) >= 2
        assert len({sale.buyer for _, sale in broker.pairs}) >= 2


def test_those_who_only_look_like_brokers_are_none() -> None:
    brokers = {broker.account for broker in truth().brokers}
    for accounts in truth().not_brokers.values():
        assert not brokers & set(accounts)


def test_every_dealing_is_shown_by_messages_of_its_day() -> None:
    for deal in truth().dealings:
        assert deal.spots
        assert all(spot.wall[:10] >= deal.day for spot in deal.spots)


def test_the_two_who_share_a_group_never_answer_each_other() -> None:
    left, right = truth().never_met
    for deal in truth().dealings:
        assert {left, right} != {deal.seller, deal.buyer}


def test_copies_come_later_and_from_others() -> None:
    assert len(truth().copies) >= 20
    for original, copy in truth().copies:
        assert original.wall < copy.wall
        assert original.account != copy.account


def test_every_kind_of_tie_and_many_traps_are_planted() -> None:
    assert {tie.kind for tie in truth().ties} == {
        "recruits",
        "agent_of",
        "accuses",
        "deposits",
        "swaps",
    }
    assert len(truth().traps) >= 40
    readings = {trap.reading for trap in truth().traps}
    assert readings == {"none", "offer", "request"}
