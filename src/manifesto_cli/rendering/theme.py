"""A theme as a value: layers of templates, styles and assets, and the environment in which its templates run."""

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct

from manifesto_cli.faults.catalogue import themes as faults_of
from manifesto_cli.faults.diagnostic import Diagnostic, Outcome
from manifesto_cli.faults.source import SourceFile, Span
from manifesto_cli.model.case_study import Image
from manifesto_cli.model.theme import ThemeColour, ThemeHeader, ThemeOption, ThemePair
from manifesto_cli.patterns import pattern
from manifesto_cli.reading.decode import decode
from manifesto_cli.reading.document import read_document
from manifesto_cli.reading.origin import Origin
from manifesto_cli.reading.text import read_text
from manifesto_cli.rendering.palette import Palette, palette
from manifesto_cli.rendering.styles import lightened

Options = Mapping[str, str | Image]
"""What a manifesto sets: a text for a colour or a choice, a picture with its fields."""

HEADER = "theme.yaml"
STYLE = "assets/style.css"
STYLE_ADDRESS = "assets/style.css"
SCRIPT = "assets/script.js"
"""The one script of a theme, if it has one."""
ICON = "assets/icon.svg"
"""The drawing that browsers show beside the title of a page, if the theme has one."""
SHADOWED = ".shadowed"
"""The folder of a theme that keeps what its templates took the place of."""
_TEMPLATE = pattern(r"templates/[a-z0-9][a-z0-9_-]*(?:\.[a-z0-9]+)+")
_ASSET = pattern(
    r"assets/(?:[A-Za-z0-9][A-Za-z0-9_-]*/)*[A-Za-z0-9][A-Za-z0-9._-]*\.(?:css|js|woff2|svg|png|jpe?g|webp|ico|txt)"
)
MAX_TEMPLATE = 100_000
MAX_TEMPLATES = 500_000
"""Characters in one template, and in all of a theme: compiling takes a thousand times the room and a second for the first of these."""
# What a drawing must not hold. A page shows it as a picture, in which nothing runs; but whoever opens its own address has no policy.
_LIVELY = pattern(
    r"<(?:[\w.-]+:)?(?:script|foreignobject|iframe|object|embed|style|handler|listener)\b|[\s\"'/]on[a-z]+\s*=|javascript\s*:|&#"
    r"|<!(?!--)|<\?(?!xml\s)|(?:href|src)\s*=\s*[\"']?(?!\s*[\"']?(?:#|data:image/(?:png|jpeg|webp)))|url\(\s*[\"']?(?!#)|@import",
    re.IGNORECASE,
)
_SCRIPT = pattern(r"<(?:\w+:)?script", re.IGNORECASE)


def is_template_name(name: str) -> bool:
    """Whether a theme can have a template of a name."""
    return bool(_TEMPLATE.fullmatch(f"templates/{name}"))


class ThemeFolder(Struct, frozen=True):
    """A theme's files as read; paths are relative to it, with `/` between the parts."""

    name: str
    label: str
    """What stands before the paths of its files in messages, ending in `/`."""
    files: Mapping[str, bytes]
    refused: tuple[tuple[str, str], ...] = ()
    """Files that must not be read: path and why."""


class ThemeLayer(Struct, frozen=True):
    """What one folder adds to a theme."""

    name: str
    """The theme's name, or `project` for templates of the project that shadow the theme's."""
    header: ThemeHeader | None
    origin: Origin | None
    """Where the header was written, if there is one."""
    templates: Mapping[str, SourceFile]
    assets: Mapping[str, bytes]
    shipped: bool = False
    """Whether it comes with the tool, so that what its scripts do is known."""
    label: str = ""
    """What stands before the paths of its files in messages."""
    shadowed: Mapping[str, SourceFile] = {}
    """Records of the templates that its own take the place of, by the names of these."""


