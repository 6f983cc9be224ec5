"""The scenes of a world, in the order they are played."""

from collections.abc import Callable

from benchmarks.worlds.scenes import (
    accounts,
    broking,
    chatter,
    copying,
    posting,
    selling,
    stock,
    talkers,
)
from benchmarks.worlds.stage import Stage

SCENES: tuple[Callable[[Stage], None], ...] = (
    posting.standing_adverts,
    posting.standing_requests,
    selling.direct,
    selling.shops,
    selling.own_needs,
    stock.holders,
    broking.brokers,
    broking.once,
    broking.recruiting,
    copying.copycats,
    copying.spammers,
    copying.focused,
    copying.spam_answers,
    talkers.self_styled,
    talkers.second_hand,
    talkers.moderators,
    accounts.moves,
    accounts.praise,
    chatter.fill,
)
