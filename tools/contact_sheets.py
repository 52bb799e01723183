"""Pictures of pages → contact sheets: strips side by side, each with what it is, long pages cut where one can see it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

LONGEST = 2400
"""Pixels of the longer side of a sheet: more is scaled down again by whoever looks at it."""
GAP = 20
CAPTION = 34
_GROUND, _WORDS, _CUT = "#70757c", "#ffffff", "#e5007d"


@dataclass(frozen=True)
class Strip:
    """A picture for one column, and what is said above it."""

    caption: str
    picture: Image.Image


def column_height() -> int:
    """Pixels of a sheet's column."""
    return LONGEST - CAPTION - 2 * GAP


def strips(caption: str, page: Image.Image, width: int, missing: int) -> Iterator[Strip]:
    """A page as columns of this width: it goes on in the next one. Where so much of it is missing below, a band says so."""
    if page.width != width:
        page = page.resize((width, round(page.height * width / page.width)), Image.Resampling.LANCZOS)
    pieces = -(-page.height // column_height())
    for i in range(pieces):
        top = i * column_height()
        piece = page.crop((0, top, width, min(top + column_height(), page.height)))
        place = f" ({i + 1} of {pieces})" if pieces > 1 else ""
        yield Strip(caption + place, _cut(piece, missing) if missing and i + 1 == pieces else piece)


def _cut(piece: Image.Image, rest: int) -> Image.Image:
    """The piece with a band at its foot that says how much of the page is missing below."""
    cut = piece.copy()
    draw = ImageDraw.Draw(cut)
    draw.rectangle((0, cut.height - CAPTION, cut.width, cut.height), fill=_CUT)
    draw.text(
        (12, cut.height - CAPTION + 6), f"cut: {rest:,} px more", fill=_WORDS, font=ImageFont.load_default(20)
    )
    return cut


def sheets(columns: Sequence[Strip], rows: int = 1) -> Iterator[Image.Image]:
    """The sheets, with as many columns and rows as fit: no side is longer than `LONGEST` unless one strip is."""
    width = max((strip.picture.width for strip in columns), default=0)
    across = max(1, (LONGEST - GAP) // (width + GAP))
    for shown in _portions(columns, across * rows):
        yield _sheet(list(_portions(shown, across)), width)


def _portions(strips: Sequence[Strip], most: int) -> Iterator[Sequence[Strip]]:
    return (strips[i : i + most] for i in range(0, len(strips), most))


def _sheet(rows: list[Sequence[Strip]], width: int) -> Image.Image:
    heights = [max(strip.picture.height for strip in row) + CAPTION + GAP for row in rows]
    across = max(map(len, rows))
    sheet = Image.new("RGB", (GAP + across * (width + GAP), GAP + sum(heights)), _GROUND)
    draw = ImageDraw.Draw(sheet)
    font = ImageFont.load_default(20)
    top = GAP
    for row, height in zip(rows, heights, strict=True):
        for i, strip in enumerate(row):
            left = GAP + i * (width + GAP)
            words = strip.caption
            while draw.textlength(words, font) > width:
                words = words[:-2].rstrip("…") + "…"
            draw.text((left, top), words, fill=_WORDS, font=font)
            sheet.paste(strip.picture, (left, top + CAPTION))
        top += height
    return sheet


def write(made: Iterator[Image.Image], folder: Path, name: str) -> list[Path]:
    """The sheets as PNG files of this name, numbered."""
    paths = []
    for i, sheet in enumerate(made, 1):
        paths.append(folder / f"{name}-{i}.png")
        sheet.save(paths[-1], compress_level=4)
    return paths
