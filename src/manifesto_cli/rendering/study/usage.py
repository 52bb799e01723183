"""What a theme's topmost layer has and nothing uses: macros, imports, blocks, templates, options; and properties that nothing defines."""

import re
from collections.abc import Collection, Iterable, Iterator

from jinja2 import nodes

from manifesto_cli.faults.catalogue import theme_parts as faults_of
from manifesto_cli.faults.diagnostic import Diagnostic
from manifesto_cli.faults.nearest import nearest
from manifesto_cli.faults.source import SourceFile, Span
from manifesto_cli.model.theme import ThemeOption
from manifesto_cli.reading.text import read_text
from manifesto_cli.rendering.palette import SCHEMES, Mixer
from manifesto_cli.rendering.study.notes import Notes, place
from manifesto_cli.rendering.study.reading import Trees
from manifesto_cli.rendering.study.shapes import PAGES
from manifesto_cli.rendering.theme import ICON, STYLE, Theme, ThemeLayer, colours_of

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_USED = re.compile(r"var\(\s*(--[\w-]+)\s*\)")
_MET = re.compile(r"var\(\s*--([\w-]+)")
_DEFINED = re.compile(r"(--[\w-]+)\s*:")
_CLASS = re.compile(r"\.([\w-]+)|\[class[~*^|]?=[\"']?([\w-]+)")


def unused(theme: Theme, trees: Trees, notes: Notes) -> Iterator[Diagnostic]:
    """What nothing uses of the layer that is the theme's own. One for others to build on may have templates, macros and blocks that only those use."""
    own = theme.layers[0]
    links = _Links(theme, trees)
    if theme.ground:
        for source in own.templates.values():
            yield from _in_template(source, links, notes, ground=True) if source.path in trees else ()
        return
    for name, source in own.templates.items():
        if source.path not in notes.reached:
            if not notes.guessing:
                left_out = name.removesuffix(".html") in theme.leaves_out
                others = [page for page in PAGES if page not in own.templates]
                meant = nearest(name, others, 0.8) if not left_out else ""
                yield faults_of.unreached_template(source.start(), name, meant)
        elif source.path in trees:
            yield from _in_template(source, links, notes)
    yield from _options(theme, notes)
    yield from _properties(theme)


class _Links:
    """How the templates of a theme refer to each other, whatever page is made."""

    def __init__(self, theme: Theme, trees: Trees) -> None:
        self.trees = trees
        self.loads = {path: _loads(tree) for path, tree in trees.items()}
        self.near: dict[str, set[str]] = {path: {path} for path in trees}
        """The templates in which the names of one are known: those that extend it, and those that it includes."""
        self.imported: set[tuple[str, str]] = set()
        for path, tree in trees.items():
            for node in tree.find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)):
                for target in _targets(theme, node):
                    self._link(path, target.path, node)

    def _link(self, path: str, target: str, node: nodes.Node) -> None:
        if target not in self.near:
            return
        if isinstance(node, nodes.Extends):
            self.near[target].add(path)
        elif isinstance(node, nodes.Include):
            self.near[path].add(target)
        elif isinstance(node, nodes.FromImport):
            self.imported |= {(target, each[0] if isinstance(each, tuple) else each) for each in node.names}
        else:
            self.imported |= {(target, each.attr) for each in self.trees[path].find_all(nodes.Getattr)}

    def names_near(self, path: str) -> frozenset[str]:
        """Every name that is looked up where the names of a template are known."""
        found, waiting = {path}, [path]
        while waiting:
            for other in self.near[waiting.pop()] - found:
                found.add(other)
                waiting.append(other)
        return frozenset(name for each in found for name in self.loads[each])


def _loads(tree: nodes.Template) -> frozenset[str]:
    return frozenset(node.name for node in tree.find_all(nodes.Name) if node.ctx == "load")


def _targets(theme: Theme, node: nodes.Node) -> Iterator[SourceFile]:
    for each in node.find_all(nodes.Const):
        found = theme.template(each.value) if isinstance(each.value, str) else None
        if found:
            yield found


