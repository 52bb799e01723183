"""Regular expressions that are compiled when they are first used: most of ours are for what is wrong with a text, and most texts are fine."""

import re
from typing import Any, AnyStr, cast


def pattern(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """What `re.compile` returns, but for the price of remembering the text until it is used."""
    return cast("re.Pattern[AnyStr]", _Lazy(text, flags))


class _Lazy:
    """Has every method of a pattern: they are looked for once, when the first of them is asked for, and found in their slots from then on."""

    __slots__ = (
        "_flags",
        "findall",
        "finditer",
        "fullmatch",
        "match",
        "pattern",
        "search",
        "split",
        "sub",
        "subn",
    )

    def __init__(self, text: str | bytes, flags: int) -> None:
        self.pattern = text
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        """A method or field of the pattern, compiled now."""
        compiled = re.compile(self.pattern, self._flags)
        for method in self.__slots__:
            if not method.startswith("_"):
                setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)
