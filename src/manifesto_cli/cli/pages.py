"""The manual page of a code, as it is printed."""

from collections.abc import Mapping

from manifesto_cli.checks.manual import FAMILIES, manual
from manifesto_cli.cli.console import Paint
from manifesto_cli.faults.error import Exit, ManifestoError
from manifesto_cli.faults.nearest import nearest


def pages() -> Mapping[str, str]:
    """Code → manual page, in order of the codes."""
    return {code: page.text for code, page in manual().items()}


def page(code: str, paint: Paint) -> str:
    """The manual page of one code; ManifestoError where there is no such code."""
    known = manual()
    code = code.rpartition("[")[2].rstrip("]:")  # copied from a report: `error[unknown-id]:`
    if code not in known:
        meant = nearest(code, known, 0.5)
        message = f"there is no fault `{code}`"
        raise ManifestoError(
            message,
            help=f"did you mean `manifesto explain {meant}`?"
            if meant
            else "`manifesto explain` lists all of them",
            status=Exit.USAGE,
        )
    return f"{paint(code, 'bold')} ({known[code].severity.name.lower()})\n\n{known[code].text}"


def contents(paint: Paint) -> str:
    """Every code with the first sentence of its page, family by family."""
    known = manual().values()
    blocks = []
    for family in FAMILIES:
        heading = (family.__doc__ or "").split("\n", 1)[0].rstrip(".")
        lines = [
            f"  {page.code:24} {page.text.split(chr(10), 1)[0]}"
            for page in known
            if page.family == family.__name__.rpartition(".")[2]
        ]
        blocks.append("\n".join([paint(heading, "bold"), *lines]))
    return "\n\n".join(blocks)