class Theme(Struct, frozen=True):
    """A theme, whole: its layers from the topmost to the one that all others build on."""

    name: str
    layers: tuple[ThemeLayer, ...]

    @property
    def options(self) -> Mapping[str, ThemeOption]:
        """What a manifesto may set; an upper layer's word counts before a lower one's."""
        found: dict[str, ThemeOption] = {}
        for layer in reversed(self.layers):
            found |= layer.header.options if layer.header else {}
        return found

    @property
    def leaves_out(self) -> frozenset[str]:
        """What its sites do without: as the topmost layer has it that says anything of it."""
        lists = (layer.header.leaves_out for layer in self.layers if layer.header)
        return frozenset(next((names for names in lists if names is not None), ()))

    @property
    def ground(self) -> bool:
        """Whether it is only there for others to build on."""
        return is_ground(next((layer for layer in self.layers if layer.header), None))

    @property
    def colours(self) -> Mapping[str, ThemeColour]:
        """How each colour is made; an upper layer's word counts before a lower one's."""
        found: dict[str, ThemeColour] = {}
        for layer in reversed(self.layers):
            found |= layer.header.colours if layer.header else {}
        return found

    @property
    def pairs(self) -> tuple[tuple[ThemePair, Span], ...]:
        """What all layers promise of their colours, from the lowest up, each with the place of its text."""
        return tuple(
            (pair, layer.origin.at("pairs", i, "text"))
            for layer in reversed(self.layers)
            if layer.header and layer.origin
            for i, pair in enumerate(layer.header.pairs)
        )

    def origin(self, section: str, name: str) -> Origin | None:
        """Where an option or a colour was declared: in the topmost layer that does, as `options` and `colours` have it."""
        for layer in self.layers:
            if layer.header and layer.origin and name in getattr(layer.header, section):
                return layer.origin.below(section, name)
        return None

    def template(self, name: str) -> SourceFile | None:
        """A template by name: the topmost of that name, or for `theme/name` the one that the theme of that name has by itself or builds on."""
        outright, _, short = name.rpartition("/")
        wanted = self.layers
        if outright:
            names = [layer.name for layer in wanted]
            wanted = wanted[names.index(outright) :] if outright in names else ()
        for layer in wanted:
            if short in layer.templates:
                return layer.templates[short]
        return None


def is_ground(layer: ThemeLayer | None) -> bool:
    """Whether the theme that says of itself what a layer says is only there for others to build on."""
    return bool(layer and layer.header and layer.header.ground)


def read_layer(folder: ThemeFolder) -> Outcome[ThemeLayer]:
    """The layer in a folder, and every fault of its files. A folder without `theme.yaml` shadows another theme."""
    faults: list[Diagnostic] = [
        faults_of.theme_file(
            SourceFile(folder.label + path, "").start(), why, "put the file itself in its place, or delete it"
        )
        for path, why in folder.refused
    ]
    header, origin = _header(folder, faults)
    templates: dict[str, SourceFile] = {}
    assets: dict[str, bytes] = {}
    shadowed: dict[str, SourceFile] = {}
    for path, content in sorted(folder.files.items()):
        label = folder.label + path
        if path.startswith("templates/"):
            template = _template(path, label, content)
            faults += template.faults
            if template.value:
                templates[path.removeprefix("templates/")] = template.value
        elif path.startswith("assets/"):
            faults += _asset_faults(path, label, content, assets)
            assets[path] = content
        elif path.startswith(f"{SHADOWED}/"):
            text = content.decode(errors="replace")[: 2 * MAX_TEMPLATE]
            shadowed[path.removeprefix(f"{SHADOWED}/")] = SourceFile(label, text)
    if sum(len(template.text) for template in templates.values()) > MAX_TEMPLATES:
        at = SourceFile(folder.label + "templates", "").start()
        why = f"all templates together have more than {MAX_TEMPLATES:,} characters"
        faults.append(faults_of.theme_file(at, why, "delete templates that are not used"))
    layer = ThemeLayer(folder.name, header, origin, templates, assets, label=folder.label, shadowed=shadowed)
    return Outcome(layer, tuple(faults))


def _template(path: str, label: str, content: bytes) -> Outcome[SourceFile]:
    text = read_text(label, content)
    why = help = ""
    if not _TEMPLATE.fullmatch(path):
        why, help = (
            "its name does not fit",
            "move it to a place such as `templates/pledge.html`, in no other folder, or delete it",
        )
    elif text.value and len(text.value.text) > MAX_TEMPLATE:
        why, help = (
            f"it has more than {MAX_TEMPLATE:,} characters",
            "split it into several templates, or delete it",
        )
    if not why:
        return text
    return Outcome(None, (*text.faults, faults_of.theme_file(SourceFile(label, "").start(), why, help)))


def _asset_faults(path: str, label: str, content: bytes, others: Mapping[str, bytes]) -> Iterator[Diagnostic]:
    at = SourceFile(label, "").start()
    folded = path.casefold()
    if not _ASSET.fullmatch(path):
        help = "delete it; assets are style sheets, scripts, woff2 fonts and pictures"
        yield faults_of.theme_file(at, "its kind is not known", help)
    elif (folded == STYLE and path != STYLE) or any(folded == other.casefold() for other in others):
        why = "its name differs from that of another file in capitals only"
        yield faults_of.theme_file(at, why, "rename one of the two, or delete it")
    elif path.endswith(".svg"):
        yield from _lively(label, content)


def _lively(path: str, content: bytes) -> list[Diagnostic]:
    """The fault of a drawing that could do more than be looked at."""
    text = read_text(path, content)
    if text.value is None:
        return [*text.faults]
    found = _LIVELY.search(text.value.text)
    if not found:
        return []
    return [
        faults_of.theme_file(
            text.value.span(*found.span()),
            "a drawing holds shapes and text only",
            "delete this, and all scripts, styles, links to elsewhere and character references",
        )
    ]


