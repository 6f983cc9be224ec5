"""Names with look-alike characters folded, to find imitations."""

import unicodedata

# Latin letters and digits, each with the signs that chat software shows almost alike.
_ALIKE = {
    "a": "аɑα",
    "b": "ьƅ6",
    "c": "сϲ",
    "e": "еҽ",
    "g": "ɡ9q",
    "h": "һ",
    "i": "іıιl1|!ӏ",
    "j": "ј",
    "k": "кκ",
    "m": "м",
    "n": "пη",
    "o": "оο0〇",
    "p": "рρ",
    "s": "ѕ5$",
    "t": "тτ",
    "u": "υս",
    "v": "ѵν",
    "w": "ԝω",
    "x": "хχ",
    "y": "уγ",
    "z": "2ᴢ",
}
_FOLD = str.maketrans({sign: letter for letter, signs in _ALIKE.items() for sign in signs})


def skeleton(norm: str) -> str:
    """A normalised name without marks, spaces and underscores, look-alikes as one letter."""
    plain = "".join(
        c for c in unicodedata.normalize("NFD", norm) if unicodedata.category(c)[0] in "LNS"
    )
    return plain.translate(_FOLD).replace("rn", "m")
