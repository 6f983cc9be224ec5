"""Parts of `evidence`: what was read from the posts behind an id, and the whole chain."""

from commands.session import Session
from commands.which import which

POSTS = (
    "post",
    "time",
    "sender",
    "kind",
    "file",
    "place",
    "offset",
    "shown",
    "text",
    "records",
    "claims",
    "read_by",
)
SEEN_POSTS = ("place", "time", "sender", "kind", "post", "records", "text")
LINKS = ("step", "id", "of", "place", "said")


def meant(session: Session, text: str) -> str:
    """The id that an id, its beginning, `@handle`, or a file's hash or path stands for."""
    from graph.explore.files import file_meant

    file = None if text.startswith("@") else file_meant(session.archive.connection, text)
    return which(session, text) if file is None else file


def show_posts(session: Session, known: str) -> int:
    """The posts behind an id in the order of their files; how many rows."""
    from graph.explore.reading import read_posts

    posts = _posts(session, known)
    found = read_posts(session.archive, posts, known if known.startswith("file:") else None)
    columns = SEEN_POSTS if session.out.human else POSTS
    session.out.rows([{name: getattr(one, name) for name in columns} for one in found], columns)
    session.out.note("Next: heichan evidence POST --chain")
    return len(found)


def show_chain(session: Session, known: str) -> int:
    """Runs and files above the posts behind an id, records, claims and ties below; rows."""
    from graph.explore.chain import chain

    found = chain(session.store, session.archive, _posts(session, known))
    session.out.rows([{name: getattr(one, name) for name in LINKS} for one in found], LINKS)
    session.out.note("Next: heichan evidence ID --chain with any id of it goes on from there")
    return len(found)


def _posts(session: Session, known: str) -> list[str]:
    from graph.explore.evidence import evidence

    found = evidence(session.store, session.archive, known)
    posts = (quote.post for quote in found if quote.post.startswith("post:"))
    return list(dict.fromkeys(posts))
