"""Texts that try to write, to read a file or to call out past the filter."""

from hypothesis import strategies as st

SECRET = "do-not-read-me"
"""What stands in the file that the texts try to read."""

_LOOKALIKES = str.maketrans(
    {"s": "\u017f", "S": "\u017f", "i": "\u0131", "I": "\u0130", "K": "\u212a", "k": "\u212a"}
)
_GAPS = [" ", "\n", "\t", "\r\n", "\r", "/**/", "/* ' */", "// '\n", "// `\r\n", "//\r", "\u180e"]
_GAPS += [
    "\u00a0",
    "\u3000",
    "\u200b",
    "\u2028",
    "\ufeff",
    "\x0b",
    "\x1c",
    "\x85",
    "\u00ad",
    "\x01",
    "",
]
_OPENERS = [
    "'",
    '"',
    "`",
    "//",
    "// \r",
    "/*",
    "\\",
    "\\'",
    "'\\'",
    "``",
    "`\\`",
    "''",
    "$",
    "1.",
    ";",
]
_OPENERS += [
    "{",
    "(",
    "[",
    ".",
    ":",
    ",",
    "\\u0027",
    "\\u000a",
    "// \u2028",
    "'\\\\",
    '"\\"',
    "{set: 1}",
]
_READING = [
    "MATCH (n) RETURN n.id AS x",
    "RETURN 1 AS x",
    "WITH 1 AS x RETURN x",
    "UNWIND [1, 2] AS x RETURN x",
    "MATCH (n) WITH n AS x RETURN count(x) AS x",
    "CALL { RETURN 1 AS x } RETURN x",
    "RETURN 'a' AS x",
    "RETURN {set: 1}.set AS x",
]
_STARTS = [
    "",
    "MATCH (n) ",
    "MATCH (n) WITH n ",
    "WITH 1 AS x ",
    "UNWIND [1] AS x ",
    "RETURN 1 AS x ",
]
_STARTS += [
    "RETURN 1 AS x; ",
    "RETURN 1 AS x UNION ",
    "CALL { ",
    "MATCH (n) CALL (n) { ",
    "OPTIONAL ",
]
_STARTS += [
    "RETURN 'a' AS x ",
    "RETURN 1 AS `x`; ",
    "WITH {a: 1} AS m RETURN m.",
    "WITH $p.",
    "RETURN 1.",
]
_ENDS = [
    "",
    " RETURN 1 AS x",
    " //",
    " //'",
    ' //"',
    " //`",
    "'",
    '"',
    "`",
    " }",
    " } RETURN 1 AS x",
    " */",
]
_ENDS += [" AS x", ";", "\n' AS x", "' AS x"]


def texts(file: str) -> st.SearchStrategy[str]:
    """Attempts at a text of one statement; `file` is the address of the file to be read."""
    payloads = [
        f"LOAD CSV FROM '{file}' AS x RETURN x",
        f'LOAD CSV WITH HEADERS FROM "{file}" AS x RETURN x',
        "CREATE (:Post {id: 'z'})",
        "INSERT (:Post {id: 'z'})",
        "MERGE (:Post {id: 'z'})",
        "MATCH (n) SET n.name = 'z'",
        "SET n.name = 'z'",
        "REMOVE n.name",
        "DETACH DELETE n",
        "MATCH (n) DETACH DELETE n",
        "FOREACH (i IN [1] | CREATE (:Post {id: 'z'}))",
        "CREATE INDEX z FOR (n:Post) ON (n.name)",
        "DROP INDEX z",
        "CALL db.createLabel('Z')",
        "CALL dbms.components() YIELD name RETURN name AS x",
        "RETURN apoc.text.join(['a'], ',') AS x",
        "SHOW DATABASES",
        "USE system RETURN 1 AS x",
        "RETURN 1 AS x FORMAT CSV",
        "CALL { DELETE n } IN TRANSACTIONS",
    ]
    disguised = st.sampled_from(payloads).flatmap(_disguised)
    between = st.lists(st.sampled_from(_GAPS + _OPENERS), max_size=4).map("".join)
    wrapped = st.tuples(
        st.sampled_from(_STARTS), between, disguised, between, st.sampled_from(_ENDS)
    ).map("".join)
    appended = st.tuples(st.sampled_from(_READING), between, disguised, st.sampled_from(_ENDS))
    hidden = st.tuples(
        st.sampled_from(
            ["// \r RETURN '\n", '// \r RETURN "\n', "RETURN 1 AS x // '\n", "RETURN `\\` "]
        ),
        disguised,
        st.sampled_from(_ENDS),
    )
    soup = st.lists(
        st.sampled_from([*_GAPS, *_OPENERS, *_STARTS, *_ENDS, *_READING, *payloads]), max_size=8
    )
    return st.one_of(wrapped, appended.map("".join), hidden.map("".join), soup.map("".join))


def _disguised(payload: str) -> st.SearchStrategy[str]:
    """The payload in other case, letters, gaps and quotes, a word or a letter at a time."""
    words = payload.split(" ")
    gaps = st.lists(
        st.sampled_from([*_GAPS, " ", " ", " "]), min_size=len(words), max_size=len(words)
    )
    forms = st.tuples(*(st.sampled_from(_forms(word)) for word in words))
    loose = st.builds(lambda f, g: "".join(a + b for a, b in zip(f, g, strict=True)), forms, gaps)
    return st.one_of(st.just(payload), st.just(payload.lower()), forms.map(" ".join), loose)


def _forms(word: str) -> list[str]:
    escaped = f"\\u{ord(word[0]):04x}{word[1:]}" if word else word
    wide = "".join(chr(ord(c) + 0xFEE0) if c.isalpha() and c.isascii() else c for c in word)
    split = [
        f"{word[:1]}{gap}{word[1:]}" for gap in ("\u200b", "\u00ad", "/**/", "\u0301", "\u180e")
    ]
    mixed = [word, word, word, word.lower(), word.swapcase(), word.title()]
    mixed += [f"`{word}`"] * 4
    return [*mixed, word.translate(_LOOKALIKES), escaped, wide, *split]
