"""From the archive to the graph, and from the graph to the store."""

from graph.build.derive import derive
from graph.build.run import BuildReport, build
from graph.build.snapshot import snapshot

__all__ = ["BuildReport", "build", "derive", "snapshot"]
