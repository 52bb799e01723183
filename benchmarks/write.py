"""Write the content for one generator into a folder, to build or to profile by hand: `python -m benchmarks.write manifesto 1000 FOLDER`."""

import argparse
from pathlib import Path

from benchmarks.content import content
from benchmarks.projects import write_project
from benchmarks.sites import write_hugo, write_zola

WRITERS = {"manifesto": write_project, "hugo": write_hugo, "zola": write_zola}
"""By generator, what writes the content for it into a folder that is not there yet."""


def main() -> None:
    """Write what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.write", description=__doc__)
    parser.add_argument("generator", choices=WRITERS)
    parser.add_argument("ideas", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    if asked.folder.exists() or asked.ideas < 1:
        parser.error("one idea at least, and a folder that is not there yet")
    WRITERS[asked.generator](asked.folder, content(asked.ideas, asked.seed))
    print(f"wrote {asked.ideas} ideas for {asked.generator} to {asked.folder}")


if __name__ == "__main__":
    main()
