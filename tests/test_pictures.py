"""What becomes of pictures: their sizes, smaller copies, and what a camera wrote; whatever the file holds, and without Pillow."""

import contextlib
import io
import struct
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageOps

from manifesto_cli.cli import main
from manifesto_cli.disk import contents, picture_cache, resizing
from manifesto_cli.disk import pictures as disk
from manifesto_cli.reading.bare import Part, bare, joined
from manifesto_cli.reading.camera import Camera, read_camera, written_camera
from manifesto_cli.reading.pictures import Look, Unsound, look
from manifesto_cli.rendering.files import Copy
from support import pages
from support.pictures import SECRET, chunk, exif, huge, picture, pixels, saved

FORMS = ("jpeg", "png", "webp")
TURNS = range(1, 9)


def seen(data: bytes) -> Look:
    """What a whole file is."""
    found = look(data, data[-1024:], len(data))
    assert found
    return found


def upright(data: bytes) -> Image.Image:
    """The picture as a browser shows it."""
    return ImageOps.exif_transpose(Image.open(io.BytesIO(data)))


def corners(shown: Image.Image) -> tuple[str, str, str]:
    """The colours at the top left, top right and bottom."""
    width, height = shown.size
    small = shown.convert("RGB")
    places = ((width // 8, height // 8), (width * 7 // 8, height // 8), (width // 2, height * 7 // 8))
    names = []
    for place in places:
        found = small.getpixel(place)
        assert isinstance(found, tuple)
        names.append(["red", "green", "blue"][max(range(3), key=lambda i: found[i])])
    return names[0], names[1], names[2]


# What a file is


@pytest.mark.parametrize("form", [*FORMS, "gif", "avif"])
def test_the_size_stands_at_the_start_of_every_format(form: str) -> None:
    """The first bytes and the last are enough."""
    data = picture(form, 700, 300)
    assert look(data[:4096], data[-1024:], len(data)) == seen(data)
    assert (seen(data).form, seen(data).width, seen(data).height, seen(data).trouble) == (form, 700, 300, "")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("turn", TURNS)
def test_a_camera_that_was_held_upright_swaps_the_sides(form: str, turn: int) -> None:
    """Width and height are those of the picture that is shown."""
    data = picture(form, 600, 400, exif=exif(turn))
    assert (seen(data).width, seen(data).height) == upright(data).size
    assert seen(data).turn == turn


@pytest.mark.parametrize(
    ("data", "width"),
    [
        (saved(pixels(64, 48), "jpeg", progressive=True), 64),
        (saved(pixels(64, 48, "CMYK"), "jpeg"), 64),
        (saved(pixels(64, 48, "RGBA"), "webp"), 64),
        (saved(pixels(64, 48), "webp", lossless=True), 64),
        (saved(pixels(64, 48, "P"), "png"), 64),
        (saved(pixels(64, 48), "gif"), 64),
    ],
)
def test_every_kind_of_a_format_is_read(data: bytes, width: int) -> None:
    """Progressive, in ink, with holes, without loss, with a palette."""
    assert (seen(data).width, seen(data).trouble) == (width, "")


def test_a_profile_of_many_segments_does_not_hide_the_size() -> None:
    """Then all of the file is read."""
    data = saved(pixels(64, 48), "jpeg", icc_profile=bytes(300_000))
    assert look(data[:65536], data[-1024:], len(data)) is None
    assert seen(data).width == 64


def moving(form: str) -> bytes:
    """A picture of two frames."""
    frames = [pixels(800, 600), pixels(800, 600).rotate(180)]
    return saved(frames[0], form, save_all=True, append_images=frames[1:])


@pytest.mark.parametrize("form", ["png", "webp", "gif"])
def test_what_moves_is_left_alone(form: str) -> None:
    """A smaller copy would stand still."""
    assert not seen(moving(form)).simple
    assert bare(moving(form)) == moving(form)


@pytest.mark.parametrize("form", [*FORMS, "gif", "avif"])
def test_no_beginning_of_a_file_is_taken_for_a_picture(form: str) -> None:
    """A file that was cut short is known as that, wherever the cut is, and nothing raises."""
    data = picture(form, 64, 48)
    for end in range(len(data) - 1):
        assert seen(data[:end]).trouble, end


@given(st.sampled_from([*FORMS, "gif", "avif"]), st.data())
def test_no_bytes_make_it_stumble(form: str, draw: st.DataObject) -> None:
    """Whatever stands in a file, there is an answer, and taking out what a camera wrote works or says that it cannot."""
    data = bytearray(picture(form, 64, 48, exif=exif(6)) if form in FORMS else picture(form, 64, 48))
    for _ in range(draw.draw(st.integers(1, 8))):
        at = draw.draw(st.integers(0, min(len(data) - 1, 300)))
        data[at] = draw.draw(st.integers(0, 255))
    seen(bytes(data))
    look(bytes(data[:100]), bytes(data[-50:]), len(data))
    with contextlib.suppress(Unsound):
        assert isinstance(bare(bytes(data)), bytes)


@given(st.binary(max_size=200))
def test_no_directory_of_a_camera_makes_it_stumble(data: bytes) -> None:
    """Tags, counts and places may be anything."""
    for order in (b"II*\0", b"MM\0*"):
        camera = read_camera(order + data)
        assert read_camera(written_camera(camera)) == camera


# What a camera wrote


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("turn", [1, 6])
def test_the_place_is_left_out_and_the_picture_stays(form: str, turn: int) -> None:
    """Not a pixel changes, which way up it is stays, and so does the name of whoever made it."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    settings: dict[str, Any] = {"quality": 90} if form != "png" else {}
    data = saved(
        pixels(300, 200),
        form,
        exif=exif(turn, "Robin Example", place=True),
        icc_profile=profile,
        **settings,
    )
    assert SECRET in data
    left = bare(data)
    assert SECRET not in left
    assert b"Camera 1234" not in left
    assert bare(left) == left
    before, after = Image.open(io.BytesIO(data)), Image.open(io.BytesIO(left))
    assert after.tobytes() == before.tobytes()
    assert after.info["icc_profile"] == profile
    assert dict(after.getexif()) == {
        **({0x0112: turn} if turn != 1 else {}),
        0x013B: "Robin Example",
    }
    assert (seen(left).width, seen(left).height) == (seen(data).width, seen(data).height)


def test_nothing_is_left_behind_the_end_of_a_picture() -> None:
    """Phones put films there, and some editors leave the picture as it was before it was cut."""
    for form in ("jpeg", "png"):
        data = picture(form, 64, 48)
        assert seen(data + b"what was cut off" + SECRET).trouble == ""
        assert bare(data + b"what was cut off" + SECRET) == data


def test_texts_in_a_png_are_left_out_but_for_who_made_it() -> None:
    """What was typed into a program is no part of the picture."""
    data = picture("png", 64, 48)
    at = data.index(b"IDAT") - 4
    texts = chunk(b"tEXt", b"Comment\0" + SECRET) + chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + SECRET)
    name = chunk(b"tEXt", b"Author\0Robin Example")
    assert bare(data[:at] + texts + name + data[at:]) == data[:at] + name + data[at:]


def test_comments_and_programs_in_a_jpeg_are_left_out() -> None:
    """XMP has a place too, and small copies hold their own."""
    data = picture("jpeg", 64, 48)
    assert bare(data) == data
    xmp = b"http://ns.adobe.com/xap/1.0/\0" + SECRET
    extra = b"".join(
        bytes([0xFF, marker]) + struct.pack(">H", 2 + len(body)) + body
        for marker, body in ((0xE1, xmp), (0xFE, SECRET), (0xED, SECRET), (0xE2, b"MPF\0" + SECRET))
    )
    assert bare(data[:20] + extra + data[20:]) == data


def test_a_camera_says_what_was_said() -> None:
    """Written and read, nothing is lost."""
    for camera in (Camera(), Camera(3), Camera(8, b"R", b"2026"), Camera(1, b"Robin Example", b"")):
        assert read_camera(written_camera(camera)) == camera


# Smaller copies


def copy(data: bytes, width: int) -> bytes:
    """The copy of a picture."""
    return resizing.resized(data, seen(data), [width])[width]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("turn", TURNS)
def test_a_copy_stands_upright_and_holds_nothing_but_pixels(form: str, turn: int) -> None:
    """However the camera was held, a copy needs nobody to turn it."""
    data = picture(form, 1200, 800, exif=exif(turn, "Robin", place=True))
    small = copy(data, 100)
    found = Image.open(io.BytesIO(small))
    assert found.size == (100, 150 if turn >= 5 else 67)
    assert not found.getexif()
    assert bare(small) == small
    assert corners(found) == corners(upright(data))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "RGB"])
def test_every_mode_of_a_png_becomes_a_copy(mode: str) -> None:
    """Palettes, holes, black and white."""
    small = Image.open(io.BytesIO(copy(saved(pixels(1000, 800, mode), "png"), 480)))
    assert small.size == (480, 384)
    assert ("A" in mode) == small.has_transparency_data


def test_holes_stay_holes() -> None:
    """A colour of a palette that stands for none is no colour."""
    drawn = Image.new("P", (1000, 1000), 0)
    drawn.putpalette([255, 0, 0, 0, 0, 255])
    drawn.paste(1, (0, 0, 500, 1000))
    small = Image.open(io.BytesIO(copy(saved(drawn, "png", transparency=0), 100))).convert("RGBA")
    assert small.getchannel("A").getpixel((80, 50)) == 0
    assert small.getpixel((20, 50)) == (0, 0, 255, 255)


def test_grey_of_sixteen_bits_is_left_alone() -> None:
    """Pillow would show it nearly white."""
    assert not seen(saved(Image.new("I;16", (1000, 1000)), "png")).simple


def test_colours_are_those_of_the_profile() -> None:
    """In a profile in which red and green have changed places, what is stored as red is green."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = profile.replace(b"rXYZ", b"????").replace(b"gXYZ", b"rXYZ").replace(b"????", b"gXYZ")
    data = saved(pixels(1000, 800), "jpeg", icc_profile=swapped, quality=95)
    small = Image.open(io.BytesIO(copy(data, 100)))
    assert corners(small)[0] == "green"
    assert "icc_profile" not in small.info
    damaged = saved(pixels(1000, 800), "jpeg", icc_profile=b"no profile", quality=95)
    assert corners(Image.open(io.BytesIO(copy(damaged, 100))))[0] == "red"


def test_ink_becomes_light() -> None:
    """A picture for print, whose colours browsers show at random, becomes one for screens."""
    small = Image.open(io.BytesIO(copy(saved(pixels(1000, 800, "CMYK"), "jpeg"), 100)))
    assert (small.mode, corners(small)) == ("RGB", ("red", "green", "blue"))


def test_what_cannot_be_read_to_its_end_has_a_reason() -> None:
    """Whatever a decoder stumbles over."""
    data = huge(1000, 1000)
    with pytest.raises(Unsound, match="it is damaged"):
        copy(data, 480)


# Builds

MANIFESTO = """\
format: 1
title: A plan
candidate: {name: Robin Example, photo: {file: media/robin.jpg, alt: Robin, credit: Pat}}
office: {role: pcc, area: Exampleshire}
imprint: {jurisdiction: none}
site: {url: https://example.org/}
foreword: |
  ![A hall](media/hall.png "Title")
priorities: [{priority: democracy, ideas: [assembly]}]
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A manifesto with two pictures, and a cache of its own."""
    monkeypatch.setenv("MANIFESTO_CACHE", str(tmp_path / "cache"))
    folder = tmp_path / "plan"
    for path, content in {
        "manifesto.yaml": MANIFESTO.encode(),
        "priorities/democracy.yaml": b"title: Democracy\n",
        "ideas/assembly.yaml": b"title: An assembly\npriority: democracy\nsummary: Drawn by lot.\n",
        "media/robin.jpg": picture("jpeg", 1800, 1200, exif=exif(6, place=True)),
        "media/hall.png": picture("png", 600, 300),
    }.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


def built(project: Path, name: str = "site", status: int = 0) -> dict[str, bytes]:
    """The files of a build."""
    target = project.parent / name
    assert main(["build", "-q", "-C", str(project), "-o", str(target)]) == status
    return {
        path.relative_to(target).as_posix(): path.read_bytes()
        for path in target.rglob("*")
        if path.is_file() and ".manifesto" not in path.parts
    }


def shown(files: dict[str, bytes], page: str) -> dict[str, dict[str, str]]:
    """The pictures on a page, by their descriptions."""
    return {image["alt"]: image for image in pages.read(files[page]).every("img")}


def test_pages_say_how_large_pictures_are_and_from_what_to_choose(project: Path) -> None:
    """A picture of a record and one in a text; the first one of a page that is in sight comes at once."""
    files = built(project)
    about = shown(files, "about.html")["Robin"]
    assert (about["src"], about["width"], about["height"]) == ("media/robin.jpg", "1200", "1800")
    assert about["srcset"] == "media/robin-480.jpg 480w, media/robin-960.jpg 960w, media/robin.jpg 1200w"
    assert about["sizes"]
    assert "loading" not in about
    hall = shown(files, "index.html")["A hall"]
    assert (hall["width"], hall["height"], hall["loading"], hall["decoding"]) == (
        "600",
        "300",
        "lazy",
        "async",
    )
    assert hall["srcset"] == "media/hall-480.png 480w, media/hall.png 600w"
    for path in ("media/robin-480.jpg", "media/robin-960.jpg", "media/hall-480.png"):
        width = int(path.partition("-")[2].partition(".")[0])
        assert seen(files[path]).width == width
    assert not [path for path, content in files.items() if SECRET in content]


def test_a_wide_picture_itself_is_not_among_what_phones_choose_from(project: Path) -> None:
    """Camera files of many megabytes stay at their address, and no window needs them."""
    (project / "media/robin.jpg").write_bytes(picture("jpeg", 4000, 3000))
    robin = shown(built(project), "about.html")["Robin"]
    assert robin["srcset"].split(", ")[-1] == "media/robin-1600.jpg 1600w"
    assert robin["src"] == "media/robin.jpg"


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many copies were asked for at each picture that was decoded."""
    found: list[int] = []
    real = resizing.resized

    def counting(content: bytes, seen: Look, widths: list[int]) -> dict[int, bytes]:
        found.append(len(widths))
        return real(content, seen, widths)

    monkeypatch.setattr(resizing, "resized", counting)
    return found


def test_a_second_build_makes_nothing_anew(project: Path, counted: list[int]) -> None:
    """Nor does one into another folder; a picture that has changed is made again."""
    first = built(project)
    assert sorted(counted) == [1, 2]
    assert built(project) == built(project, "other") == first
    assert sorted(counted) == [1, 2]
    (project / "media/hall.png").write_bytes(picture("png", 700, 300))
    assert built(project)["media/hall-480.png"] != first["media/hall-480.png"]
    assert sorted(counted) == [1, 1, 2]


@pytest.mark.parametrize("damage", ["emptied", "cut", "swapped", "a folder"])
def test_damage_to_the_cache_changes_no_byte(project: Path, damage: str) -> None:
    """What is found there counts only if it is what was written."""
    first = built(project)
    cache = project.parent / "cache" / "pictures"
    kept = sorted(path for path in cache.iterdir() if path.suffix != ".sum" and path.stat().st_size)
    assert len(kept) == 5
    contents = [path.read_bytes() for path in kept]
    for path, content, other in zip(kept, contents, contents[1:] + contents[:1], strict=True):
        if damage == "a folder":
            path.unlink()
            Path(f"{path}.sum").unlink()
        else:
            path.write_bytes({"emptied": b"", "cut": content[:-1], "swapped": other}[damage])
    assert built(project, "other") == first


@pytest.mark.parametrize("place", ["", "a file", "nobody's"])
def test_without_a_cache_all_is_the_same(project: Path, monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    """None wanted, or none to be had."""
    first = built(project)
    (project.parent / "a file").write_text("in the way")
    monkeypatch.setenv("MANIFESTO_CACHE", place and str(project.parent / place / "cache"))
    if place == "nobody's":
        monkeypatch.setattr(picture_cache, "_usable", lambda _: False)
    assert built(project, "other") == first


def test_a_cache_that_has_become_too_large_lets_go(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of what this build does not use."""
    built(project)
    monkeypatch.setattr(picture_cache, "_MOST_BYTES", 10)
    (project / "media/robin.jpg").write_bytes(picture("jpeg", 700, 500))
    files = built(project)
    kept = [path for path in (project.parent / "cache/pictures").iterdir() if path.stat().st_size > 100]
    assert {path.read_bytes() for path in kept} <= set(files.values())


def test_a_disk_without_room_is_a_message(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The site that stood there still stands."""
    before = built(project)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(picture_cache, "_write", full)
    monkeypatch.setattr(picture_cache, "_usable", lambda _: True)
    (project / "media/hall.png").write_bytes(picture("png", 800, 300))
    assert built(project, status=3) == before
    assert "no space left on device" in capsys.readouterr().err


@pytest.mark.parametrize("stop", [KeyboardInterrupt, MemoryError])
def test_a_build_that_is_stopped_while_pictures_are_made_leaves_the_site(
    project: Path, monkeypatch: pytest.MonkeyPatch, stop: type[BaseException]
) -> None:
    """Nothing is written before all of them are there."""
    before = built(project)
    (project / "media/hall.png").write_bytes(picture("png", 800, 300))

    def stopped(*_: object) -> None:
        raise stop

    monkeypatch.setattr(disk, "_make", stopped)
    target = project.parent / "site"
    with contextlib.suppress(stop):
        assert main(["build", "-q", "-C", str(project), "-o", str(target)])
    assert (target / "media/hall.png").read_bytes() == before["media/hall.png"]


# Without Pillow


@contextlib.contextmanager
def without_pillow() -> Iterator[None]:
    """As if it had never been installed."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in sys.modules if name == "PIL" or name.startswith("PIL.")]:
            patch.delitem(sys.modules, name)
        patch.delitem(sys.modules, "manifesto_cli.disk.resizing")
        patch.delattr("manifesto_cli.disk.resizing")
        patch.setitem(sys.modules, "PIL", None)
        disk.formats.cache_clear()
        yield
    disk.formats.cache_clear()


def test_without_pillow_the_originals_serve(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Sizes are there, the place is not, and a note says once what is missing; a strict build is none the worse."""
    with without_pillow():
        files = built(project)
        capsys.readouterr()
        assert main(["check", "--strict", "-C", str(project)]) == 0
    said = "".join(capsys.readouterr())
    assert said.count("note[pictures-not-resized]: 2 pictures are published without smaller copies") == 1
    assert "pip install 'manifesto-cli[pictures]'" in said
    robin = shown(files, "about.html")["Robin"]
    assert (robin["width"], robin["height"]) == ("1200", "1800")
    assert "srcset" not in robin
    assert sorted(path for path in files if path.startswith("media/")) == [
        "media/hall.png",
        "media/robin.jpg",
    ]
    assert not [path for path, content in files.items() if SECRET in content]
    assert main(["check", "--strict", "-C", str(project)]) == 0
    assert "pictures-not-resized" not in "".join(capsys.readouterr())


def test_without_pillow_small_pictures_and_booklets_miss_nothing(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A note would be about nothing."""
    with without_pillow():
        target = str(project.parent / "booklet")
        assert main(["build", "--format", "md", "-C", str(project), "-o", target]) == 0
    for name in ("robin.jpg", "hall.png"):
        (project / "media" / name).write_bytes(picture("jpeg" if "jpg" in name else "png", 400, 300))
    with without_pillow():
        assert main(["check", "-C", str(project)]) == 0
    assert "pictures-not-resized" not in "".join(capsys.readouterr())


def test_the_doctor_knows_whether_pillow_is_there(capsys: pytest.CaptureFixture[str]) -> None:
    """And what it is for, and what to type."""
    main(["doctor"])
    assert "makes smaller copies of pictures" in capsys.readouterr().out
    with without_pillow():
        main(["doctor"])
    assert "pip install 'manifesto-cli[pictures]'" in capsys.readouterr().out


@given(
    st.lists(st.one_of(st.integers(0, 12), st.binary(max_size=3)), max_size=8),
    st.integers(1, 5),
)
def test_parts_of_an_original_are_copied_from_wherever_they_are(
    tmp_path_factory: pytest.TempPathFactory, drawn: list[int | bytes], piece: int
) -> None:
    """However it is read, a copy holds what its parts say, in their order."""
    data = bytes(range(12))
    places = iter(sorted(number for number in drawn if isinstance(number, int)))
    parts: list[Part] = [*zip(places, places, strict=False)]
    for i, part in enumerate(part for part in drawn if isinstance(part, bytes)):
        parts.insert(2 * i, part)
    original = tmp_path_factory.getbasetemp() / "parts"
    original.write_bytes(data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(contents, "_PIECE", piece)
        copied = b"".join(contents.pieces(Copy("a", str(original), tuple(parts))))
    assert copied == (joined(data, parts) if parts else data)


def test_pictures_of_a_theme_go_the_same_way(project: Path) -> None:
    """The logo at the top of every page in its own proportions, the picture of the first page at once."""
    wide = {
        "logo.png": picture("png", 1000, 250),
        "hero.jpg": picture("jpeg", 2000, 900, exif=exif(place=True)),
    }
    for name, content in wide.items():
        (project / "media" / name).write_bytes(content)
    manifesto = project / "manifesto.yaml"
    theme = project / "themes" / "own" / "theme.yaml"
    theme.parent.mkdir(parents=True)
    theme.write_text(
        'title: Own\nabout: Own.\napi: "1"\nextends: civic\noptions:\n'
        "  logo: {kind: picture, about: A logo.}\n  hero: {kind: picture, about: A view.}\n",
        encoding="utf-8",
    )
    options = "{logo: {file: media/logo.png, alt: A bus}, hero: {file: media/hero.jpg, alt: A street}}"
    manifesto.write_text(
        MANIFESTO.replace("site: {", f"site: {{theme: own, options: {options}, "), encoding="utf-8"
    )
    files = built(project)
    images = pages.read(files["index.html"]).every("img")
    logo = next(image for image in images if image["src"] == "media/logo.png")
    assert (logo["width"], logo["height"], logo["sizes"]) == ("224", "56", "224px")
    assert logo["srcset"] == "media/logo-480.png 480w, media/logo-960.png 960w, media/logo.png 1000w"
    hero = next(image for image in images if image["src"] == "media/hero.jpg")
    assert (hero["width"], hero["height"], hero.get("loading")) == ("2000", "900", None)
    assert hero["srcset"].endswith("media/hero-1600.jpg 1600w")
    assert SECRET not in files["media/hero.jpg"]
