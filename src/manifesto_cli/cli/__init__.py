"""The command line: `manifesto`."""

import atexit
import gc
import os
import sys
from collections.abc import Sequence

TYPE_CHECKING = False  # as in the package: `typing` takes as long to load as all else that `--version` needs
if TYPE_CHECKING:
    from typing import NoReturn


def start() -> "NoReturn":
    """What the script `manifesto` calls: a command, and then the shortest end.

    Python ends by taking apart all that there is, which takes a tenth as long as building a small manifesto, and the system takes the
    memory back anyway. What is to happen at the end happens all the same: other threads are waited for, what is registered is called, and
    what is printed arrives. Whoever runs the script inside something else, such as a profiler, gets the ordinary end.
    """
    status = main()
    threading = sys.modules.get("threading")
    alone = threading is None or threading.active_count() == 1
    if alone and sys._getframe(1).f_back is None:  # noqa: SLF001 - `inspect` has it under another name, and takes 6 ms to load
        atexit._run_exitfuncs()  # noqa: SLF001 - what Python itself does at its end
        try:
            sys.stdout.flush()
            sys.stderr.flush()
        except (AttributeError, OSError, ValueError):
            pass  # what cannot be written is said by the ordinary end
        else:
            os._exit(status)
    raise SystemExit(status)


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
