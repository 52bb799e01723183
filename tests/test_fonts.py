"""The fonts that come with the themes hold what their style sheets say, set the languages that they are for, and are small enough."""
# ruff: noqa: RUF001 - Greek and Cyrillic letters are what it is about

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from msgspec import Struct

from manifesto_cli.rendering.theme import ThemeFolder, read_layer

THEMES = Path(__file__).resolve().parent.parent / "themes"
WITH_FONTS = sorted(folder.parent.parent.name for folder in THEMES.glob("*/assets/fonts"))
LARGEST_PAGE = 130_000
"""Bytes of fonts that a page loads at most, whichever language it is in."""
WELSH = 12_000
"""Bytes that Welsh adds at most: it has a file of its own in each family."""
LARGEST_TOTAL = 900_000

WORDS = {
    "English": "The quick brown fox jumps over the lazy dog: ‘Jackdaws’ “love” my 0123456789 £ € ½ × – — … • (a/b) [c] & 50% café, naïve?",
    "Welsh": "Ŵ ŵ Ŷ ŷ Ẁ ẁ Ẃ ẃ Ẅ ẅ Ỳ ỳ Â â Ê ê Î î Ô ô Û û Ä ä Ë ë Ï ï Ö ö Ü ü À à È è Ì ì Ò ò Ù ù Á á É é Í í Ó ó Ú ú Ý ý Ÿ ÿ †",
    "Irish and Scottish Gaelic": "Á á É é Í í Ó ó Ú ú À à È è Ì ì Ò ò Ù ù",
    "Polish": "Ą ą Ć ć Ę ę Ł ł Ń ń Ó ó Ś ś Ź ź Ż ż „zażółć gęślą jaźń”",
    "Turkish": "Ç ç Ğ ğ I ı İ i Ö ö Ş ş Ü ü Â â Î î Û û",
    "Romanian": "Ă ă Â â Î î Ș ș Ț ț „așa”",
    "Czech and Hungarian": "Á á Č č Ď ď É é Ě ě Í í Ň ň Ó ó Ř ř Š š Ť ť Ú ú Ů ů Ý ý Ž ž Ő ő Ű ű",
    "Croatian": "Č č Ć ć Đ đ Š š Ž ž",
    "Lithuanian": "Ą ą Č č Ę ę Ė ė Į į Š š Ų ų Ū ū Ž ž",
    "Vietnamese": "Ă ă Â â Đ đ Ê ê Ô ô Ơ ơ Ư ư ỳ Ỵ Nghệ thuật sống giữa những người hàng xóm tử tế, được hỏi ý kiến",
    "Greek": "Θέλω να ακούσω τους γείτονές μου: ΐ ΰ ώ Ά Έ Ή Ί Ό Ύ Ώ ς · «ναι»",
    "Russian": "Съешь ещё этих мягких французских булок, да выпей чаю «Ё» №",
    "Ukrainian": "Ґ ґ Є є І і Ї ї Щастя б’ють жук їх глицю в фон й ґедзь пріч",
    "Kazakh": "Ә ә Ғ ғ Қ қ Ң ң Ө ө Ұ ұ Ү ү Һ һ І і",
}
WITHOUT_COLUMNS = {"Libre Franklin"}
"""Families whose figures are never equally wide: what stands in columns is set in another."""
LATIN = frozenset(WORDS) - {"Vietnamese", "Greek", "Russian", "Ukrainian", "Kazakh"}


class Setting(Struct, frozen=True):
    """What a page loads for one choice of fonts: the families, the bytes of an English page, and the languages that it sets."""

    theme: str
    families: tuple[str, ...]
    english: int
    languages: frozenset[str]


SETTINGS = (
    Setting("civic", ("Atkinson Hyperlegible Next",), 27_000, LATIN),
    Setting("civic", ("Manifesto Sans",), 27_000, frozenset(WORDS)),
    Setting("rally", ("Archivo",), 60_000, LATIN | {"Vietnamese"}),
    Setting(
        "broadsheet", ("Newsreader", "Newsreader Display", "Libre Franklin"), 91_000, LATIN | {"Vietnamese"}
    ),
    # Labels have no Greek: a face of the reader's machine sets them.
    Setting("broadsheet", ("Manifesto Serif", "Libre Franklin"), 91_000, frozenset(WORDS) - {"Greek"}),
    Setting("broadsheet", ("Manifesto Serif",), 91_000, frozenset(WORDS)),
)


