"""Manifestos that say the same in every style in which a person may write YAML, and a library to pick from."""

from typing import Any

from hypothesis import strategies as st

IDEAS = ("alpha", "beta", "gamma", "delta", "epsilon")
PRIORITIES = ("north", "south", "west")


@st.composite
def manifestos(draw: st.DrawFn) -> tuple[str, dict[str, list[str]]]:
    """A manifesto's text in some style, and the ideas that each of its priorities lists."""
    chosen = draw(st.permutations(IDEAS))[: draw(st.integers(0, len(IDEAS) - 1))]
    names = draw(st.permutations(PRIORITIES))[: draw(st.integers(0, len(PRIORITIES)))]
    listed: dict[str, list[str]] = {name: [] for name in names}
    for idea in chosen if names else ():
        listed[draw(st.sampled_from(names))].append(idea)
    writer = _Writer(draw)
    head, tail = draw(st.sampled_from(_HEADS)), draw(st.sampled_from(_TAILS))
    lines = [*head.splitlines(), *writer.priorities(listed), *tail.splitlines()]
    text = "\n".join(lines) + draw(st.sampled_from(["\n", "", "\n\n", "\n  \n", "\n...\n"]))
    return text.replace("\n", draw(st.sampled_from(["\n", "\r\n"]))), listed


_HEADS = (
    'format: 1\ntitle: Ein Plan für Köln 字 🎉\ncandidate: {name: "Robin"}\noffice: {role: pcc}\nimprint: {jurisdiction: none}\nlibraries: [{path: lib}]',
    "# نص\nformat: 1 #\ttabs\t字\ntitle: >-\n  A long\n  title\ncandidate:\n    name: Robin\noffice:\n    role: pcc\nimprint:\n    jurisdiction: none\nlibraries:\n-   path: lib",
)
_TAILS = (
    "",
    "# the end\n",
    "allow: [unsourced-claim]  # why",
    "\n# about values\nvalues:\n  town: |\n    Any\n    town\n",
    "values: {town: Any}\nforeword: |+\n  Hello\n\n",
)


class _Writer:
    """Draws a style, and writes lists in it."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.outer = draw(st.sampled_from([0, 2, 4]))
        self.inner = draw(st.sampled_from([0, 1, 2, 4]))
        self.gap = draw(st.sampled_from([" ", "   "]))
        self.blank = draw(st.booleans())
        self.airy = draw(st.booleans())

    def priorities(self, listed: dict[str, list[str]]) -> list[str]:
        """The lines of the field, which may be missing where it has no entries."""
        if not listed:
            return list(self.draw(st.sampled_from([(), ("priorities:",), ("priorities: []  # none",)])))
        if self.draw(st.integers(0, 9)) == 0:
            groups = ", ".join(self.flow_group(name, ideas) for name, ideas in listed.items())
            return [f"priorities: [{groups}]"]
        lines = [f"priorities:{self.comment()}"]
        for i, (name, ideas) in enumerate(listed.items()):
            if i and self.blank:
                lines.append("")
            lines += self.remark(self.outer)
            lines += self.group(name, ideas)
        return [*lines, *self.remark(self.outer)]

    def group(self, name: str, ideas: list[str]) -> list[str]:
        dash = " " * self.outer + "-" + self.gap
        if self.draw(st.integers(0, 4)) == 0:
            return [dash + self.flow_group(name, ideas) + self.comment()]
        left = " " * len(dash)
        lines = [f"{dash}priority: {name}{self.comment()}"]
        if self.draw(st.booleans()):
            lines.append(f"{left}title: {name}: again".replace(": again", " again"))
        after = self.draw(st.booleans())
        lines += [left + line for line in self.ideas(ideas)]
        return [*lines, f"{left}summary: >", f"{left}  Words"] if after else lines

    def flow_group(self, name: str, ideas: list[str]) -> str:
        listed = ", ".join(self.flow_pick(idea) for idea in ideas)
        given = self.draw(st.sampled_from([f", ideas: [{listed}]", f", ideas: [{listed},]"])) if ideas else ""
        return f"{{priority: {name}{given}}}"

    def ideas(self, ideas: list[str]) -> list[str]:
        """The lines of the field, as a block, in brackets, or in brackets over several lines."""
        if not ideas:
            return list(
                self.draw(
                    st.sampled_from(
                        [(), ("ideas:",), ("ideas: []",), ("ideas:   # none",), ("ideas: [ ]  # none",)]
                    )
                )
            )
        form = self.draw(st.sampled_from(["block", "block", "flow", "lines", "wrapped"]))
        if form == "flow":
            comma = self.draw(st.sampled_from([", ", ",", " , "]))
            return [f"ideas: [{comma.join(self.flow_pick(idea) for idea in ideas)}]{self.comment()}"]
        if form == "wrapped":
            return [
                "ideas: ["
                + ",\n         ".join(self.flow_pick(idea) for idea in ideas)
                + "]"
                + self.comment()
            ]
        if form == "lines":
            trailing = self.draw(st.booleans())
            lines = ["ideas: ["]
            for i, idea in enumerate(ideas):
                comma = "," if trailing or i < len(ideas) - 1 else ""
                lines.append(f"  {self.flow_pick(idea)}{comma}{self.comment()}")
            return [line.replace("\n", "") for line in (*lines, "]")]
        lines = [f"ideas:{self.comment()}"]
        for i, idea in enumerate(ideas):
            if i and self.airy:
                lines.append("")
            lines += self.remark(self.inner)
            lines += [" " * self.inner + line for line in self.pick(idea)]
            lines += self.remark(self.inner + 2)
        return [*lines, *self.remark(self.inner)]

    def pick(self, idea: str) -> list[str]:
        left = " " * (1 + len(self.gap))
        forms = [
            [f"-{self.gap}{idea}{self.comment()}"],
            [f'-{self.gap}"{idea}"'],
            [
                f"-{self.gap}idea: {idea}{self.comment()}",
                f"{left}pledge: |",
                f"{left}  I will - # not a comment",
            ],
            [f"-{self.gap}{{idea: {idea}, tags: [a]}}{self.comment()}"],
        ]
        return self.draw(st.sampled_from(forms))

    def flow_pick(self, idea: str) -> str:
        return self.draw(st.sampled_from([idea, idea, f"'{idea}'", f"{{idea: {idea}, title: x}}"]))

    def comment(self) -> str:
        return self.draw(st.sampled_from(["", "", "  # why [not], - this\t字", "   "]))

    def remark(self, indent: int) -> list[str]:
        return list(
            self.draw(st.sampled_from([(), (), (" " * indent + "# - commented: out",), ("# at the left",)]))
        )


def library(**changes: Any) -> dict[str, bytes]:
    """The files of the library, with changes to the text of single ideas by their ids."""
    files = {"library.yaml": "id: lib\ntitle: A library\n"}
    for name in PRIORITIES:
        files[f"priorities/{name}.yaml"] = f"title: {name}\n"
    for i, name in enumerate(IDEAS):
        files[f"ideas/{name}.yaml"] = (
            f"title: {name}\npriority: {PRIORITIES[i % 3]}\nsummary: What it is.\n{changes.get(name, '')}"
        )
    return {path: text.encode() for path, text in files.items()}
