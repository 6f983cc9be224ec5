"""From the archive to the graph: one pass over each concern, in a fixed order."""

from collections.abc import Callable

from evidence.archive.archive import Archive
from evidence.corrections.claims import keep_claims
from evidence.media.link import link_media
from evidence.pace import Progress
from evidence.settings import Settings
from graph.build.accounts import add_accounts
from graph.build.activity import add_activity, add_seen
from graph.build.apart import Apart, Here, read_apart
from graph.build.clusters import Kinships, keep_families
from graph.build.collecting import uncollected
from graph.build.contacts import Uses, add_uses
from graph.build.draft import Draft
from graph.build.families import Families
from graph.build.findings import add_findings
from graph.build.handling import add_handling
from graph.build.identity.candidates import add_identity
from graph.build.interactions import add_adverts, add_interactions, add_mentions
from graph.build.knowledge import add_assertions, add_founded
from graph.build.listings import add_listings
from graph.build.memberships import add_memberships
from graph.build.parties import Parties
from graph.build.posts import add_posts, add_replies
from graph.build.provenance import add_provenance, add_watched
from graph.build.records import Records
from graph.build.role_features import Features
from graph.build.roles import accused_of, add_roles, done, issued, own_words
from graph.build.shared import add_shared
from graph.build.speech import add_speech, pairs_noticed
from graph.build.ties import add_ties, find_pieces
from graph.build.world import World
from graph.elements import Graph

_STAGES = 6


def derive(
    archive: Archive,
    settings: Settings,
    progress: Progress | None = None,
    *,
    expect: Callable[[Graph], None] | None = None,
) -> Graph:
    """The whole graph but its Build node; fills the archive's tables of pieces and families.

    `expect` is told several times what of it there is; relationships stay as they are then.
    """
    report = progress or _silent
    with (
        uncollected(),
        read_apart(archive.connection, archive.path) as apart,
        archive.transaction() as connection,
    ):
        link_media(connection)
        world = World(connection, settings)
        world.draft = Draft(archive.path.parent)
        keep_claims(connection, world.corrections)
        report("derive", 1, _STAGES)
        add_provenance(world)
        add_accounts(world)
        add_seen(world)
        ready = _telling(world, expect)
        add_listings(world)
        ready()
        add_watched(world, add_activity(world))
        ready()
        report("derive", 2, _STAGES)
        _derive_evidence(world, apart, report, ready)
        graph = world.draft.graph()
        if expect is not None:
            expect(graph)
        return graph


def _derive_evidence(
    world: World, apart: Apart | Here, report: Progress, ready: Callable[[], None]
) -> None:
    early = len(world.needed)
    replies = add_posts(world)
    families = apart.families()
    keep_families(world.connection, families)
    kinships = Kinships(world, families)
    kinships.add()
    ready()
    report("derive", 3, _STAGES)
    _derive_dealings(world, families, apart, report)
    kinships.add()
    add_assertions(world)
    add_replies(world, replies + add_posts(world, early))
    add_handling(world)
    report("derive", 6, _STAGES)


def _derive_dealings(
    world: World, families: Families, apart: Apart | Here, report: Progress
) -> None:
    """All that takes uses, parties and pieces, which the posts need no more."""
    led, copies = families.first_posters(listing.post for listing in world.listings)
    uses = Uses(world, copies)
    parties = Parties(world, uses)
    add_uses(world, uses)
    add_adverts(world)
    add_memberships(world, parties)
    add_interactions(world, parties)
    report("derive", 4, _STAGES)
    words = apart.words()
    pieces = find_pieces(world, parties, uses, words.calling)
    add_ties(world, pieces)
    accused = add_speech(world, parties)
    issuers = add_shared(world, pairs_noticed(world, parties))
    add_findings(world, list(Records(world.connection).findings()))
    add_founded(world)
    add_identity(world, parties, uses, families, pieces, issuers, words)
    report("derive", 5, _STAGES)
    deeds = [
        *own_words(world),
        *done(pieces),
        *issued(world, issuers),
        *accused_of(world, accused),
    ]
    add_roles(world, deeds, Features(world, uses, pieces, issuers, led, copies), families)
    add_mentions(world, parties)


def _telling(world: World, expect: Callable[[Graph], None] | None) -> Callable[[], None]:
    """What tells of all that there is now; the rest is derived meanwhile."""

    def tell() -> None:
        if expect is not None:
            expect(world.draft.so_far())

    return tell


def _silent(stage: str, done: int, total: int | None) -> None:
    """Shows nothing."""
