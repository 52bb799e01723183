"""Smaller copies of pictures, made with Pillow, which may not be installed: importing this raises ImportError then.

A copy has the format of its original, stands the right way up, is in sRGB, and holds nothing but pixels.
"""

from collections.abc import Iterable
from functools import cache
from io import BytesIO
from typing import Any

from PIL import Image, ImageCms, features
from PIL import __version__ as pillow

from manifesto_cli.reading.camera import SIDEWAYS
from manifesto_cli.reading.pictures import Look, Unsound, webp_chunks

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What brings a picture upright that Exif numbers so."""
_GAP = 2.0
"""Pillow first makes a picture smaller by whole steps, to no less than this times what is wanted: as good to the eye, and much faster."""
_CODECS = {"jpeg": "jpg", "webp": "webp", "png": "zlib"}
_SETTINGS: dict[str, dict[str, Any]] = {
    "jpeg": {"quality": 82, "optimize": True, "progressive": True},
    "png": {},
    "webp": {"quality": 82, "method": 4},
}
_COLOURS = 256


def formats() -> frozenset[str]:
    """The formats that this Pillow can read and write."""
    return frozenset(form for form, codec in _CODECS.items() if features.check(codec))


@cache
def maker() -> str:
    """Who makes the copies: Pillow and what it is built with, since each version may write other bytes."""
    parts = [*_CODECS.values(), "libjpeg_turbo", "littlecms2"]
    return " ".join([pillow, *(f"{part} {features.version(part)}" for part in parts), repr(_SETTINGS)])


def resized(content: bytes, look: Look, widths: Iterable[int]) -> dict[int, bytes]:
    """The bytes of a copy for each width; raises Unsound where the picture cannot be read to its end.

    Pillow may warn of what it finds in a file; whoever calls this decides whether anyone is to see that.
    """
    try:
        return _resized(content, look, sorted(widths, reverse=True))
    # Whoever made the file decides what a decoder stumbles over: every one of its errors means the same.
    except Exception as fault:
        raise Unsound(f"it is damaged ({_words(fault)})") from fault


def _words(fault: Exception) -> str:
    said = str(fault).split("\n", 1)[0].split(" <", 1)[0]
    return said[:80] if said and said.isascii() and said.isprintable() else type(fault).__name__


def _resized(content: bytes, look: Look, widths: list[int]) -> dict[int, bytes]:
    sideways = look.turn >= SIDEWAYS
    with Image.open(BytesIO(content), formats=(look.form.upper(),)) as picture:
        size = (look.height, look.width) if sideways else (look.width, look.height)
        if picture.size != size:
            raise ValueError("its parts disagree on how large it is")
        across, down = _scaled(look, round(widths[0] * _GAP))
        picture.draft(None, (down, across) if sideways else (across, down))
        picture.load()
        few = picture.mode == "P" and not picture.has_transparency_data
        profile = picture.info.get("icc_profile")
        full: Image.Image = _in_full(picture)
        made: dict[int, bytes] = {}
        for width in widths:
            target = _scaled(look, width)
            small = full.resize(
                target[::-1] if sideways else target, Image.Resampling.LANCZOS, reducing_gap=_GAP
            )
            if look.turn in _TURNS:
                small = small.transpose(_TURNS[look.turn])
            small.info.clear()
            small = _in_srgb(small, profile)
            made[width] = _written(small.quantize(_COLOURS) if few else small, look, content)
    return made


def _scaled(look: Look, width: int) -> tuple[int, int]:
    return width, max(1, round(look.height * width / look.width))


def _in_full(picture: Image.Image) -> Image.Image:
    """The picture in a mode in which colours can be mixed: palettes and single bits cannot, and a colour that stands for none must not."""
    if picture.mode in ("P", "PA") or "transparency" in picture.info:
        return picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    return picture.convert("L") if picture.mode == "1" else picture


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """The picture in the colours that a browser assumes: a profile is larger than many a small picture, and not every program heeds it."""
    if picture.mode in ("L", "LA"):
        return picture
    alpha = picture.getchannel("A") if picture.mode == "RGBA" else None
    colours = picture if picture.mode == "CMYK" else picture.convert("RGB")
    done: Image.Image | None = None
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            done = ImageCms.profileToProfile(
                colours, source, ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
        except (ImageCms.PyCMSError, OSError, ValueError):
            done = None  # a profile that is damaged, or for other colours than these, is as good as none
    shown = done or colours.convert("RGB")
    if alpha is not None:
        shown.putalpha(alpha)
    return shown


def _written(picture: Image.Image, look: Look, content: bytes) -> bytes:
    settings = dict(_SETTINGS[look.form])
    if look.form == "webp" and any(kind == b"VP8L" for kind, _, _ in webp_chunks(content)):
        settings["lossless"] = True  # what was drawn has no noise to hide losses in
    stream = BytesIO()
    picture.save(stream, look.form.upper(), **settings)
    return stream.getvalue()
