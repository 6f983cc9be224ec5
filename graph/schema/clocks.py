"""Properties that say when this machine did something: two runs over one archive differ in them."""

CLOCKS: dict[str, frozenset[str]] = {
    "Build": frozenset({"built_at"}),
    "Run": frozenset({"started_at", "ended_at"}),
    "Claim": frozenset({"created_at"}),
    "File": frozenset({"captured_at"}),
}
