"""Cuts the fonts that come with the themes from whole families, and prints the rules that a theme's style sheet needs for them.

    npm install --prefix FOLDER @fontsource-variable/atkinson-hyperlegible-next@5.3.0 …    (see PACKAGES)
    make fonts FONTS=FOLDER/node_modules RULES=ANOTHER-FOLDER

Writes `themes/NAME/assets/fonts/*.woff2` with a licence for each family, and `NAME.css` into the folder for rules; what it holds goes to the
top of `themes/NAME/assets/style.css`. Not part of the package, and of no test: what it wrote is committed, and `tests/test_fonts.py`
holds it to what the rules say. It wants fonttools and brotli, which the `dev` extra has; uharfbuzz, which sets text as browsers do; and
the fonts that are measured in place of Arial and Times: Liberation Sans and Serif, which are as wide letter by letter (`fonts-liberation` of Debian).
"""

import argparse
from collections.abc import Iterable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import uharfbuzz as harfbuzz
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont
from msgspec import Struct

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = (
    "@fontsource-variable/archivo@5.3.0",
    "@fontsource-variable/atkinson-hyperlegible-next@5.3.0",
    "@fontsource-variable/libre-franklin@5.3.0",
    "@fontsource-variable/newsreader@5.3.0",
    "@fontsource-variable/source-sans-3@5.3.0",
    "@fontsource-variable/source-serif-4@5.3.1",
)
LIBERATION = Path("/usr/share/fonts/truetype/liberation")

SAMPLE = (
    "Employers and youth charities help young people at risk to practise, gain a reference and find a first job.",
    "Survivors of domestic abuse share in decisions about the services meant for them, and safety comes first.",
    "Residents meet, choose what matters most for their safety, and get an answer in public.",
    "Shops and the police pay for things to do in the holidays, as well as for guards on the door.",
    "The law on attacks against shop workers is changing, and someone has to see that it is used.",
    "Officers sit down in a café, library or shop at a set hour, so that anyone can talk to them.",
    "Police, councils and others put small sums into one pot, and residents’ groups can draw on it.",
    "People with convictions and their neighbours run a business together, and each has a say.",
    "Where an area brings crime down, the government shares what it saves, so that more can be spent on prevention.",
    "Those who did had 43% fewer arrests for violent crime over 16 months. For schooling and later work, American studies found mixed results.",
    "I begin with young people, because nobody is born with a criminal record. If this valley has less crime, the country saves money.",
    "I will ask for some of it back, in writing, with figures that anyone can check. Let schools, youth workers and the police suggest people.",
    "Vote Thursday 4 May 2028. £1,050,000 over four years: 250 gyms, 50 towns, 19% fewer by 2030.",
)
"""What the libraries in `ideas/` say, and how often letters and pairs of letters come in English: measured with these, faces take as much room as with a page."""


class Script(Struct, frozen=True):
    """The characters of one file of a family, as far as the family has them. No character is in two files."""

    name: str
    source: str
    """Which file of the package has them."""
    wanted: str


SCRIPTS = (
    # ASCII, Latin-1 and punctuation: English, Irish, Scottish Gaelic, German, French, Spanish and their neighbours.
    Script("latin", "latin", "20-7E A0-FF 131 152-153 2BB-2BC 2002-200A 2010-201F 2021-2022 2026 202F-2030 2032-2033 2039-203A 2044 20AC 2122 2190-2193 2212 2215 2713"),
    # What Welsh adds; the dagger; what Romanian adds; and the letters that Vietnamese has in common with Romanian, Croatian and
    # others, so that none of them loads another's file.
    Script("welsh", "latin-ext", "102-103 110-111 174-178 218-21B 1E80-1E85 1EF2-1EF3 2020"),
    # Polish, Czech, Slovak, Hungarian, Croatian, Turkish, Azerbaijani, Maltese, the Baltic languages, Irish with dots.
    Script("more", "latin-ext", "100-101 104-107 10A-10F 112-113 116-11B 11E-123 126-127 12A-12B 12E-130 136-137 139-13E 141-148 14A-14D 150-151 154-15B 15E-167 16A-16B 16E-173 179-17E 18F 259 1E02-1E03 1E0A-1E0B 1E1E-1E1F 1E40-1E41 1E56-1E57 1E60-1E61 1E6A-1E6B 1E9E 20BA"),
    Script("vietnamese", "vietnamese", "128-129 168-169 1A0-1A1 1AF-1B0 300-301 303 309 323 1EA0-1EF1 1EF4-1EF9 20AB"),
    Script("greek", "greek", "37E 384-38A 38C 38E-3A1 3A3-3CE"),
    Script("cyrillic", "cyrillic", "400-45F 490-491 4B0-4B1 2116"),
    # Kazakh, Kyrgyz, Tatar, Bashkir, Mongolian and others.
    Script("cyrillic-more", "cyrillic-ext", "48A-48F 492-4AF 4B2-4FF 20B4"),
)  # fmt: skip


