"""What the browser prints, read with pypdfium2."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2  # type: ignore[import-untyped]  # it comes without types; nothing of it leaves this module
from PIL import Image


def pictures(pdf: bytes, width: int, most: int) -> tuple[int, Iterator[Image.Image]]:
    """How many pages there are, and pictures of the first ones."""
    document = pypdfium2.PdfDocument(pdf)

    def drawn() -> Iterator[Image.Image]:
        for i in range(min(len(document), most)):
            page = document[i]
            picture: Image.Image = page.render(scale=width / page.get_width()).to_pil()
            yield picture.convert("RGB")

    return len(document), drawn()


@dataclass(frozen=True)
class Printed:
    """A page of paper: its text, and every piece of text with the place of its foot above the page's, and its colour."""

    text: str
    pieces: tuple[tuple[float, tuple[int, int, int]], ...]


def printed(pdf: bytes) -> list[Printed]:
    """Every page, as it can be read by a machine."""
    return [
        Printed(page.get_textpage().get_text_bounded(), tuple(_pieces(page)))
        for page in pypdfium2.PdfDocument(pdf)
    ]


def _pieces(page: Any) -> Iterator[tuple[float, tuple[int, int, int]]]:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    for piece in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT]):
        _, bottom, _, top = piece.get_bounds()
        pypdfium2.raw.FPDFPageObj_GetFillColor(piece.raw, red, green, blue, alpha)
        if top > bottom and alpha.value:
            yield bottom, (red.value, green.value, blue.value)
