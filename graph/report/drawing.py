"""A picture beside the table that it is drawn from, where pictures can be drawn."""

from collections.abc import Callable, Iterator
from io import BytesIO

from graph.export.plots.target import Sheet
from graph.report.content import Picture
from graph.report.desk import Desk
from graph.report.safe import one_line

Draw = Callable[[Sheet], object]


def drawing(desk: Desk, name: str, sentence: str, draw: Draw) -> Iterator[Picture]:
    """The picture of that name, if any; its title and how to read it stand in the words."""
    if not desk.source.pictures:
        return
    plain = name.partition("-")[0]
    title, told = one_line(desk.say(f"plot.{plain}")), one_line(sentence)
    sheet = Sheet(name, desk.words.lang, title, told, BytesIO())
    draw(sheet)
    yield Picture(name, told, desk.say(f"plot.{plain}.note"), sheet.stream.getvalue())
