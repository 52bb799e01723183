"""What a file of YAML says, as a tree of texts with places."""

import msgspec


class Scalar(msgspec.Struct, frozen=True, gc=False):
    """A text as written. `style` is empty for plain text, else the character that opens it: `'`, `"`, `|`, `>`."""

    text: str
    start: int
    end: int
    style: str

    @property
    def absent(self) -> bool:
        """Whether nothing was written: `name:` with no value is as good as no `name:` at all."""
        return not self.text and not self.style


class Sequence(msgspec.Struct, frozen=True):
    """A list."""

    entries: "tuple[Node, ...]"
    start: int
    end: int


class Entry(msgspec.Struct, frozen=True):
    """A name with its value."""

    key: Scalar
    value: "Node"


class Mapping(msgspec.Struct, frozen=True):
    """Names with values, in the order written; a name given twice keeps its first value."""

    entries: dict[str, Entry]
    start: int
    end: int
    aside: "tuple[Node, ...]" = ()
    """What stands in the file but under no name of its own, such as a name given again and its value. All of it is reported."""


class Broken(msgspec.Struct, frozen=True):
    """A place of which a fault has been reported already; whoever depends on it stays silent."""

    start: int
    end: int


Node = Scalar | Sequence | Mapping | Broken
