"""The parser of YAML, as events, and where it gives up."""

from typing import Any

import yaml

# The pure parser is the same to the letter but twenty times slower; wheels for every platform we know carry the C one.
Parser: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
GIVES_UP = (yaml.YAMLError, ValueError)  # the pure parser lets `chr` complain of an escape


def first_problem(text: str) -> int | None:
    """Where the parser gives up on a text; None if it reads all of it."""
    parser = Parser(text)
    try:
        while parser.check_event():
            parser.get_event()
    except GIVES_UP as fault:
        # A name without its colon is only noticed on a later line.
        named = "simple key" in (getattr(fault, "context", None) or "")
        mark = getattr(fault, "context_mark" if named else "problem_mark", None)
        return mark.index if mark else 0
    finally:
        parser.dispose()
    return None
