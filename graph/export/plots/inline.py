"""Matplotlib's SVG made fit to stand in a page: no styles, few decimals, and words for ears.

A page whose policy forbids inline styles shows it as it is, and ids of two pictures in one page
never meet.
"""

import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import Final
from xml.etree import ElementTree

from graph.export.plots.target import Sheet

NAMESPACE: Final = "http://www.w3.org/2000/svg"
FAMILIES: Final = (
    "'DejaVu Sans', Verdana, 'Noto Sans CJK SC', 'Noto Sans SC', 'Microsoft YaHei', 'PingFang SC', "
    "'Hiragino Sans GB', 'WenQuanYi Micro Hei', sans-serif"
)
"""The first has the widths that the picture was laid out with."""
ELEMENTS: Final = frozenset({"clipPath", "defs", "g", "path", "pattern", "rect", "text", "use"})
LOOKS: Final = frozenset(
    {
        "fill", "fill-opacity", "font-size", "font-style", "font-weight", "opacity", "stroke",
        "stroke-dasharray", "stroke-dashoffset", "stroke-linecap", "stroke-linejoin",
        "stroke-miterlimit", "stroke-opacity", "stroke-width", "text-anchor",
    }
)  # fmt: skip
ATTRIBUTES: Final = LOOKS | {
    "clip-path", "d", "height", "href", "id", "patternUnits", "transform", "width", "x", "y",
}  # fmt: skip
_HREF: Final = "{http://www.w3.org/1999/xlink}href"
_LONG: Final = re.compile(r"(\d\.\d\d)\d+")
_EMPTY: Final = re.compile(r"\.0+(?!\d)|(?<=\.\d)0(?!\d)")
_TURNED_NOWHERE: Final = re.compile(r"rotate\(-?0 [-\d. ]*\)")
_REFERENCE: Final = re.compile(r"url\(#([^)]+)\)")
_SHORTHAND: Final = re.compile(r"(?:(italic|oblique) )?(?:(\w+) )?([\d.]+px) ")
Attributes = dict[str, str]


def inline(svg: bytes, sheet: Sheet, texts: Mapping[str, str]) -> bytes:
    """The one element `svg` without a namespace; `texts`: what stands in the groups with that id.

    ValueError for an element that Matplotlib is not known to write.
    """
    root = ElementTree.fromstring(svg)
    _put_back(root, texts)
    ids = _ids(root, sheet.name)
    box = root.get("viewBox", "")
    title, words = f"{sheet.name}-title", f"{sheet.name}-words"
    head = {
        "viewBox": box,
        "role": "img",
        "aria-labelledby": title,
        "aria-describedby": words,
        "font-family": FAMILIES,
        # Matplotlib says so for every element, in a style sheet.
        "stroke-linejoin": "round",
        "stroke-linecap": "butt",
    }
    parts = [
        _tag("svg", head),
        f'<title id="{title}">{escape(sheet.title)}</title>\n',
        f'<desc id="{words}">{escape(sheet.sentence)}</desc>\n',
        *(part for child in root for part in _written(child, ids)),
        "</svg>\n",
    ]
    return "".join(parts).encode()


def alone(svg: bytes) -> bytes:
    """The same as a file of its own."""
    return svg.replace(b"<svg ", f'<svg xmlns="{NAMESPACE}" '.encode(), 1)


def _put_back(root: ElementTree.Element, texts: Mapping[str, str]) -> None:
    for group in root.iter(f"{{{NAMESPACE}}}g"):
        if group.get("id") in texts:
            for text in group.iter(f"{{{NAMESPACE}}}text"):
                text.text = texts[group.attrib["id"]]


def _ids(root: ElementTree.Element, name: str) -> dict[str, str]:
    """Ids that something refers to -> short ones of this picture alone."""
    used: dict[str, None] = {}
    for element in root.iter():
        for key, value in element.items():
            found = [value.removeprefix("#")] if key == _HREF else _REFERENCE.findall(value)
            used.update(dict.fromkeys(found))
    return {old: f"{name}-{number}" for number, old in enumerate(used, 1)}


def _written(element: ElementTree.Element, ids: Mapping[str, str]) -> Iterator[str]:
    name = element.tag.removeprefix(f"{{{NAMESPACE}}}")
    if name in ("metadata", "style"):
        return
    if name not in ELEMENTS:
        raise ValueError(f"a picture with <{name}>")
    attributes = dict(_attributes(element, ids))
    inside = [part for child in element for part in _written(child, ids)]
    if name == "text":
        yield f"{_tag(name, attributes)}{escape(element.text or '', quote=False)}</text>\n"
    elif name in ("g", "defs") and not (inside and (attributes or name == "defs")):
        yield from inside
    elif inside:
        yield from (f"{_tag(name, attributes)}\n", *inside, f"</{name}>\n")
    else:
        yield f"{_tag(name, attributes, end='/>')}\n"


def _attributes(element: ElementTree.Element, ids: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for key, value in {**element.attrib, **_looks(element.get("style", ""))}.items():
        if key == "id":
            if value in ids:
                yield "id", ids[value]
        elif key == _HREF:
            yield "href", f"#{ids[value.removeprefix('#')]}"
        elif key in ATTRIBUTES and not _TURNED_NOWHERE.fullmatch(value):
            named = _REFERENCE.sub(lambda found: f"url(#{ids[found[1]]})", value)
            yield key, named if "url(" in named else _short(named)


def _looks(style: str) -> Attributes:
    pairs = (part.partition(":") for part in style.split(";"))
    found = {name.strip(): value.strip() for name, _, value in pairs}
    shorthand = _SHORTHAND.match(found.pop("font", ""))
    if shorthand is not None:
        names = ("font-style", "font-weight", "font-size")
        told = zip(names, shorthand.groups(), strict=True)
        found.update({name: value for name, value in told if value is not None})
    return {name: value.removesuffix("px") for name, value in found.items() if name in LOOKS}


def _short(value: str) -> str:
    """Numbers with two decimals at the most: a hundredth of a point is not seen."""
    if value.startswith("#"):
        return value
    return _EMPTY.sub("", _LONG.sub(r"\1", " ".join(value.split())))


def _tag(name: str, attributes: Attributes, end: str = ">") -> str:
    told = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items())
    return f"<{name}{told}{end}"
