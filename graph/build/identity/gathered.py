"""Signs by pair of accounts, with the posts that show them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from graph.build.rows import Post
from graph.resolve.signs import Kind, Pair, Sign, pair


class Gathered:
    """Filled in from many sides."""

    def __init__(self, left_out: Iterable[str] = ()) -> None:
        self.posts: dict[str, Post] = {}
        self._left_out = frozenset(left_out)
        self._signs: dict[Pair, list[Sign]] = defaultdict(list)

    def add(
        self,
        one: str,
        two: str,
        kind: Kind,
        words: str,
        posts: Iterable[Post] = (),
        share: float = 1.0,
    ) -> None:
        """Adds a sign, unless an account serves many or both are the same."""
        if one == two or self._left_out & {one, two}:
            return
        shown = list(posts)
        self.posts.update((post.id, post) for post in shown)
        dated = tuple(post.dated for post in shown)
        self._signs[pair(one, two)].append(Sign(kind, words, dated, share))

    def add_all(
        self, by_account: dict[str, list[Post]], kind: Kind, words: str, share: float
    ) -> None:
        """The same sign for each two of these accounts."""
        for one, two in combinations(sorted(by_account), 2):
            self.add(one, two, kind, words, [*by_account[one], *by_account[two]], share)

    def __iter__(self) -> Iterator[tuple[Pair, tuple[Sign, ...]]]:
        for both in sorted(self._signs):
            yield both, tuple(self._signs[both])