class Face(Struct, frozen=True):
    """One `@font-face` rule: what it says by property."""

    theme: str
    said: dict[str, str]

    @property
    def family(self) -> str:
        """Its name."""
        return self.said["font-family"].strip('"')

    @property
    def file(self) -> Path | None:
        """The file that it loads; none for a face of the reader's machine."""
        found = re.search(r"url\(\"?([^)\"]+)\"?\)", self.said["src"])
        return THEMES / self.theme / "assets" / found[1] if found else None

    @property
    def characters(self) -> set[int]:
        """What its `unicode-range` says."""
        found: set[int] = set()
        for part in self.said["unicode-range"].split(","):
            first, _, last = part.strip().removeprefix("U+").partition("-")
            found |= set(range(int(first, 16), int(last or first, 16) + 1))
        return found

    def span(self, name: str) -> tuple[float, float]:
        """The ends of a range such as `400 800` or `100% 125%`."""
        ends = [float(end.rstrip("%")) for end in self.said[name].split()]
        return ends[0], ends[-1]

    def share(self, name: str) -> float:
        """A percentage as a share of one."""
        return float(self.said[name].rstrip("%")) / 100


def style(theme: str) -> str:
    """A theme's own style sheet, without remarks."""
    return re.sub(
        r"/\*.*?\*/", "", (THEMES / theme / "assets/style.css").read_text(encoding="utf-8"), flags=re.DOTALL
    )


def faces(theme: str) -> list[Face]:
    """The rules of a theme's style sheet."""
    rules = re.findall(r"@font-face\s*\{([^}]*)\}", style(theme))
    if not rules:
        pytest.skip(f"the style sheet of {theme} has no fonts yet")
    return [
        Face(theme, {name.strip(): value.strip() for name, _, value in (part.partition(":") for part in rule.split(";")) if value})
        for rule in rules
    ]  # fmt: skip


def shipped(theme: str) -> Iterator[tuple[Face, Path, TTFont]]:
    """The rules that load a file, with the file."""
    for face in faces(theme):
        if face.file:
            yield face, face.file, TTFont(face.file)


def loaded(setting: Setting, text: str) -> list[Face]:
    """The faces whose files a browser loads for a text: those with one of its characters."""
    wanted = {ord(character) for character in text}
    return [
        face
        for face in faces(setting.theme)
        if face.family in setting.families and face.file and face.characters & wanted
    ]


def weighed(found: list[Face]) -> int:
    """Their bytes."""
    return sum(face.file.stat().st_size for face in found if face.file)


@pytest.mark.parametrize("theme", sorted(path.name for path in THEMES.iterdir()))
def test_whatever_a_style_sheet_points_to_is_there(theme: str) -> None:
    """In its own folder; a drawing can also stand in the sheet itself."""
    sheets = [*(THEMES / theme).glob("assets/**/*.css")]
    for sheet in sheets:
        for address in re.findall(r"url\(\s*[\"']?([^\"')]+)", sheet.read_text(encoding="utf-8")):
            assert address.startswith(("data:", "#")) or (sheet.parent / address).is_file(), address


@pytest.mark.parametrize("theme", WITH_FONTS)
def test_every_file_is_loaded_by_one_rule(theme: str) -> None:
    """Nobody carries a file that nothing uses."""
    files = [face.file for face in faces(theme) if face.file]
    assert sorted(files) == sorted((THEMES / theme / "assets").glob("**/*.woff2"))


@pytest.mark.parametrize("theme", WITH_FONTS)
def test_a_file_holds_what_its_rule_says(theme: str) -> None:
    """Character by character, and the weights and widths too: more is never asked for, and less shows another face."""
    for face, file, font in shipped(theme):
        assert font.flavor == "woff2"
        assert set(font.getBestCmap()) == face.characters, file.name
        axes = (
            {axis.axisTag: (axis.minValue, axis.maxValue) for axis in font["fvar"].axes}
            if "fvar" in font
            else {}
        )
        for tag, name in (("wght", "font-weight"), ("wdth", "font-stretch")):
            assert tag not in axes or axes[tag] == face.span(name), file.name
        assert axes.keys() <= {"wght", "wdth"}, "an axis that the style sheet cannot set"
        assert not {*font.keys()} & {"fpgm", "prep", "cvt ", "hdmx"}, "hints are for screens that are gone"
        assert face.said["font-display"] == "swap"
        assert 'format("woff2")' in face.said["src"]  # fmt: skip


@pytest.mark.parametrize("theme", WITH_FONTS)
def test_no_character_is_in_two_files_of_a_family(theme: str) -> None:
    """Otherwise a page could load both."""
    seen: dict[str, set[int]] = {}
    for face in faces(theme):
        if face.file:
            before = seen.setdefault(face.family, set())
            assert before & face.characters == set(), face.file.name
            before |= face.characters


