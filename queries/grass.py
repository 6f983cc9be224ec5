"""A style file for Neo4j Browser: nodes by their readable name, one colour a label."""

from graph.schema import NODE_KINDS, RELATIONSHIP_KINDS

# Okabe and Ito's colours, which people with colour blindness can tell apart, and their tints.
_COLOURS = (
    ("#0072B2", "#FFFFFF"), ("#E69F00", "#000000"), ("#009E73", "#FFFFFF"),
    ("#CC79A7", "#000000"), ("#56B4E9", "#000000"), ("#D55E00", "#FFFFFF"),
    ("#F0E442", "#000000"), ("#999999", "#000000"),
)  # fmt: skip
_CLAIMED = "#D55E00"


def grass() -> str:
    """The text of the file, in the order of the schema."""
    rules = [
        "node {\n  diameter: 50px;\n  color: #999999;\n  border-width: 2px;\n"
        "  text-color-internal: #000000;\n  font-size: 10px;\n  caption: '{name}';\n}\n",
        "relationship {\n  color: #A5ABB6;\n  shaft-width: 1px;\n  font-size: 8px;\n"
        "  text-color-external: #000000;\n  text-color-internal: #FFFFFF;\n"
        "  caption: '<type>';\n}\n",
    ]
    for at, label in enumerate(NODE_KINDS):
        colour, text = _COLOURS[at % len(_COLOURS)]
        rules.append(
            f"node.{label} {{\n  color: {colour};\n  border-color: {colour};\n"
            f"  text-color-internal: {text};\n  caption: '{{name}}';\n}}\n"
        )
    rules += [
        f"relationship.{name} {{\n  color: {_CLAIMED};\n  caption: '<type>';\n}}\n"
        for name in RELATIONSHIP_KINDS
        if name.startswith("CLAIMS_")
    ]
    return "\n".join(rules)
