"""Expressions that are compiled at their first use."""

import re

import pytest

from ingest.text.late import late


def test_finds_what_the_expression_finds() -> None:
    text = "出一手股民, 收 Stock leads"
    for pattern, flags in (("[出收]", 0), ("(?P<n>stock) (leads)", re.IGNORECASE)):
        now, then = re.compile(pattern, flags), late(pattern, flags)
        for _ in range(2):
            found = [match.span() for match in now.finditer(text)]
            assert [match.span() for match in then.finditer(text)] == found
            assert then.findall(text) == now.findall(text)
            assert then.sub("", text) == now.sub("", text)
            assert then.groupindex == now.groupindex
            assert then.pattern == now.pattern == pattern


def test_what_is_no_expression_is_told_at_its_first_use() -> None:
    pattern = late("(")
    with pytest.raises(re.error):
        pattern.search("")


def test_what_an_expression_has_not_it_has_not_either() -> None:
    with pytest.raises(AttributeError):
        _ = late("a").nothing  # type: ignore[attr-defined]
