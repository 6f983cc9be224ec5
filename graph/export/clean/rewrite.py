"""Values rewritten wherever they stand in a text."""

import hmac
from collections import Counter
from collections.abc import Iterable
from typing import Final

from graph.export.clean.finder import Finder, form_of
from graph.export.clean.secrets import Secret, Why
from graph.export.clean.words import MASK, NOT_XML

ALPHABET: Final = "bcdfghjklmnpqrstvwxz"
"""No digits and no vowels: what stands for a value holds no number and reads as no word."""
BEFORE: Final = "redacted-"
_AS_LETTERS: Final = bytes(ord(ALPHABET[byte % len(ALPHABET)]) for byte in range(256))
_LENGTH: Final = 14
_LEAST_QUOTE: Final = 4
"""A shorter quote without the value in it says too little to be searched for."""


def keyed(key: bytes, text: str, length: int = _LENGTH) -> str:
    """A keyed hash as at most 32 letters, a byte each (HMAC-SHA256, RFC 2104)."""
    digest = hmac.digest(key, text.encode("utf-8", "surrogatepass"), "sha256")
    return digest[:length].translate(_AS_LETTERS).decode("ascii")


def substitute(key: bytes, value: str) -> str:
    """What stands for a value in the files of one recipient."""
    return BEFORE + keyed(key, value)


class Rewriter:
    """Replaces secrets: those to redact by a substitute, the others by the mask of their length."""

    def __init__(self, secrets: Iterable[Secret], key: bytes | None) -> None:
        self._key = key
        self._secrets: dict[str, Secret] = {}
        quotes: dict[str, Secret] = {}
        for secret in secrets:
            form = form_of(secret.form)
            if form and not secret.quote:
                self._secrets.setdefault(form, secret)
            elif len(form) >= _LEAST_QUOTE:
                quotes.setdefault(form, secret)
        self._finder = Finder(self._secrets)
        # A quote without its value in it is another way to write the value.
        others = {form: secret for form, secret in quotes.items() if not self.holds(form)}
        if others:
            self._secrets = {**others, **self._secrets}
            self._finder = Finder(self._secrets)

    def __bool__(self) -> bool:
        return bool(self._secrets)

    def holds(self, text: str) -> bool:
        """Whether a secret stands in the text."""
        return bool(self._finder.find(text)[1])

    def text(self, text: str, counted: Counter[Why]) -> str:
        """The text without secrets; `counted`: how many were replaced, by reason."""
        if not text.isprintable():
            # What a file can't hold must not part a value while it is searched for.
            clean = NOT_XML.sub("", text)
            if clean != text and self.holds(clean):
                return self.text(clean, counted)
        normal, hits = self._finder.find(text)
        pieces: list[str] = []
        done = 0
        for hit in hits:
            start, end = normal.back(hit.start, hit.end)
            secret = self._secrets[hit.form]
            counted[secret.why] += 1
            # Two hits in one expanded character (⑩ is `10`) would have it twice.
            start = max(start, done)
            length = end - start
            new = MASK * length if hit.cut else self._instead(secret, length)
            pieces += [text[done:start], new]
            done = max(end, done)
        return "".join(pieces) + text[done:]

    def _instead(self, secret: Secret, length: int) -> str:
        if secret.why == "redacted" and self._key is not None:
            return substitute(self._key, secret.value)
        return MASK * length