class Standin(Struct, frozen=True):
    """A face of the reader's own machine that stands in until the file is there, fitted to one point of the family."""

    at: Mapping[str, float]
    """The point of the family's axes that it is measured at."""
    weight: str = ""
    stretch: str = ""
    """For which weights and widths it stands in, as in CSS; empty for all of the family's."""
    bold: bool = False
    capitals: bool = False
    """Whether what it stands in for is set in capitals for the most part."""


class Family(Struct, frozen=True):
    """What is cut from one package, as one family of a style sheet."""

    name: str
    """As the style sheet calls it."""
    theme: str
    package: str
    axes: str
    """Which of the package's files: the axes that it varies along, as its name says."""
    stem: str
    limits: Mapping[str, Any]
    """What is left of each axis: least, usual, most; or the one point."""
    standins: tuple[Standin, ...]
    weight: str
    stretch: str = ""
    serif: bool = False
    licence: str = ""
    """The family, in the name of its licence's file."""


FAMILIES = (
    Family(
        "Atkinson Hyperlegible Next", "civic", "atkinson-hyperlegible-next", "wght", "atkinson",
        {"wght": (400, 400, 800)},
        (
            Standin({"wght": 400}, "400 549"),
            Standin({"wght": 700}, "550 749", bold=True),
            Standin({"wght": 800}, "750 800", bold=True),
        ),
        "400 800", licence="Atkinson-Hyperlegible-Next",
    ),
    Family(
        # The licence reserves the name "Source" for the family as it was: a cut needs another.
        "Manifesto Sans", "civic", "source-sans-3", "wght", "manifesto-sans",
        {"wght": (400, 400, 800)},
        (
            Standin({"wght": 400}, "400 549"),
            Standin({"wght": 700}, "550 749", bold=True),
            Standin({"wght": 800}, "750 800", bold=True),
        ),
        "400 800", licence="Source-Sans-3",
    ),
    Family(
        "Archivo", "rally", "archivo", "wdth", "archivo",
        {"wght": (400, 400, 900), "wdth": (100, 100, 125)},
        (
            Standin({"wght": 400, "wdth": 100}, "400 549", "100% 106%"),
            Standin({"wght": 650, "wdth": 100}, "550 900", "100% 106%", bold=True),
            Standin({"wght": 750, "wdth": 112}, "400 900", "107% 114%", bold=True),
            Standin({"wght": 800, "wdth": 118}, "400 900", "115% 121%", bold=True),
            Standin({"wght": 850, "wdth": 125}, "400 874", "122% 125%", bold=True),
            Standin({"wght": 900, "wdth": 125}, "875 900", "122% 125%", bold=True),
        ),
        "400 900", "100% 125%", licence="Archivo",
    ),
    Family(
        "Newsreader Display", "broadsheet", "newsreader", "opsz", "newsreader-display",
        {"wght": 500, "opsz": 60},
        (Standin({}),),
        "400 700", serif=True, licence="Newsreader",
    ),
    Family(
        "Newsreader", "broadsheet", "newsreader", "opsz", "newsreader",
        {"wght": (400, 400, 700), "opsz": 16},
        (Standin({"wght": 400}, "400 549"), Standin({"wght": 600}, "550 700", bold=True)),
        "400 700", serif=True, licence="Newsreader",
    ),
    Family(
        "Libre Franklin", "broadsheet", "libre-franklin", "wght", "franklin",
        {"wght": (500, 500, 750)},
        (Standin({"wght": 500}, "500 599"), Standin({"wght": 650}, "600 750", bold=True, capitals=True)),
        "500 750", licence="Libre-Franklin",
    ),
    Family(
        "Manifesto Serif", "broadsheet", "source-serif-4", "wght", "manifesto-serif",
        {"wght": (400, 400, 700)},
        (Standin({"wght": 400}, "400 549"), Standin({"wght": 650}, "550 700", bold=True)),
        "400 700", serif=True, licence="Source-Serif-4",
    ),
)  # fmt: skip

