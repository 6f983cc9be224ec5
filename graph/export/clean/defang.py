"""Contacts and URLs written so that no program makes a link of them."""

import re
from collections.abc import Mapping

from graph.export.clean.plan import PlanNode
from graph.export.clean.words import Cell

_WEB = re.compile(r"(?<![\w+.-])(h)ttp(?=s?://)", re.IGNORECASE)
_SCHEME_END = re.compile(r"(?<![\w+.-])hxxps?://|://", re.IGNORECASE)
_BARE_SCHEME = re.compile(
    r"\b(mailto|tel|sms|tg|weixin|javascript|vbscript|data|magnet):(?=[^\s/])", re.IGNORECASE
)
# A dot before two letters makes a host of what stands before it; one after `www` always does.
_HOST_DOT = re.compile(r"(?<=[\w-])[.．](?=[a-z][a-z0-9-])|(?<=\bwww)[.．](?=\w)", re.IGNORECASE)
_ADDRESS = re.compile(r"(?<![\d.])(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?![\d.])")
_AT = re.compile(r"[@＠](?=\w)")
_SHARE = re.compile(r"\\\\(?=[\w.])")
_LINKED_KINDS = frozenset({"url", "onion", "email"})


def defang(text: str) -> str:
    """The text without a live URL, host, address, mention or network share; twice is as once.

    `https://example.com` becomes `hxxps://example[.]com`, `@name` becomes `[@]name`.
    """
    # Most texts hold none of these signs, and a look costs less than a pattern.
    if "://" in text:
        text = _WEB.sub(r"\1xxp", text)
        text = _SCHEME_END.sub(lambda match: "[:]//" if match[0] == "://" else match[0], text)
    if ":" in text:
        text = _BARE_SCHEME.sub(r"\1[:]", text)
    if "." in text or "．" in text:
        text = _HOST_DOT.sub(_bracketed, text)
        text = _ADDRESS.sub(r"\1[.]\2[.]\3[.]\4", text)
    if "@" in text or "＠" in text:
        text = _AT.sub(_bracketed, text)
    return _SHARE.sub(_bracketed, text) if "\\\\" in text else text


def defang_contact(kind: str, value: str) -> str:
    """A contact's value: `demo_name[@]telegram`; an address, host or URL as `defang` writes it."""
    return defang(value) if kind in _LINKED_KINDS else f"{defang(value.lstrip('@＠'))}[@]{kind}"


def defanged(values: Mapping[str, Cell]) -> dict[str, Cell]:
    """The values with all their texts defanged."""
    return {name: _cell(cell) for name, cell in values.items()}


def defanged_node(node: PlanNode) -> dict[str, Cell]:
    """The values of a node, defanged; a contact's own value says its kind."""
    values = defanged(node.values)
    kind, value = node.values.get("kind"), node.values.get("value")
    if node.kind == "Contact" and isinstance(kind, str) and isinstance(value, str):
        values["value"] = defang_contact(kind, value)
    return values


def _cell(cell: Cell) -> Cell:
    if isinstance(cell, str):
        return defang(cell)
    return [defang(item) for item in cell] if isinstance(cell, list) else cell


def _bracketed(match: re.Match[str]) -> str:
    return f"[{match[0]}]"