def _in_template(
    source: SourceFile, links: _Links, notes: Notes, *, ground: bool = False
) -> Iterator[Diagnostic]:
    tree = links.trees[source.path]
    near = links.names_near(source.path)
    names = {
        **{(node.lineno, node.target): None for node in tree.find_all(nodes.Import)},
        **{
            (node.lineno, name): None
            for node in tree.find_all(nodes.FromImport)
            for name in _given_names(node)
        },
    }
    for line, name in names:
        if name not in near:
            at = _imported_at(source, line, name)
            yield faults_of.unused_in_template(at, "import", name)
    for block in tree.find_all(nodes.Block) if not ground else ():
        if (source.path, block.name) not in notes.blocks:
            meant = nearest(block.name, {name for _, name in notes.blocks})
            at = place(source, block.lineno, block.name)
            yield faults_of.unused_in_template(at, "block", block.name, meant)
    for macro in tree.find_all(nodes.Macro) if not ground and not notes.guessing else ():
        if (source.path, macro.name) not in links.imported and macro.name not in near:
            at = place(source, macro.lineno, macro.name)
            yield faults_of.unused_in_template(at, "macro", macro.name)


def _imported_at(source: SourceFile, line: int, name: str) -> Span:
    """Where a name stands behind the word `import`, since the template before it may be called the same."""
    word = source.text.find("import", source.offset(line, 1))
    found = re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])").search(source.text, max(word, 0) + 6)
    return source.span(*found.span()) if found else place(source, line, name)


def _given_names(node: nodes.FromImport) -> Iterator[str]:
    return (each[1] if isinstance(each, tuple) else each for each in node.names)


def _options(theme: Theme, notes: Notes) -> Iterator[Diagnostic]:
    """Options of the theme's own layer that do nothing."""
    own = theme.layers[0]
    if not own.header or not own.origin or notes.all_options_used:
        return
    styles = [_style(layer) for layer in theme.layers]
    properties = {f"--{name}" for style in styles for name in _MET.findall(style.text)}
    classes = {
        name for style in styles for found in _CLASS.finditer(style.text) for name in found.groups() if name
    }
    used = notes.options_used | _leading_to(theme, properties)
    for name, option in own.header.options.items():
        chosen = {f"{_in_styles(name)}-{value}" for value in option.values} & classes
        if name not in used and not chosen and not _in_icon(theme, option):
            yield faults_of.unused_theme_option(own.origin.name("options", name), name, option.kind)


def _leading_to(theme: Theme, properties: Collection[str]) -> set[str]:
    """The options of kind colour that lead to a custom property which some style sheet uses."""
    values = {name: "#808080" for name, option in theme.options.items() if option.kind == "colour"}
    found = {name for name in values if f"--{_in_styles(name)}" in properties}
    for scheme in SCHEMES:
        mixer = Mixer(theme.colours, values, scheme)
        found |= {
            option for name in mixer.made if f"--{name}" in properties for option in mixer.made[name].options
        }
    return found


def _in_icon(theme: Theme, option: ThemeOption) -> bool:
    """Whether the icon has the default of a colour, which it then gets as the manifesto sets it."""
    icons = b" ".join(layer.assets.get(ICON, b"") for layer in theme.layers).lower()
    return option.kind == "colour" and option.default is not None and option.default.lower().encode() in icons


def _in_styles(option: str) -> str:
    return option.replace("_", "-").replace(".", "-")


def _properties(theme: Theme) -> Iterator[Diagnostic]:
    """Custom properties that a style sheet uses and none defines: first use of each."""
    styles = [_style(layer) for layer in theme.layers]
    known = {name for style in styles for name in _DEFINED.findall(style.text)} | {*_generated(theme)}
    for style in styles:
        for name, at in {
            found[1]: found.span(1) for found in reversed([*_USED.finditer(style.text)])
        }.items():
            if name not in known:
                yield faults_of.undefined_property(style.span(*at), name, tuple(sorted(known)))


def _generated(theme: Theme) -> Iterable[str]:
    """The custom properties that the head of the style sheet defines."""
    return [f"--{name}" for name in colours_of(theme, {}).light]


def _style(layer: ThemeLayer) -> SourceFile:
    """The style sheet of a layer without its comments; every place in it stays the same."""
    path = layer.label + STYLE
    text = read_text(path, layer.assets.get(STYLE, b"")).value
    return SourceFile(path, _COMMENT.sub(_blank, text.text) if text else "")


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found.group())