_LOCAL = {
    (False, False): ("Arial", "ArialMT", "Liberation Sans", "LiberationSans", "Helvetica"),
    (False, True): ("Arial Bold", "Arial-BoldMT", "Liberation Sans Bold", "LiberationSans-Bold", "Helvetica Bold", "Helvetica-Bold"),
    (True, False): ("Times New Roman", "TimesNewRomanPSMT", "Liberation Serif", "LiberationSerif", "Times", "Times-Roman"),
    (True, True): ("Times New Roman Bold", "TimesNewRomanPS-BoldMT", "Liberation Serif Bold", "LiberationSerif-Bold", "Times Bold", "Times-Bold"),
}  # fmt: skip
"""By serif and bold: the names in full and in PostScript of faces that are equally wide. Browsers know one or the other."""


def numbers(ranges: str) -> set[int]:
    """The numbers in ranges such as `20-7E A0`."""
    found: set[int] = set()
    for part in ranges.split():
        first, _, last = part.partition("-")
        found |= set(range(int(first, 16), int(last or first, 16) + 1))
    return found


def as_ranges(characters: Iterable[int]) -> str:
    """Numbers of characters as `unicode-range` has them, with nothing in between."""
    runs: list[list[int]] = []
    for number in sorted(characters):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(f"U+{a:X}" if a == b else f"U+{a:X}-{b:X}" for a, b in runs)