def _header(folder: ThemeFolder, faults: list[Diagnostic]) -> tuple[ThemeHeader | None, Origin | None]:
    if HEADER not in folder.files:
        return None, None
    document = read_document(folder.label + HEADER, folder.files[HEADER])
    faults += document.faults
    if not document.value:
        return None, None
    header = decode(*document.value, ThemeHeader, "`theme.yaml`")
    faults += header.faults
    return header.value, Origin(*document.value)


def colour_values(theme: Theme, options: Options) -> Mapping[str, str | None]:
    """The value of each option of kind colour: as the manifesto sets it, else its default, else None."""
    return {
        name: value if isinstance(value := options.get(name), str) else option.default
        for name, option in theme.options.items()
        if option.kind == "colour"
    }


def choices(theme: Theme, options: Options) -> Mapping[str, str]:
    """The value of each option of kind choice: as the manifesto sets it, else its default."""
    return {
        name: value if isinstance(value := options.get(name), str) else option.default or ""
        for name, option in theme.options.items()
        if option.kind == "choice"
    }


def pictures(theme: Theme, options: Options) -> Mapping[str, Image | None]:
    """The picture of each option of that kind, or None where the manifesto sets none."""
    return {
        name: value if isinstance(value := options.get(name), Image) else None
        for name, option in theme.options.items()
        if option.kind == "picture"
    }


def colours_of(theme: Theme, options: Options) -> Palette:
    """The colours by name in both schemes: those that the theme makes, and each option of which it makes none of the same name."""
    made = palette(theme.colours, colour_values(theme, options))
    plain = {
        _property(name): value
        for name, value in colour_values(theme, options).items()
        if value and _property(name) not in theme.colours
    }
    return Palette({**plain, **made.light}, {**plain, **made.dark})


def _property(option: str) -> str:
    return option.replace("_", "-").replace(".", "-")


def has_scripts(theme: Theme) -> bool:
    """Whether a theme brings scripts of which nobody here knows what they do, or has a template that could lead to one."""
    return any(
        not layer.shipped
        and (
            any(path.endswith(".js") for path in layer.assets)
            or any(_SCRIPT.search(template.text) for template in layer.templates.values())
        )
        for layer in theme.layers
    )


def style_sheet(theme: Theme, options: Options) -> bytes:
    """The one style sheet of a site: its colours as custom properties, then every layer's styles from the lowest up, without their comments.

    On paper the light scheme counts.
    """
    found = colours_of(theme, options)
    changed = {name: colour for name, colour in found.dark.items() if colour != found.light[name]}
    head = [f":root{{{_properties(found.light)}}}"] if found.light else []
    if changed:
        head.append(f"@media screen and (prefers-color-scheme:dark){{:root{{{_properties(changed)}}}}}")
    sheets = [layer.assets[STYLE] for layer in reversed(theme.layers) if STYLE in layer.assets]
    return b"\n".join([*(line.encode() for line in head), *map(lightened, sheets)])


def _properties(colours: Mapping[str, str]) -> str:
    return "".join(f"--{name}:{colour};" for name, colour in sorted(colours.items()))


def browser_colour(theme: Theme, options: Options) -> str | None:
    """The colour that a browser may give to what surrounds a page: the accent in the light scheme, if the theme has one."""
    return colours_of(theme, options).light.get("accent")


def assets(theme: Theme, options: Options) -> Mapping[str, bytes]:
    """Every other asset by address; an upper layer's file takes the place of a lower one's.

    A style sheet's custom properties do not reach into the icon. So where it has the default of an option, it gets what the theme makes of the one that was chosen;
    and where it has the colour of that name with `on-` before it, such as `on-accent`, what becomes of that.
    """
    found: dict[str, tuple[str, bytes]] = {}
    for layer in reversed(theme.layers):
        # Capitals do not count: some disks do not see them.
        found |= {path.casefold(): (path, content) for path, content in layer.assets.items() if path != STYLE}
    if ICON in found:
        found[ICON] = (ICON, _coloured(theme, options, found[ICON][1]))
    return dict(found.values())


def _coloured(theme: Theme, options: Options, icon: bytes) -> bytes:
    chosen, unchosen = colours_of(theme, options).light, colours_of(theme, {}).light
    colours: dict[bytes, bytes] = {}
    for name, option in theme.options.items():
        if option.kind == "colour" and option.default:
            over = f"on-{_property(name)}"
            if over in theme.colours:
                colours.setdefault(unchosen[over].encode(), chosen[over].encode())
            colours[option.default.lower().encode()] = chosen[_property(name)].encode()
    if not colours:
        return icon
    defaults = re.compile(b"|".join(map(re.escape, sorted(colours, key=len, reverse=True))), re.IGNORECASE)
    return defaults.sub(lambda found: colours[found.group().lower()], icon)
