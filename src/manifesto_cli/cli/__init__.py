"""The command line: `manifesto`."""

import atexit
import gc
import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code. The one place where what stops a command is caught."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given in (["--version"], ["-V"]):
        # Asked by scripts and by people with an old machine: it need not wait for anything to load.
        from manifesto_cli import __version__  # noqa: PLC0415

        print(f"manifesto {__version__}")
        return 0
    # Almost nothing that a command makes is part of a circle, and looking for circles takes a fifth of a large check. At the end
    # Python would look through everything once more, modules included, which takes a tenth of a small build.
    gc.set_threshold(200_000, 20, 20)
    atexit.register(gc.freeze)
    try:
        from manifesto_cli.cli.run import run  # noqa: PLC0415 - the same

        return run(given)
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return 130
    except Exception as fault:
        # A library that is missing, too old or too new can fail in any way. What is not the fault of one is ours, and stays as it is.
        from manifesto_cli.cli.installation import incomplete  # noqa: PLC0415 - the same

        said = incomplete(fault)
        if not said:
            raise
        print(said, file=sys.stderr)
        return 3
