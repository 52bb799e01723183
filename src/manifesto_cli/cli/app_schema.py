"""The command `schema`: what editors go by."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from manifesto_cli.cli.choices import Color
from manifesto_cli.cli.options import (
    ColorOption,
    ProjectOption,
    QuietOption,
    VerboseOption,
    start_of,
)
from manifesto_cli.faults.error import Exit, ManifestoError

if TYPE_CHECKING:
    from manifesto_cli.reading.schema import Kind


def schema(
    context: typer.Context,
    kind: Annotated[
        str | None,
        typer.Argument(help="The kind of file, such as `idea`; all of them are listed unless given."),
    ] = None,
    project: ProjectOption = None,
    write: Annotated[
        bool, typer.Option("--write", help="Write the schemas into the folder `.manifesto`, for editors.")
    ] = False,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
    color: ColorOption = Color.auto,
) -> None:
    """Print the JSON Schema of a kind of file, or write all of them for your editor.

    \b
    Examples:
      manifesto schema
      manifesto schema idea
      manifesto schema --write
    """
    from manifesto_cli.cli.terminal import Terminal
    from manifesto_cli.reading.schema import KINDS, schema_text

    chosen = KINDS if kind is None else (_kind(kind),)
    if write:
        Terminal(quiet=quiet, color=color).say(_write(start_of(context, project), chosen, verbose=verbose))
    elif kind is None:
        print("\n".join(_listed(chosen)))
    else:
        print(schema_text(chosen[0]), end="")


def _kind(name: str) -> "Kind":
    """The kind of that name; ManifestoError where there is none."""
    from manifesto_cli.faults.nearest import nearest
    from manifesto_cli.reading.schema import KINDS

    known = {kind.name: kind for kind in KINDS}
    if name in known:
        return known[name]
    meant = nearest(name.lower().replace("_", "-"), known)
    raise ManifestoError(
        f"there is no kind of file `{name}`",
        help=f"did you mean `manifesto schema {meant}`?" if meant else "`manifesto schema` lists all of them",
        status=Exit.USAGE,
    )


def _listed(kinds: "tuple[Kind, ...]") -> Iterator[str]:
    name, pattern = (
        max(map(len, column)) for column in zip(*((k.name, k.pattern) for k in kinds), strict=True)
    )
    for kind in kinds:
        yield f"{kind.name:{name}}  {kind.pattern:{pattern}}  {kind.sentence}"


def _write(start: Path, kinds: "tuple[Kind, ...]", *, verbose: bool) -> str:
    """Write schemas into the nearest project or library; what was done, in words."""
    from manifesto_cli.disk.projects import find_project, label_of
    from manifesto_cli.disk.schemas import write_schemas
    from manifesto_cli.reading.schema import FOLDER, schema_files, schema_line
    from manifesto_cli.telling import count

    root = find_project(start, library=True)
    changed = write_schemas(root, schema_files(kinds))
    folder = f"{label_of(root)}{FOLDER}"
    if not changed:
        return f"{'the schema' if len(kinds) == 1 else 'every schema'} in {folder} is as it should be"
    there = next((kind for kind in kinds if (root / kind.pattern).is_file()), kinds[0])
    listed = "".join(f"  + {path}\n" for path in changed) if verbose else ""
    return (
        f"wrote {count(len(changed), 'schema')} in {folder}\n{listed}"
        f"a file names its schema in its first line: in `{there.pattern}` write `{schema_line(there.name, there.depth)}`"
    )
