"""Scene: service lines of the groups: joins, invitations, pins, titles, welcomes of the host."""

from datetime import timedelta

from demo.cast import CAST, CROWD, Person, name_on
from demo.rng import Rng
from demo.venues import QQ, TELEGRAM, VENUES, watched
from demo.world import Message, World, at, later

_HOSTS = {"shuju": "guanli", "danbao": "danbaoguan", "chuhai": "chuhaiadmin"}
_WELCOME = ("欢迎新人 先看置顶再说话", "欢迎 交易走担保 谨防假冒", "新进群的改一下备注")


def _service(
    world: World, venue: str, day: str, who: Person, action: str, rng: Rng, *members: Person
) -> Message:
    when = at(day, rng.between(8, 22), rng.below(60))
    line = Message(VENUES[venue], when, who, (), action=action, members=members)
    return world.add(line)


def _arrival(world: World, venue: str, day: str, rng: Rng) -> None:
    host, member = CAST[_HOSTS[venue]], rng.pick(CROWD[venue])
    if rng.chance(70):
        line = _service(world, venue, day, member, "join_group_by_link", rng, host)
    else:
        inviter = rng.pick(CROWD[venue])
        line = _service(world, venue, day, inviter, "invite_members", rng, member)
    if rng.chance(45) and venue != "chuhai":
        world.say(venue, host.key, later(line, rng.between(1, 20)), rng.pick(_WELCOME))


def _telegram(world: World, venue: str) -> None:
    rng, day = world.rng("arrivals", venue), VENUES[venue].start
    while day <= VENUES[venue].end:
        if watched(venue, day):
            _arrival(world, venue, day.isoformat(), rng)
        day += timedelta(days=rng.between(4, 9))
    title = _service(world, venue, "2023-12-31", CAST[_HOSTS[venue]], "edit_group_title", rng)
    title.heading = VENUES[venue].name
    rules = next(m for m in world.of(venue) if m.person.key == _HOSTS[venue] and not m.action)
    pin = _service(world, venue, "2024-01-01", CAST[_HOSTS[venue]], "pin_message", rng)
    pin.reply = rules


def _qq(world: World, venue: str) -> None:
    rng = world.rng("arrivals", venue)
    days = sorted({m.when.date() for m in world.messages if m.venue.key == venue})
    for day in rng.sample(days, 26):
        member = rng.pick(CROWD[venue])
        line = _service(world, venue, day.isoformat(), member, "join", rng)
        name = name_on(member, day.isoformat())
        line.parts = (
            f"{name}({member.number}){rng.pick(('加入本群。', '加入本群。', '退出本群。'))}",
        )


def play(world: World) -> None:
    """Adds the service lines of every group."""
    for venue in TELEGRAM:
        _telegram(world, venue)
    for venue in QQ:
        _qq(world, venue)
