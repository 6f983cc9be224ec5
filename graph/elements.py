"""Nodes and relationships as the build derives them and the stores hold them."""

from datetime import date, datetime

import msgspec

Scalar = str | int | float | bool | date | datetime
Value = Scalar | list[str] | list[int] | list[float]


class Node(msgspec.Struct, frozen=True):
    """A node: `label` is its one fixed first label; `props` holds no `id` and no nulls."""

    id: str
    label: str
    props: dict[str, Value]


class Relationship(msgspec.Struct, frozen=True):
    """A relationship; `props` holds no `id` and no nulls."""

    id: str
    type: str
    start: str
    start_label: str
    end: str
    end_label: str
    props: dict[str, Value]


class Graph(msgspec.Struct, frozen=True):
    """A whole graph, nodes and relationships sorted by id."""

    nodes: list[Node]
    relationships: list[Relationship]
