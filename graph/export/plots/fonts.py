"""Fonts for a picture: Matplotlib's own, and an installed one with Chinese where it is needed."""

import logging
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from functools import cache

import msgspec

from graph.export.plots.letters import lacking
from graph.export.plots.target import Place, Sheet

OWN = "DejaVu Sans"
"""Comes with Matplotlib."""
CHINESE = (
    "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN",
    "Noto Sans CJK TC", "Noto Sans CJK JP", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei",
    "Microsoft YaHei", "PingFang SC", "Hiragino Sans GB", "Heiti SC", "STHeiti", "SimHei",
    "Arial Unicode MS", "Droid Sans Fallback", "Noto Serif CJK SC", "SimSun", "Songti SC",
    "AR PL UMing CN", "AR PL UKai CN", "Unifont",
)  # fmt: skip
"""Families with simplified characters, the most readable in small sizes first."""
_PROOF = "数据中国料"
_TOLD = 6
_ANY = range(0x110000)
_STAND_IN = "—"
"""As wide as a Chinese character."""


class Fonts(msgspec.Struct, frozen=True):
    """Families in the order in which a character is looked for, and what they can draw."""

    families: list[str]
    drawable: Container[int]
    notes: list[str]


def chinese_font() -> str | None:
    """An installed family with simplified characters, those of the list first; None without."""
    from matplotlib.font_manager import fontManager

    # It speaks on standard error of weights that a family does not have.
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
    installed = {entry.name for entry in fontManager.ttflist}
    known = next((family for family in CHINESE if family in installed), None)
    return known or by_proof(sorted(installed))


def by_proof(families: Iterable[str]) -> str | None:
    """The first of the families that has a glyph of its own for each of a few characters.

    A font of last resort has the same box for all.
    """
    for family in families:
        glyphs = _glyphs(family)
        if len({glyphs.get(ord(letter), 0) for letter in _PROOF} - {0}) == len(_PROOF):
            return family
    return None


def fonts_for(
    texts: Iterable[str],
    *,
    labels: Iterable[str] = (),
    chinese: Callable[[], str | None] = chinese_font,
) -> Fonts:
    """Fonts for these texts; a note names the characters that none of them has.

    `labels`: a picture's own words, which it leaves out where nothing can draw them.
    """
    listed = list(texts)
    families, drawable = [OWN], _points(OWN)
    other = chinese() if lacking([*listed, *labels], drawable) else None
    if other is not None:
        families, drawable = [*families, other], drawable | _points(other)
    return Fonts(families, drawable, [*_notes(lacking(listed, drawable))])


def fonts_on(target: Place, texts: Iterable[str], *, labels: Iterable[str] = ()) -> Fonts:
    """Fonts for a picture there: on a sheet its reader's own ones draw every letter."""
    if isinstance(target, Sheet):
        return Fonts([OWN], _ANY, [])
    return fonts_for(texts, labels=labels)


def stand_ins(text: str) -> str:
    """Text of about the same width that needs no font but Matplotlib's own.

    So a sheet is the same whatever fonts are installed.
    """
    own = _points(OWN)
    return "".join(letter if ord(letter) in own else _STAND_IN for letter in text)


def _notes(missing: Sequence[str]) -> Iterable[str]:
    if missing:
        some = " ".join(missing[:_TOLD]) + (" …" if len(missing) > _TOLD else "")
        yield (
            f"no installed font has {len(missing)} of the characters to draw ({some}): they stand "
            "as numbers, and names mostly made of them as ids; for Chinese install a font such as "
            "Noto Sans CJK"
        )


@cache
def _points(family: str) -> frozenset[int]:
    """Code points that a family's regular face can draw."""
    return frozenset(_glyphs(family))


def _glyphs(family: str) -> Mapping[int, int]:
    """Code point -> number of the glyph."""
    from matplotlib.font_manager import FontProperties, findfont, get_font

    found: Mapping[int, int] = get_font(findfont(FontProperties(family=[family]))).get_charmap()
    return found