@pytest.mark.parametrize("theme", WITH_FONTS)
def test_every_family_has_welsh_and_figures_that_stand_in_columns(theme: str) -> None:
    """Figures stand on the line, and are equally wide, by themselves or where the style sheet asks for it."""
    characters: dict[str, set[int]] = {}
    for face, file, font in shipped(theme):
        characters.setdefault(face.family, set()).update(face.characters)
        if ord("0") in face.characters:
            names = font.getBestCmap()
            wide = {font["hmtx"][names[ord(figure)]][0] for figure in "0123456789"}
            features = {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}
            assert len(wide) == 1 or "tnum" in features or face.family in WITHOUT_COLUMNS, file.name
            lowest = min(font["glyf"][names[ord(figure)]].yMin for figure in "0123456789")
            assert lowest > -0.05 * font["head"].unitsPerEm, file.name
            assert "kern" in {record.FeatureTag for record in font["GPOS"].table.FeatureList.FeatureRecord}
    for family, held in characters.items():
        assert {ord(letter) for letter in "ŵŷŴŶẁẃẅỳ†"} <= held, family


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: " and ".join(setting.families))
def test_a_page_in_any_of_its_languages_is_set_whole_and_loads_little(setting: Setting) -> None:
    """Each family has every character; English, with which every page has its digits and marks, comes on top."""
    english = loaded(setting, WORDS["English"])
    assert weighed(english) <= setting.english
    assert weighed(loaded(setting, WORDS["English"] + WORDS["Welsh"])) <= setting.english + WELSH
    for language in sorted(setting.languages):
        text = WORDS[language]
        for family in setting.families:
            held = {
                ch
                for face in faces(setting.theme)
                if face.family == family and face.file
                for ch in face.characters
            }
            missing = {ch for ch in text if ord(ch) not in held}
            assert missing == set(), f"{family}, {language}"
        assert weighed(loaded(setting, WORDS["English"] + text)) <= LARGEST_PAGE, language  # fmt: skip


def test_all_together_stay_small() -> None:
    """Whoever installs the tool gets them all."""
    assert WITH_FONTS == ["broadsheet", "civic", "rally"]
    assert sum(path.stat().st_size for path in THEMES.glob("**/*.woff2")) <= LARGEST_TOTAL


@pytest.mark.parametrize("theme", WITH_FONTS)
def test_what_stands_in_takes_the_same_room(theme: str) -> None:
    """A face of the reader's machine for each family and weight, with lines exactly as high: nothing moves when the file is there."""
    found = faces(theme)
    latin = {face.family: (face, font) for face, _, font in shipped(theme) if ord("a") in face.characters}
    for family, (face, font) in latin.items():
        standins = [other for other in found if other.family == f"{family} Fallback"]
        wide = face.span("font-stretch") if "font-stretch" in face.said else (100.0, 100.0)
        for weight in range(int(face.span("font-weight")[0]), int(face.span("font-weight")[1]) + 1):
            for stretch in range(int(wide[0]), int(wide[1]) + 1):
                assert len([s for s in standins if _is_for(s, weight, stretch)]) == 1, (
                    family,
                    weight,
                    stretch,
                )
        em, line = font["head"].unitsPerEm, font["hhea"]
        for standin in standins:
            assert standin.said["src"].startswith("local(")
            assert "url(" not in standin.said["src"]
            scale = standin.share("size-adjust")
            assert standin.share("ascent-override") * scale == pytest.approx(line.ascent / em, abs=0.001)
            assert standin.share("descent-override") * scale == pytest.approx(-line.descent / em, abs=0.001)
            assert standin.share("line-gap-override") * scale == pytest.approx(line.lineGap / em, abs=0.001)


def _is_for(face: Face, weight: int, stretch: int) -> bool:
    heavy, wide = (
        face.span("font-weight"),
        face.span("font-stretch") if "font-stretch" in face.said else (0, 999),
    )
    return heavy[0] <= weight <= heavy[1] and wide[0] <= stretch <= wide[1]  # fmt: skip


@pytest.mark.parametrize("theme", WITH_FONTS)
def test_each_licence_comes_along_and_is_kept(theme: str) -> None:
    """Every file says whose it is; the licence of that name lies beside it; and no file has a name that is reserved."""
    folder = THEMES / theme / "assets" / "fonts"
    licences = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("OFL-*.txt"))]
    assert all("SIL OPEN FONT LICENSE Version 1.1" in text for text in licences)
    used = set()
    for path in sorted(folder.glob("*.woff2")):
        names = TTFont(path)["name"]
        rights = names.getDebugName(0)
        assert rights in {text.partition("\n")[0] for text in licences}, path.name
        assert "SIL Open Font License" in names.getDebugName(13)
        used.add(rights)
        for reserved in re.findall(r"Reserved Font Name ‘([^’]+)’", rights):
            shown = [str(record) for record in names.names if record.nameID in (1, 3, 4, 6, 16, 18, 21, 25)]
            assert not [name for name in shown if reserved.casefold() in name.casefold()], path.name
    assert len(used) == len(licences), "a licence of nothing"


@pytest.mark.parametrize("theme", WITH_FONTS)
def test_all_of_it_is_an_asset_of_the_theme(theme: str) -> None:
    """So that it is published with each site."""
    folder = THEMES / theme
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.glob("assets/fonts/*")}
    layer = read_layer(ThemeFolder(theme, f"themes/{theme}/", files))
    assert layer.faults == ()
    assert layer.value is not None
    assert layer.value.assets.keys() == files.keys()
