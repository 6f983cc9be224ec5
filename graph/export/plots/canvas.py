"""One look for all pictures, and files that are the same for the same content."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from graph.export.files import whole_file
from graph.export.plots.fonts import Fonts, stand_ins
from graph.export.plots.inline import inline
from graph.export.plots.letters import lacking, readable, shown
from graph.export.plots.target import Place, Sheet

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.text import Text

BLUE, VERMILLION, GREEN, PURPLE, SKY, ORANGE = (
    "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00",
)  # fmt: skip
"""Okabe and Ito's colours, told apart with the common kinds of colour blindness."""
INK, GREY, PALE = "#1a1a1a", "#767676", "#e4e4e4"
DPI = 150
WIDTH, PAPER = 13.0, 9.4
"""Inches of a picture by itself, and of one on a sheet of paper, where it is drawn smaller."""
MARGIN = 0.35
"""Inches around everything."""
SMALL = 8.5
"""Points of small text."""
LINE = 0.2
"""Inches from one line of small text to the next."""
_SALT = "heichan"
_POINTS = 72


class Canvas(msgspec.Struct, frozen=True):
    """A figure with the fonts for its texts."""

    figure: "Figure"
    fonts: Fonts
    lang: Literal["en", "zh"] | None = None
    """Of a sheet; None: English, titles in both."""

    @property
    def width(self) -> float:
        """In inches."""
        return float(self.figure.get_size_inches()[0])

    def name(self, text: str, identifier: str, longest: int) -> str:
        """A name as it is drawn, or the id where no font can draw most of it."""
        able = readable(text, self.fonts.drawable)
        return self.text(text if able else identifier, longest)

    def text(self, text: str, longest: int) -> str:
        """Text from outside as it is drawn, of at most so many cells."""
        return shown(text, self.fonts.drawable, longest)

    def label(self, english: str, chinese: str) -> str:
        """A picture's own words in both languages, as far as a font can draw them."""
        if self.lang is not None:
            return self.say(english, chinese)
        return english if lacking([chinese], self.fonts.drawable) else f"{english} {chinese}"

    def say(self, english: str, chinese: str) -> str:
        """Words that stand in one language."""
        return chinese if self.lang == "zh" else english

    def fit(self, text: str, size: float, inches: float) -> str:
        """Text that is drawn, cut to so many inches: letters differ in width."""
        if self._inches(text, size) <= inches:
            return text
        ends = range(len(text) - 1)
        fits = bisect_right(ends, inches, key=lambda end: self._inches(text[:end] + "…", size))
        return text[: max(fits - 1, 0)].rstrip("… ") + "…"

    def _inches(self, text: str, size: float) -> float:
        from matplotlib.font_manager import FontProperties
        from matplotlib.textpath import text_to_path

        font = FontProperties(family=self.fonts.families, size=size)
        seen = text if self.lang is None else stand_ins(text)
        return text_to_path.get_text_width_height_descent(seen, font, False)[0] / _POINTS


def width_on(target: Place) -> float:
    """Inches of a picture there."""
    return PAPER if isinstance(target, Sheet) else WIDTH


@contextmanager
def canvas(target: Place, height: float, fonts: Fonts) -> Iterator[Canvas]:
    """A figure of so many inches; it is written when the block ends well. Raises UsageError."""
    import matplotlib
    from matplotlib.figure import Figure

    with matplotlib.rc_context():
        # A user's own style would give another file on each machine.
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(_style(fonts))
        figure = Figure(figsize=(width_on(target), height), facecolor="white")
        lang = target.lang if isinstance(target, Sheet) else None
        yield Canvas(figure, fonts, lang)
        _write(figure, target)


def put(axes: "Axes", x: float, y: float, text: str, **look: Any) -> "Text":
    """Text in a picture, never read as a formula."""
    return axes.text(x, y, text, **{"parse_math": False, "color": INK, **look})


def heading(canvas: Canvas, title: str, lines: list[str], footer: list[str]) -> None:
    """Title and lines under it at the top left, small lines at the bottom."""
    width, height = canvas.figure.get_size_inches()
    left, top = MARGIN / width, 1 - MARGIN / height
    common: dict[str, Any] = {"parse_math": False, "ha": "left", "va": "top"}
    canvas.figure.text(left, top, title, fontsize=14, weight="bold", color=INK, **common)
    for number, line in enumerate(lines):
        place = top - (0.32 + number * LINE) / height
        canvas.figure.text(left, place, line, fontsize=SMALL, color=INK, **common)
    for number, line in enumerate(footer):
        place = (MARGIN + (len(footer) - number) * LINE) / height
        canvas.figure.text(left, place, line, fontsize=8, color=GREY, **common)


def legend(canvas: Canvas, handles: "Sequence[Artist]", below: int, columns: int) -> None:
    """At the bottom left, above so many lines of text."""
    width, height = canvas.figure.get_size_inches()
    bottom = MARGIN + LINE * (below + 0.5)
    canvas.figure.legend(
        handles=handles, loc="lower left", ncols=columns, frameon=False, fontsize=8,
        bbox_to_anchor=(MARGIN / width, bottom / height), borderaxespad=0.0,
        handletextpad=0.6, columnspacing=1.4,
    )  # fmt: skip


def bare(axes: "Axes") -> None:
    """Takes frame and ticks away."""
    axes.set_axis_off()


def _style(fonts: Fonts) -> Any:
    return {
        "font.family": fonts.families,
        "font.size": 9,
        "text.parse_math": False,
        "axes.edgecolor": GREY,
        "axes.linewidth": 0.6,
        "xtick.color": INK,
        "ytick.color": INK,
        "hatch.linewidth": 0.4,
        "svg.hashsalt": _SALT,
        # As outlines the letters look the same where the font is not installed.
        "svg.fonttype": "path",
        "savefig.dpi": DPI,
    }


def _write(figure: "Figure", target: Place) -> None:
    if isinstance(target, Sheet):
        _on_sheet(figure, target)
        return
    told: dict[str, Any] = {"svg": {"Date": None, "Creator": _SALT}, "png": {"Software": _SALT}}
    with whole_file(target.path) as stream:
        figure.savefig(stream, format=target.form, metadata=told[target.form])


def _on_sheet(figure: "Figure", sheet: Sheet) -> None:
    """Texts of letters that no font may have here are drawn by stand-ins, and put back after."""
    import matplotlib
    from matplotlib.text import Text

    texts: dict[str, str] = {}
    for number, artist in enumerate(figure.findobj(Text)):
        text = artist.get_text()
        if stand_ins(text) != text:
            artist.set_gid(f"{_SALT}-{number}")
            artist.set_text(stand_ins(text))
            texts[f"{_SALT}-{number}"] = text
    matplotlib.rcParams["svg.fonttype"] = "none"
    drawn = BytesIO()
    figure.savefig(drawn, format="svg", metadata={"Date": None, "Creator": _SALT})
    sheet.stream.write(inline(drawn.getvalue(), sheet, texts))
