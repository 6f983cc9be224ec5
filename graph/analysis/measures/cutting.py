"""How many pairs stay joined when one more node goes, for every node in one search."""

from collections.abc import Collection

import numpy as np

from graph.analysis.measures.arrays import Arrays, Floats


def pairs_left(arrays: Arrays, gone: Collection[int]) -> Floats:
    """Ordered pairs still joined without each node and those that are gone already.

    Hopcroft and Tarjan's search for cut nodes (1973), with the sizes of what they cut off.
    """
    walk = _Walk(arrays, gone)
    for root in range(len(arrays)):
        if not walk.seen[root]:
            walk.component(root)
    return walk.whole + np.array(walk.change, dtype=np.float64)


class _Walk:
    """One depth-first search; `change` of the joined pairs, by the node that would go."""

    def __init__(self, arrays: Arrays, gone: Collection[int]) -> None:
        n = len(arrays)
        self._near = [
            row.tolist() for row in np.split(arrays.near.indices, arrays.near.indptr[1:-1])
        ]
        self.seen = [0] * n
        for number in gone:
            self.seen[number] = -1
        self._low = [0] * n
        self._size = [1] * n
        self._cut = [0] * n
        """Nodes in the pieces that each node cuts off."""
        self._pairs = [0] * n
        """Ordered pairs within those pieces."""
        self.change = [0] * n
        self.whole = 0.0

    def component(self, root: int) -> None:
        """Search all that a node reaches, then say what each of its nodes is worth."""
        order = self._search(root)
        total = len(order)
        joined = total * (total - 1)
        self.whole += joined
        for number in order:
            rest = total - 1 - self._cut[number]
            self.change[number] = self._pairs[number] + rest * (rest - 1) - joined

    def _search(self, root: int) -> list[int]:
        order, stack = [root], [(root, -1, iter(self._near[root]))]
        self.seen[root] = self._low[root] = 1
        while stack:
            number, parent, rest = stack[-1]
            for other in rest:
                if not self.seen[other]:
                    order.append(other)
                    self.seen[other] = self._low[other] = len(order)
                    stack.append((other, number, iter(self._near[other])))
                    break
                if other != parent and self.seen[other] > 0:
                    self._low[number] = min(self._low[number], self.seen[other])
            else:
                stack.pop()
                if parent >= 0:
                    self._leave(number, parent)
        return order

    def _leave(self, number: int, parent: int) -> None:
        self._size[parent] += self._size[number]
        self._low[parent] = min(self._low[parent], self._low[number])
        if self._low[number] >= self.seen[parent]:
            size = self._size[number]
            self._cut[parent] += size
            self._pairs[parent] += size * (size - 1)
