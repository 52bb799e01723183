"""What a manifesto sets of a theme reaches every page: choices as classes, pictures where the theme puts them."""

from pathlib import Path

from manifesto_cli.cli import main
from support.built import picture

MANIFESTO = """\
format: 1
title: A plan
candidate: {{name: Robin Example}}
office: {{role: pcc}}
imprint: {{jurisdiction: none}}
site:
  theme: plain
  options: {options}
"""
THEME = """\
title: Plain
api: 1
extends: base
options:
  accent: {kind: colour, default: "#7a1f5c", about: The colour of the bar.}
  corner: {kind: choice, values: [square, round], default: square, about: The corners of boxes.}
  line_length: {kind: choice, values: [long, short], default: long, about: How long lines are.}
  hero: {kind: picture, about: A picture at the top of the first page.}
  logo: {kind: picture, about: A sign beside the name.}
"""


def built(folder: Path, options: str) -> dict[str, str]:
    """The pages of a manifesto that sets these options, by their paths."""
    (folder / "themes" / "plain").mkdir(parents=True)
    (folder / "media").mkdir()
    (folder / "media" / "hall.png").write_bytes(picture(640, 360))
    (folder / "themes" / "plain" / "theme.yaml").write_text(THEME)
    (folder / "manifesto.yaml").write_text(MANIFESTO.format(options=options))
    assert main(["build", "-q", "-C", str(folder)]) == 0
    site = folder / "public"
    return {
        path.relative_to(site).as_posix(): path.read_text(encoding="utf-8") for path in site.rglob("*.html")
    }


def test_choices_are_classes_of_every_page(tmp_path: Path) -> None:
    """Those made and those left as they are; colours are in the style sheet and pictures on the page."""
    pages = built(tmp_path, '{corner: round, accent: "#123456"}')
    assert len(pages) > 3
    for path, page in pages.items():
        assert '<html lang="en-GB" dir="ltr" class="corner-round line-length-long">' in page, path
    assert "--accent:#123456" in (tmp_path / "public/assets/style.css").read_text()


def test_pictures_stand_where_the_theme_puts_them(tmp_path: Path) -> None:
    """Each with its own words, or with none where the name stands beside it."""
    options = (
        "{hero: {file: media/hall.png, alt: 'The hall <at night>', consent: not-needed}, "
        "logo: {file: media/hall.png, alt: A hall, consent: not-needed}}"
    )
    pages = built(tmp_path, options)
    assert 'alt="The hall &lt;at night&gt;"' in pages["index.html"]
    assert 'src="media/hall.png"' in pages["index.html"]
    assert 'class="logo"' in pages["imprint.html"]
    assert "The hall" not in pages["imprint.html"]


def test_without_a_picture_there_is_no_frame_for_one(tmp_path: Path) -> None:
    """Nothing is shown in its place, and nothing is linked."""
    for page in built(tmp_path, "{}").values():
        assert "<img" not in page
        assert "hero-picture" not in page
