"""What the browser prints, read with pypdfium2."""

from collections.abc import Iterator

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
