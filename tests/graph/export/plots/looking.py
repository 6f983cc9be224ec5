"""What a written picture shows."""

import re
from pathlib import Path

import numpy as np

SVG = "{http://www.w3.org/2000/svg}"
WRITTEN = re.compile(r"<!-- (.*?) -->", re.DOTALL)
"""Matplotlib notes each text beside its outlines."""
HIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Signs that are obeyed and not seen."""
Pixels = np.ndarray[tuple[int, ...], np.dtype[np.uint8]]


def texts(svg: bytes) -> list[str]:
    """All texts in order."""
    return WRITTEN.findall(svg.decode())


def pixels(path: Path) -> Pixels:
    """Rows of pixels of red, green and blue."""
    from matplotlib import image

    return (np.asarray(image.imread(path))[:, :, :3] * 255).round().astype(np.uint8)


def has_colour(seen: Pixels, colour: str) -> int:
    """How many pixels are of the colour or nearly so."""
    wanted = np.array([int(colour[n : n + 2], 16) for n in (1, 3, 5)])
    return int((np.abs(seen.astype(int) - wanted).sum(axis=2) < 12).sum())