def cut(source: Path, family: Family, wanted: set[int]) -> TTFont | None:
    """The part of a font that has the wanted characters, within the family's limits; nothing if it has none of them."""
    font = TTFont(source, recalcTimestamp=False)
    characters = wanted & font.getBestCmap().keys()
    if not characters:
        return None
    rights = font["name"].getDebugName(0)
    options = Options(layout_features=["*"], hinting=False, name_IDs=[], notdef_outline=True)
    options.drop_tables += ["gasp", "BASE"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    font = instantiateVariableFont(font, dict(family.limits), inplace=True)
    if "fvar" in font:
        font["fvar"].instances = []
    else:
        del font["STAT"]  # a map of axes that are no more
    _name(font, family.name, rights)
    font.flavor = "woff2"
    return font


def _name(font: TTFont, name: str, rights: str) -> None:
    """Who made it, under which licence, and what it is called: what the licence asks for."""
    table = font["name"]
    for identity in (1, 2, 3, 4, 5, 6, 7, 16, 17, 25):
        table.removeNames(nameID=identity)
    written = {
        0: rights,
        1: name,
        2: "Regular",
        4: name,
        6: name.replace(" ", "") + "-Regular",
        13: "This Font Software is licensed under the SIL Open Font License, Version 1.1.",
        14: "https://openfontlicense.org",
    }
    for identity, text in written.items():
        table.setName(text, identity, 3, 1, 0x409)


def width(path: Path, at: Mapping[str, float], *, capitals: bool) -> float:
    """How wide the sample is in a font at a point of its axes, in ems, with pairs of letters moved together as browsers do."""
    font = harfbuzz.Font(harfbuzz.Face(decompressed(path)))
    font.set_variations(dict(at))
    total = 0
    for sentence in SAMPLE:
        line = harfbuzz.Buffer()
        line.add_str(sentence.upper() if capitals else sentence)
        line.guess_segment_properties()
        harfbuzz.shape(font, line)
        total += sum(position.x_advance for position in line.glyph_positions)
    return float(total / font.face.upem)


def decompressed(path: Path) -> bytes:
    """A font as plain tables."""
    font, written = TTFont(path), BytesIO()
    font.flavor = None
    font.save(written)
    return written.getvalue()


def standin_rule(family: Family, standin: Standin, latin: Path) -> str:
    """The rule that makes a face of the reader's machine take as much room as the family.

    By CSS Fonts 5: glyphs are scaled by `size-adjust`, and the line's parts are shares of the scaled size.
    """
    system = (
        LIBERATION
        / f"Liberation{'Serif' if family.serif else 'Sans'}-{'Bold' if standin.bold else 'Regular'}.ttf"
    )
    scale = width(latin, standin.at, capitals=standin.capitals) / width(system, {}, capitals=standin.capitals)
    font = TTFont(latin)
    line, em = font["hhea"], font["head"].unitsPerEm
    places = ", ".join(f'local("{name}")' for name in _LOCAL[family.serif, standin.bold])
    return _rule(
        {
            "font-family": f'"{family.name} Fallback"',
            "src": places,
            "font-weight": standin.weight or family.weight,
            "font-stretch": standin.stretch,
            "size-adjust": f"{scale:.1%}",
            "ascent-override": f"{line.ascent / em / scale:.1%}",
            "descent-override": f"{-line.descent / em / scale:.1%}",
            "line-gap-override": f"{line.lineGap / em / scale:.0%}",
        }
    )


def face_rule(family: Family, name: str, characters: Iterable[int]) -> str:
    """The rule for one file."""
    return _rule(
        {
            "font-family": f'"{family.name}"',
            "src": f'url("fonts/{name}") format("woff2")',
            "font-weight": family.weight,
            "font-stretch": family.stretch,
            "font-display": "swap",
            "unicode-range": as_ranges(characters),
        }
    )


def _rule(said: Mapping[str, str]) -> str:
    lines = "".join(f"  {name}: {value};\n" for name, value in said.items() if value)
    return f"@font-face {{\n{lines}}}\n"


def write_family(family: Family, packages: Path) -> str:
    """Write the family's files, and return its rules."""
    package = packages / "@fontsource-variable" / family.package
    folder = ROOT / "themes" / family.theme / "assets" / "fonts"
    folder.mkdir(parents=True, exist_ok=True)
    rules = []
    for script in SCRIPTS:
        source = package / "files" / f"{family.package}-{script.source}-{family.axes}-normal.woff2"
        font = cut(source, family, numbers(script.wanted)) if source.is_file() else None
        if font is None:
            continue
        target = folder / f"{family.stem}-{script.name}.woff2"
        font.save(target)
        rules.append(face_rule(family, target.name, font.getBestCmap()))
        print(f"{target.stat().st_size:7,} {target.relative_to(ROOT)}")  # noqa: T201 - a script
    _, _, terms = (package / "LICENSE").read_text(encoding="utf-8").partition("\n")
    latin = folder / f"{family.stem}-latin.woff2"
    rights = TTFont(latin)["name"].getDebugName(0)
    (folder / f"OFL-{family.licence}.txt").write_text(rights + "\n" + terms, encoding="utf-8")
    return "\n".join([*rules, *(standin_rule(family, standin, latin) for standin in family.standins)])


def main() -> None:
    """Everything, for every theme."""
    parser = argparse.ArgumentParser(description="Cut the fonts of the themes.")
    parser.add_argument("packages", type=Path, help="the folder `node_modules`")
    parser.add_argument("rules", type=Path, help="a folder for the rules")
    given = parser.parse_args()
    given.rules.mkdir(parents=True, exist_ok=True)
    for theme in dict.fromkeys(family.theme for family in FAMILIES):
        rules = [write_family(family, given.packages) for family in FAMILIES if family.theme == theme]
        opening = "/* Fonts: made by `make fonts`, not by hand. A file is loaded only where one of its characters stands. */\n\n"
        (given.rules / f"{theme}.css").write_text(opening + "\n".join(rules), encoding="utf-8")


if __name__ == "__main__":
    main()
